"""A table as its columns are described: a sample, and the categories that its rows reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from compiler.profiling.model import Options, Ref, Relations, TableRelations
from compiler.profiling.tables import Tables
from compiler.profiling.values.faults import sentinels_of
from compiler.profiling.values.names import Named, named_values
from compiler.profiling.values.sample import Array
from compiler.sources.model import SourceColumn, SourceTable
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

MOST_HOPS = 3
"""Refs that a path may go over."""
MOST_CASES = 50
"""A column with more values is none to tell cases by."""
MOST_PATHS = 60
"""Paths that are looked at, the nearest first."""
SMALL_TABLE = 100
"""A ref to a table of at most so many rows is a category itself, if the key is a text."""
NUMBERS = (Data.INTEGER, Data.NUMBER)
CATEGORIES = (Data.TEXT, Data.BOOLEAN)


@dataclass(frozen=True, eq=False)
class Labels:
    """A category that rows have or reach, by number."""

    path: str
    codes: Array
    """The place of each row's value in `values`; -1 for null, and for values without a name."""
    values: tuple[str, ...]
    """As the spec names them: `true` and `false`, texts, or whole numbers."""
    owners: Array | None = None
    """By number, the row that each row has the value from; None if it is its own."""
    is_complete: bool = False
    """Whether the spec's column can have no other value, null included."""

    @property
    def hops(self) -> int:
        return self.path.count(".")


class Views:
    """The tables of a source, each looked at once."""

    def __init__(self, tables: Tables, relations: Relations, options: Options) -> None:
        self.tables = tables
        self.relations = {
            table.name: relations.get(table.name, TableRelations())
            for table in tables.source.tables
        }
        self.order = {name: place for place, name in enumerate([*relations])}
        self.options = options
        self._views: dict[str, TableView] = {}

    def of(self, name: str) -> TableView:
        if name not in self._views:
            self._views[name] = TableView(self, self.tables.source.table(name))
        return self._views[name]


