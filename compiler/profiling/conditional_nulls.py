"""Columns that are null in all rows of some categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.profiling.draft import DraftColumn, DraftTable
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceTable

if TYPE_CHECKING:
    import polars as pl

EXCEPTIONS = 0.005
"""The share of a category's rows that may be otherwise."""
LEAST_EMPTY = 1 - EXCEPTIONS
"""The share of nulls from which on a category has only nulls."""
LEAST_ROWS = 50
"""Where other categories have nulls, too: so many rows show that a category has nothing else."""
CHANCE = 1e-6
"""How likely it may be that they have nothing else by chance."""
LEAST = 0.01
"""A column with fewer nulls, or fewer values, is left as it is."""
MOST_VALUES = 12
LEFT = ("key", "ref", "position", "lookup", "expr", "constant", "tick", "email")
"""Kinds without nulls of their own, or whose nulls have another reason."""


Condition = tuple[str, float]
"""An expression that is true in all rows with a value, and the share of nulls in these."""


def add_conditions(tables: Tables, table: SourceTable, draft: DraftTable) -> None:
    """Gives such columns a `when`."""
    if not tables.count(table):
        return
    frame = tables.sample(table)
    for column in draft.columns:
        here = column.name in frame.columns
        found = condition(frame, draft, column) if here else None
        if found is None:
            continue
        test, rate = found
        column.settings.pop("null_rate", None)
        column.settings["when"] = test
        column.settings |= {"null_rate": round(rate, 4)} if rate else {}
        some = f"{rate:.0%}" if rate else "none"
        column.comments.append(f"null in all other rows, and in {some} of these")


def condition(
    frame: pl.DataFrame, draft: DraftTable, column: DraftColumn
) -> Condition | None:
    """Where a column has values, by the category that leaves the fewest nulls there."""
    kind, is_drawn = column.settings.get("kind"), "null_rate" in column.settings
    if column.settings.get("until_now") or (kind in LEFT and not is_drawn):
        return None
    share = frame[column.name].null_count() / len(frame)
    if not LEAST < share < 1 - LEAST:
        return None
    found = [
        one
        for other in draft.columns
        if other is not column and (one := decided_by(frame, column.name, other))
    ]
    return min(found, key=lambda one: one[1], default=None)


def decided_by(
    frame: pl.DataFrame, name: str, category: DraftColumn
) -> Condition | None:
    """The condition of a category some of whose values have only nulls; None if none has."""
    import polars as pl

    kind = category.settings.get("kind")
    named = names_of(category)
    is_named = kind == "choice" and 1 < len(named) <= MOST_VALUES
    if category.name not in frame.columns or not (is_named or kind == "bool"):
        return None
    rows = frame.group_by(pl.col(category.name).cast(pl.String).alias("/value")).agg(
        pl.col(name).is_null().mean().alias("/null"), pl.len().alias("/rows")
    )
    nulls = {value: each for value, *each in rows.iter_rows() if value is not None}
    filled = sorted(value for value, (share, _) in nulls.items() if share < LEAST_EMPTY)
    if not 0 < len(filled) < len(nulls):
        return None
    empty = sum(count for value, (_, count) in nulls.items() if value not in filled)
    known = sum(count for _, count in nulls.values())
    missing = sum(nulls[value][0] * nulls[value][1] for value in filled)
    rate = missing / (known - empty)
    if rate <= EXCEPTIONS:
        rate = 0.0
    elif empty < LEAST_ROWS or rate**empty > CHANCE:
        return None
    if kind == "bool":
        test = category.name if filled == ["true"] else f"not {category.name}"
        return test, rate
    if not {*filled} <= named:
        return None
    listed = ", ".join(map(repr, filled))
    if len(filled) == 1:
        return f"{category.name} == {listed}", rate
    return f"{category.name} in ({listed})", rate


def names_of(category: DraftColumn) -> set[str]:
    """The values that a choice may have, in all of its cases."""
    settings = category.settings
    cases = [
        settings,
        *settings.get("cases", {}).values(),
        settings.get("otherwise", {}),
    ]
    return {value for case in cases for value in case.get("weights", {})}
