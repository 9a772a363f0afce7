"""Numbers by their quantiles: any distribution, as straight lines between known points."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import problem
from compiler.spec.columns.numbers import Array, Generator, Numeric
from compiler.spec.words import Number

SHOWN = 7
"""The most points that a summary lists; of more it has the ends and some between."""


class Quantiles(Numeric):
    """The n-th of `shares` lies below the n-th of `values`; between them are straight lines.

    A value that is listed twice is that of all rows between its shares.
    """

    kind: Literal["quantiles"]
    shares: list[float] = Field(
        min_length=2, max_length=1_000, description="from 0 to 1, in order"
    )
    values: list[float] = Field(
        min_length=2, max_length=1_000, description="the value at each share, in order"
    )
    scale: Literal["linear", "log"] = Field(
        "linear", description="lines between the values, or between their logarithms"
    )

    own_keys: ClassVar = (*Numeric.own_keys, "scale")
    parameters: ClassVar = ("shares", "values")

    def check_parameters(self, amount: Number) -> None:
        shares, values = self.shares, self.values
        if len(shares) != len(values):
            message = f"{len(shares)} shares have {len(values)} values"
            help = "give each share its value"
            raise problem("E215", message, help, at=[("values",), ("shares",)])
        if shares[0] != 0 or shares[-1] != 1:
            message = "the shares do not go from 0 to 1"
            help = "the first share is 0 with the least value, the last is 1"
            raise problem("E215", message, help, at=[("shares",)])
        for key, numbers in (("shares", shares), ("values", values)):
            number = next((a for a, b in pairwise(numbers) if a > b), None)
            if number is not None:
                message = f"the {key} are not in order: {amount(number)} comes too soon"
                raise problem("E215", message, "sort them", at=[(key,)])
        if self.scale == "log" and values[0] <= 0:
            message = f"{amount(values[0])} has no logarithm"
            help = 'use scale = "linear", or values above 0'
            raise problem("E215", message, help, at=[("values", 0), ("scale",)])

    @property
    def arguments(self) -> dict[str, Any]:
        """The points between the bounds, with a point at each bound."""
        low, high = self.bounds
        if low <= self.values[0] and high >= self.values[-1]:
            return {"shares": self.shares, "values": self.values}
        first, last = self.share_under(low), self.share_below(high)
        points = zip(self.shares, self.values, strict=True)
        kept = [point for point in points if low <= point[1] <= high]
        # A bound is a point of its own, unless it is where the values jump.
        if not kept or first < kept[0][0]:
            kept.insert(0, (first, low))
        if last > kept[-1][0]:
            kept.append((last, high))
        shares = [(share - first) / (last - first) for share, _ in kept]
        return {
            "shares": [float(f"{share:.12g}") for share in shares],
            "values": [value for _, value in kept],
        }

    def share_below(self, value: float) -> float:
        return self.share_at(value, bisect_right(self.values, value))

    def share_under(self, value: float) -> float:
        """The share below a value, without the rows that have just that value."""
        return self.share_at(value, bisect_left(self.values, value))

    def share_at(self, value: float, following: int) -> float:
        """The share on the line to the point that follows a value."""
        if following == 0:
            return 0.0
        if following == len(self.values):
            return 1.0
        before = following - 1
        low, high = (self.on_scale(self.values[n]) for n in (before, following))
        part = (self.on_scale(value) - low) / (high - low)
        first, last = self.shares[before], self.shares[following]
        return first + part * (last - first)

    def on_scale(self, value: float) -> float:
        return math.log(value) if self.scale == "log" else value

    def share_between(self, low: float, high: float) -> float:
        return self.share_below(high) - self.share_under(low)

    def sum_between(self, low: float, high: float) -> float:
        bounds = {"min": low, "max": high, "integer": False, "decimals": None}
        points = self.model_copy(update=bounds).arguments
        total = 0.0
        for (share, value), (last, end) in pairwise(zip(*points.values(), strict=True)):
            middle = (value + end) / 2
            if self.scale == "log" and value < end:
                middle = (end - value) / math.log(end / value)
            total += (last - share) * middle
        return total * self.share_between(low, high)

    def quantile(self, share: float) -> float:
        import numpy as np

        values = [self.on_scale(value) for value in self.values]
        found = float(np.interp(share, self.shares, values))
        return math.exp(found) if self.scale == "log" else found

    def draw(self, rng: Generator, size: int) -> Array:
        import numpy as np

        values = [self.on_scale(value) for value in self.values]
        drawn = np.interp(rng.random(size), self.shares, values)
        return np.exp(drawn) if self.scale == "log" else drawn

    def describe(self, amount: Number = words.number) -> list[str]:
        points = list(zip(self.shares, self.values, strict=True))
        inner = points[1:-1]
        if len(points) > SHOWN:
            inner = [(share, self.quantile(share)) for share in (0.1, 0.5, 0.9)]
        ends = f"{amount(self.values[0])} to {amount(self.values[-1])}"
        between = [
            f"{words.percent(share)} up to {amount(float(f'{value:.6g}'))}"
            for share, value in inner
        ]
        log = ["on a log scale"] if self.scale == "log" else []
        return ["quantiles", ends, *between, *log]
