"""Pair trends: how the values of two columns depend on each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import isqrt, nan
from typing import TYPE_CHECKING

import numpy as np

from compiler.compare import words
from compiler.compare.matching import Matched
from compiler.compare.measures import (
    correlation_similarity,
    rank_correlations,
    tv_complement,
)
from compiler.compare.model import Kind, PairScore
from compiler.compare.values import of_one_side

if TYPE_CHECKING:
    import polars as pl

    from compiler.compare.measures import Counts, Numbers

SAMPLE = 20_000
"""Rows of which pairs are compared. A correlation is exact to about a hundredth."""
MOST_COLUMNS = 100
"""Columns of a table that are paired: the first ones. These are 4,950 pairs."""
FEWEST_CLASSES, MOST_CLASSES = 3, 10
"""Bins of a number, and categories that are not taken together as `other`."""
ROWS_A_CELL = 200
"""Rows of a pair of classes, on average: chance then makes a difference of about 4 %."""
NUMERIC = (Kind.NUMBER, Kind.MOMENT)


@dataclass(frozen=True)
class Coded:
    """A column as small numbers: the class of each row, the same classes on both sides."""

    generated: Counts
    source: Counts
    names: tuple[str, ...]

    @property
    def is_constant(self) -> bool:
        """Whether it has one class in the source: nothing can depend on it."""
        return len(np.unique(self.source)) < 2


@dataclass(frozen=True)
class Columns:
    """Columns of the same rows, on both sides."""

    table: str
    kinds: Mapping[str, Kind]
    generated: pl.DataFrame
    source: pl.DataFrame

    def numeric(self) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in NUMERIC]

    def coded(self) -> dict[str, Coded]:
        most = classes_for(min(len(self.generated), len(self.source)))
        found = {
            name: coded(self.generated[name], self.source[name], kind, most)
            for name, kind in self.kinds.items()
        }
        return {name: one for name, one in found.items() if not one.is_constant}


def paired(table: Matched) -> dict[str, Kind]:
    """The columns of a table that are paired: no keys, no names, no types that differ."""
    kinds = {
        name: kind
        for name, kind in table.kinds.items()
        if kind.has_pairs and name not in table.unlike
    }
    return dict([*kinds.items()][:MOST_COLUMNS])


def sampled(frame: pl.DataFrame) -> pl.DataFrame:
    """At most `SAMPLE` rows, always the same ones. Drawn, as every tenth row may be a Monday."""
    return frame.sample(SAMPLE, seed=0) if len(frame) > SAMPLE else frame


def pair_scores(table: Matched, shift: int) -> list[PairScore]:
    """A score for each pair of columns of a table."""
    kinds = paired(table)
    sides = (table.generated, shift), (table.source, 0)
    generated, source = (
        of_one_side(sampled(side.sample), kinds, table.families, days)
        for side, days in sides
    )
    columns = Columns(table.name, kinds, generated, source)
    return scores(columns, columns, combinations(kinds, 2))


def scores(
    left: Columns, right: Columns, pairs: Iterable[tuple[str, str]], ref: str = ""
) -> list[PairScore]:
    """The score of each pair of a column of `left` and one of `right`.

    Two numbers by their correlation, others by how often their classes come together.
    """
    correlations = both_correlations(left, right)
    coded_left = left.coded()
    coded_right = coded_left if right is left else right.coded()
    found = []
    for one, other in pairs:
        if (one, other) in correlations:
            first, second = correlations[one, other]
            if np.isnan(second):  # a constant in the source
                continue
            first = 0.0 if np.isnan(first) else first
            score = correlation_similarity(first, second)
            difference = words.of_correlation(first, second)
            measure = "correlation"
        elif one in coded_left and other in coded_right:
            score, difference = contingency(coded_left[one], coded_right[other])
            measure = "contingency"
        else:
            continue
        found.append(
            PairScore(
                left.table, one, right.table, other, measure, score, difference, ref
            )
        )
    return found


def both_correlations(
    left: Columns, right: Columns
) -> dict[tuple[str, str], tuple[float, float]]:
    """The correlations of all pairs of numbers, on both sides."""
    names = left.numeric(), right.numeric()
    if not all(names):
        return {}
    generated, source = (
        (
            rank_correlations(one.select(names[0]), other.select(names[1]))
            if len(one)
            else np.full([*map(len, names)], nan)
        )
        for one, other in (
            (left.generated, right.generated),
            (left.source, right.source),
        )
    )
    return {
        (one, other): (float(generated[row, column]), float(source[row, column]))
        for row, one in enumerate(names[0])
        for column, other in enumerate(names[1])
    }


def contingency(one: Coded, other: Coded) -> tuple[float, str]:
    """ContingencySimilarity of two columns, and the pair of classes that differs most."""
    width = len(other.names)
    size = len(one.names) * width
    first = np.bincount(one.generated * width + other.generated, minlength=size)
    second = np.bincount(one.source * width + other.source, minlength=size)

    def name_at(cell: int) -> str:
        return f"{one.names[cell // width]} and {other.names[cell % width]}:"

    return tv_complement(first, second), words.of_counts(first, second, name_at)


def classes_for(rows: int) -> int:
    """How many classes a column gets, for so many rows."""
    return min(max(isqrt(rows // ROWS_A_CELL), FEWEST_CLASSES), MOST_CLASSES)


def coded(generated: pl.Series, source: pl.Series, kind: Kind, most: int) -> Coded:
    """Numbers by the source's quantiles, categories by their names. Nulls are the last class."""
    if kind is Kind.CATEGORY:
        return coded_names(generated, source, most)
    values = source.drop_nulls().to_numpy()
    shares = np.linspace(0, 1, most + 1)[1:-1]
    edges = (
        np.unique(np.quantile(values, shares, method="lower"))
        if len(values)
        else values
    )

    def codes(series: pl.Series) -> Counts:
        numbers: Numbers = series.cast(float).fill_null(nan).to_numpy()
        found = np.searchsorted(edges, numbers)
        return np.where(np.isnan(numbers), len(edges) + 1, found)

    shown = [
        words.moment(edge) if kind is Kind.MOMENT else words.number(edge)
        for edge in edges
    ]
    names = [f"up to {shown[0]}"] if shown else []
    names += [f"{low} to {high}" for low, high in pairwise(shown)]
    names.append(f"over {shown[-1]}" if shown else "a value")
    return Coded(codes(generated), codes(source), (*names, "null"))


def coded_names(generated: pl.Series, source: pl.Series, most: int) -> Coded:
    """The most frequent values of the source each by itself, the others together."""
    import polars as pl

    counts = source.drop_nulls().value_counts(name="/rows")
    names = (
        counts.sort(["/rows", source.name], descending=[True, False])[source.name]
        .head(most)
        .to_list()
    )
    numbers = {name: number for number, name in enumerate(names)}

    def codes(series: pl.Series) -> Counts:
        found = series.cast(pl.String).replace_strict(
            [*numbers], [*numbers.values()], default=len(names), return_dtype=pl.Int64
        )
        return np.where(
            series.is_null().to_numpy(), len(names) + 1, found.fill_null(0).to_numpy()
        )

    return Coded(
        codes(generated), codes(source), (*map(words.category, names), "other", "null")
    )
