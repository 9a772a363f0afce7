"""Tables without rows: what can be guessed of their sizes, children and nulls."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from compiler.profiling.draft import DraftColumn, DraftTable
from compiler.profiling.model import Children, Relations, TableRelations
from compiler.profiling.schema_moments import is_end
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

ROWS = 10_000
"""Of a table; enough for a GROUP BY to show something."""
ROWS_OF_TARGETS = 1_000
"""Of one that others point at, and that points at none: ten children for each row."""
MEAN, MOST = 3, 9
NULLS = 0.05
NULLS_OF_ENDS = 0.85
"""Of an end or an exception, such as `cancelled_at`."""
NULLS_OF_OWN = 0.6
"""Of a ref to a row of the same table: who was referred by no one, what is at the top."""
WHOLE = ("key", "ref", "position", "lookup", "email", "expr", "template", "tick")
"""Kinds that are left without nulls, or that have those of what they read."""
MOMENTS = ("date", "timestamp", "offset")


def rows_of(table: SourceTable, relations: Relations) -> int:
    """A number of rows to begin with."""
    return ROWS_OF_TARGETS if table.name in targets(relations) else ROWS


def targets(relations: Relations) -> set[str]:
    """Tables that others point at, and that point at none but themselves."""
    outward = {
        name: {ref.table for ref in found.refs} - {name}
        for name, found in relations.items()
    }
    return {one for others in outward.values() for one in others if not outward[one]}


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


def add_nulls(table: SourceTable, draft: DraftTable, read: Collection[str]) -> None:
    """Nulls in some of the columns that may be null, but for those that others read.

    An end or an exception, and a ref to a row of the same table, are null in most rows.
    """
    read = {*read} | {
        str(one.settings[key]).rpartition(".")[2]
        for one in draft.columns
        for key in ("of", "by")
        if key in one.settings
    }
    by_name = {column.name: column for column in table.columns}
    filled = read | {*table.primary_key}
    for one in draft.columns:
        column = by_name.get(one.name)
        if column is not None and column.nullable and one.name not in filled:
            add_own_nulls(table, draft, one)


def add_own_nulls(table: SourceTable, draft: DraftTable, one: DraftColumn) -> None:
    """Gives a column nulls: where a category decides, or a guessed share."""
    kind = one.settings.get("kind")
    if kind in MOMENTS and is_end(one.name):
        if condition := ended(table, draft, one.name):
            one.settings["when"] = condition
            one.comments.append("no data: a guess, null in all other rows")
            return
        one.settings["null_rate"] = NULLS_OF_ENDS
        one.comments.append("an end, or an exception: a guess that most rows have none")
    elif kind == "ref" and one.settings["table"] == table.name:
        one.settings["null_rate"] = NULLS_OF_OWN
        one.comments.append("how many rows have none is a guess")
    elif kind not in WHOLE and not one.settings.get("until_now"):
        one.settings["null_rate"] = NULLS


def ended(table: SourceTable, draft: DraftTable, moment: str) -> str:
    """The condition of a category that names the end: `status == 'cancelled'`."""
    ends = {stem_of(word) for word in moment.split("_")} - {""}
    for one in draft.columns:
        if one.settings.get("kind") != "choice":
            continue
        for value in one.settings.get("values", []):
            if stem_of(str(value).lower()) in ends:
                return f"{one.name} == {value!r}"
    return ""


def stem_of(word: str) -> str:
    """The word of an end in one spelling; empty for any other word."""
    return word.replace("cancelled", "canceled") if is_end(word) else ""
