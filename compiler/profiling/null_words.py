"""Texts such as NULL in columns that otherwise hold only keys of a table: they are nulls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from compiler.sources.model import Source, SourceColumn, SourceTable
from compiler.sources.texts import NULL_REMARK, is_null_word
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

HEAD = 1_000
"""Rows that are looked at for such words."""
LEAST = 0.01
"""The share of the words among these: fewer may be faults."""


def without_null_words(source: Source) -> Source:
    """The source with null in place of these words, where every other text is a key.

    Anywhere else, they may be texts like others.
    """
    tables = [
        (
            with_nulls(source, table, suspects(table))
            if table.scan is not None and table.rows != 0
            else table
        )
        for table in source.tables
    ]
    return replace(source, tables=tuple(tables))


def suspects(table: SourceTable) -> list[str]:
    """Text columns of which the first rows have such words."""
    import polars as pl

    names = [one.name for one in table.columns if one.data is Data.TEXT]
    if not names or table.scan is None:
        return []
    head = table.scan().select(names).head(HEAD).collect()
    if not head.height:
        return []
    words = head.select(is_null_word(pl.col(name)).mean().alias(name) for name in names)
    shares = words.row(0, named=True)
    return [name for name in names if (shares[name] or 0) >= LEAST]


def with_nulls(source: Source, table: SourceTable, names: Sequence[str]) -> SourceTable:
    """The table with nulls in those of the columns that otherwise hold keys."""
    found = [name for name in names if holds_keys(source, table, name)]
    if not found or table.scan is None:
        return table

    def noted(column: SourceColumn) -> SourceColumn:
        return replace(column, remark=NULL_REMARK) if column.name in found else column

    return replace(
        table,
        columns=tuple(map(noted, table.columns)),
        scan=scan_with_nulls(table.scan, found),
    )


def scan_with_nulls(
    scan: Callable[[], pl.LazyFrame], names: Sequence[str]
) -> Callable[[], pl.LazyFrame]:
    def scanned() -> pl.LazyFrame:
        import polars as pl

        texts = [pl.col(name) for name in names]
        return scan().with_columns(
            pl.when(~is_null_word(one)).then(one) for one in texts
        )

    return scanned


def holds_keys(source: Source, table: SourceTable, name: str) -> bool:
    """Whether all texts but these words are keys of a table, and the words are none."""
    import polars as pl

    texts = texts_of(table, name).drop_nulls().unique()
    is_word = is_null_word(pl.col("/text"))
    others, words = texts.filter(~is_word), texts.filter(is_word)
    if not others.height:
        return False
    for parent in source.tables:
        for column in parent.columns if parent.scan is not None else ():
            is_itself = parent is table and column.name == name
            if column.data is not Data.TEXT or is_itself:
                continue
            keys = texts_of(parent, column.name)
            if keys["/text"].null_count() or keys["/text"].n_unique() < keys.height:
                continue
            is_known = others.join(keys, on="/text", how="anti").is_empty()
            if is_known and words.join(keys, on="/text", how="semi").is_empty():
                return True
    return False


def texts_of(table: SourceTable, name: str) -> pl.DataFrame:
    """All texts of a column, as `/text`."""
    import polars as pl

    assert table.scan is not None, "only tables with rows have texts"
    return table.scan().select(pl.col(name).cast(pl.String).alias("/text")).collect()
