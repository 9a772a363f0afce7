"""The triangular distribution."""

from __future__ import annotations

from typing import ClassVar, Literal

from compiler.spec import words
from compiler.spec.base import problem
from compiler.spec.columns.numbers import Array, Generator, Numeric
from compiler.spec.words import Number


class Triangular(Numeric):
    """From `left` to `right`, most often near `mode`."""

    kind: Literal["triangular"]
    left: float
    mode: float
    right: float

    parameters: ClassVar = ("left", "mode", "right")
    lengths: ClassVar = ("left", "mode", "right")

    def check_parameters(self, amount: Number) -> None:
        if not (self.left <= self.mode <= self.right and self.left < self.right):
            message = "the mode lies between left and right"
            help = "such as left = 1, mode = 2, right = 5"
            raise problem("E215", message, help, at=[("mode",), ("left",), ("right",)])

    def share_below(self, value: float) -> float:
        left, mode, right = self.left, self.mode, self.right
        if value <= left or value >= right:
            return float(value >= right)
        if value < mode:
            return (value - left) / (right - left) * ((value - left) / (mode - left))
        return 1 - (right - value) / (right - left) * ((right - value) / (right - mode))

    def sum_between(self, low: float, high: float) -> float:
        left, mode, right = self.left, self.mode, self.right

        def moment(value: float, end: float) -> float:
            """The integral of x · (x - end) up to a value."""
            return value**3 / 3 - end * value**2 / 2

        def rising(value: float) -> float:
            return moment(min(max(value, left), mode), left)

        def falling(value: float) -> float:
            return moment(min(max(value, mode), right), right)

        parts = 0.0
        if mode > left:
            parts += (rising(high) - rising(low)) / (mode - left)
        if right > mode:
            parts -= (falling(high) - falling(low)) / (right - mode)
        return 2 * parts / (right - left)

    def quantile(self, share: float) -> float:
        return self.mode if share == 0.5 else (self.right if share > 0.5 else self.left)

    def draw(self, rng: Generator, size: int) -> Array:
        return rng.triangular(self.left, self.mode, self.right, size)

    def describe(self, amount: Number = words.number) -> list[str]:
        ends = f"{amount(self.left)} to {amount(self.right)}"
        return ["triangular", ends, f"most often {amount(self.mode)}"]
