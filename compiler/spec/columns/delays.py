"""Lengths of time that only an `offset` has: one that is always the same, counts of a unit."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import ClassVar, Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import Positive, problem
from compiler.spec.columns.distributions import NUMERIC, Poisson
from compiler.spec.columns.numbers import Array, Generator, Numeric
from compiler.spec.time import LONGEST
from compiler.spec.words import Number

DAY = 86_400.0


class FixedDelay(Numeric):
    """A length that is the same in every row."""

    kind: Literal["constant"] = "constant"
    value: float

    parameters: ClassVar = ("value",)
    lengths: ClassVar = ("value",)

    def share_below(self, value: float) -> float:
        return float(value >= self.value)

    def share_between(self, low: float, high: float) -> float:
        return float(low <= self.value <= high)

    def sum_between(self, low: float, high: float) -> float:
        return self.value * self.share_between(low, high)

    def value_at(self, share: float) -> float:
        return self.value

    def quantile(self, share: float) -> float:
        return self.value

    def draw(self, rng: Generator, size: int) -> Array:
        import numpy as np

        return np.full(size, self.value)

    def describe(self, amount: Number = words.number) -> list[str]:
        return [f"always {amount(self.value)}"]


class PoissonDelay(Numeric):
    """A Poisson number of units of time: on average `lam` days."""

    kind: Literal["poisson_units"] = "poisson_units"
    lam: Positive = Field(le=1e6)
    unit: Positive = DAY

    parameters: ClassVar = ("lam", "unit")
    lengths: ClassVar = ("unit",)
    discrete: ClassVar = True

    def check_parameters(self, amount: Number) -> None:
        if self.lam * self.unit > LONGEST:
            message = (
                f"{words.number(self.lam)} times {amount(self.unit)} is over 200 years"
            )
            raise problem("E104", message, at=[("lam",), ("unit",)])
        low, high = self.least, self.greatest
        if low is not None and high is not None and low > high:
            if self.min is None or self.max is None or self.min > self.max:
                return  # reported as bounds that are swapped
            message = f"no whole number of {amount(self.unit)} lies between min and max"
            raise problem("E215", message, at=[("min",), ("max",)])

    def _on_grid(self, value: float, rounded: Callable[[float], int]) -> float:
        return rounded(value / self.unit) * self.unit

    @property
    def bounds(self) -> tuple[float, float]:
        low, high = super().bounds
        return max(low, 0.0), high

    def count(self, low: float = 0, high: float = math.inf) -> Poisson:
        """The number of units, between two lengths."""
        most = None if math.isinf(high) else high / self.unit
        return Poisson.model_construct(
            kind="poisson", lam=self.lam, min=low / self.unit, max=most
        )

    def share_below(self, value: float) -> float:
        if math.isinf(value):
            return float(value > 0)
        return self.count().share_below(math.floor(value / self.unit))

    def share_between(self, low: float, high: float) -> float:
        return self.share_below(high) - self.share_below(low - self.unit)

    def sum_between(self, low: float, high: float) -> float:
        count = self.count(low, high)
        return self.unit * count.sum_between(*count.bounds)

    def expected(self) -> float:
        return self.unit * self.count(*self.bounds).expected()

    def value_at(self, share: float) -> float:
        return self.unit * self.count(*self.bounds).value_at(share)

    def quantile(self, share: float) -> float:
        return self.unit * self.count().quantile(share)

    def draw(self, rng: Generator, size: int) -> Array:
        return self.unit * self.count().draw(rng, size)

    def describe(self, amount: Number = words.number) -> list[str]:
        mean, unit = amount(self.lam * self.unit), amount(self.unit)
        return ["Poisson", f"mean {mean}", f"in steps of {unit}"]


DELAYS: dict[str, type[Numeric]] = {
    **{kind: model for kind, model in NUMERIC.items() if model.lengths},
    "constant": FixedDelay,
    "poisson": PoissonDelay,
}
"""The distributions of an `offset`, by name."""
