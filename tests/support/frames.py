"""Sources of frames and of Parquet files, as `compiler.sources` makes them of other things."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from compiler.profiling.tables import Tables
from compiler.sources.model import Source, SourceColumn, SourceTable
from compiler.spec.types import Data


def data_of(found: pl.DataType) -> Data:
    """The type of a spec's cells that a polars type has."""
    if found.is_integer():
        return Data.INTEGER
    if found.is_numeric():
        return Data.NUMBER
    if found == pl.Boolean:
        return Data.BOOLEAN
    if found in (pl.String, pl.Categorical, pl.Enum):
        return Data.TEXT
    if found == pl.Date:
        return Data.DATE
    return Data.TIMESTAMP if found == pl.Datetime else Data.UNKNOWN


def table_of(
    name: str, rows: pl.LazyFrame | pl.DataFrame, **options: Any
) -> SourceTable:
    """A table of these rows; options are further fields, such as `primary_key`."""
    columns = tuple(
        SourceColumn(column, data_of(found))
        for column, found in rows.lazy().collect_schema().items()
    )
    return SourceTable(name, columns, scan=rows.lazy, **options)


def schema_of(name: str, /, **columns: Data) -> SourceTable:
    """A table without rows."""
    found = tuple(SourceColumn(column, data) for column, data in columns.items())
    return SourceTable(name, found)


def tables_of(frames: Mapping[str, pl.LazyFrame | pl.DataFrame]) -> Tables:
    """Tables of these rows, without any constraint."""
    return Tables(Source(tuple(table_of(*item) for item in frames.items())))


def tables_of_folder(folder: Path) -> Tables:
    """Tables of a folder of Parquet files, one each, without any constraint."""
    paths = sorted(folder.glob("*.parquet"))
    return tables_of({path.stem: pl.scan_parquet(path) for path in paths})
