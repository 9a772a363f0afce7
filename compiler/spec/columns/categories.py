"""Columns of true and false, and those of one value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import Cell, Rate
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.types import (
    BOOLEAN,
    DATE,
    INTEGER,
    NUMBER,
    TEXT,
    TIMESTAMP,
    Type,
)

EPOCH = date(1970, 1, 1)


class Bool(ByCase):
    """True with some chance."""

    kind: Literal["bool"]
    chance: Rate = Field(description="share of the rows that are true")

    def gives(self, at: TypeOf) -> Type:
        return BOOLEAN

    def summary(self) -> list[str]:
        return [f"true in {words.percent(self.chance)}"]


class Constant(ByCase):
    """The same in every row."""

    kind: Literal["constant"]
    value: Cell = Field(description="the value")

    def gives(self, at: TypeOf) -> Type:
        return type_of(self.value)

    def summary(self) -> list[str]:
        return [words.constant(self.value)]


def type_of(value: object) -> Type:
    """The type of a literal of the spec; text is a category of one value."""
    if isinstance(value, str):
        return Type(TEXT.data, values=(value,))
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int | float):
        type = INTEGER if isinstance(value, int) else NUMBER
        return replace(type, largest=abs(float(value)))
    type = TIMESTAMP if isinstance(value, datetime) else DATE
    return replace(type, largest=abs((day_of(value) - EPOCH).days + 1) * 86_400.0)


def day_of(value: object) -> date:
    assert isinstance(value, date), "a literal of another type"
    return value.date() if isinstance(value, datetime) else value
