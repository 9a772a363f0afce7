"""Truncated Poisson numbers, as a `per` table has rows."""

from __future__ import annotations

import math
from functools import lru_cache

HALVINGS = 50
"""Of the range of rates: to more digits than a float has."""
SPAN = 12.0
"""Standard deviations from the mean within which all of a Poisson number is."""


@lru_cache(maxsize=1_000)
def variance(mean: float, low: int, high: int) -> float:
    """The variance of a Poisson number that is truncated to low … high and has this mean.

    The rate of the distribution that is truncated is solved for: the mean grows with it.
    """
    import numpy as np
    from scipy import special

    if high <= low or not low < mean < high:
        return 0.0
    top = min(high, low + math.ceil(mean + SPAN * math.sqrt(mean) + SPAN))
    counts = np.arange(low, top + 1)

    def shares(log_rate: float) -> np.ndarray:
        logs = counts * log_rate - special.gammaln(counts + 1)
        weights = np.exp(logs - logs.max())
        return np.asarray(weights / weights.sum())

    def excess(log_rate: float) -> float:
        return float(shares(log_rate) @ counts) - mean

    # Rates from far below the bounds to far above give means next to the bounds.
    below, above = -30.0, 30.0 + math.log(top + 1)
    for _ in range(HALVINGS):
        middle = (below + above) / 2
        below, above = (middle, above) if excess(middle) < 0 else (below, middle)
    found = shares(below)
    return float(found @ counts**2) - float(found @ counts) ** 2
