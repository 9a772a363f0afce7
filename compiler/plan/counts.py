"""How many rows a table has, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Known(Enum):
    """How a number of rows is known, from the best to the least."""

    EXACT = "exact"
    """It is that number."""
    EXPECTED = "expected"
    """The mean of a random number, as the spec states it."""
    SAMPLED = "sampled"
    """An estimate: counted in a sample that the plan draws."""
    BOUND = "bound"
    """No more than so many; how many, only the data show."""

    @property
    def rank(self) -> int:
        return list(Known).index(self)


@dataclass(frozen=True)
class RowCount:
    """A number of rows."""

    rows: int
    known: Known = Known.EXACT

    @property
    def is_exact(self) -> bool:
        return self.known is Known.EXACT

    @property
    def is_bound(self) -> bool:
        return self.known is Known.BOUND

    @property
    def qualifier(self) -> str:
        """The word before it, where it is not exact."""
        if self.is_exact:
            return ""
        return "at most" if self.is_bound else "about"

    def __str__(self) -> str:
        text = f"{self.qualifier} {self.rows:,} {'row' if self.rows == 1 else 'rows'}"
        sampled = " (sampled)" if self.known is Known.SAMPLED else ""
        return text.lstrip() + sampled
