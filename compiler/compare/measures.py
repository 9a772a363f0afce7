"""The measures: how alike two samples are, from 0 to 1, where 1 is alike.

They are the standard ones of the field, as the documentation of SDMetrics defines them
(https://docs.sdv.dev/sdmetrics, "Metrics Glossary"). The statistics behind them are older:
Kolmogorov and Smirnov's D, the total variation distance, Spearman's rank correlation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Counts = NDArray[np.int64]

ROUNDING = 1e-9
"""What rounding leaves of a constant's variance, a row."""


def ks_complement(first: Numbers, second: Numbers) -> float:
    """KSComplement: one less the largest distance of the two cumulative distributions.

    Of numbers that are not null. 0 if one side has none and the other has.
    """
    return 1 - widest_gap(first, second)[0]


def widest_gap(
    first: Numbers,
    second: Numbers,
    nearly: Callable[[Numbers], Numbers] = lambda points: points,
) -> tuple[float, float]:
    """Kolmogorov and Smirnov's D, and the value at which the distributions are so far apart.

    `nearly` gives for each value the largest that is to be taken for the same.
    """
    if not len(first) or not len(second):
        return float(len(first) != len(second)), 0.0
    first, second = np.sort(first), np.sort(second)
    points = np.unique(np.concatenate([first, second]))
    near = nearly(points)
    gaps = np.maximum(
        share_up_to(first, points) - share_up_to(second, near),
        share_up_to(second, points) - share_up_to(first, near),
    )
    at = int(gaps.argmax())
    return max(float(gaps[at]), 0.0), float(points[at])


def share_up_to(ordered: Numbers, points: Numbers) -> Numbers:
    """The share of the values, in ascending order, that are at most each of these points."""
    found: Numbers = np.searchsorted(ordered, points, side="right") / len(ordered)
    return found


def tv_complement(first: Counts, second: Counts) -> float:
    """TVComplement: one less half the sum of the differences between the shares of each value.

    Of counts, by value in the same order. Of the counts of pairs of values this is
    ContingencySimilarity. 0 if one side has no rows and the other has.
    """
    if not first.sum() or not second.sum():
        return float(first.sum() == second.sum())
    gap = float(np.abs(shares(first) - shares(second)).sum()) / 2
    return max(1 - gap, 0.0)  # a sum of shares may be a bit over 1


def shares(counts: Counts) -> Numbers:
    """Each count as a share of all; zeros where there are none."""
    found: Numbers = counts / max(int(counts.sum()), 1)
    return found


def correlation_similarity(first: float, second: float) -> float:
    """CorrelationSimilarity: one less half the difference between two correlations."""
    return 1 - abs(first - second) / 2


def rank_correlations(left: pl.DataFrame, right: pl.DataFrame) -> Numbers:
    """Spearman's correlation of each column of `left` with each of `right`; NaN if undefined.

    A pair counts the rows that have both values, with the ranks that these have among all of
    their column: so each column is ranked once, however many pairs it is in.
    """
    (x, has_x), (y, has_y) = centred_ranks(left), centred_ranks(right)
    rows = has_x.T @ has_y
    with np.errstate(invalid="ignore", divide="ignore"):
        sum_x, sum_y = x.T @ has_y, has_x.T @ y
        together = x.T @ y - sum_x * sum_y / rows
        spread_x = (x**2).T @ has_y - sum_x**2 / rows
        spread_y = has_x.T @ y**2 - sum_y**2 / rows
        tiny = ROUNDING * np.maximum(rows, 1)
        defined = (spread_x > tiny) & (spread_y > tiny)
        found = together / np.sqrt(spread_x * spread_y)
    return np.where(defined, np.clip(found, -1, 1), np.nan)


def centred_ranks(columns: pl.DataFrame) -> tuple[Numbers, Numbers]:
    """The ranks of each column as shares around 0 (nulls are 0), and a 1 for each value."""
    import polars as pl

    has = columns.select(pl.all().is_not_null().cast(pl.Float64)).to_numpy()
    ranks = columns.select((pl.all().rank() / pl.all().count() - 0.5).fill_null(0.0))
    return ranks.to_numpy(), has
