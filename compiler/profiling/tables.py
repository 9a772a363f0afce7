"""The rows of a source: read as far as they are needed, each sample once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from compiler.profiling.model import Relations
from compiler.sources.model import Source, SourceTable

if TYPE_CHECKING:
    import polars as pl

SAMPLE = 200_000
"""Rows of a sample. A share of them is exact to about a tenth of a point."""


class Tables:
    """The tables of a source that have rows."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.count = cache(self._count)
        self.sample = cache(self._sample)

    def scan(self, table: SourceTable) -> pl.LazyFrame:
        """All rows, lazily; the table must have some."""
        assert table.scan is not None, f"{table.name} is only a schema"
        return table.scan()

    def _count(self, table: SourceTable) -> int:
        """The number of rows; 0 for a table that is only a schema."""
        import polars as pl

        if table.scan is None:
            return 0
        if table.rows is not None:
            return table.rows
        return int(self.scan(table).select(pl.len()).collect().item())

    def _sample(self, table: SourceTable) -> pl.DataFrame:
        """At most `SAMPLE` rows, evenly from the whole table and always the same ones."""
        every = -(-self.count(table) // SAMPLE)
        rows = self.scan(table)
        return (rows.gather_every(every) if every > 1 else rows).collect()

    def joined(
        self, table: SourceTable, paths: Iterable[str], relations: Relations
    ) -> pl.DataFrame:
        """The sample, with a column for each path over refs, named as the path is written."""
        import polars as pl

        frame = self.sample(table)
        for path in sorted(set(paths)):
            steps = path.split(".")
            at, key = table, steps[0]
            for number, step in enumerate(steps[:-1]):
                found = relations[at.name].ref(step)
                assert found is not None, f"{at.name} has no ref {step}"
                at = self.source.table(found.table)
                reached = "/".join(steps[: number + 2])
                columns = [
                    pl.col(found.target).alias("/key"),
                    pl.col(steps[number + 1]).alias(reached),
                ]
                used = frame.lazy().select(pl.col(key).alias("/key")).unique()
                rows = self.scan(at).select(columns)
                right = rows.join(used, on="/key", how="semi").unique("/key").collect()
                frame = frame.join(right, left_on=key, right_on="/key", how="left")
                key = reached
            frame = frame.with_columns(pl.col(key).alias(path))
            frame = frame.drop([one for one in frame.columns if "/" in one])
        return frame
