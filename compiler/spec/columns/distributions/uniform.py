"""The uniform distribution."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from pydantic import Field

from compiler.diagnostics import SWAP, leave_out
from compiler.spec import words
from compiler.spec.base import problem
from compiler.spec.columns.numbers import Array, Generator, Numeric
from compiler.spec.words import Number


class Uniform(Numeric):
    """Every value from `low` up to `high` alike (an integer may be `high` itself).

    Where both are the same, it is that one in every row.
    """

    kind: Literal["uniform"]
    low: float
    high: float
    unique: bool = Field(False, description="of whole numbers: none twice")

    own_keys: ClassVar = (*Numeric.own_keys, "unique")
    parameters: ClassVar = ("low", "high")
    lengths: ClassVar = ("low", "high")

    def check_parameters(self, amount: Number) -> None:
        if self.low > self.high:
            message = f"low {amount(self.low)} is above high {amount(self.high)}"
            raise problem("E215", message, SWAP, at=[("low",), ("high",)])
        if self.integer and math.ceil(self.low) > math.floor(self.high):
            raise problem("E215", "no whole number lies between low and high")
        if self.unique and not self.integer:
            help = "write `integer = true`, too"
            raise problem(
                "E106", "only whole numbers are `unique`", help, [("unique",)]
            )
        if self.unique and self.correlated:
            message = (
                "numbers that are `unique` are not drawn, so they follow no others"
            )
            at = [("correlated",), ("unique",)]
            raise problem("E106", message, leave_out("one of them"), at)

    @property
    def arguments(self) -> dict[str, float]:
        """The range, narrowed by the bounds; whole numbers own half a step on either side."""
        step = 0.5 if self.integer else 0
        low, high = self.bounds
        first = math.ceil(self.low) if self.integer else self.low
        last = math.floor(self.high) if self.integer else self.high
        return {"low": max(first - step, low), "high": min(last + step, high)}

    def share_below(self, value: float) -> float:
        step = 0.5 if self.integer else 0
        width = self.high - self.low + 2 * step
        return min(max((value - self.low + step) / width, 0.0), 1.0)

    def sum_between(self, low: float, high: float) -> float:
        if self.is_fixed:
            return self.low * self.share_between(low, high)
        step = 0.5 if self.integer else 0
        first, last = self.low - step, self.high + step
        low, high = min(max(low, first), last), min(max(high, first), last)
        return (high - low) * (high + low) / 2 / (last - first)

    def value_at(self, share: float) -> float:
        low, high = self.arguments["low"], self.arguments["high"]
        return low + share * (high - low)

    def quantile(self, share: float) -> float:
        return self.low + share * (self.high - self.low)

    def share_between(self, low: float, high: float) -> float:
        if self.is_fixed:  # all of it is in one place
            return float(low <= self.low <= high)
        return super().share_between(low, high)

    @property
    def range(self) -> tuple[int, int]:
        """Of whole numbers, the first and the last."""
        low, high = self.arguments["low"], self.arguments["high"]
        return math.ceil(low), math.floor(high)

    @property
    def is_fixed(self) -> bool:
        """Whether there is just one value."""
        return self.low == self.high

    def draw(self, rng: Generator, size: int) -> Array:
        low, high = self.arguments["low"], self.arguments["high"]
        return rng.uniform(low, high, size)

    def describe(self, amount: Number = words.number) -> list[str]:
        if self.is_fixed:
            return [f"always {amount(self.low)}"]
        return ["uniform", f"{amount(self.low)} to {amount(self.high)}"]

    def summary(self) -> list[str]:
        return [*super().summary(), *(["none twice"] if self.unique else [])]
