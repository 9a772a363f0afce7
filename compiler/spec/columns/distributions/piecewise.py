"""Numbers by points of their distribution, with straight lines between them."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from compiler.spec.base import problem
from compiler.spec.columns.numbers import Array, Generator, Numeric
from compiler.spec.words import Number

Points = tuple[list[float], list[float]]
SHOWN = 7
"""The most points that a summary lists; of more it has the ends and some between."""


class Piecewise(Numeric):
    """What `quantiles` and `histogram` share: any distribution, by its cumulated shares."""

    scale: Literal["linear", "log"] = Field(
        "linear", description="lines between the values, or between their logarithms"
    )

    own_keys: ClassVar = (*Numeric.own_keys, "scale")

    @property
    def arguments(self) -> dict[str, Any]:
        """The parameters, with nothing beyond the bounds."""
        raise NotImplementedError

    @property
    def points(self) -> Points:
        """The shares from 0 to 1, and the value at each."""
        raise NotImplementedError

    @property
    def cut_points(self) -> Points:
        """The points between the bounds, with a point at each bound."""
        shares, values = self.points
        low, high = self.bounds
        if low <= values[0] and high >= values[-1]:
            return shares, values
        first, last = self.share_under(low), self.share_below(high)
        points = zip(shares, values, strict=True)
        kept = [point for point in points if low <= point[1] <= high]
        # A bound is a point of its own, unless it is where the values jump.
        if not kept or first < kept[0][0]:
            kept.insert(0, (first, low))
        if last > kept[-1][0]:
            kept.append((last, high))
        return [(share - first) / (last - first) for share, _ in kept], [
            value for _, value in kept
        ]

    def check_scale(self, key: str, amount: Number) -> None:
        """Raises a problem where a value has no logarithm; `key` holds the values."""
        least = self.points[1][0]
        if self.scale == "log" and least <= 0:
            message = f"{amount(least)} has no logarithm"
            help = f'use scale = "linear", or {key} above 0'
            raise problem("E215", message, help, at=[(key, 0), ("scale",)])

    def share_below(self, value: float) -> float:
        return self.share_at(value, bisect_right(self.points[1], value))

    def share_under(self, value: float) -> float:
        """The share below a value, without the rows that have just that value."""
        return self.share_at(value, bisect_left(self.points[1], value))

    def share_at(self, value: float, following: int) -> float:
        """The share on the line to the point that follows a value."""
        shares, values = self.points
        if following == 0:
            return 0.0
        if following == len(values):
            return 1.0
        before = following - 1
        low, high = (self.on_scale(values[n]) for n in (before, following))
        part = (self.on_scale(value) - low) / (high - low)
        first, last = shares[before], shares[following]
        return first + part * (last - first)

    def on_scale(self, value: float) -> float:
        return math.log(value) if self.scale == "log" else value

    def share_between(self, low: float, high: float) -> float:
        return self.share_below(high) - self.share_under(low)

    def sum_between(self, low: float, high: float) -> float:
        bounds = {"min": low, "max": high, "integer": False, "decimals": None}
        points = self.model_copy(update=bounds).cut_points
        total = 0.0
        for (share, value), (last, end) in pairwise(zip(*points, strict=True)):
            middle = (value + end) / 2
            if self.scale == "log" and value < end:
                middle = (end - value) / math.log(end / value)
            total += (last - share) * middle
        return total * self.share_between(low, high)

    def quantile(self, share: float) -> float:
        import numpy as np

        shares, values = self.points
        found = float(np.interp(share, shares, [self.on_scale(one) for one in values]))
        return math.exp(found) if self.scale == "log" else found

    def draw(self, rng: Generator, size: int) -> Array:
        import numpy as np

        shares, values = self.points
        on_scale = [self.on_scale(value) for value in values]
        drawn = np.interp(rng.random(size), shares, on_scale)
        return np.exp(drawn) if self.scale == "log" else drawn

    def describe_scale(self) -> list[str]:
        return ["on a log scale"] if self.scale == "log" else []
