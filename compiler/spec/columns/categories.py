"""Columns of true and false, and those of one value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from compiler.diagnostics import leave_out
from compiler.spec import words
from compiler.spec.base import Cell, Rate, problem
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.columns.decimals import (
    DecimalType,
    as_decimal,
    check_fits,
    decimal_field,
    in_digits,
    scale_of,
)
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
    type: DecimalType | None = decimal_field()

    own_keys: ClassVar = ("type",)

    @model_validator(mode="before")
    @classmethod
    def _has_the_digits_of_its_type(cls, data: Any) -> Any:
        scale = scale_of(data.get("type")) if isinstance(data, dict) else None
        if scale is None or "value" not in data:
            return data
        return {**data, "value": in_digits(data["value"], scale)}

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if self.type is not None:
            if not isinstance(self.value, float):
                message = "only numbers are decimals"
                raise problem("E106", message, leave_out(), at=[("type",), ("value",)])
            check_fits(self.type, self.value, ("value",), words.number(self.value))
        return self

    def gives(self, at: TypeOf) -> Type:
        return as_decimal(type_of(self.value), self.type)

    def summary(self) -> list[str]:
        found = [words.constant(self.value)]
        return [*found, self.type] if self.type else found


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
