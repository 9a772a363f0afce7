"""How many children a parent row has: a cell of the parent, drawn like any other."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from compiler.spec import words
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.columns.categories import Bool
from compiler.spec.types import INTEGER, Type

RAREST = 1e-9
"""Without a `max`, more children than but this share of the parents would have are cut off."""


class Children(ByCase):
    """A Poisson number, cut to `least` … `most` so that its mean is still `mean`."""

    kind: Literal["children"] = "children"
    mean: float
    least: int
    most: int
    limit: int | None = None
    """`most`, where the spec gives it."""

    case_values: ClassVar[Literal["parameters", "columns"]] = "parameters"

    def gives(self, at: TypeOf) -> Type:
        return INTEGER

    def summary(self) -> list[str]:
        least = str(self.least) if self.least else None
        limit = None if self.limit is None else str(self.limit)
        return [f"mean {words.number(self.mean)}", *words.bounds(least, limit)]


class OneChild(Bool):
    """Whether a parent has a child: true for a share of them."""

    def summary(self) -> list[str]:
        return [words.percent(self.chance)]


def most_children(mean: float, fewest: int) -> int:
    """The number that so few parents would exceed that their children do not count.

    The tail of a Poisson distribution, summed until less than `RAREST` is left; the number is
    rounded up to two digits.
    """
    count = int(mean)
    log = count * math.log(mean) - mean - math.lgamma(count + 1)
    while math.exp(log) > RAREST and count < 2_000_000:
        count += 1
        log += math.log(mean) - math.log(count)
    count = max(count, fewest + 1, 2)
    step = int(10 ** max(len(str(count)) - 2, 0))
    return math.ceil(count / step) * step
