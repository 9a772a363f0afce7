"""The window of time, and the calendars that vary the volume in it."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from compiler.diagnostics import Hint, Write, leave_out
from compiler.spec import words
from compiler.spec.base import Model, Name, problem
from compiler.spec.time import Moment, When, wrong_order
from compiler.spec.zones import UTC, check_timezone

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


def check_weekdays(factors: list[float]) -> list[float]:
    """Seven factors, one above 0; otherwise raises E110."""
    if len(factors) != 7:
        message = f"a week has 7 days, not {len(factors)}"
        raise problem("E110", message, "give one factor a day, Monday first")
    if not any(factors):
        raise problem(
            "E110", "all days of the week are 0", "give at least one day more than 0"
        )
    return factors


def country_and_part(code: str) -> tuple[str, str | None]:
    """A country, and the part of it that a code names: `US-CA`."""
    found = re.fullmatch("([A-Z]{2,3})-(.+)", code)
    return (found[1], found[2]) if found else (code, None)


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

    like: Name | None = Field(
        None, description="the calendar that it starts from; keys given here replace it"
    )
    weekend: Factor = Field(
        1.0, description="the volume of a weekend day compared with a weekday"
    )
    weekdays: Annotated[list[Factor], AfterValidator(check_weekdays)] | None = Field(
        None, description="the volume of each day of the week, Monday first"
    )
    holiday: Factor = Field(
        1.0, description="the volume of a holiday compared with other days"
    )
    holidays: str | Annotated[list[str], Field(min_length=1)] | None = Field(
        None, description="a country of the holidays library, or several"
    )
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
    timezone: Annotated[str, AfterValidator(check_timezone)] = Field(
        UTC, description="the IANA time zone by whose clocks days and hours count"
    )

    @property
    def day_factors(self) -> list[float]:
        """The volume of each day of the week, from Monday on."""
        return self.weekdays or [*[1.0] * 5, *[self.weekend] * 2]

    @property
    def places(self) -> list[tuple[str, str | None]]:
        """The countries whose holidays count, each with the part that is meant, if any."""
        if isinstance(self.holidays, str) and self.subdivision is not None:
            return [(self.holidays, self.subdivision)]
        codes = [self.holidays] if isinstance(self.holidays, str) else self.holidays
        return [country_and_part(code) for code in codes or []]

    @property
    def event_names(self) -> list[str]:
        return [event.name for event in self.events]

    @property
    def observes(self) -> bool:
        """Whether a holiday differs from other days."""
        return self.holidays is not None and self.holiday != 1

    def replacing(self, base: Calendar) -> Calendar:
        """What it is if it starts from another calendar: its own keys replace that one's.

        The week is one thing, in whichever key, and `subdivision` belongs to its country.
        """
        own = {key: getattr(self, key) for key in self.model_fields_set}
        if own.keys() & {"weekend", "weekdays"}:
            own = {"weekend": 1.0, "weekdays": None} | own
        if "holidays" in own:
            own = {"subdivision": None} | own
        return base.model_copy(update=own)

    def mistake(self) -> PydanticCustomError | None:
        """What is wrong in keys that go together, if something is."""
        given = self.model_fields_set
        if self.holidays is None and (lacking := given & {"holiday", "subdivision"}):
            key = min(lacking)
            return problem(
                "E102",
                f"`{key}` needs `holidays`",
                'such as holidays = "US"',
                at=[(key,)],
            )
        one = isinstance(self.holidays, str) and "-" not in self.holidays
        if self.subdivision is None or one:
            return None
        return problem(
            "E106",
            "`subdivision` is of a single country",
            leave_out('`subdivision`: a part is named in `holidays`, "US-CA"'),
            at=[("subdivision",), ("holidays",)],
        )

    def summary(self) -> list[str]:
        """What changes the volume of a day, in words; empty if nothing does."""
        parts = []
        if self.weekdays and len({*self.weekdays}) > 1:
            factors = ", ".join(map(words.number, self.weekdays))
            parts.append(f"weekdays {factors} from Monday on")
        elif self.weekend != 1:
            parts.append(f"weekend {words.number(self.weekend)}")
        if self.observes:
            where = [f"{country} {part or ''}".strip() for country, part in self.places]
            parts.append(f"{words.all_of(where)} holidays {words.number(self.holiday)}")
        if self.yearly:
            parts.append(f"yearly ±{words.percent(self.yearly)}, peak {self.peak}")
        if self.growth:
            parts.append(f"growth {words.percent(self.growth)} a year")
        if self.noise:
            parts.append(f"noise {words.percent(self.noise)}")
        parts += [event.summary() for event in self.events]
        return parts + ([f"days of {self.timezone}"] if self.timezone != UTC else [])

    @model_validator(mode="after")
    def _keys_go_together(self) -> Self:
        if {"weekend", "weekdays"} <= self.model_fields_set:
            raise problem(
                "E106",
                "`weekend` and `weekdays` exclude each other",
                leave_out("`weekend`"),
                at=[("weekend",), ("weekdays",)],
            )
        # Of one that starts from another, this can only be known of both together.
        if self.like is None and (mistake := self.mistake()):
            raise mistake
        return self


DEFAULT_CALENDAR = Calendar(
    weekend=0.6, holidays="US", holiday=0.3, yearly=0.15, noise=0.1
)
"""The default calendar for events in the window: usual business."""
