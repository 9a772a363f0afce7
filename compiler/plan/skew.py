"""How uneven parents must be for the busiest fifth of them to get a given share of the rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import NormalDist

STANDARD = NormalDist()
BUSIEST = 0.2
RANKS = 200
"""Points at which a group's activity is summed up."""


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
    low, high = 0.0, 4.0
    if counted_share(low, rows_per_parent, groups) >= share:
        return 0.0
    while high - low > 5e-4:
        middle = (low + high) / 2
        if counted_share(middle, rows_per_parent, groups) < share:
            low = middle
        else:
            high = middle
    return round((low + high) / 2, 3)


def counted_share(
    sigma: float, rows_per_parent: float, groups: Sequence[tuple[float, float]]
) -> float:
    """The part of the rows that the 20 % of the parents with most rows have, expected."""
    parents = sum(size for size, _ in groups)
    scale = rows_per_parent * parents / sum(size * weight for size, weight in groups)
    rates = [
        (size / parents / RANKS, scale * weight * activity)
        for size, weight in groups
        for activity in activities(sigma)
    ]
    # The parents with more than `most` rows, and some of those with just so many, are the fifth.
    # Of a Poisson number K of mean r, E[K; K > k] = r · P(K > k − 1).
    low, high = 0.0, max(rate for _, rate in rates) * 2 + 20
    while high - low > 1e-3 * max(1.0, low):
        middle = (low + high) / 2
        if sum(size * more_than(middle, rate) for size, rate in rates) > BUSIEST:
            low = middle
        else:
            high = middle
    most = (low + high) / 2
    return (
        sum(size * rate * more_than(most - 1, rate) for size, rate in rates)
        / rows_per_parent
    )


def activities(sigma: float) -> list[float]:
    """The mean activity of each of the ranks, from the busiest on; their mean is 1."""
    edges = [STANDARD.inv_cdf(n / RANKS) for n in range(1, RANKS)]
    shares = [0.0, *(STANDARD.cdf(edge + sigma) for edge in edges), 1.0]
    return [(above - below) * RANKS for below, above in pairwise(shares)]


def more_than(count: float, rate: float) -> float:
    """The chance of more than `count` where `rate` are expected.

    Poisson, made continuous by the cube-root normal law of Wilson and Hilferty (1931): a count is
    spread evenly about its own half step, so that the threshold can lie between two counts.
    """
    if count < -0.5 + 1e-9:
        return 1.0
    if rate < 1e-12:
        return 0.0
    shape = count + 1
    root = (rate / shape) ** (1 / 3)
    z = 3 * math.sqrt(shape) * (root - 1 + 1 / (9 * shape))
    return 0.5 * math.erfc(-z / math.sqrt(2))
