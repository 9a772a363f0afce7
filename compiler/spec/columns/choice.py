"""Columns of few values, which are of one type: text, or what `type` names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from compiler.diagnostics import Help, Hint, Write, leave_out
from compiler.spec import words
from compiler.spec.base import Cell, Keys, Seen, Weights, problem
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.columns.categories import type_of
from compiler.spec.types import NAMES, Data, Type, unify

Word = Literal["integer", "number", "boolean", "date"]
TYPES: Mapping[Word, Data] = {
    "integer": Data.INTEGER,
    "number": Data.NUMBER,
    "boolean": Data.BOOLEAN,
    "date": Data.DATE,
}
WHOLE = re.compile(r"0|-?[1-9]\d*", re.ASCII)
NUMERAL = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Choice(ByCase):
    """One of some values, each with its weight."""

    kind: Literal["choice"]
    weights: Weights | None = Field(None, description="each value and its weight")
    values: Annotated[list[Cell], Field(min_length=1)] | None = Field(
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
    type: Word | None = Field(
        None, description="the type of all values, if they are not text"
    )

    one_of: ClassVar = (("weights", "values", "file"),)
    own_keys: ClassVar = ("type",)

    @model_validator(mode="after")
    def _columns_of_a_file(self) -> Self:
        for key in ("value", "weight"):
            if getattr(self, key) is not None and self.file is None:
                message = f"`{key}` is a column of a `file`, and there is none"
                raise problem("E106", message, leave_out(), at=[(key,)])
        return self

    @model_validator(mode="after")
    def _are_of_the_type(self) -> Self:
        """Every value is of the type, and listed once."""
        places: dict[Cell, Keys] = {}
        for place, value in self._given():
            if value is None:
                raise self._of_another_type(place)
            if (first := places.setdefault(value, place)) != place:
                message = f"`{place[0]}` lists `{text_of(value)}` twice"
                raise problem("E113", message, at=[place, first])
        return self

    def _given(self) -> Iterator[tuple[Keys, Cell | None]]:
        """Each value, as its type has it, by its place; None where it is of another type."""
        for name in self.weights or ():
            yield ("weights", name), value_of(name, self.type)
        for place, value in enumerate(self.values or ()):
            yield ("values", place), as_type(value, self.type)

    def _of_another_type(self, place: Keys) -> Exception:
        wanted = TYPES[self.type] if self.type else Data.TEXT
        if place[0] == "weights":
            message = f"`{place[1]}` is not {wanted.value}, as `type` has all values"
            return problem("E206", message, EXAMPLES[wanted], at=[place])
        value = (self.values or [])[int(place[1])]
        message = (
            f"`values` has {data_of(value).value}, where {wanted.value} is expected"
        )
        return problem("E103", message, self._way_out(value, wanted), at=[place])

    def _way_out(self, value: Cell, wanted: Data) -> Help:
        """The value in the type; or the type that all values have."""
        every = {data_of(one) for one in self.values or []}
        if every == {Data.INTEGER, Data.NUMBER}:
            every = {Data.NUMBER}
        only, *others = every
        if not others and only in TYPES.values():
            return f'write type = "{NAMES[only]}", and all values are {NAMES[only]}s'
        written = json.dumps(text_of(value), ensure_ascii=False)
        if wanted is not Data.TEXT:
            if not isinstance(value, str) or value_of(value, self.type) is None:
                return EXAMPLES[wanted]
            written = value
        return Hint(f"all values have one type: write {written}", Write(written))

    @property
    def cells(self) -> dict[Cell, float]:
        """Each value, as it is in a cell, and its weight, in the spec's order.

        Weights need not add up to 1. Those of `values` follow Zipf's law with exponent 1.
        """
        found = [value for _, value in self._given() if value is not None]
        weights = [1 / n for n in range(1, len(found) + 1)]
        weights = weights if self.weights is None else [*self.weights.values()]
        return dict(zip(found, weights, strict=True))

    @property
    def shares(self) -> dict[str, float]:
        """Each value as text, and its weight."""
        return {text_of(value): weight for value, weight in self.cells.items()}

    def gives(self, at: TypeOf) -> Type:
        if self.type == "boolean":
            return type_of(True)
        one = unify([type_of(value) for value in self.cells])
        assert one is not None, "values of several types"
        return replace(one, values=tuple(self.shares))

    def summary(self) -> list[str]:
        found = [words.shares(self.shares)]
        return [*found, f"{self.type}s"] if self.type else found


EXAMPLES = {
    Data.TEXT: 'texts are in quotes: "yes"',
    Data.INTEGER: "integers are whole numbers of at most 64 bits: 200, -5",
    Data.NUMBER: 'numbers are like 0.5 or "2.5" = 3 (a key with a point needs quotes)',
    Data.BOOLEAN: "the values are true and false",
    Data.DATE: "dates are like 2026-06-30",
}
"""How the values of a type are written."""


def data_of(value: Cell) -> Data:
    return type_of(value).data


def as_type(value: Cell, type: Word | None) -> Cell | None:
    """A value of the spec in the type that all values have; None where it is of another."""
    data, wanted = data_of(value), TYPES[type] if type else Data.TEXT
    if wanted is Data.NUMBER and data is Data.INTEGER:
        return float(value)  # type: ignore[arg-type]
    if wanted is Data.DATE and isinstance(value, str):
        return value_of(value, type)
    return value if data is wanted else None


def value_of(name: str, type: Word | None) -> Cell | None:
    """The value of a type that a key names; None where it is none of these."""
    match type:
        case None:
            return name
        case "integer" if WHOLE.fullmatch(name):
            value = int(name) if len(name) < 21 else 2**64
            return value if -(2**63) <= value < 2**63 else None
        case "number" if NUMERAL.fullmatch(name):
            number = float(name)
            return number + 0.0 if abs(number) < float("inf") else None
        case "boolean" if name in ("true", "false"):
            return name == "true"
        case "date" if DAY.fullmatch(name):
            try:
                return date.fromisoformat(name)
            except ValueError:
                return None
    return None


def text_of(value: Cell) -> str:
    """A value as the formats of text have it, and as cases and weights name it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return words.plain(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return str(value)
