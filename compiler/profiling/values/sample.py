"""The numbers of a column, sorted, with what every fit needs of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from compiler.profiling.values.digits import roundest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
else:
    Array = Any  # numpy is imported where there are rows to look at

POINTS = 400
"""A likelihood is summed over so many points of a large sample, instead of each value."""
CHECKED = 4_000
"""Distances of Kolmogorov and Smirnov are taken at so many values: exact to 1 / 4,000."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Numbers without nulls, sorted."""

    values: Array
    step: float
    """The distance of neighbouring numbers: 1 for whole ones, 0.01 for cents, 0 for any."""
    is_integer: bool
    least_rows: int
    names_values: bool = True
    """Whether numbers that many rows have may be given with all their digits."""

    @property
    def size(self) -> int:
        return len(self.values)

    @property
    def least(self) -> float:
        return float(self.values[0])

    @property
    def greatest(self) -> float:
        return float(self.values[-1])

    @cached_property
    def median(self) -> float:
        return self.quantile(0.5)

    @cached_property
    def mean(self) -> float:
        return float(self.values.mean())

    @cached_property
    def sd(self) -> float:
        return float(self.values.std())

    def quantile(self, share: float) -> float:
        place = share * (self.size - 1)
        first = int(place)
        last = min(first + 1, self.size - 1)
        left, right = float(self.values[first]), float(self.values[last])
        return left + (place - first) * (right - left)

    @cached_property
    def counted(self) -> tuple[Array, Array]:
        """Each number once, and in how many rows it is."""
        import numpy as np

        numbers, counts = np.unique(self.values, return_counts=True)
        return numbers, counts

    @cached_property
    def points(self) -> tuple[Array, Array, bool]:
        """Points and weights for a likelihood; and whether each is one number of the column.

        Where there are few numbers, they are the points. Else the points are quantiles, closer
        to each other towards both ends, where distributions differ most.
        """
        import numpy as np

        numbers, counts = self.counted
        if len(numbers) <= 1.5 * POINTS:
            return numbers, counts.astype(float), self.step > 0
        ends = np.geomspace(1 / self.size, 1 / POINTS, 50)
        inner = np.linspace(1 / POINTS, 1 - 1 / POINTS, POINTS)
        edges = np.unique(np.concatenate(([0.0], ends, inner, 1 - ends, [1.0])))
        middles = (edges[:-1] + edges[1:]) / 2
        places = np.minimum((middles * self.size).astype(int), self.size - 1)
        return self.values[places], np.diff(edges) * self.size, False

    @cached_property
    def checked(self) -> tuple[Array, Array, Array]:
        """Numbers, with the shares of the rows below each, and up to each."""
        import numpy as np

        numbers, counts = self.counted
        upto = np.cumsum(counts) / self.size
        below = np.concatenate(([0.0], upto[:-1]))
        if len(numbers) > CHECKED:
            places = np.unique(np.linspace(0, len(numbers) - 1, CHECKED).astype(int))
            return numbers[places], below[places], upto[places]
        return numbers, below, upto

    @cached_property
    def low(self) -> float:
        """A round number at or below all values, no further out than `least_rows` reach in."""
        end = self.least
        inward = self.values[min(self.least_rows, self.size) - 1]
        outward = end - (inward - end)
        return roundest(max(outward, 0.0) if end >= 0 else outward, end)

    @cached_property
    def high(self) -> float:
        """A round number at or above all values, alike."""
        end = self.greatest
        inward = self.values[-min(self.least_rows, self.size)]
        outward = end + (end - inward)
        return roundest(end, min(outward, 0.0) if end <= 0 else outward)
