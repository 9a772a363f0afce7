"""Which values of a category may be named in a spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler.profiling.model import Options
from compiler.profiling.values.sample import Array
from compiler.sources.model import SourceColumn
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

MOST_VALUES = 200
"""A text of more values is no category."""
LEAST_COVERED = 0.9
"""Values that are frequent enough to be named are at least so many of the rows."""
LONGEST = 100
"""A longer text is no name of a category."""
FULL = 0.5
"""A column whose number of different values is above this share of its rows is no category."""


@dataclass(frozen=True, eq=False)
class Named:
    """The values of a category, the most frequent first."""

    values: tuple[str, ...]
    """As they are in the data; those of booleans are `true` and `false`."""
    shown: tuple[str, ...]
    """As the spec names them: the same, or `value_1`, `value_2` … where values are left out."""
    rows: tuple[int, ...]
    """Rows of the sample, by value."""
    rare_values: int = 0
    """Values that too few rows have."""
    rare_rows: int = 0

    def codes(self, series: pl.Series) -> Array:
        """The place of each row's value among the values; -1 for any other, and for null."""
        import polars as pl

        places = {value: place for place, value in enumerate(self.values)}
        texts = series.cast(pl.String)
        return texts.replace_strict(
            places, default=-1, return_dtype=pl.Int64
        ).to_numpy()


def named_values(
    column: SourceColumn, series: pl.Series, options: Options
) -> Named | None:
    """The values of a column that are frequent enough to be named; None if it is no category."""
    import polars as pl

    texts = series.cast(pl.String).drop_nulls()
    counts = texts.value_counts(name="/rows").sort(
        ["/rows", series.name], descending=[True, False]
    )
    rows = len(texts)
    if column.data is Data.BOOLEAN:
        frequent = counts.filter(pl.col("/rows") >= options.least_rows)
        values = tuple(frequent[series.name].to_list())
        return Named(values, values, tuple(frequent["/rows"].to_list()))
    if not rows or column.unique or len(counts) > FULL * rows:
        return None
    frequent = counts.filter(pl.col("/rows") >= options.least_rows)
    covered = int(frequent["/rows"].sum())
    values = tuple(frequent[series.name].to_list())
    if not values or len(values) > MOST_VALUES or covered < LEAST_COVERED * rows:
        return None
    if any(not is_a_name(value) for value in values):
        return None
    shown = tuple(f"value_{n}" for n in range(1, len(values) + 1))
    return Named(
        values,
        values if options.names_values else shown,
        tuple(frequent["/rows"].to_list()),
        len(counts) - len(values),
        rows - covered,
    )


def is_a_name(value: str) -> bool:
    """Whether a text can name a category in a spec."""
    return 0 < len(value) <= LONGEST and value.isprintable()
