"""Columns that a row reaches: its own, and over refs those of other rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from compiler.profiling.model import Relations, TableRelations
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceColumn, SourceTable
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

HOPS = 3
"""Refs of a path at most."""
MOMENTS = (Data.DATE, Data.TIMESTAMP)
CATEGORIES = (Data.TEXT, Data.BOOLEAN)

MOST_TARGETS = 1_000
"""In a table of more rows, keys are no categories."""

Chosen = Callable[[SourceTable, SourceColumn], bool]


def repeated(relations: Relations, table: str) -> set[str]:
    """The columns of a table that hold what another table has: lookups."""
    return {one.column for one in relations.get(table, TableRelations()).lookups}


def keys(relations: Relations, table: str) -> set[str]:
    key = relations.get(table, TableRelations()).key
    return set(key.columns) if key and len(key.columns) == 1 else set()


def reached(
    tables: Tables,
    table: SourceTable,
    relations: Relations,
    chosen: Chosen,
    hops: int = HOPS,
    seen: tuple[str, ...] = (),
) -> Iterator[str]:
    """The paths over refs to columns of other tables; no table is passed twice."""
    passed = (*seen, table.name)
    known = {one.name for one in tables.source.tables}
    for ref in relations.get(table.name, TableRelations()).refs if hops else ():
        if ref.table in passed or ref.table not in known:
            continue
        other = tables.source.table(ref.table)
        if other.scan is None:
            continue
        for column in other.columns:
            if chosen(other, column):
                yield f"{ref.column}.{column.name}"
        further = reached(tables, other, relations, chosen, hops - 1, passed)
        yield from (f"{ref.column}.{path}" for path in further)


def moments(relations: Relations) -> Chosen:
    """Dates and timestamps, but no lookups."""

    def chosen(table: SourceTable, column: SourceColumn) -> bool:
        lookups = repeated(relations, table.name)
        return column.data in MOMENTS and column.name not in lookups

    return chosen


def categories(relations: Relations) -> Chosen:
    """Texts and booleans that may be categories: no keys, no lookups."""

    def chosen(table: SourceTable, column: SourceColumn) -> bool:
        left_out = repeated(relations, table.name) | keys(relations, table.name)
        return column.data in CATEGORIES and column.name not in left_out

    return chosen


def end_of(
    tables: Tables, table: SourceTable, relations: Relations, path: str
) -> tuple[SourceTable, SourceColumn]:
    """The table and the column at the end of a path."""
    *steps, last = path.split(".")
    for step in steps:
        ref = relations[table.name].ref(step)
        assert ref is not None, f"{table.name} has no ref {step}"
        table = tables.source.table(ref.table)
    return table, table.column(last)


def without_orphans(
    tables: Tables, table: SourceTable, relations: Relations, frame: pl.DataFrame
) -> pl.DataFrame:
    """The frame of paths, null where a ref of one points at no row: that is no category."""
    import polars as pl

    for path in frame.columns:
        owner, column = end_of(tables, table, relations, path)
        ref = relations.get(owner.name, TableRelations()).ref(column.name)
        if ref is None or ref.table not in {one.name for one in tables.source.tables}:
            continue
        target = tables.source.table(ref.table)
        if 0 < tables.count(target) <= MOST_TARGETS:
            known = tables.sample(target)[ref.target].drop_nulls().unique()
            kept = pl.col(path).is_in(known.implode())
            frame = frame.with_columns(pl.when(kept).then(pl.col(path)).alias(path))
    return frame
