"""The type of a column or of an expression."""

from __future__ import annotations

import enum
import sys
from dataclasses import dataclass, field, replace

MAXIMUM = sys.float_info.max
"""The largest float; larger numbers overflow."""


class Data(enum.Enum):
    """The type of a cell. The value is its name in diagnostics and in the plan."""

    INTEGER = "an integer"
    NUMBER = "a number"
    BOOLEAN = "true or false"
    TEXT = "text"
    DATE = "a date"
    TIMESTAMP = "a timestamp"
    LENGTH = "a length of time"
    """Only within an expression: no column holds one."""
    UNKNOWN = "unknown"
    """The type of what has a diagnostic: it fits everywhere, so a mistake is reported once."""


NAMES = {
    Data.INTEGER: "integer",
    Data.NUMBER: "number",
    Data.BOOLEAN: "boolean",
    Data.TEXT: "text",
    Data.DATE: "date",
    Data.TIMESTAMP: "timestamp",
    Data.LENGTH: "length",
}
"""Types in one word, for tables and diagrams."""


class Need(enum.Enum):
    """What a column must be, for another one to read it. The value is its name in diagnostics."""

    MOMENT = "a date or a timestamp"
    NUMBER = "a number"
    TEXT = "text"


@dataclass(frozen=True, order=True)
class Decimal:
    """An exact decimal as it is written: its digits, and how many are behind the point."""

    precision: int
    scale: int

    def __str__(self) -> str:
        return f"decimal({self.precision}, {self.scale})"

    def holds(self, value: float) -> bool:
        """Whether a number has no more digits before the point."""
        return abs(round(value, self.scale)) < 10.0 ** (self.precision - self.scale)


@dataclass(frozen=True)
class Type:
    """A column's type: its data, whether it may be null, and its values if they are few.

    `values` lists the values of a category in the spec's order; it is empty for other columns. A
    category is a column (or a scalar of `constant` or `data`) whose values are known in advance;
    those that are not text are here as the formats of text have them.
    """

    data: Data
    nullable: bool = False
    values: tuple[str, ...] = ()
    largest: float = field(default=MAXIMUM, compare=False)
    """The maximum distance of a value from zero; of a moment, its seconds from 1970."""
    decimal: Decimal | None = field(default=None, compare=False)
    """Of numbers that are written as decimals. Whatever reads them takes their value as a float."""

    @property
    def word(self) -> str:
        """In one word, for tables: `number`, `decimal(12, 2)`."""
        return str(self.decimal) if self.decimal else NAMES[self.data]

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

    def meets(self, need: Need) -> bool:
        """Whether it is what another column needs; what is unknown meets every need."""
        return {
            Need.MOMENT: self.is_moment,
            Need.NUMBER: self.is_number,
            Need.TEXT: self.is_text,
        }[need]

    def or_null(self, nullable: bool = True) -> Type:
        """The type, nullable if it already is or if `nullable`."""
        return replace(self, nullable=self.nullable or nullable)


UNKNOWN = Type(Data.UNKNOWN)
INTEGER = Type(Data.INTEGER, largest=2.0**63)
NUMBER = Type(Data.NUMBER)
BOOLEAN = Type(Data.BOOLEAN)
TEXT = Type(Data.TEXT)
DATE = Type(Data.DATE)
TIMESTAMP = Type(Data.TIMESTAMP)


def unify(types: list[Type]) -> Type | None:
    """The common type of a column's cases; None if there is none."""
    kinds = {type.data for type in types} - {Data.UNKNOWN}
    nullable = any(type.nullable for type in types)
    decimals = {type.decimal for type in types if type.data is not Data.UNKNOWN}
    decimal = decimals.pop() if len(decimals) == 1 else None
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
    return Type(kinds.pop(), nullable, tuple(values) if few else (), largest, decimal)
