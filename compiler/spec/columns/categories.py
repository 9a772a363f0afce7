"""Columns of few values: a choice, true or false, a constant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from compiler.diagnostics import leave_out
from compiler.spec import words
from compiler.spec.base import Cell, Rate, Seen, Weights, problem
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

    file: Seen | None = Field(
        None,
        description="a CSV, JSON or Parquet file beside the spec that has the values",
    )
    value: str | None = Field(None, description="of `file`: the column of the values")
    weight: str | None = Field(
        None,
        description="of `file`: the column of their weights; else each row weighs one",
    )

    one_of: ClassVar = (("weights", "values", "file"),)

    @model_validator(mode="after")
    def _columns_of_a_file(self) -> Self:
        for key in ("value", "weight"):
            if getattr(self, key) is not None and self.file is None:
                message = f"`{key}` is a column of a `file`, and there is none"
                raise problem("E106", message, leave_out(), at=[(key,)])
        return self

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
