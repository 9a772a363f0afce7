"""Rows of databases as lazy frames: only the columns and rows that a query needs are fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    Batches = Callable[[list[str], int | None], Iterator[pl.DataFrame]]


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def database_scan(schema: pl.Schema, batches: Batches) -> pl.LazyFrame:
    """A frame of the rows that `batches(names, limit)` gives, at most `limit` if it is given."""
    from polars.io.plugins import register_io_source

    def source(
        with_columns: list[str] | None,
        predicate: pl.Expr | None,
        n_rows: int | None,
        batch_size: int | None,
    ) -> Iterator[pl.DataFrame]:
        names = schema.names() if with_columns is None else with_columns
        # With a predicate, the limit counts the rows that are left.
        left = n_rows
        for batch in batches(names, n_rows if predicate is None else None):
            frame = batch.select(names)
            if predicate is not None:
                frame = frame.filter(predicate)
            if left is not None:
                frame = frame.head(left)
                left -= frame.height
            yield frame
            if left == 0:
                return

    return register_io_source(source, schema=schema, is_pure=True)
