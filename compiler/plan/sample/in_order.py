"""Functions along sampled rows of a parent, in order of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from compiler.plan.sample.values import Array, Rows, Values


@dataclass(frozen=True)
class TimeOrder:
    """The rows of each parent in order of time. Places count over all parents."""

    rows: Rows
    """The row at each place."""
    place: Rows
    """The place of each row."""
    first: Rows
    """The first place of each row's parent."""
    last: Rows

    @classmethod
    def of(cls, parent: Rows, moment: Array) -> TimeOrder:
        rows = np.lexsort((moment, parent))
        groups = parent[rows]
        return cls(
            rows,
            np.argsort(rows),
            np.searchsorted(groups, parent),
            np.searchsorted(groups, parent, side="right") - 1,
        )

    def lag(self, values: Values) -> Values:
        before = self.rows[self.place - 1]
        return values.at(np.where(self.place > self.first, before, -1))

    def lead(self, values: Values) -> Values:
        after = self.rows[np.minimum(self.place + 1, self.last)]
        return values.at(np.where(self.place < self.last, after, -1))

    def at_first(self, values: Values) -> Values:
        return values.at(self.rows[self.first])

    def at_last(self, values: Values) -> Values:
        return values.at(self.rows[self.last])

    def cumsum(self, values: Values) -> Values:
        numbers = np.where(values.null, 0, values.data)[self.rows]
        total = np.cumsum(numbers)
        before = total[self.first] - numbers[self.first]
        return Values(total[self.place] - before, values.null)

    def row_number(self) -> Values:
        return Values.of(self.place - self.first + 1)


FUNCTIONS: dict[str, Callable[..., Values]] = {
    "lag": TimeOrder.lag,
    "lead": TimeOrder.lead,
    "first": TimeOrder.at_first,
    "last": TimeOrder.at_last,
    "cumsum": TimeOrder.cumsum,
    "row_number": TimeOrder.row_number,
}
