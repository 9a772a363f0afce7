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

    def sum_between(self, low: float, high: float) -> float:
        return sum(number * share for number, share in self.counts(low, high))

    def expected(self) -> float:
        share = sum(share for _, share in self.counts(*self.bounds))
        return self.sum_between(*self.bounds) / share

    def value_at(self, share: float) -> float:
        counts = self.counts(*self.bounds)
        below, total = 0.0, sum(share for _, share in counts)
        for number, part in counts:
            below += part
            if below >= share * total:
                return float(number + 1)
        return float(counts[-1][0] + 1)

    def counts(self, low: float, high: float) -> list[tuple[int, float]]:
        """The numbers between two bounds, each with its share, but for the very rare ones."""
        reach = 12 * math.sqrt(self.lam) + 12
        first = math.ceil(max(low, self.lam - reach, 0))
        last = math.floor(min(high, self.lam + reach))
        log = math.log(self.lam)
        return [
            (n, math.exp(n * log - self.lam - math.lgamma(n + 1)))
            for n in range(first, last + 1)
        ]

    def quantile(self, share: float) -> float:
        return max(
            0.0,
            self.lam + math.sqrt(self.lam) * STANDARD.inv_cdf(min(share, HIGHEST_DRAW)),
        )

    def draw(self, rng: Generator, size: int) -> Array:
        return rng.poisson(self.lam, size)

    def describe(self, amount: Number = words.number) -> list[str]:
        return ["Poisson", f"lam {words.number(self.lam)}"]
