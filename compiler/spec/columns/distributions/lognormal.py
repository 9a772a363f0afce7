"""The log-normal distribution."""

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


class Lognormal(Numeric):
    """Prices, salaries, amounts: the logarithm is normal."""

    kind: Literal["lognormal"]
    mean: Positive | None = Field(
        None, description="the mean, in the column's own units"
    )
    median: Positive | None = Field(
        None, description="the median, in the column's own units"
    )
    mu: float | None = Field(None, description="the mean of the logarithm")
    sigma: Positive = Field(le=20, description="standard deviation of the logarithm")

    one_of: ClassVar = (("mean", "median", "mu"),)
    parameters: ClassVar = ("mean", "median", "mu", "sigma")
    lengths: ClassVar = ("mean", "median")

    @property
    def log_mean(self) -> float:
        """The mean of the logarithm; a log-normal's mean is exp(mu + sigma² / 2)."""
        if self.mean is not None:
            return math.log(self.mean) - self.sigma**2 / 2
        return math.log(self.median) if self.median is not None else self.mu or 0.0

    @property
    def arguments(self) -> dict[str, float]:
        if self.mean is not None:
            return {"mean": self.mean, "sigma": self.sigma}
        median = self.median if self.median is not None else math.exp(self.mu or 0.0)
        return {"median": median, "sigma": self.sigma}

    def share_below(self, value: float) -> float:
        if value <= 0:
            return 0.0
        return STANDARD.cdf((math.log(value) - self.log_mean) / self.sigma)

    def sum_between(self, low: float, high: float) -> float:
        try:
            mean = math.exp(self.log_mean + self.sigma**2 / 2)
        except OverflowError:
            return math.inf
        weighted = {"mean": None, "median": None, "mu": self.log_mean + self.sigma**2}
        return mean * self.model_copy(update=weighted).share_between(low, high)

    def quantile(self, share: float) -> float:
        log = self.log_mean + self.sigma * STANDARD.inv_cdf(min(share, HIGHEST_DRAW))
        return math.exp(log) if log < 700 else math.inf

    def draw(self, rng: Generator, size: int) -> Array:
        return rng.lognormal(self.log_mean, self.sigma, size)

    def describe(self, amount: Number = words.number) -> list[str]:
        middle = {"mean": self.mean, "median": self.median}
        parts = [f"{key} {amount(value)}" for key, value in middle.items() if value]
        parts += [] if self.mu is None else [f"mu {words.number(self.mu)}"]
        return ["log-normal", *parts, f"sigma {words.number(self.sigma)}"]
