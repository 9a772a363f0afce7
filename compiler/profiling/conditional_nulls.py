"""Columns that are null exactly in the rows of some categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.profiling.draft import DraftColumn, DraftTable
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceTable

if TYPE_CHECKING:
    import polars as pl

EXCEPTIONS = 0.005
"""The share of a category's rows that may be otherwise."""
LEAST = 0.01
"""A column with fewer nulls, or fewer values, is left as it is."""
MOST_VALUES = 12
LEFT = ("key", "ref", "position", "lookup", "expr", "constant", "tick", "email")
"""Kinds without nulls of their own, or whose nulls have another reason."""


def add_conditions(tables: Tables, table: SourceTable, draft: DraftTable) -> None:
    """Draws such columns in all rows, hidden, and takes them where the category has them."""
    if not tables.count(table):
        return
    frame = tables.sample(table)
    columns: list[DraftColumn] = []
    for column in draft.columns:
        found = condition(frame, draft, column) if column.name in frame.columns else ""
        if not found:
            columns.append(column)
            continue
        name = f"{column.name}_drawn"[:60]
        settings = {
            key: value for key, value in column.settings.items() if key != "null_rate"
        }
        columns.append(DraftColumn(name, settings | {"hidden": True}, column.comments))
        expr = {"kind": "expr", "expr": f"{name} if {found} else None"}
        reason = "null in all other rows, and in none of these"
        columns.append(DraftColumn(column.name, expr, [reason]))
    draft.columns = columns


def condition(frame: pl.DataFrame, draft: DraftTable, column: DraftColumn) -> str:
    """What is true in just the rows that have a value; empty if no category tells."""
    if column.settings.get("kind") in LEFT or column.settings.get("until_now"):
        return ""
    share = frame[column.name].null_count() / len(frame)
    if not LEAST < share < 1 - LEAST:
        return ""
    for other in draft.columns:
        if other is not column and (found := decided_by(frame, column.name, other)):
            return found
    return ""


def decided_by(frame: pl.DataFrame, name: str, category: DraftColumn) -> str:
    """The condition of a category that decides where a column has values; else empty."""
    import polars as pl

    kind = category.settings.get("kind")
    named = names_of(category)
    is_named = kind == "choice" and 1 < len(named) <= MOST_VALUES
    if category.name not in frame.columns or not (is_named or kind == "bool"):
        return ""
    rows = frame.group_by(pl.col(category.name).cast(pl.String).alias("/value")).agg(
        pl.col(name).is_null().mean().alias("/null")
    )
    nulls = {value: share for value, share in rows.iter_rows() if value is not None}
    if any(EXCEPTIONS < share < 1 - EXCEPTIONS for share in nulls.values()):
        return ""
    filled = sorted(value for value, share in nulls.items() if share <= EXCEPTIONS)
    if not 0 < len(filled) < len(nulls):
        return ""
    if kind == "bool":
        return category.name if filled == ["true"] else f"not {category.name}"
    if not {*filled} <= named:
        return ""
    listed = ", ".join(map(repr, filled))
    return (
        f"{category.name} == {listed}"
        if len(filled) == 1
        else f"{category.name} in ({listed})"
    )


def names_of(category: DraftColumn) -> set[str]:
    """The values that a choice may have, in all of its cases."""
    settings = category.settings
    cases = [
        settings,
        *settings.get("cases", {}).values(),
        settings.get("otherwise", {}),
    ]
    return {value for case in cases for value in case.get("weights", {})}
