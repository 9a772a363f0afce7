"""Moments before those that they follow by the spec, counted without the compiler's help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import polars as pl

from tests.support import Tree
from tests.support.faults import key_of


def too_early(tree: Tree, frames: Mapping[str, pl.DataFrame]) -> dict[Any, int]:
    """Moments before those that they follow by the spec: it can ask for what cannot be.

    What follows a moment behind the end of its own period cannot fall in the period, and nothing
    follows one moment and precedes an earlier one. By table and by what `--check` calls it. In
    place of hidden moments stand those that are written beyond them.
    """
    found = {}
    for name, column, how in orders(tree):
        spec = tree["tables"][name]["columns"][column]
        pair = (spec[how], column) if how == "before" else (column, spec[how])
        for later in instead(tree, frames, name, pair[0], "later"):
            for earlier in instead(tree, frames, name, pair[1], "earlier"):
                cells = [values(tree, frames, name, path) for path in (later, earlier)]
                both = [each for each in cells if each is not None]
                if len(both) == len(cells):
                    early = sum(map(is_early, *both))
                    found[name, f"{later} before {earlier}"] = early
    return found


def instead(
    tree: Tree, frames: Mapping[str, pl.DataFrame], name: str, path: str, side: str
) -> set[str]:
    """The moments that are written in place of one that may be hidden."""
    *refs, last = path.split(".")
    table = name
    for ref in refs:
        table = tree["tables"][table]["columns"][ref]["table"]
    if last in frames[table].columns:
        return {path}
    columns = tree["tables"][table]["columns"]
    keys = {"earlier": ("after", "of", "path"), "later": ("before", "path")}[side]
    other_keys = {"earlier": ("before",), "later": ("after", "of")}[side]
    near = [columns[last][key] for key in keys if key in columns[last]]
    near += [
        other
        for other, spec in columns.items()
        if last in [spec.get(key) for key in other_keys]
    ]
    paths = [".".join([*refs, one]) for one in near if one in columns or "." in one]
    found = [instead(tree, frames, name, one, side) for one in paths]
    return set().union(*found)


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
