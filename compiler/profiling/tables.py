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
        """The sample, with a column for each path over refs, named as the path is written.

        Each ref on the way is joined once, whatever the number of paths over it.
        """
        import polars as pl

        sample = self.sample(table)
        steps = {path: tuple(path.split(".")) for path in sorted({*paths})}
        frame = self._reaching(sample, table, (), steps.values(), relations)
        far = [
            pl.col("/".join(each)).alias(path)
            for path, each in steps.items()
            if path not in sample.columns
        ]
        return frame.select(*sample.columns, *far)

    def _reaching(
        self,
        frame: pl.DataFrame,
        table: SourceTable,
        before: tuple[str, ...],
        steps: Iterable[tuple[str, ...]],
        relations: Relations,
    ) -> pl.DataFrame:
        """The frame with the columns that these steps reach from a table, named `ref/column`.

        `before` are the steps to the table itself; its own columns are in the frame.
        """
        import polars as pl

        further: dict[str, set[tuple[str, ...]]] = {}
        for first, *rest in steps:
            if rest:
                further.setdefault(first, set()).add(tuple(rest))
        for step, onward in sorted(further.items()):
            ref = relations[table.name].ref(step)
            assert ref is not None, f"{table.name} has no ref {step}"
            target, reached = self.source.table(ref.table), (*before, step)
            key = "/".join(reached)
            columns = [pl.col(ref.target).alias("/key")]
            for name in sorted({rest[0] for rest in onward}):
                columns.append(pl.col(name).alias(f"{key}/{name}"))
            used = frame.lazy().select(pl.col(key).alias("/key")).unique()
            rows = self.scan(target).select(columns).join(used, on="/key", how="semi")
            right = rows.unique("/key").collect()
            frame = frame.join(right, left_on=key, right_on="/key", how="left")
            frame = self._reaching(frame, target, reached, onward, relations)
        return frame
