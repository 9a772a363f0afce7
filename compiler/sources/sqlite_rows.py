"""Rows of SQLite tables, in the types that their cells have: a column may hold any."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compiler.sources.frames import data_of
from compiler.sources.model import SourceColumn, SourceTable
from compiler.sources.rows import database_scan, quoted
from compiler.sources.texts import MOMENTS, TextType, Truth, typed, types_of
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

BATCH = 50_000
"""Rows that are Python objects at a time."""

CLASSES = ("integer", "real", "text", "blob")
"""SQLite's storage classes, besides null."""


@dataclass(frozen=True)
class Storage:
    """How many cells of a column have each storage class."""

    integer: int
    real: int
    text: int
    blob: int

    @property
    def is_empty(self) -> bool:
        """Whether all cells are null."""
        return not (self.integer or self.real or self.text or self.blob)

    def dtype(self, declared: Data) -> pl.DataType:
        """The type of polars that holds all cells."""
        import polars as pl

        if self.blob and not (self.integer or self.real or self.text):
            return pl.Binary()
        if self.text or self.blob:
            return pl.String()
        if self.real or (self.integer and declared is Data.NUMBER):
            return pl.Float64()
        if self.integer:
            return pl.Int64()
        return {
            Data.INTEGER: pl.Int64(),
            Data.NUMBER: pl.Float64(),
            Data.BOOLEAN: pl.Boolean(),
            Data.DATE: pl.Date(),
            Data.TIMESTAMP: pl.Datetime("us"),
        }.get(declared, pl.String())


@dataclass(frozen=True)
class Rows:
    """The rows of a table: their number, the columns with their true types, the scan."""

    number: int
    columns: tuple[SourceColumn, ...]
    scan: Callable[[], pl.LazyFrame]


def connected(path: Path) -> sqlite3.Connection:
    """A connection that can only read.

    A file without a write-ahead log is opened as immutable, so that no lock is taken and no file
    is created beside it. With a log, its rows are needed, too.
    """
    log = path.with_name(path.name + "-wal")
    has_log = log.exists() and log.stat().st_size > 0
    options = "mode=ro" if has_log else "mode=ro&immutable=1"
    # Polars fetches rows in threads of its own, one after the other.
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{options}", uri=True, check_same_thread=False
    )
    connection.text_factory = lambda cell: cell.decode("utf-8", "replace")
    return connection


def rows_of(connection: sqlite3.Connection, path: Path, table: SourceTable) -> Rows:
    """The rows of a table; raises `sqlite3.Error` if the file is damaged."""
    import polars as pl

    number, storage = stored(connection, table)
    schema = pl.Schema(
        {one.name: storage[one.name].dtype(one.data) for one in table.columns}
    )

    def scan_stored() -> pl.LazyFrame:
        return database_scan(
            schema, lambda names, limit: fetched(path, table.name, schema, names, limit)
        )

    # SQLite has no dates: they are texts, whatever was declared.
    candidates: dict[str, Sequence[TextType]] = {
        one.name: (Truth(),) if one.data is Data.BOOLEAN else MOMENTS
        for one in table.columns
        if schema[one.name] == pl.String
    }
    decided = types_of(scan_stored(), candidates, reads_all=False)
    booleans = [
        one.name
        for one in table.columns
        if one.data is Data.BOOLEAN and schema[one.name] == pl.Int64
    ]

    def scan() -> pl.LazyFrame:
        truths = [pl.col(name).cast(pl.Boolean) for name in booleans]
        return typed(scan_stored(), decided.ways).with_columns(truths)

    actual = scan().collect_schema()
    columns = tuple(
        (
            one
            if storage[one.name].is_empty and one.declared
            else replace(
                one, data=data_of(actual[one.name]), remark=decided.remark(one.name)
            )
        )
        for one in table.columns
    )
    return Rows(number, columns, scan)


def stored(
    connection: sqlite3.Connection, table: SourceTable
) -> tuple[int, dict[str, Storage]]:
    """The number of rows, and of cells by column and storage class.

    Most columns have only the class that was declared, and only of the others all four are counted.
    """
    expected = {
        one.name: EXPECTED.get(one.data, CLASSES.index("text")) for one in table.columns
    }
    counts = [
        count
        for name, place in expected.items()
        for count in (f"count({quoted(name)})", of_class(name, CLASSES[place]))
    ]
    rows, *numbers = counted(connection, table, ["count(*)", *counts])
    pairs = zip(expected, numbers[::2], numbers[1::2], strict=True)
    cells = {name: (present, usual) for name, present, usual in pairs}
    storage = {}
    for name, (present, usual) in cells.items():
        if present == usual:
            one = [0] * len(CLASSES)
            one[expected[name]] = usual
        else:
            one = counted(connection, table, [of_class(name, each) for each in CLASSES])
        storage[name] = Storage(*one)
    return rows, storage


EXPECTED = {
    Data.INTEGER: CLASSES.index("integer"),
    Data.BOOLEAN: CLASSES.index("integer"),
    Data.NUMBER: CLASSES.index("real"),
}
"""The place of the storage class that a declared type has; of all others, it is text."""


def of_class(name: str, storage: str) -> str:
    """The number of cells of a column that have a storage class."""
    return f"coalesce(sum(typeof({quoted(name)}) = '{storage}'), 0)"


def counted(
    connection: sqlite3.Connection, table: SourceTable, counts: list[str]
) -> list[int]:
    """Numbers of rows or cells, in one pass."""
    query = f"select {', '.join(counts)} from {quoted(table.name)}"
    return list(connection.execute(query).fetchone())


def fetched(
    path: Path, table: str, schema: pl.Schema, names: list[str], limit: int | None
) -> Iterator[pl.DataFrame]:
    """Rows in batches, with just these columns."""
    import polars as pl

    cells = [
        f"cast({quoted(name)} as text)" if schema[name] == pl.String else quoted(name)
        for name in names
    ]
    # Not by an index: the order of the rows would depend on the columns.
    query = f"select {', '.join(cells)} from {quoted(table)} not indexed"
    query += f" limit {limit}" if limit is not None else ""
    with closing(connected(path)) as connection:
        cursor = connection.execute(query)
        while rows := cursor.fetchmany(BATCH):
            yield pl.DataFrame(
                [
                    pl.Series(name, values, schema[name], strict=False)
                    for name, values in zip(names, zip(*rows, strict=True), strict=True)
                ]
            )
