"""Columns of `per` tables that go along in time: a grid's moments, readings, balances, stages."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from compiler.spec.base import Model, Name, NotNegative, Path, Rate, problem
from compiler.spec.columns.base import Column, TypeOf, Varying
from compiler.spec.time import Length
from compiler.spec.types import INTEGER, NUMBER, TIMESTAMP, Data, Type


class Tick(Column):
    """In an `every` table: the row's moment on the grid."""

    kind: Literal["tick"]

    def gives(self, at: TypeOf) -> Type:
        return TIMESTAMP


class Cycle(Model):
    """A wave over time."""

    period: Length = Field(description="from one peak to the next")
    amplitude: float = Field(description="how far above the middle the peak is")
    peak: Length | None = Field(
        None, description="when in the period; its middle (noon, midyear) unless told"
    )


class Shift(Model):
    """Rows in which a reading is off."""

    when: str = Field(description="an expression: where it holds")
    by: float = Field(description="so much is added there")


class Series(Varying):
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
    own_keys: ClassVar = ("decimals",)
    case_values: ClassVar[Literal["parameters", "columns"]] = "parameters"
    same_in_cases: ClassVar = ("cycles", "shift", "min", "max", "far")

    @property
    def far(self) -> dict[str, str]:
        """The parameters that are columns."""
        return self.paths()

    def gives(self, at: TypeOf) -> Type:
        return NUMBER

    def says(self) -> str:
        about = self.base if isinstance(self.base, str) else f"{self.base:g}"
        return f"readings about {about}"


class InOrder(Varying):
    """A column that goes along a parent's rows in the order of time."""

    order: Path | None = Field(
        None, description="the moment that orders them; the table's first unless told"
    )

    path_keys: ClassVar[tuple[str, ...]] = ("order",)


class Running(InOrder):
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

    path_keys: ClassVar = ("order", "change", "start")
    own_keys: ClassVar = ("change", "order", "start", "decimals")
    case_values: ClassVar[Literal["parameters", "columns"]] = "parameters"

    @property
    def far(self) -> list[str]:
        """The column that it starts with, if any."""
        return [self.start] if isinstance(self.start, str) else []

    @property
    def cuts(self) -> bool:
        """Whether there is a floor that changes are cut at."""
        return any(one.floor is not None for one in (self, *self.variants.values()))

    def gives(self, at: TypeOf) -> Type:
        whole = at(self.change).data is Data.INTEGER
        return INTEGER if whole else NUMBER

    def says(self) -> str:
        floor = "" if self.floor is None else f", never under {self.floor:g}"
        return f"the sum of {self.change}{floor}"


def check_states(states: list[str]) -> list[str]:
    """Two states or more, all different; raises E113 or E215 else."""
    for place, state in enumerate(states):
        first = states.index(state)
        if first < place:
            message = f"`{state}` stands twice among the states"
            raise problem("E113", message, at=[(place,), (first,)])
    return states


class Progression(InOrder):
    """A state that moves on from row to row, and never back."""

    kind: Literal["progression"]
    states: Annotated[list[str], Field(min_length=2), AfterValidator(check_states)] = (
        Field(description="from the first to the last")
    )
    chance: Rate = Field(description="of moving on at each row after the first")

    own_keys: ClassVar = ("states", "order")
    case_values: ClassVar[Literal["parameters", "columns"]] = "parameters"

    def gives(self, at: TypeOf) -> Type:
        return Type(Data.TEXT, values=tuple(self.states))

    def says(self) -> str:
        return f"{' → '.join(self.states)}, moving on with {self.chance * 100:.3g}%"
