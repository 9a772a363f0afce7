"""The Pareto distribution."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import Positive
from compiler.spec.columns.numbers import Array, Generator, Numeric
from compiler.spec.words import Number


class Pareto(Numeric):
    """Popularity, wealth: no value is under `scale`, few are far above."""

    kind: Literal["pareto"]
    a: Positive = Field(description="the shape: the smaller, the longer the tail")
    scale: Positive = Field(description="the least value")

    parameters: ClassVar = ("a", "scale")
    lengths: ClassVar = ("scale",)

    def share_below(self, value: float) -> float:
        if value <= self.scale:
            return 0.0
        return -math.expm1(self.a * (math.log(self.scale) - math.log(value)))

    def sum_between(self, low: float, high: float) -> float:
        first, a = max(low, self.scale), self.a
        if high <= first:
            return 0.0
        if a <= 1 and math.isinf(high):
            return math.inf  # its tail is so long that it has no mean
        if a == 1:
            return self.scale * math.log(high / first)
        # The integral of a · scale^a · x^-a, with x as a multiple of the scale.
        ends = [
            0.0 if math.isinf(end) else math.exp((1 - a) * math.log(end / self.scale))
            for end in (first, high)
        ]
        return a * self.scale / (a - 1) * (ends[0] - ends[1])

    def quantile(self, share: float) -> float:
        log = math.log(self.scale) - math.log1p(-share) / self.a
        return math.exp(log) if log < 700 else math.inf

    def draw(self, rng: Generator, size: int) -> Array:
        return self.scale * (1 + rng.pareto(self.a, size))

    def describe(self, amount: Number = words.number) -> list[str]:
        return [f"power law from {amount(self.scale)}", f"a {words.number(self.a)}"]
