"""Tables without rows: what can be guessed of their sizes, children and moments."""

from __future__ import annotations

from dataclasses import replace

from compiler.profiling.draft import DraftTable, Settings
from compiler.profiling.model import Children, Relations, TableRelations
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

ROWS = 10_000
"""Of a table; enough for a GROUP BY to show something."""
ROWS_OF_TARGETS = 1_000
"""Of one that others point at, and that points at none: ten children for each row."""
MEAN, MOST = 3, 9
GUESS = "no data: a guess"
NULLS = 0.05
WHOLE = ("key", "ref", "position", "lookup", "email")
"""Kinds that are left without nulls."""
BEFORE = {"start": "-2y", "end": "-180d"}
"""The period of moments before the window, which is the last 180 days."""


def rows_of(table: SourceTable, relations: Relations) -> int:
    """A number of rows to begin with."""
    pointed_at = {ref.table for found in relations.values() for ref in found.refs}
    is_target = table.name in pointed_at and not relations[table.name].refs
    return ROWS_OF_TARGETS if is_target else ROWS


def with_children(table: SourceTable, found: TableRelations) -> TableRelations:
    """A key of a ref and a number, or another ref, makes a table `per` the first one's."""
    if found.children is not None or found.key is None:
        return found
    for ref in found.refs:
        if table.column(ref.column).unique and found.key.columns != (ref.column,):
            reason = "no data: each row has its own target, as declared; the share is a guess"
            children = Children(ref.column, {"chance": 0.5}, reason)
            return replace(found, children=children)
    key = found.key.columns
    first = next((name for name in key if found.ref(name)), None)
    if first is None or len(key) != 2:
        return found
    (other,) = (name for name in key if name != first)
    is_number = table.column(other).data is Data.INTEGER and not found.ref(other)
    if not (is_number or found.ref(other)):
        return found
    reason = "no data: a guess by its key; so is the mean"
    position = other if is_number else None
    children = Children(first, {"mean": MEAN, "max": MOST}, reason, position)
    return replace(found, children=children)


def order_moments(
    drafts: dict[str, DraftTable], sources: dict[str, SourceTable], relations: Relations
) -> None:
    """Moments in the order of cause and effect: parents first, then those of the row in turn.

    The first of a table follows the first of a table that it points at. Those of tables that
    only others point at are before the window.
    """
    firsts: dict[str, str] = {}
    for name, found in relations.items():
        table = sources[name]
        moments = [
            draft
            for draft in drafts[name].columns
            if draft.settings.get("kind") in ("date", "timestamp")
        ]
        if not moments:
            continue
        first, *later = moments
        firsts[name] = first.name
        if table.scan is not None:
            continue
        causes = [
            f"{ref.column}.{firsts[ref.table]}"
            for ref in found.refs
            if ref.table in firsts and ref.table != name
        ]
        if causes:
            first.settings["after"] = causes[0]
            first.comments = [f"{GUESS}, after that of the row it points at"]
        elif rows_of(table, relations) == ROWS_OF_TARGETS:
            first.settings |= BEFORE
            first.comments = [f"{GUESS}, before the events of other tables"]
        for draft in later:
            draft.settings = delayed(first.name, table, draft.name)
            draft.comments = [f"{GUESS}, some days after {first.name}"]


def add_nulls(table: SourceTable, draft: DraftTable) -> None:
    """Nulls in some of the columns that may be null, but for those that others read."""
    read = {
        str(one.settings[key]).rpartition(".")[2]
        for one in draft.columns
        for key in ("of", "after", "by")
        if key in one.settings
    }
    by_name = {column.name: column for column in table.columns}
    for one in draft.columns:
        column = by_name.get(one.name)
        kind = one.settings.get("kind")
        if column is None or not column.nullable or one.name in read or kind in WHOLE:
            continue
        if not one.settings.get("until_now") and one.name not in table.primary_key:
            one.settings["null_rate"] = NULLS


def delayed(of: str, table: SourceTable, name: str) -> Settings:
    """A moment some days after another one of its row."""
    settings: Settings = {"kind": "offset", "of": of, "distribution": "exponential"}
    settings |= {"scale": "2d", "max": "30d"}
    return settings | ({"until_now": True} if table.column(name).nullable else {})
