"""Whether parts add up to their totals, for `--check`."""

from __future__ import annotations

from collections.abc import Mapping

from compiler.emit.checks.paths import (
    Cell,
    Skipped,
    is_written,
    own_path,
    why_faulty,
    why_hidden,
    why_unknown,
)
from compiler.plan.model import Column, Path, Plan, Table
from compiler.spec.columns import Lookup, Share

Total = tuple[str, str, int]
"""The ref to the parent, the path of the total from there on, the decimals of the parts."""


def total_of(
    plan: Plan, table: Table, column: Column, refs: Mapping[Cell, Cell]
) -> Total | Skipped | None:
    """What the parts in a column add up to; None where it holds none."""
    spec, children = column.spec, table.children
    if not isinstance(spec, Share) or children is None:
        return None
    what = f"{column.name} as parts of {spec.of}"
    path = behind_lookups(table, column.variants[0].paths[spec.of])
    if not path.hops or path.hops[0].column != children.ref:
        return Skipped(table.name, what, f"{spec.of} is computed in each row")
    parent = plan.table(children.parent)
    why = "" if is_written(table, children.ref) else f"{children.ref} is hidden"
    if not why and (table.name, children.ref) not in refs:
        why = why_hidden(plan, parent.name, parent.key or "")
    why = why or why_unknown(plan, refs, path)
    key = own_path(parent, parent.columns[parent.key or ""])
    for one in (own_path(table, column), path, key):
        why = why or why_faulty(plan, one)
    if why:
        return Skipped(table.name, what, why)
    return children.ref, path.text.partition(".")[2], spec.decimals


def behind_lookups(table: Table, path: Path) -> Path:
    """The path that a column of the table looks up, if it is a lookup."""
    while not path.hops:
        spec = table.columns[path.column].spec
        if not isinstance(spec, Lookup) or table.columns[path.column].by is not None:
            break
        path = table.columns[path.column].variants[0].paths[spec.path]
    return path
