"""Columns of `per` tables in order of time: a grid's moments, readings, balances, stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from compiler.diagnostics import SWAP
from compiler.spec import words
from compiler.spec.base import (
    Model,
    Name,
    NotNegative,
    Path,
    Rate,
    is_path,
    problem,
)
from compiler.spec.columns.base import AmongSiblings, ByCase, Column, TypeOf
from compiler.spec.columns.decimals import (
    DecimalType,
    as_decimal,
    decimal_field,
    with_scale,
)
from compiler.spec.time import Length, shown_length
from compiler.spec.types import INTEGER, MAXIMUM, NUMBER, TIMESTAMP, Data, Need, Type

MOST_DAYS = 120_000
"""No window is further from its start than from 1900 to 2200, and some."""
MOST_DEVIATIONS = 9
"""No draw of a normal distribution is further from its mean."""


class Tick(Column):
    """In an `every` table: the row's moment on the grid."""

    kind: Literal["tick"]

    def gives(self, at: TypeOf) -> Type:
        return TIMESTAMP

    def summary(self) -> list[str]:
        return ["the moment on the grid"]


def check_period(period: timedelta) -> timedelta:
    """A length above zero; raises E104 else."""
    if not period:
        raise problem("E104", "a wave of no length", 'such as "24h"')
    return period


class Cycle(Model):
    """A wave over time."""

    period: Annotated[Length, AfterValidator(check_period)] = Field(
        description="from one peak to the next"
    )
    amplitude: float = Field(description="how far above the middle the peak is")
    peak: Length | None = Field(
        None, description="when in the period; by default its middle (noon, midyear)"
    )

    @property
    def summary(self) -> str:
        peak = (
            "" if self.peak is None else f" with its peak at {words.length(self.peak)}"
        )
        height = words.number(abs(self.amplitude))
        sign = "±" if self.amplitude >= 0 else "∓"
        return f"{sign}{height} every {shown_length(self.period)}{peak}"


class Shift(Model):
    """Rows in which a reading is off."""

    when: str = Field(description="an expression: where it holds")
    by: float = Field(description="so much is added there")


class Series(ByCase):
    """In an `every` table: a sensor's reading."""

    kind: Literal["series"]
    base: float | Path = Field(description="the middle: a number, or a column")
    trend: float | Path = Field(
        0.0, description="how much it grows a day, from the window's start on"
    )
    cycles: list[Cycle] = Field([], description="waves: a day's, a year's")
    noise: NotNegative = Field(0.0, description="standard deviation of each reading")
    shift: Shift | None = Field(None, description="rows in which it is off")
    min: float | None = Field(None, description="the least that the sensor can tell")
    max: float | None = Field(None, description="the most that it can tell")
    decimals: int | None = Field(
        None, ge=0, le=15, description="digits behind the point"
    )

    path_keys: ClassVar = ("base", "trend")
    needs: ClassVar = {"base": Need.NUMBER, "trend": Need.NUMBER}
    own_keys: ClassVar = ("decimals",)

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            message = f"min {self.min:g} is above max {self.max:g}"
            raise problem("E215", message, SWAP, at=[("min",), ("max",)])
        return self

    @model_validator(mode="after")
    def _small_enough(self) -> Self:
        if self.reach * 10.0 ** (self.decimals or 0) > 1e300:
            help = "take a smaller `base`, `trend`, `noise`, `shift` or amplitude"
            raise problem("E104", "such numbers get too large to hold", help)
        return self

    @property
    def far(self) -> dict[str, str]:
        """The parameters that are columns."""
        return self.paths()

    @property
    def off(self) -> str | None:
        """Where it is off, if ever."""
        return self.shift.when if self.shift else None

    def gives(self, at: TypeOf) -> Type:
        far = sum(at(path).largest for path in self.far.values())
        return replace(NUMBER, largest=min(far * MOST_DAYS + self.reach, MAXIMUM))

    @property
    def reach(self) -> float:
        """How far from zero a reading may be, by what is no column."""
        base, trend = (
            0.0 if isinstance(value, str) else abs(value)
            for value in (self.base, self.trend)
        )
        parts = [base, trend * MOST_DAYS, self.noise * MOST_DEVIATIONS]
        parts += [abs(cycle.amplitude) for cycle in self.cycles]
        parts += [abs(self.shift.by)] if self.shift else []
        return sum(parts)

    def summary(self) -> list[str]:
        parts = [f"about {number_or_path(self.base)}"]
        parts += [f"{number_or_path(self.trend)} more a day"] if self.trend else []
        parts += [cycle.summary for cycle in self.cycles]
        parts += [f"noise {words.number(self.noise)}"] if self.noise else []
        if self.shift is not None:
            when = words.one_line(self.shift.when)
            parts.append(f"off by {words.number(self.shift.by)} where {when}")
        limits = [
            None if each is None else words.number(each)
            for each in (self.min, self.max)
        ]
        parts += words.bounds(*limits)
        if self.decimals is not None:
            parts.append(words.count(str(self.decimals), "decimal"))
        return parts


