"""The exponential distribution."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import Positive
from compiler.spec.columns.numbers import Array, Generator, Numeric
from compiler.spec.words import Number


class Exponential(Numeric):
    """Times between events, hours to resolve: `scale` is the mean."""

    kind: Literal["exponential"]
    scale: Positive = Field(description="the mean")

    parameters: ClassVar = ("scale",)
    lengths: ClassVar = ("scale",)

    def share_below(self, value: float) -> float:
        return -math.expm1(-max(value, 0.0) / self.scale)

    def sum_between(self, low: float, high: float) -> float:
        # Of x · exp(-x / scale) / scale, the integral is -(x + scale) · exp(-x / scale).
        def rest(value: float) -> float:
            if math.isinf(value):
                return 0.0 if value > 0 else self.scale
            value = max(value, 0.0)
            return (value + self.scale) * math.exp(-value / self.scale)

        return rest(low) - rest(high)

    def quantile(self, share: float) -> float:
        return -self.scale * math.log1p(-share)

    def draw(self, rng: Generator, size: int) -> Array:
        return rng.exponential(self.scale, size)

    def describe(self, amount: Number = words.number) -> list[str]:
        return ["exponential", f"mean {amount(self.scale)}"]
