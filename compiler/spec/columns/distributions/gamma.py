"""The gamma distribution."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import Positive
from compiler.spec.columns.numbers import Array, Generator, Numeric
from compiler.spec.words import Number


class Gamma(Numeric):
    """Waiting times of several steps; its mean is shape × scale."""

    kind: Literal["gamma"]
    shape: Positive = Field(ge=1e-3, le=1e6)
    scale: Positive

    parameters: ClassVar = ("shape", "scale")
    lengths: ClassVar = ("scale",)

    def share_below(self, value: float) -> float:
        if math.isinf(value) or value <= 0:
            return float(value > 0)
        from scipy.special import gammainc  # heavy, and only bounds need it

        return float(gammainc(self.shape, value / self.scale))

    def sum_between(self, low: float, high: float) -> float:
        longer = self.model_copy(update={"shape": self.shape + 1})
        return self.shape * self.scale * longer.share_between(low, high)

    def quantile(self, share: float) -> float:
        # A rough reach: mean and standard deviations of a normal, and an exponential's tail.
        tail = -math.log1p(-share) if share > 0.5 else 0.0
        return self.scale * (self.shape + math.sqrt(self.shape) * tail / 2 + tail)

    def draw(self, rng: Generator, size: int) -> Array:
        return rng.gamma(self.shape, self.scale, size)

    def describe(self, amount: Number = words.number) -> list[str]:
        shape = f"shape {words.number(self.shape)}"
        return ["gamma", shape, f"scale {amount(self.scale)}"]
