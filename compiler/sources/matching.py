"""Data in the types of its schema: where they differ without harm, the schema is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from compiler.sources.model import SourceColumn, SourceTable
from compiler.spec.types import NAMES, Data

if TYPE_CHECKING:
    import polars as pl

WIDENED = {
    (Data.INTEGER, Data.NUMBER),
    (Data.INTEGER, Data.TEXT),
    (Data.INTEGER, Data.BOOLEAN),
    (Data.DATE, Data.TIMESTAMP),
}
"""What data may look like (in CSV, whole amounts or numeric names) and what a schema says it is."""


def conformed(table: SourceTable, schema: SourceTable, notes: list[str]) -> SourceTable:
    """The table with its columns in the schema's types, as far as the data is of these types.

    Notes say which columns only one of them has, and where types differ.
    """
    theirs = {column.name.lower(): column for column in schema.columns}
    own = {column.name.lower() for column in table.columns}
    for name in [one.name for one in table.columns if one.name.lower() not in theirs]:
        notes.append(f"{table.name}.{name} is in the data, but not in the schema")
    for name in [one.name for one in schema.columns if one.name.lower() not in own]:
        notes.append(f"{table.name}.{name} is in the schema, but not in the data")
    differing = {
        one.name: theirs[one.name.lower()].data
        for one in table.columns
        if one.name.lower() in theirs
        and one.data is not theirs[one.name.lower()].data
        and theirs[one.name.lower()].data is not Data.UNKNOWN
    }
    empty = without_values(table, [*differing])
    changed: dict[str, Data] = {}
    for column in table.columns:
        wanted = differing.get(column.name)
        if wanted is None:
            continue
        if column.name in empty or (column.data, wanted) in WIDENED:
            changed[column.name] = wanted
        elif column.data is not Data.UNKNOWN:
            notes.append(
                f"{table.name}.{column.name} is {NAMES[column.data]} in the data, "
                f"but {NAMES[wanted]} in the schema"
            )
    if not changed:
        return table
    columns = tuple(with_type(one, changed) for one in table.columns)
    return replace(table, columns=columns, scan=cast_scan(table, changed))


def with_type(column: SourceColumn, changed: dict[str, Data]) -> SourceColumn:
    return replace(column, data=changed.get(column.name, column.data))


def without_values(table: SourceTable, names: list[str]) -> set[str]:
    """The columns that are always null, whose type in the data means nothing."""
    import polars as pl

    if not names or table.scan is None:
        return set()
    if table.rows == 0:
        return set(names)
    nulls = [pl.col(name).is_null().all() for name in names]
    found = table.scan().select(nulls).collect(engine="streaming").row(0, named=True)
    return {name for name, is_empty in found.items() if is_empty}


def cast_scan(
    table: SourceTable, changed: dict[str, Data]
) -> Callable[[], pl.LazyFrame] | None:
    """The scan of the table with some columns in other types."""
    scan = table.scan
    if scan is None:
        return None

    def cast() -> pl.LazyFrame:
        import polars as pl

        types: dict[Data, pl.DataType] = {
            Data.INTEGER: pl.Int64(),
            Data.NUMBER: pl.Float64(),
            Data.BOOLEAN: pl.Boolean(),
            Data.TEXT: pl.String(),
            Data.DATE: pl.Date(),
            Data.TIMESTAMP: pl.Datetime("us"),
        }
        casts = [
            pl.col(name).cast(types[data], strict=False)
            for name, data in changed.items()
        ]
        return scan().with_columns(casts)

    return cast