class TableView:
    """One table, with what its columns may depend on."""

    def __init__(self, views: Views, table: SourceTable) -> None:
        self.views = views
        self.table = table
        self.options = views.options
        self.relations = views.relations[table.name]
        self.formulas: dict[str, Any] | None = None
        """What `expressions.formulas` found, by column; None before."""
        self._named: dict[str, Named | None] = {}

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The sample, with null for numbers that mean it; no rows where there is only a schema."""
        import polars as pl

        cleaned = [
            pl.when(~pl.col(name).cast(pl.Float64).is_in(numbers))
            .then(pl.col(name))
            .alias(name)
            for name, numbers in self.sentinels.items()
        ]
        return self._sample.with_columns(cleaned)

    @cached_property
    def sentinels(self) -> dict[str, list[float]]:
        """By column, the numbers that mean that there is none."""
        import polars as pl

        if self.table.scan is None:
            return {}
        found = {
            one.name: sentinels_of(
                self._sample[one.name]
                .cast(pl.Float64)
                .fill_null(float("nan"))
                .to_numpy()
            )
            for one in self.table.columns
            if one.data in NUMBERS and self.is_plain(one.name)
        }
        return {name: numbers for name, numbers in found.items() if numbers}

    @cached_property
    def _sample(self) -> pl.DataFrame:
        """The sample as it is."""
        import polars as pl

        if self.table.scan is None:
            return pl.DataFrame(
                schema={one.name: pl.Null for one in self.table.columns}
            )
        return self.views.tables.sample(self.table)

    @property
    def rows(self) -> int:
        """All rows of the table, not only those of the sample."""
        return self.views.tables.count(self.table)

    def place(self, column: str) -> int:
        """The column's place in the table."""
        return next(n for n, one in enumerate(self.table.columns) if one.name == column)

    def named(self, column: SourceColumn) -> Named | None:
        """The values of a category that may be named; None if it is no category."""
        if column.name not in self._named:
            series = self.frame[column.name]
            self._named[column.name] = named_values(column, series, self.options)
        return self._named[column.name]

    def is_plain(self, column: str) -> bool:
        """Whether the column is neither a key, a ref, a lookup nor a position."""
        own = self.relations
        fixed = {one.column for one in own.refs}
        fixed |= {one.column for one in own.lookups}
        if own.key is not None and len(own.key.columns) == 1:
            fixed.add(own.key.columns[0])
        if own.children is not None and own.children.position is not None:
            fixed.add(own.children.position)
        return column not in fixed

    def refs_up(self) -> Iterator[Ref]:
        """The refs to tables before this one: over these, no path comes back."""
        order = self.views.order
        for ref in self.relations.refs:
            target = order.get(ref.table)
            if target is not None and target < order.get(self.table.name, -1):
                yield ref

    def reached(self, most_hops: int) -> Iterator[tuple[str, str, TableView]]:
        """Paths over refs, nearest first: the path so far, the ref's column, the table there."""
        paths: list[tuple[str, TableView]] = [("", self)]
        for _ in range(most_hops):
            further = []
            for prefix, view in paths:
                for ref in view.refs_up():
                    path = f"{prefix}{ref.column}"
                    there = view.views.of(ref.table)
                    yield path, ref.column, there
                    further.append((f"{path}.", there))
            paths = further

    @cached_property
    def joined(self) -> pl.DataFrame:
        """The sample with all categories and numbers that it reaches, joined once."""
        paths = [path for path, *_ in self._far_categories]
        paths += [owner for _, owner, *_ in self._far_categories]
        paths += self.far_numbers
        if not paths:
            return self.frame
        tables, relations = self.views.tables, self.views.relations
        joined = tables.joined(self.table, paths, relations)
        return joined.with_columns(self.frame[name] for name in self.sentinels)

    @cached_property
    def far_numbers(self) -> list[str]:
        """Numbers of the rows that this table's rows point at."""
        return [
            f"{path}.{column.name}"
            for path, _, there in self.reached(1)
            for column in there.table.columns
            if column.data in NUMBERS and there.is_plain(column.name)
        ][:12]

    @cached_property
    def _far_categories(self) -> list[tuple[str, str, TableView, SourceColumn]]:
        """Paths to categories of other tables, with the path of the row that owns each."""
        found = []
        for path, _, there in self.reached(MOST_HOPS):
            if there.table.scan is None:
                continue
            for column in there.table.columns:
                if column.data in CATEGORIES and there.is_plain(column.name):
                    named = there.named(column)
                    if named and 2 <= len(named.values) <= MOST_CASES:
                        found.append((f"{path}.{column.name}", path, there, column))
            for ref in there.refs_up():
                if there.natural_key(ref):
                    column = there.table.column(ref.column)
                    found.append((f"{path}.{ref.column}", path, there, column))
        return found[:MOST_PATHS]

    def natural_key(self, ref: Ref) -> bool:
        """Whether a ref holds a readable text of a small table, such as a region's name."""
        small = self.views.of(ref.table).rows <= SMALL_TABLE
        is_text = self.table.column(ref.column).data is Data.TEXT
        return small and is_text and self.options.names_values

    @cached_property
    def own_labels(self) -> list[Labels]:
        """The categories of the row itself, in the order of the columns."""
        found = []
        for column in self.table.columns:
            if (labels := self._own(column)) and len(labels.values) > 1:
                found.append(labels)
        return found

    def _own(self, column: SourceColumn) -> Labels | None:
        name, own = column.name, self.relations
        if own.children and own.children.position == name:
            return labels_of_numbers(name, self.frame[name], self.options.least_rows)
        ref = own.ref(name)
        if ref is not None and self.natural_key(ref):
            return self._labels(name, column, self.frame[name], complete=False)
        if column.data not in CATEGORIES or not self.is_plain(name):
            return None
        return self._labels(name, column, self.frame[name], complete=True)

    def _labels(
        self, path: str, column: SourceColumn, series: pl.Series, complete: bool
    ) -> Labels | None:
        named = self.named(column)
        if named is None or not 2 <= len(named.values) <= MOST_CASES:
            return None
        codes = named.codes(series)
        whole = complete and not (series.null_count() or "otherwise" in named.shown)
        return Labels(path, codes, named.shown, is_complete=whole)

    @cached_property
    def far_labels(self) -> list[Labels]:
        """The categories of other tables' rows, the nearest first."""
        import polars as pl

        found = []
        for path, owner, there, column in self._far_categories:
            series = self.joined[path]
            plain = there.is_plain(column.name)
            named = there.named(column) or named_values(column, series, self.options)
            if not named or len(named.values) < 2 or len(named.values) > MOST_CASES:
                continue
            keys = self.joined[owner].cast(pl.String).cast(pl.Categorical)
            owners = keys.to_physical().cast(pl.Int64).fill_null(-1) + 1
            labels = Labels(
                path,
                named.codes(series),
                named.shown,
                owners.to_numpy(),
                is_complete=plain and not series.null_count(),
            )
            found.append(labels)
        return found


def labels_of_numbers(path: str, series: pl.Series, least_rows: int) -> Labels | None:
    """Small whole numbers, such as positions, as a category."""
    import numpy as np

    values = series.drop_nulls()
    counts = values.value_counts(sort=False, name="/rows").sort(values.name)
    kept = [n for n, count in counts.iter_rows() if count >= least_rows][:12]
    if len(kept) < 2:
        return None
    codes = np.full(len(series), -1)
    numbers = series.fill_null(-1).to_numpy()
    for place, number in enumerate(kept):
        codes[numbers == number] = place
    return Labels(path, codes, tuple(str(int(number)) for number in kept))
