"""The normal distribution."""

from __future__ import annotations

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


class Normal(Numeric):
    """The bell curve."""

    kind: Literal["normal"]
    mean: float
    sd: Positive = Field(description="standard deviation")

    parameters: ClassVar = ("mean", "sd")
    lengths: ClassVar = ("mean", "sd")

    def share_below(self, value: float) -> float:
        return STANDARD.cdf((value - self.mean) / self.sd)

    def sum_between(self, low: float, high: float) -> float:
        ends = [STANDARD.pdf((end - self.mean) / self.sd) for end in (low, high)]
        return self.mean * self.share_between(low, high) + self.sd * (ends[0] - ends[1])

    def quantile(self, share: float) -> float:
        return self.mean + self.sd * STANDARD.inv_cdf(min(share, HIGHEST_DRAW))

    def draw(self, rng: Generator, size: int) -> Array:
        return rng.normal(self.mean, self.sd, size)

    def describe(self, amount: Number = words.number) -> list[str]:
        return ["normal", f"mean {amount(self.mean)}", f"sd {amount(self.sd)}"]
