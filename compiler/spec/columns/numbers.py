"""What all columns of numbers share: bounds, digits, and what a distribution defines."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from statistics import NormalDist
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import Field, ValidationInfo, model_validator

from compiler.diagnostics import SWAP, leave_out
from compiler.spec import words
from compiler.spec.base import problem
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.columns.decimals import (
    DecimalType,
    as_decimal,
    check_fits,
    decimal_field,
    with_scale,
)
from compiler.spec.types import INTEGER, MAXIMUM, NUMBER, Type
from compiler.spec.words import Number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Generator = np.random.Generator
else:
    Array = Generator = Any  # numpy is imported where a spec needs a sample

LEAST_SHARE = 1e-4
"""Bounds must leave at least this share of a distribution: less is a mistake, and imprecise."""
HIGHEST_DRAW = 1 - 2**-53
STANDARD = NormalDist()
RARELY = 0.001
"""Values beyond so many of a column's rows may not fit its type: only a run shows them."""
Correlation = Annotated[float, Field(ge=-1, le=1)]
"""Spearman's rank correlation."""


class Numeric(ByCase):
    """A number drawn from a distribution, cut to `min` … `max` where they are given."""

    min: float | None = Field(None, description="the distribution is cut below")
    max: float | None = Field(None, description="the distribution is cut above")
    decimals: int | None = Field(
        None, ge=0, le=15, description="digits behind the point"
    )
    integer: bool = Field(False, description="whole numbers")
    type: DecimalType | None = decimal_field()
    correlated: dict[str, Correlation] = Field(
        {},
        description="rank correlations with other numeric columns of the row: "
        "{ height = 0.7 }",
    )

    own_keys: ClassVar[tuple[str, ...]] = (
        *("decimals", "integer", "correlated"),
        "type",
    )
    parameters: ClassVar[tuple[str, ...]]
    """The distribution's own keys, in the order in which the script names them."""
    lengths: ClassVar[tuple[str, ...]] = ()
    """Those of them that are lengths of time where the number is one: a delay of an `offset`.

    Without any, it is no distribution of an `offset`. All parameters must be keys of `Offset`.
    """
    discrete: ClassVar[bool] = False

    @property
    def arguments(self) -> dict[str, float]:
        """The distribution's parameters that are given."""
        values = {key: getattr(self, key) for key in self.parameters}
        return {key: value for key, value in values.items() if value is not None}

    @property
    def whole(self) -> bool:
        return self.integer or self.discrete

    @property
    def bounds(self) -> tuple[float, float]:
        """Where the distribution is cut; a whole number owns half a step on either side."""
        step = 0.5 if self.integer and not self.discrete else 0
        low = -math.inf if self.least is None else self.least - step
        return low, math.inf if self.greatest is None else self.greatest + step

    @property
    def least(self) -> float | None:
        """The minimum of the column: `min`, on the column's own grid."""
        return None if self.min is None else self._on_grid(self.min, math.ceil)

    @property
    def greatest(self) -> float | None:
        """The maximum of the column."""
        return None if self.max is None else self._on_grid(self.max, math.floor)

    def _on_grid(self, value: float, rounded: Callable[[float], int]) -> float:
        if self.whole:
            return float(rounded(value))
        if self.decimals is None:
            return value
        near = round(value, self.decimals)
        if math.isclose(near, value, rel_tol=1e-12, abs_tol=1e-300):
            return near
        return rounded(value * 10.0**self.decimals) / 10.0**self.decimals

    def gives(self, at: TypeOf) -> Type:
        number = INTEGER if self.whole else NUMBER
        number = replace(number, largest=min(self.reach + 1, MAXIMUM))
        return as_decimal(number, self.type)

    def share_below(self, value: float) -> float:
        """The distribution's cumulated share at a value, uncut."""
        raise NotImplementedError

    def share_between(self, low: float, high: float) -> float:
        """The share between two bounds, which are in it."""
        return self.share_below(high) - self.share_below(low)

    def sum_between(self, low: float, high: float) -> float:
        """What the values between two bounds add to the uncut distribution's mean.

        Without it, the plan states the parameters alone.
        """
        raise NotImplementedError

    def expected(self) -> float:
        """The mean of the column, before rounding; infinite where the tail is too long."""
        bounds = self.bounds
        return self.sum_between(*bounds) / self.share_between(*bounds)

    def value_at(self, share: float) -> float:
        """The value that a share of the column's rows is under, before rounding."""
        low, high = self.bounds
        first = self.share_below(low) if math.isfinite(low) else 0.0
        wanted = first + share * self.share_between(low, high)
        reach = self.reach
        low, high = max(low, -reach), min(high, reach)
        for _ in range(100):
            middle = low + (high - low) / 2
            if low >= 0 and high > 4 * low:  # of a long tail, halve the logarithm
                middle = math.sqrt(max(low, 1e-9 * high)) * math.sqrt(high)
            if self.share_below(middle) < wanted:
                low = middle
            else:
                high = middle
        return high

    def quantile(self, share: float) -> float:
        """About the value below which a share of the uncut distribution lies (for its reach)."""
        raise NotImplementedError

    def draw(self, rng: Generator, size: int) -> Array:
        """Numbers of the uncut distribution, drawn by numpy's own generator (for estimates)."""
        raise NotImplementedError

    def describe(self, amount: Number = words.number) -> list[str]:
        """The distribution and its parameters; `amount` prints those that are lengths."""
        raise NotImplementedError

    def describe_bounds(self, amount: Number = words.number) -> list[str]:
        least = None if self.min is None else amount(self.min)
        return words.bounds(least, None if self.max is None else amount(self.max))

    def summary(self) -> list[str]:
        parts = [*self.describe(), *self.describe_bounds()]
        if self.integer:
            parts.append("whole numbers")
        if self.type is not None:
            parts.append(self.type)
        elif self.decimals is not None:
            parts.append(words.count(str(self.decimals), "decimal"))
        return parts + [
            f"correlated with {name} ({words.number(rho)})"
            for name, rho in self.correlated.items()
        ]

    @model_validator(mode="before")
    @classmethod
    def _has_the_decimals_of_its_type(cls, data: Any) -> Any:
        return with_scale(data)

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if self.type is None:
            return self
        if self.whole:
            message = f"`{self.kind}` gives whole numbers, which are no decimals"
            message = "whole numbers are no decimals" if self.integer else message
            key = "integer" if self.integer else "kind"
            raise problem("E106", message, leave_out(), at=[("type",), (key,)])
        for share in (RARELY, 1 - RARELY):
            value = self.value_at(share)
            what = f"a value near {words.number(float(f'{value:.3g}'))}"
            check_fits(self.type, value, (), what)
        return self

    def check_parameters(self, amount: Number) -> None:
        """Raises a problem where the parameters do not go together; `amount` prints them."""

    @model_validator(mode="after")
    def _bounds_leave_something(self, info: ValidationInfo) -> Self:
        amount: Number = (info.context or {}).get("amount", words.number)
        self.check_parameters(amount)
        low, high = self.bounds
        if self.min is not None and self.max is not None and self.min > self.max:
            message = f"min {amount(self.min)} is above max {amount(self.max)}"
            raise problem("E215", message, SWAP, at=[("min",), ("max",)])
        least, greatest = self.least, self.greatest
        if least is not None and greatest is not None and least > greatest:
            raise problem(
                "E215", "no number of the column's digits lies between the bounds"
            )
        if not self.share_between(low, high) >= LEAST_SHARE:
            middle = amount(float(f"{self.quantile(0.5):.4g}"))
            raise problem(
                "E215",
                "nearly nothing of the distribution lies between min and max",
                f"its middle is about {middle}",
                at=[(key,) for key in ("min", "max") if getattr(self, key) is not None],
            )
        if self.integer and self.decimals:
            raise problem(
                "E106",
                "`integer` and `decimals` exclude each other",
                leave_out("one of them"),
                at=[("decimals",), ("integer",)],
            )
        units = self.reach if self.whole else self.reach * 10.0 ** (self.decimals or 0)
        if units > (2**62 if self.whole else 1e300):
            help = "cut them with `min` and `max`"
            help += ", or take fewer `decimals`" if self.decimals else ""
            raise problem("E104", "such numbers get too large to hold", help)
        return self

    @property
    def reach(self) -> float:
        """How far from zero its values lie, about."""
        ends = [self.quantile(p) for p in (1 - HIGHEST_DRAW, HIGHEST_DRAW)]
        low, high = self.bounds
        return max(abs(min(max(end, low), high)) for end in ends)
