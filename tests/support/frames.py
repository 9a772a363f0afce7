"""Sources of frames and of Parquet files, as `compiler.sources` makes them of other things."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from compiler.profiling.tables import Tables
from compiler.sources.frames import column_of
from compiler.sources.model import Source, SourceColumn, SourceTable
from compiler.spec.types import Data


def table_of(
    name: str, rows: pl.LazyFrame | pl.DataFrame, **options: Any
) -> SourceTable:
    """A table of these rows; options are further fields, such as `primary_key`."""
    columns = tuple(
        column_of(column, found)
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