def number_or_path(value: float | str) -> str:
    """A number, or the column that holds it."""
    return value if isinstance(value, str) else words.number(value)


class Sequential(AmongSiblings):
    """A column computed over a parent's rows in order of time."""

    order: Path | None = Field(
        None, description="the moment that orders them; by default the table's first"
    )

    path_keys: ClassVar[tuple[str, ...]] = ("order",)
    needs: ClassVar[Mapping[str, Need]] = {"order": Need.MOMENT}

    def summary(self) -> list[str]:
        return [f"in the order of {self.order}"] if self.order else []


class Running(Sequential):
    """A balance: what it starts with, and each change after it."""

    kind: Literal["running"]
    change: Name = Field(description="the column of this table that is added up")
    start: float | Path = Field(
        0.0, description="the balance before the first row: a number, or a column"
    )
    floor: float | None = Field(
        None, description="it never falls below: a change is cut to what is left"
    )
    decimals: int = Field(2, ge=0, le=9, description="digits behind the point")
    type: DecimalType | None = decimal_field()

    path_keys: ClassVar = ("order", "change", "start")
    needs: ClassVar = {
        "order": Need.MOMENT,
        "change": Need.NUMBER,
        "start": Need.NUMBER,
    }
    own_keys: ClassVar = ("change", "order", "start", "decimals", "type")

    @model_validator(mode="before")
    @classmethod
    def _has_the_decimals_of_its_type(cls, data: Any) -> Any:
        return with_scale(data)

    @field_validator("change", mode="before")
    @classmethod
    def _change_is_here(cls, change: object) -> object:
        if isinstance(change, str) and is_path(change) and "." in change:
            message = f"`{change}` is a column of another table"
            help = f'add it here: {{ kind = "lookup", path = "{change}" }}'
            raise problem("E207", message, help)
        return change

    @model_validator(mode="after")
    def _floor_on_grid(self) -> Self:
        if self.floor is not None and round(self.floor, self.decimals) != self.floor:
            message = f"a floor of {self.floor:g} has over {self.decimals} decimals"
            raise problem(
                "E104", message, "round it, or raise `decimals`", [("floor",)]
            )
        return self

    @property
    def far(self) -> list[str]:
        """The column that it starts with, if any."""
        return [self.start] if isinstance(self.start, str) else []

    @property
    def cuts(self) -> bool:
        """Whether there is a floor that changes are cut at."""
        return any(one.floor is not None for one in self.variants.values())

    def gives(self, at: TypeOf) -> Type:
        whole = at(self.change).data is Data.INTEGER
        # Sums are of whole units, which 64 bits hold.
        number = replace(NUMBER, largest=INTEGER.largest)
        return INTEGER if whole and not self.type else as_decimal(number, self.type)

    def summary(self) -> list[str]:
        parts = [f"the sum of {self.change}"]
        parts += [f"from {number_or_path(self.start)} on"] if self.start else []
        if self.floor is not None:
            parts.append(f"never under {words.number(self.floor)}")
        decimals = words.count(str(self.decimals), "decimal")
        return [*parts, *super().summary(), self.type or decimals]


def check_states(states: list[str]) -> list[str]:
    """States that are all different; raises E113 else."""
    for place, state in enumerate(states):
        first = states.index(state)
        if first < place:
            message = f"`states` lists `{state}` twice"
            raise problem("E113", message, at=[(place,), (first,)])
    return states


class Progression(Sequential):
    """A state that moves on from row to row, and never back."""

    kind: Literal["progression"]
    states: Annotated[list[str], Field(min_length=2), AfterValidator(check_states)] = (
        Field(description="from the first to the last")
    )
    chance: Rate = Field(description="of moving on at each row after the first")

    own_keys: ClassVar = ("states", "order")

    def gives(self, at: TypeOf) -> Type:
        return Type(Data.TEXT, values=tuple(self.states))

    def summary(self) -> list[str]:
        chance = f"moving on with {words.percent(self.chance)} at each row"
        return [" → ".join(self.states), chance, *super().summary()]
