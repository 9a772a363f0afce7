"""The Poisson distribution."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import Positive
from compiler.spec.columns.numbers import (
    HIGHEST_DRAW,
    STANDARD,
    Array,
    Generator,
    Numeric,
)
from compiler.spec.words import Number


class Poisson(Numeric):
    """Counts of independent events, `lam` of them on average."""

    kind: Literal["poisson"]
    lam: Positive = Field(le=1e6, description="the mean")

    parameters: ClassVar = ("lam",)
    discrete: ClassVar = True

    def share_below(self, value: float) -> float:
        # The normal curve with a half step, near enough to find bounds that leave nothing.
        return (
            STANDARD.cdf((value + 0.5 - self.lam) / math.sqrt(self.lam))
            if value >= 0
            else 0.0
        )

    def quantile(self, share: float) -> float:
        return max(
            0.0,
            self.lam + math.sqrt(self.lam) * STANDARD.inv_cdf(min(share, HIGHEST_DRAW)),
        )

    def draw(self, rng: Generator, size: int) -> Array:
        return rng.poisson(self.lam, size)

    def describe(self, amount: Number = words.number) -> list[str]:
        return ["Poisson", f"mean {words.number(self.lam)}"]
