"""The cells of a sampled column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Rows: TypeAlias = NDArray[np.int64]
"""Places in a table's sample; -1 for none."""


LONGEST = 200
"""Letters of a text that is sampled: numpy gives each cell the memory of the longest."""


class CannotSample(Exception):
    """A column whose values only a run shows."""


@dataclass(frozen=True)
class Values:
    """Cells, and which of them are null. Dates and timestamps are seconds since 1970."""

    data: Array
    null: NDArray[np.bool_]

    @classmethod
    def of(cls, data: Array) -> Values:
        return cls(data, np.zeros(len(data), bool))

    @property
    def holds(self) -> NDArray[np.bool_]:
        """Where a condition is true: null is not."""
        return self.data.astype(bool) & ~self.null

    def at(self, rows: Rows) -> Values:
        """The cells of these rows; null where there is no row."""
        if not len(self.data):
            raise CannotSample("no rows to read from")
        return Values(self.data[rows], self.null[rows] | (rows < 0))

    def nulled(self, where: NDArray[np.bool_]) -> Values:
        return Values(self.data, self.null | where)

    def over(self, where: NDArray[np.bool_], other: Values) -> Values:
        """These cells where it holds, else the other's."""
        data = np.where(where, self.data, other.data)
        return Values(data, np.where(where, self.null, other.null))


def plain(value: object) -> Any:
    """A value of the spec as a cell."""
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, date):
        return (value - date(1970, 1, 1)).total_seconds()
    return value


def cells(values: Sequence[object]) -> Array:
    """An array of values of the spec; raises CannotSample where a text of them is long."""
    if any(isinstance(value, str) and len(value) > LONGEST for value in values):
        raise CannotSample("a long text")
    return np.array([plain(value) for value in values])
