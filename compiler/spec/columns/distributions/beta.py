"""The beta distribution."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import Positive
from compiler.spec.columns.numbers import Array, Generator, Numeric
from compiler.spec.words import Number


class Beta(Numeric):
    """Shares between 0 and 1; its mean is a / (a + b)."""

    kind: Literal["beta"]
    a: Positive = Field(ge=1e-2, le=1e6)
    b: Positive = Field(ge=1e-2, le=1e6)

    parameters: ClassVar = ("a", "b")

    def share_below(self, value: float) -> float:
        if value <= 0 or value >= 1:
            return float(value > 0)
        from scipy.special import betainc  # heavy, and only bounds need it

        return float(betainc(self.a, self.b, value))

    def sum_between(self, low: float, high: float) -> float:
        larger = self.model_copy(update={"a": self.a + 1})
        return self.a / (self.a + self.b) * larger.share_between(low, high)

    def quantile(self, share: float) -> float:
        return self.a / (self.a + self.b) if share == 0.5 else float(share > 0.5)

    def draw(self, rng: Generator, size: int) -> Array:
        return rng.beta(self.a, self.b, size)

    def describe(self, amount: Number = words.number) -> list[str]:
        return ["beta", f"a {words.number(self.a)}", f"b {words.number(self.b)}"]
