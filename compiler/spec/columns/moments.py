"""Columns of time: dates, timestamps, and moments some time after another."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from compiler.spec import words
from compiler.spec.base import WEIGHT_HELP, Name, Path, is_out_of_reach, problem
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.columns.personal import is_birth
from compiler.spec.columns.waits import Wait
from compiler.spec.time import Moment
from compiler.spec.types import DATE, TIMESTAMP, Need, Type


def check_hours(hours: list[float]) -> list[float]:
    """24 weights, of the hours from midnight on; raises E110 or E104 else."""
    if len(hours) != 24:
        raise problem(
            "E110", f"a day has 24 hours, not {len(hours)}", "give one weight an hour"
        )
    if min(hours) < 0 or not any(hours):
        raise problem(
            "E110", "weights of hours are 0 or more, and one at least is above 0"
        )
    for hour, weight in enumerate(hours):
        if is_out_of_reach(weight):
            message = f"the weight of hour {hour} is {weight:g}"
            raise problem("E104", message, WEIGHT_HELP, at=[(hour,)])
    return hours


Hours = (
    Literal["flat", "business", "evening"]
    | Annotated[list[float], AfterValidator(check_hours)]
)


class Date(ByCase):
    """A day of the window, or of a period of its own."""

    kind: Literal["date"]
    start: Moment | None = Field(
        None, description="the period's start, for the window's"
    )
    end: Moment | None = Field(None, description="the period's end, not in it")
    calendar: Name | None = Field(
        None, description="the calendar that shapes the volume"
    )
    after: Path | None = Field(None, description="a moment before which it never lies")
    before: Path | None = Field(None, description="a moment after which it never lies")

    path_keys: ClassVar = ("after", "before")
    needs: ClassVar = {"after": Need.MOMENT, "before": Need.MOMENT}

    @property
    def shape(self) -> str | None:
        """The calendar in force: events in the window follow `default` if none is given."""
        in_window = self.start is None and self.end is None
        return self.calendar or ("default" if in_window else None)

    def gives(self, at: TypeOf) -> Type:
        return DATE

    def personal_data(self, name: str) -> str | None:
        return "date_of_birth" if is_birth(name) else None

    def summary(self) -> list[str]:
        in_window = self.start is None and self.end is None
        parts = ["in the window" if in_window else words.period(self.start, self.end)]
        parts += [f"calendar {self.shape}"] if self.shape else []
        return parts + [f"{key} {path}" for key, path in self.paths().items()]


class Timestamp(Date):
    """A moment of the window, or of a period of its own, to the second."""

    kind: Literal["timestamp"]  # type: ignore[assignment]
    hours: Hours = Field("flat", description="how the hours of a day share the events")

    def gives(self, at: TypeOf) -> Type:
        return TIMESTAMP

    def summary(self) -> list[str]:
        if isinstance(self.hours, str):
            return [*super().summary(), f"{self.hours} hours"]
        weights = ", ".join(map(words.number, self.hours))
        return [*super().summary(), f"hours weigh {weights} from midnight on"]


class Offset(ByCase, Wait):
    """A moment some time after another: shipped, resolved, paid."""

    kind: Literal["offset"]
    of: Path = Field(description="the moment that it follows")
    until_now: bool = Field(
        False, description="null where it would lie after the window's end"
    )

    path_keys: ClassVar = ("of",)
    needs: ClassVar = {"of": Need.MOMENT}
    passes_null: ClassVar = True

    def gives(self, at: TypeOf) -> Type:
        return at(self.of).or_null(self.until_now)

    def summary(self) -> list[str]:
        first, *more = self.describe()
        if self.fixed is not None:
            parts = [f"{first} after {self.of}", *more]
        else:
            parts = [f"after {self.of}", first, *more]
        return parts + (["null where after the window's end"] if self.until_now else [])
