"""How a cost grows with a size: a line, the slope in log-log, and where it bends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

BENT = 1.5
"""The line bends where a unit costs so many times as much as before, or so many times less."""
FLAT = 0.1
"""A step that adds less than this part of the cost before may be noise."""


@dataclass(frozen=True)
class Fit:
    """The cost of sizes: about `fixed + each * size`."""

    fixed: float
    each: float
    slope: float
    """In log-log, of the two largest sizes: 1 where a cost is in proportion."""
    steps: tuple[float, ...]
    """What a unit costs from each size to the next."""
    bends: tuple[float, ...]
    """The sizes from which a unit costs more, or less, than before."""


def fit(
    sizes: Sequence[float], costs: Sequence[float], spreads: Sequence[float] = ()
) -> Fit:
    """By least squares of relative errors: a small size counts as much as a large one.

    The spread of a cost is how far its runs were apart.
    """
    fixed, each = line(sizes, costs)
    points = list(zip(sizes, costs, strict=True))
    steps = tuple((d - b) / (c - a) for (a, b), (c, d) in pairwise(points))
    (n, low), (m, high) = points[-2:]
    slope = math.log(high / low) / math.log(m / n)
    noise = [max(pair) for pair in pairwise(spreads or [0.0] * len(sizes))]
    return Fit(fixed, each, slope, steps, tuple(bends(points, steps, noise)))


def line(sizes: Sequence[float], costs: Sequence[float]) -> tuple[float, float]:
    """The line `fixed + each * size` whose relative errors are least in square."""
    weights = [cost**-2 for cost in costs]
    total = sum(weights)
    x = sum(w * n for w, n in zip(weights, sizes, strict=True)) / total
    y = sum(w * c for w, c in zip(weights, costs, strict=True)) / total
    all_ = list(zip(weights, sizes, costs, strict=True))
    above = sum(w * (n - x) * (c - y) for w, n, c in all_)
    each = above / sum(w * (n - x) ** 2 for w, n, _ in all_)
    return y - each * x, each


def bends(
    points: Sequence[tuple[float, float]],
    steps: Sequence[float],
    noise: Sequence[float],
) -> list[float]:
    """The sizes where what a unit costs changes, among the steps that are more than noise."""
    found: list[float] = []
    before = None
    for ((size, cost), (_, after)), step, least in zip(
        pairwise(points), steps, noise, strict=True
    ):
        if after - cost <= max(FLAT * cost, least):
            continue
        if before is not None and not 1 / BENT < step / before < BENT:
            found.append(size)
        before = step
    return found
