"""The type of a column or of an expression."""

from __future__ import annotations

import enum
import sys
from dataclasses import dataclass, field, replace

MAXIMUM = sys.float_info.max
"""The largest number there is: what lies beyond overflows."""


class Data(enum.Enum):
    """What a cell holds. The value is the word used in diagnostics and in the plan."""

    INTEGER = "an integer"
    NUMBER = "a number"
    BOOLEAN = "true or false"
    TEXT = "text"
    DATE = "a date"
    TIMESTAMP = "a timestamp"
    UNKNOWN = "unknown"
    """What already has a diagnostic: it fits anywhere, so that one mistake is reported once."""


@dataclass(frozen=True)
class Type:
    """A column's type: what it holds, whether it may be null, and its values where they are few.

    `values` lists a category's values in the spec's order (empty: not a category). A category is
    text (or, from a `constant` or inline `data`, another scalar) whose values are known beforehand.
    """

    data: Data
    nullable: bool = False
    values: tuple[str, ...] = ()
    largest: float = field(default=MAXIMUM, compare=False)
    """Of a number: no value is further from zero."""

    @property
    def is_number(self) -> bool:
        return self.data in (Data.INTEGER, Data.NUMBER, Data.UNKNOWN)

    @property
    def is_moment(self) -> bool:
        return self.data in (Data.DATE, Data.TIMESTAMP, Data.UNKNOWN)

    @property
    def is_text(self) -> bool:
        return self.data in (Data.TEXT, Data.UNKNOWN)

    @property
    def is_boolean(self) -> bool:
        return self.data in (Data.BOOLEAN, Data.UNKNOWN)

    def or_null(self, nullable: bool = True) -> Type:
        """The same type, nullable if it was or if `nullable`."""
        return replace(self, nullable=self.nullable or nullable)


UNKNOWN = Type(Data.UNKNOWN)
INTEGER = Type(Data.INTEGER, largest=2.0**63)
NUMBER = Type(Data.NUMBER)
BOOLEAN = Type(Data.BOOLEAN)
TEXT = Type(Data.TEXT)
DATE = Type(Data.DATE)
TIMESTAMP = Type(Data.TIMESTAMP)


def unify(types: list[Type]) -> Type | None:
    """The one type of a column whose cases have these; None where there is none."""
    kinds = {type.data for type in types} - {Data.UNKNOWN}
    nullable = any(type.nullable for type in types)
    if not kinds:
        return UNKNOWN
    largest = max(type.largest for type in types if type.data is not Data.UNKNOWN)
    if kinds == {Data.INTEGER, Data.NUMBER}:
        return Type(Data.NUMBER, nullable, largest=largest)
    if len(kinds) > 1:
        return None
    values: dict[str, None] = {}
    for type in types:
        values |= dict.fromkeys(type.values)
    few = all(type.values for type in types if type.data is not Data.UNKNOWN)
    return Type(kinds.pop(), nullable, tuple(values) if few else (), largest)
