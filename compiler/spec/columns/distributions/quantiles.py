"""Numbers by their quantiles: any distribution, as straight lines between known points."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import problem
from compiler.spec.columns.distributions.piecewise import SHOWN, Piecewise, Points
from compiler.spec.words import Number


class Quantiles(Piecewise):
    """The n-th of `shares` lies below the n-th of `values`; between them are straight lines.

    A value that is listed twice is that of all rows between its shares.
    """

    kind: Literal["quantiles"]
    shares: list[float] = Field(
        min_length=2, max_length=1_000, description="from 0 to 1, in order"
    )
    values: list[float] = Field(
        min_length=2, max_length=1_000, description="the value at each share, in order"
    )

    parameters: ClassVar = ("shares", "values")

    def check_parameters(self, amount: Number) -> None:
        shares, values = self.shares, self.values
        if len(shares) != len(values):
            message = f"{len(shares)} shares have {len(values)} values"
            help = "give each share its value"
            raise problem("E215", message, help, at=[("values",), ("shares",)])
        if shares[0] != 0 or shares[-1] != 1:
            message = "the shares do not go from 0 to 1"
            help = "the first share is 0 with the least value, the last is 1"
            raise problem("E215", message, help, at=[("shares",)])
        for key, numbers in (("shares", shares), ("values", values)):
            number = next((a for a, b in pairwise(numbers) if a > b), None)
            if number is not None:
                message = f"the {key} are not in order: {amount(number)} comes too soon"
                raise problem("E215", message, "sort them", at=[(key,)])
        self.check_scale("values", amount)

    @property
    def points(self) -> Points:
        return self.shares, self.values

    @property
    def arguments(self) -> dict[str, Any]:
        """The points between the bounds."""
        shares, values = self.cut_points
        return {
            "shares": [float(f"{share:.12g}") for share in shares],
            "values": values,
        }

    def describe(self, amount: Number = words.number) -> list[str]:
        points = list(zip(self.shares, self.values, strict=True))
        inner = points[1:-1]
        if len(points) > SHOWN:
            inner = [(share, self.quantile(share)) for share in (0.1, 0.5, 0.9)]
        ends = f"{amount(self.values[0])} to {amount(self.values[-1])}"
        between = [
            f"{words.percent(share)} up to {amount(float(f'{value:.6g}'))}"
            for share, value in inner
        ]
        return ["quantiles", ends, *between, *self.describe_scale()]
