"""Moments before those that they follow by the spec, counted without the compiler's help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import polars as pl

from tests.engines.faults import key_of
from tests.support import Tree


def too_early(tree: Tree, frames: Mapping[str, pl.DataFrame]) -> dict[Any, int]:
    """Moments before those that they follow by the spec: it can ask for what cannot be.

    What follows a moment behind the end of its own period cannot fall in the period, and nothing
    follows one moment and precedes an earlier one. By table and by what `--check` calls it.
    """
    found = {}
    for name, column, how in orders(tree):
        spec = tree["tables"][name]["columns"][column]
        pair = (spec[how], column) if how == "before" else (column, spec[how])
        cells = [values(tree, frames, name, path) for path in pair]
        if all(each is not None for each in cells):
            pairs = zip(*filter(None, cells), strict=True)
            found[name, " before ".join(pair)] = sum(is_early(*each) for each in pairs)
    return found


def orders(tree: Tree) -> Iterator[tuple[str, str, str]]:
    for name, table in tree["tables"].items():
        for column, spec in table.get("columns", {}).items():
            if spec["kind"] in ("date", "timestamp", "offset"):
                for how in {"after", "before", "of"} & spec.keys():
                    yield name, column, how


def values(
    tree: Tree, frames: Mapping[str, pl.DataFrame], name: str, path: str
) -> list[Any] | None:
    """What stands at a path, for each row of a table; None where it is not all written."""
    step, _, rest = path.partition(".")
    if step not in frames[name].columns:
        return None
    cells: list[Any] = frames[name][step].to_list()
    if not rest:
        return cells
    target = tree["tables"][name]["columns"][step]["table"]
    keys = values(tree, frames, target, key_of(tree["tables"][target]))
    there = values(tree, frames, target, rest)
    if keys is None or there is None:
        return None
    known = dict(zip(keys, there, strict=True))
    return [known.get(cell) for cell in cells]


def is_early(later: Any, earlier: Any) -> bool:
    if later is None or earlier is None:
        return False
    if isinstance(later, datetime) and isinstance(earlier, datetime):
        return later < earlier
    return day(later) < day(earlier)


def day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
