"""How uneven parents must be for the busiest fifth of them to get a given share of the rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from statistics import NormalDist

STANDARD = NormalDist()
BUSIEST = 0.2
LARGEST_SPREAD = 12.0
EXACT = 6
RANKS = 200
"""Points at which a group's activity is summed up."""


Activities = Callable[[float], Sequence[float]]
"""The mean activity of each rank, from the busiest on, for a spread; their mean is 1."""


def spread_for(
    share: float, rows_per_parent: float, groups: Sequence[tuple[float, float]]
) -> float:
    """The sd of the logarithm of the parents' activity, to three places.

    `share` is the part of the rows that the busiest 20 % of the parents are to have, *as counted
    in the data*: the chance in how many rows a parent happens to get makes counts more uneven
    than activity, the more the fewer rows there are per parent. `groups` holds (share of the
    parents, weight) for each combination of weighted values: weights are a part of the skew.

    Activity is log-normal within a group, with mean 1. Its Lorenz curve is closed:
    L(p) = Φ(Φ⁻¹(p) − σ) (Gastwirth 1971), and so the shares between groups hold for any σ.
    0 where weights and chance alone give the share, or more.
    """
    return solved(share, rows_per_parent, groups, activities)


@cache
def spread_among_earlier(
    share: float, groups: tuple[tuple[float, float], ...] = ((1.0, 1.0),)
) -> float:
    """The same for a ref to earlier rows of its own table: one row a parent.

    The first rows are chosen from most often whatever the spread, for there were fewest others.
    """
    return solved(share, 1.0, groups, earlier_activities)


def solved(
    share: float,
    rows_per_parent: float,
    groups: Sequence[tuple[float, float]],
    activities: Activities,
) -> float:
    """The spread at which the busiest fifth has the share, found by halving."""
    low, high = 0.0, LARGEST_SPREAD
    if counted_share(activities(low), rows_per_parent, groups) >= share:
        return 0.0
    while high - low > 5e-4:
        middle = (low + high) / 2
        if counted_share(activities(middle), rows_per_parent, groups) < share:
            low = middle
        else:
            high = middle
    return round((low + high) / 2, 3)


def counted_share(
    activity: Sequence[float],
    rows_per_parent: float,
    groups: Sequence[tuple[float, float]],
) -> float:
    """The part of the rows that the 20 % of the parents with most rows have, expected."""
    parents = sum(size for size, _ in groups)
    scale = rows_per_parent * parents / sum(size * weight for size, weight in groups)
    rates = [
        (size / parents / RANKS, scale * weight * each)
        for size, weight in groups
        for each in activity
    ]
    # The fifth: the parents with more than `most` rows, filled up with some that have just so
    # many. Of a Poisson number K of mean r, E[K; K > k] = r · P(K > k − 1).
    low, high = -1, int(max(rate for _, rate in rates) * 2 + 20)
    while high - low > 1:
        middle = (low + high) // 2
        if sum(size * more_than(middle, rate) for size, rate in rates) > BUSIEST:
            low = middle
        else:
            high = middle
    most = high
    above = sum(size * more_than(most, rate) for size, rate in rates)
    theirs = sum(size * rate * more_than(most - 1, rate) for size, rate in rates)
    return (theirs + (BUSIEST - above) * most) / rows_per_parent


def activities(sigma: float) -> list[float]:
    """Of a log-normal law."""
    edges = [STANDARD.inv_cdf(n / RANKS) for n in range(1, RANKS)]
    shares = [0.0, *(STANDARD.cdf(edge + sigma) for edge in edges), 1.0]
    return [(above - below) * RANKS for below, above in pairwise(shares)]


def earlier_activities(sigma: float) -> list[float]:
    """Of the rows of a table whose rows draw from the earlier ones, the first rows first.

    A row at r (of 1) draws a parent at r · V, where V has the cumulated share L(v) of a
    log-normal law; averaged over r, a parent lies before x with chance x + ∫ L(x / r) dr over
    r from x to 1.
    """
    steps = [(n + 0.5) / RANKS for n in range(RANKS)]
    law = [STANDARD.cdf(STANDARD.inv_cdf(v) + sigma) for v in steps]
    shares = [0.0]
    for n in range(1, RANKS):
        x = n / RANKS
        later = [x / r for r in steps if r > x]
        found = sum(law[min(int(v * RANKS), RANKS - 1)] for v in later) / RANKS
        shares.append(x + found)
    shares.append(1.0)
    return [max(above - below, 0.0) * RANKS for below, above in pairwise(shares)]


def more_than(count: int, rate: float) -> float:
    """The chance of more than `count` where `rate` are expected (Poisson).

    Summed up for small counts; else by the cube-root normal law of Wilson and Hilferty (1931).
    """
    if count < 0:
        return 1.0
    if count < EXACT:
        chances = [1.0]
        for n in range(1, count + 1):
            chances.append(chances[-1] * rate / n)
        return 1 - math.exp(-rate) * sum(chances) if rate < 700 else 1.0
    if rate < 1e-12:
        return 0.0
    shape = count + 1
    root = (rate / shape) ** (1 / 3)
    z = 3 * math.sqrt(shape) * (root - 1 + 1 / (9 * shape))
    return 0.5 * math.erfc(-z / math.sqrt(2))
