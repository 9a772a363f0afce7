"""Parquet files and Delta tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from compiler.sources.found import Found, reason
from compiler.sources.frames import column_of, in_simple_types, without_counterpart
from compiler.sources.model import SourceTable
from compiler.sources.partitions import TableFiles, scan_groups

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl


def read_parquet(files: TableFiles) -> Found:
    """The table of Parquet files; columns that some files lack are null there."""
    import polars as pl

    found = Found()
    schemas = {}
    for path in files.paths:
        try:
            with path.open("rb") as file:  # a path may have the signs of a pattern
                schemas[path] = pl.read_parquet_schema(file)
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as no:
            message = f"{path} is damaged, or no Parquet file: {reason(no)}"
            found.problem("E703", message, "write the file again")
    if found.problems:
        return found
    groups = files.groups()
    are_alike = len({tuple(schema.items()) for schema in schemas.values()}) == 1

    def scan(paths: list[Path]) -> pl.LazyFrame:
        frames = [
            pl.scan_parquet(part, hive_partitioning=False, glob=False)
            for part in ([paths] if are_alike else [[path] for path in paths])
        ]
        return (
            frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal_relaxed")
        )

    add_frame(found, files.name, str(files.place), lambda: scan_groups(groups, scan))
    return found


def read_delta(path: Path) -> Found:
    """A Delta table, in its last version."""
    import polars as pl

    found = Found()
    try:
        from deltalake import DeltaTable
    except ImportError:
        message = f"{path} is a Delta table, and deltalake is not installed"
        found.problem("E707", message, "pip install 'scaffold-data[delta]'")
        return found
    try:
        table = DeltaTable(path)
        fields = {field.name: field for field in table.schema().fields}
        description = table.metadata().description or ""
    except Exception as error:  # deltalake's errors have no common class of their own
        message = f"{path} is damaged, or no Delta table: {reason(error)}"
        found.problem("E703", message)
        return found
    add_frame(found, path.name, str(path), lambda: pl.scan_delta(str(path)))
    for read in found.tables[-1:]:
        columns = [
            replace(
                one,
                nullable=fields[one.name].nullable,
                description=str(fields[one.name].metadata.get("comment", "")),
            )
            for one in read.columns
        ]
        found.tables[-1] = replace(
            read, columns=tuple(columns), description=description
        )
    return found


def add_frame(
    found: Found, name: str, place: str, raw: Callable[[], pl.LazyFrame]
) -> None:
    """Adds the table of a typed frame, with the number of its rows from metadata."""
    import polars as pl

    try:
        schema = raw().collect_schema()
        rows = int(raw().select(pl.len()).collect().item())
    except Exception as error:  # polars', deltalake's and the system's
        found.problem("E703", f"{place} cannot be read: {reason(error)}")
        return
    except pl.exceptions.PanicException as error:
        found.problem("E703", f"{place} is damaged: {reason(error)}")
        return
    if not schema:
        found.problem("E703", f"{place} has no columns")
        return
    columns = tuple(column_of(*pair) for pair in schema.items())
    found.notes += without_counterpart(name, columns)
    found.tables.append(
        SourceTable(
            name,
            columns,
            rows=rows,
            scan=lambda: in_simple_types(raw(), schema),
        )
    )
