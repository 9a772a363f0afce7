"""How many rows of a `per` table each row of its parent has, for `--check`."""

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
from compiler.emit.checks.sql import Condition, NotInSql, condition_of
from compiler.emit.code.code import Code, call, function, grouped, name
from compiler.emit.code.literals import literal
from compiler.emit.names import ScriptNames
from compiler.emit.rows.numbering import rows_below
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns.children import Children, OneChild
from compiler.spec.columns.moves import Moves


def below(plan: Plan, table: Table, names: ScriptNames) -> Code:
    """The code of a function from the rows of a table's root to its own."""
    row = name("row")
    code = rows_below(plan, names, table, row)
    alone = names.child_rows(table.name)
    return alone if code == call(alone, row) else function("row", code)


def children_of(
    plan: Plan, table: Table, names: ScriptNames, refs: Mapping[Cell, Cell]
) -> Code | Condition | Skipped | None:
    """How many rows each parent has.

    The code of the least and the most; of a grid, of its step; of `where`, SQL of the parents
    that have one.
    """
    children = table.children
    if children is None:
        return None
    parent = plan.table(children.parent)
    what = f"{table.name} of each row of {parent.name}"
    why = "" if is_written(table, children.ref) else f"{children.ref} is hidden"
    if not why and (table.name, children.ref) not in refs:
        why = why_hidden(plan, parent.name, parent.key or "")
    for one, column in ((table, children.ref), (parent, parent.key or "")):
        why = why or why_faulty(plan, own_path(one, one.columns[column]))
    if why:
        return Skipped(table.name, what, why)
    if children.every is not None:
        return names.every(table.name)
    assert children.column is not None
    if isinstance(children.column.spec, Moves):
        return grouped([literal(children.least), names.stride(table.name)])
    if isinstance(children.column.spec, OneChild):
        return literal((0, 1))
    if isinstance(children.column.spec, Children):
        return names.constant(parent.name, children.column.name)
    return where_of(plan, table, children.column, refs)


def where_of(
    plan: Plan, table: Table, column: Column, refs: Mapping[Cell, Cell]
) -> Condition | Skipped:
    """SQL of the parents for which `where` holds, as far as the written data shows."""
    what = f"{table.name} by `where`"
    (variant,) = column.variants
    node = variant.expression
    assert node is not None
    for path in variant.paths.values():
        if why := why_unknown(plan, refs, path) or why_faulty(plan, path):
            return Skipped(table.name, what, why)
    try:
        return condition_of(plan.output, lambda sql: sql.condition(node))
    except NotInSql:
        return Skipped(table.name, what, "its expression is not written as SQL")
