"""The window of time, and the calendars that vary the volume in it."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from compiler.diagnostics import Hint, Write, leave_out
from compiler.spec import words
from compiler.spec.base import Model, Name, problem
from compiler.spec.time import Moment, When, wrong_order

Factor = Annotated[float, Field(ge=0, le=1_000)]
"""Maximum of a factor: with more, other days would have no volume left."""
ENDS = [("end",), ("start",)]
DAYS_OF_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_day(text: str) -> str:
    """A day of the year, `"12-15"`; otherwise raises E109."""
    month, _, day = text.partition("-")
    if re.fullmatch(r"[0-9]{2}-[0-9]{2}", text) and (
        1 <= int(month) <= 12 and 1 <= int(day) <= DAYS_OF_MONTHS[int(month) - 1]
    ):
        return text
    raise problem(
        "E109", f"`{text}` is not a day of the year", 'write month and day: "12-15"'
    )


class Window(Model):
    """The period of events: `days` before `end`, or `start` and `end` (exclusive)."""

    days: int | None = Field(
        None, ge=1, le=36_500, description="the length of the window; 180 by default"
    )
    start: Moment | None = Field(None, description="the first day, instead of `days`")
    end: Moment | None = Field(
        None, description="the first day after it; today by default"
    )

    @model_validator(mode="after")
    def _is_a_period(self) -> Self:
        if self.days is not None and self.start is not None:
            raise problem(
                "E106",
                "`days` and `start` exclude each other",
                leave_out("one of them"),
                at=[("start",), ("days",)],
            )
        for name, moment in (("start", self.start), ("end", self.end)):
            if moment is not None and not moment.whole_day:
                raise problem(
                    "E109",
                    f"the window's {name} is not at midnight",
                    "a window begins and ends at midnight: leave out the time",
                    at=[(name,)],
                )
        return self


class Event(Model):
    """A period with more volume, or less."""

    name: Name
    days_ago: list[Annotated[int, Field(ge=0, le=36_500)]] | None = Field(
        None,
        description="[from, to]: days before the window's end",
        min_length=2,
        max_length=2,
    )
    start: Moment | None = None
    end: Moment | None = None
    factor: Factor = Field(description="how many times the usual volume")

    @model_validator(mode="after")
    def _has_a_period(self) -> Self:
        ends = (self.start, self.end)
        if (self.days_ago is None) == (ends == (None, None)) or ends.count(None) == 1:
            raise problem(
                "E106",
                "an event has `days_ago`, or `start` and `end`",
                "such as days_ago = [31, 21]",
            )
        if self.days_ago is not None and self.days_ago[0] <= self.days_ago[1]:
            first = max(*self.days_ago, 1)
            right = f"[{first}, {min(*self.days_ago, first - 1)}]"
            help = f"`days_ago` counts back, and its end is exclusive: {right}"
            raise problem(
                "E215",
                "the event ends before it starts",
                Hint(help, Write(right)),
                at=[("days_ago",)],
            )
        start, end = self.period
        if (start.fixed is None) == (end.fixed is None):
            fixed = start.fixed and end.fixed and start.fixed >= end.fixed
            if fixed or (start.fixed is None and not any(start.before(end))):
                message = "the event ends before it starts"
                raise problem("E215", message, wrong_order(start, end), at=ENDS)
        return self

    @property
    def period(self) -> tuple[When, When]:
        """Its first moment, and the first moment after it."""
        if self.days_ago is not None:
            first, last = (When.days_ago(days) for days in self.days_ago)
            return first, last
        assert self.start is not None and self.end is not None, "checked above"
        return self.start, self.end

    def summary(self) -> str:
        factor = words.number(self.factor)
        return f"event {self.name} {factor}, {words.period(*self.period)}"


class Calendar(Model):
    """How the volume of a day varies. Keys that are not given have no effect."""

    weekend: Factor = Field(
        1.0, description="the volume of a weekend day compared with a weekday"
    )
    holiday: Factor = Field(
        1.0, description="the volume of a holiday compared with other days"
    )
    holidays: str | None = Field(None, description="a country of the holidays library")
    subdivision: str | None = Field(None, description="its state or province")
    yearly: float = Field(
        0.0, ge=0, lt=1, description="amplitude of the wave over the year"
    )
    peak: Annotated[str, AfterValidator(check_day)] = Field(
        "12-15", description="the day of that wave's maximum"
    )
    growth: float = Field(0.0, ge=-0.9, le=9, description="per year: 0.2 is 20 % more")
    noise: float = Field(
        0.0, ge=0, le=1, description="standard deviation of a random factor per day"
    )
    events: list[Event] = Field([], description="periods with more volume, or less")

    def summary(self) -> list[str]:
        """What changes the volume of a day, in words; empty if nothing does."""
        parts = []
        if self.weekend != 1:
            parts.append(f"weekend {words.number(self.weekend)}")
        if self.holidays is not None and self.holiday != 1:
            where = f"{self.holidays} {self.subdivision or ''}".strip()
            parts.append(f"{where} holidays {words.number(self.holiday)}")
        if self.yearly:
            parts.append(f"yearly ±{words.percent(self.yearly)}, peak {self.peak}")
        if self.growth:
            parts.append(f"growth {words.percent(self.growth)} a year")
        if self.noise:
            parts.append(f"noise {words.percent(self.noise)}")
        return [*parts, *(event.summary() for event in self.events)]

    @model_validator(mode="before")
    @classmethod
    def _holiday_needs_a_country(cls, data: Any) -> Any:
        if isinstance(data, dict) and "holidays" not in data:
            for key in ("holiday", "subdivision"):
                if key in data:
                    raise problem(
                        "E102",
                        f"`{key}` needs `holidays`",
                        'such as holidays = "US"',
                        at=[(key,)],
                    )
        return data


DEFAULT_CALENDAR = Calendar(
    weekend=0.6, holidays="US", holiday=0.3, yearly=0.15, noise=0.1
)
"""The default calendar for events in the window: usual business."""
