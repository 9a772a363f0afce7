"""Columns of few values: a choice, true or false, a constant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator

from compiler.spec import words
from compiler.spec.base import Cell, Rate, Weights, problem
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.types import (
    BOOLEAN,
    DATE,
    INTEGER,
    NUMBER,
    TEXT,
    TIMESTAMP,
    Data,
    Type,
)

EPOCH = date(1970, 1, 1)


class Choice(ByCase):
    """One of some values, each with its weight."""

    kind: Literal["choice"]
    weights: Weights | None = Field(None, description="each value and its weight")
    values: Annotated[list[str], Field(min_length=1)] | None = Field(
        None, description="the values alone: the n-th weighs 1/n (Zipf)"
    )

    one_of: ClassVar = (("weights", "values"),)

    @field_validator("values")
    @classmethod
    def _values_differ(cls, values: list[str] | None) -> list[str] | None:
        places: dict[str, int] = {}
        for place, value in enumerate(values or []):
            if (first := places.setdefault(value, place)) < place:
                message = f"`values` lists `{value}` twice"
                raise problem("E113", message, at=[(place,), (first,)])
        return values

    @property
    def shares(self) -> dict[str, float]:
        """Each value's weight, in the spec's order; weights need not add up to 1."""
        if self.weights is not None:
            return self.weights
        # Zipf's law with exponent 1.
        return {value: 1 / n for n, value in enumerate(self.values or [], start=1)}

    def gives(self, at: TypeOf) -> Type:
        return Type(Data.TEXT, values=tuple(self.shares))

    def summary(self) -> list[str]:
        return [words.shares(self.shares)]


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
