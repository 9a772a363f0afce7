"""Rows of a source as relations need them: counted in few passes, only the columns in question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from compiler.profiling.relations import naming
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

IN_MEMORY = 300_000
"""A table of at most so many rows is read once and kept."""
FEW = 100_000
"""Distinct values of a column that are compared with those of another one."""
APPROXIMATE = 0.75
"""An approximate count of distinct values is at least that share of them. Polars' was 12 % too
low at most where it was tried; each finding is counted exactly in the end."""
HEAD = 1_000
"""Rows whose texts are looked at for their shape."""
COUNTABLE = (Data.INTEGER, Data.TEXT, Data.DATE, Data.TIMESTAMP, Data.BOOLEAN)


@dataclass(frozen=True)
class Facts:
    """What was counted in a column, over all rows."""

    name: str
    data: Data
    position: int
    """Of the column in its table, from 0."""
    rows: int
    nulls: int
    distinct: int
    """Distinct values, nulls left out; about that many in a large table. -1 where not counted."""
    low: Any = None
    high: Any = None

    @property
    def has_values(self) -> bool:
        return self.nulls < self.rows


@dataclass(frozen=True)
class Sketch:
    """The values of a column as hashes, and their numbers of rows.

    They are all values, or those whose hash is a multiple of `every`: the same values in each
    column, so that sketches can be compared.
    """

    hashes: np.ndarray
    """Sorted."""
    counts: np.ndarray
    every: int

    def thinned(self, every: int) -> Sketch:
        """With fewer values; `every` is a multiple of its own."""
        if every == self.every:
            return self
        kept = self.hashes % np.uint64(every) == 0
        return Sketch(self.hashes[kept], self.counts[kept], every)


class Rows:
    """The rows of the tables of a source, and what was counted in them, each thing once."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.source = tables.source
        self.count = tables.count
        self.whole = cache(self._whole)
        self.scan = cache(self._scan)
        self.facts = cache(self._facts)
        self.sketch = cache(self._sketch)
        self.head = cache(self._head)
        self.first = cache(self._first)

    def has_rows(self, table: SourceTable) -> bool:
        """Whether there is anything to count; a schema has nothing."""
        return table.scan is not None and self.count(table) > 0

    def data(self, table: SourceTable) -> dict[str, Data]:
        """The types of the columns; ids that are written as 12.0 are whole numbers.

        pandas writes whole numbers so if some are null.
        """
        return {**{one.name: one.data for one in table.columns}, **self.whole(table)}

    def _whole(self, table: SourceTable) -> dict[str, Data]:
        """Columns of floats that are named as keys and hold whole numbers only."""
        import polars as pl

        rows = self.tables.scan(table)
        schema = rows.collect_schema()
        names = [
            one.name
            for one in table.columns
            if schema[one.name].is_float() and naming.is_key_word(one.name)
        ]
        if not names:
            return {}
        whole = [(pl.col(name) % 1 == 0).all() for name in names]
        found = rows.select(whole).collect(engine="streaming").row(0, named=True)
        return {name: Data.INTEGER for name in names if found[name]}

    def _scan(self, table: SourceTable) -> pl.LazyFrame:
        """All rows, lazily, in types that can be compared; small tables stay in memory."""
        import polars as pl

        rows = self.tables.scan(table)
        schema = rows.collect_schema()
        casts = [
            pl.col(name).cast(wanted, strict=False)
            for name, data in self.data(table).items()
            if (wanted := comparable(schema[name], data)) is not None
        ]
        rows = rows.with_columns(casts)
        if self.count(table) <= IN_MEMORY:
            return rows.collect().lazy()
        return rows

    def _facts(self, table: SourceTable) -> dict[str, Facts]:
        """The facts of all columns, in one pass."""
        import polars as pl

        is_small = self.count(table) <= IN_MEMORY
        wanted: list[pl.Expr] = []
        for name, data in self.data(table).items():
            cell = pl.col(name)
            wanted.append(cell.null_count().alias(f"{name}/nulls"))
            if data in COUNTABLE:
                counted = cell.n_unique() if is_small else cell.approx_n_unique()
                wanted.append(counted.alias(f"{name}/distinct"))
            if data in (Data.INTEGER, Data.TEXT):
                wanted.append(cell.min().alias(f"{name}/low"))
                wanted.append(cell.max().alias(f"{name}/high"))
        found = (
            self.scan(table)
            .select(wanted)
            .collect(engine="streaming")
            .row(0, named=True)
        )
        rows = self.count(table)
        return {
            name: Facts(
                name,
                data,
                position,
                rows,
                found[f"{name}/nulls"],
                found.get(f"{name}/distinct", -1) - (found[f"{name}/nulls"] > 0),
                found.get(f"{name}/low"),
                found.get(f"{name}/high"),
            )
            for position, (name, data) in enumerate(self.data(table).items())
        }

    def _sketch(self, table: SourceTable, column: str) -> Sketch:
        """The distinct values of a column, all or some."""
        import polars as pl

        every = sampling(self.facts(table)[column].distinct)
        hashed = self.scan(table).select(
            pl.col(column).drop_nulls().hash().alias("hash")
        )
        if every > 1:
            hashed = hashed.filter(pl.col("hash") % every == 0)
        counted = hashed.group_by("hash").len().sort("hash").collect(engine="streaming")
        return Sketch(counted["hash"].to_numpy(), counted["len"].to_numpy(), every)

    def among(self, table: SourceTable, column: str, hashes: np.ndarray) -> np.ndarray:
        """Those of the hashes that values of the column have."""
        import polars as pl

        hashed = self.scan(table).select(pl.col(column).hash().alias("hash"))
        found = hashed.filter(pl.col("hash").is_in(pl.Series(hashes).implode()))
        return found.unique().collect(engine="streaming").to_series().to_numpy()

    def _head(self, table: SourceTable) -> pl.DataFrame:
        """The first rows."""
        return self.scan(table).head(HEAD).collect()

    def _first(self, table: SourceTable, column: str) -> np.ndarray:
        """The distinct values of the first rows, as hashes."""
        return self.head(table)[column].drop_nulls().unique().hash().to_numpy()

    def is_unique(self, table: SourceTable, columns: Sequence[str]) -> bool:
        """Whether no two of all rows have the same values there."""
        import polars as pl

        cells = pl.col(columns[0]) if len(columns) == 1 else pl.struct(columns)
        distinct = self.scan(table).select(cells.hash().n_unique())
        found: int = distinct.collect(engine="streaming").item()
        return found == self.count(table)

    def evenly(
        self, table: SourceTable, columns: Sequence[str], most: int
    ) -> pl.DataFrame:
        """At most so many rows, evenly from the whole table."""
        rows = self.scan(table).select(columns)
        every = -(-self.count(table) // most)
        return (rows.gather_every(every) if every > 1 else rows).collect(
            engine="streaming"
        )


def sampling(distinct: int) -> int:
    """One value in how many is kept: a power of two, so that samples contain each other."""
    every = 1
    while distinct > FEW * every:
        every *= 2
    return every


def comparable(found: pl.DataType, data: Data) -> pl.DataType | None:
    """The type in which values of columns are compared; None if it is the one it has."""
    import polars as pl

    if data is Data.INTEGER and found != pl.Int64:
        return pl.Int64()
    if data is Data.TEXT and found != pl.String:
        return pl.String()
    return None
