"""Moments and lengths, as written in a spec."""

from __future__ import annotations

import json
import math
import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from compiler.diagnostics import SWAP, Help, Hint, Write
from compiler.spec.base import problem

SECONDS = {
    "s": 1,
    "m": 60,
    "h": 3_600,
    "d": 86_400,
    "w": 7 * 86_400,
    "mo": 365 * 86_400 / 12,
    "y": 365 * 86_400,
}
"""The units of a length. A month is a twelfth of a year of 365 days, rounded to whole days."""

MONTHS = {"mo": 1, "y": 12}
"""The units that count by the calendar in moments: they differ in length."""

LONGEST = 200 * 365 * 86_400
"""Maximum length: with more, dates would be outside of the range of Parquet readers."""

LENGTH = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)(s|m|h|d|w|mo|y)")
MONTH_END = "month_end"
MOMENT_HELP = (
    'a moment is a date, a timestamp, "now", or counted from it: "-6mo", "-30d", "+60d"'
)
LENGTH_HELP = (
    'a length is a number and a unit: "15m", "2h", "3d" (units: s m h d w mo y)'
)
STEP_HELP = f'{LENGTH_HELP}; by the calendar: "1mo", "1y", "{MONTH_END}"'


@dataclass(frozen=True)
class When:
    """A moment: fixed (UTC), or a length or a number of months before the window's end.

    Those of a moment after the end are negative.
    """

    fixed: datetime | None = None
    before_end: timedelta = timedelta(0)
    months: int = 0
    """Months before the end by the calendar, instead of a length."""
    text: str = field(default="", compare=False)
    """The text of a moment that counts from the end: "-2y", "+60d"."""

    @classmethod
    def days_ago(cls, days: int) -> When:
        """A number of days before the window's end."""
        return cls(before_end=timedelta(days=days), text=f"-{days}d")

    @property
    def whole_day(self) -> bool:
        """Whether it is a midnight, as the window's end is."""
        if self.fixed is not None:
            return self.fixed.time() == datetime.min.time()
        return not self.before_end % timedelta(days=1)

    @property
    def is_end(self) -> bool:
        """Whether it is the window's end itself."""
        return self == When()

    @property
    def is_after_end(self) -> bool:
        """Whether it counts forward from the window's end."""
        return self.before_end < timedelta(0) or self.months < 0

    def on(self, end: date, zone: tzinfo = UTC) -> datetime:
        """The moment, for a window that ends on a day; a day begins at midnight in the zone."""
        midnight = datetime(end.year, end.month, end.day, tzinfo=UTC)
        moment = self.fixed or add_months(midnight, -self.months) - self.before_end
        return moment.replace(tzinfo=zone) if self.whole_day else moment

    def before(self, other: When) -> list[bool]:
        """Whether it is before another moment, whatever the end of the window.

        A number of months has more days before some ends than before others.
        """
        return [self.on(end) < other.on(end) for end in SORTS_OF_DAYS]


@dataclass(frozen=True)
class Months:
    """A step by the calendar: a number of months, or from one month's end to the next."""

    count: int
    at_end: bool = False

    def after(self, start: datetime, steps: int) -> datetime:
        """The moment after a number of steps from the start, so that the day does not drift."""
        if self.at_end:
            month = add_months(start.replace(day=1), steps * self.count)
            return month.replace(day=monthrange(month.year, month.month)[1])
        return add_months(start, steps * self.count)


Step = timedelta | Months
"""The step from one row of a grid to the next."""


def steps_between(start: datetime, end: datetime, step: Step) -> int:
    """The number of moments from a start (inclusive) to an end (exclusive), a step apart."""
    if isinstance(step, timedelta):
        return math.ceil((end - start) / step)
    months = 12 * (end.year - start.year) + end.month - start.month
    # Those of earlier months, and maybe one in the month of the end.
    steps = math.ceil(months / step.count)
    return steps + (months % step.count == 0 and step.after(start, steps) < end)


def add_months(moment: datetime, months: int) -> datetime:
    """The moment a number of months later; in a month without that day, its last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


SORTS_OF_DAYS = [
    date(year, month, day)
    for year in (2023, 2024)  # the second is a leap year
    for month in range(1, 13)
    for day in (1, 28, monthrange(year, month)[1])
]
"""Days from which months count: they include the shortest and the longest months."""


def wrong_order(start: When | None, end: When | None) -> Help:
    """The fix for a period that does not end after its start."""
    if start == end:
        return "the end is exclusive: for one day, end on the next"
    back = [each for each in (start, end) if each is not None and each.fixed is None]
    months = len(back) == 2 and any(each.months for each in back)
    if months and not all(back[1].before(back[0])):
        return (
            "months and years have different lengths: leave more time between the two"
        )
    return SWAP


def parse_length(value: Any) -> timedelta:
    """A length such as `"90m"` as a timedelta; otherwise raises E109."""
    match = LENGTH.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise problem("E109", f"{shown(value)} is not a length", LENGTH_HELP)
    number, unit = float(match[1]), match[2]
    seconds = number * SECONDS[unit]
    if seconds > LONGEST:
        raise problem("E109", f"{shown(value)} is over 200 years", LENGTH_HELP)
    if unit in ("mo", "y"):
        seconds = int(seconds / 86_400 + 0.5) * 86_400
    if abs(seconds - round(seconds)) > 1e-6:
        message = f"{shown(value)} is no whole number of seconds"
        raise problem("E109", message, "moments are whole seconds")
    return timedelta(seconds=round(seconds))


def shown_length(length: timedelta) -> str:
    """A length in the largest unit that gives a whole number: 15 minutes, hour.

    Two decimals of a larger unit are better than a number that nobody can read: 21.2 days.
    """
    seconds = round(length.total_seconds())
    units = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
    unit, size = next(each for each in units if seconds % each[1] == 0)
    if seconds // size >= 1_000:
        unit, size = next(each for each in units if seconds * 100 % each[1] == 0)
    count = seconds / size
    return unit if count == 1 else f"{count:,.10g} {unit}s"


def shown_step(step: Step) -> str:
    """The step of a grid, after the word "one"."""
    if isinstance(step, timedelta):
        return f"every {shown_length(step)}"
    if step.at_end:
        return "at each month's end"
    return f"every {shown_months(step.count).removeprefix('1 ')}"


def parse_step(value: Any) -> Step:
    """A grid's step, with `"1mo"` and `"1y"` by the calendar; otherwise raises E109."""
    if value == MONTH_END:
        return Months(1, at_end=True)
    match = LENGTH.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise problem("E109", f"{shown(value)} is not a length", STEP_HELP)
    length = parse_length(value)
    return Months(whole_months(value, match)) if match[2] in MONTHS else length


def parse_moment(value: Any) -> When:
    """A moment of a spec (a TOML date, a TOML timestamp or a string); otherwise raises E109."""
    if isinstance(value, datetime):
        return fixed(value)
    if isinstance(value, date):
        return fixed(datetime(value.year, value.month, value.day))
    if not isinstance(value, str):
        raise problem("E109", f"{shown(value)} is not a moment", MOMENT_HELP)
    if value == "now":
        return When()
    if value.startswith(("-", "+")):
        match = LENGTH.fullmatch(value[1:])
        if not match:
            raise problem("E109", f"{shown(value)} is not a moment", MOMENT_HELP)
        length = parse_length(value[1:])
        sign = 1 if value.startswith("-") else -1
        if match[2] in MONTHS:
            return When(months=sign * whole_months(value, match), text=value)
        return When(before_end=sign * length, text=value)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise problem("E109", f"{shown(value)} is not a moment", MOMENT_HELP) from None
    return fixed(moment)


def whole_months(value: str, match: re.Match[str]) -> int:
    """The number of months in a number of months or years; raises E109 for a fraction."""
    months = float(match[1]) * MONTHS[match[2]]
    if not months.is_integer():
        message = f"{shown(value)} is no whole number of months"
        sign, days = value.removesuffix(match[0]), parse_length(match[0]).days
        text = f'"{sign}{days}d"'
        help = f"months follow the calendar; write parts of a month in days: {text}"
        raise problem("E109", message, Hint(help, Write(text)))
    return int(months)


def shown_months(months: int) -> str:
    """A number of months as text, in years if they are whole."""
    count, unit = (months, "month") if months % 12 else (months // 12, "year")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def fixed(moment: datetime) -> When:
    """A fixed moment in UTC, in whole seconds; raises E109 outside of 1900 to 2200."""
    if not 1900 <= moment.year <= 2200:
        raise problem(
            "E109",
            f"the year {moment.year} is out of range",
            "years are from 1900 to 2200",
        )
    utc = (
        moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    )
    return When(fixed=utc.replace(microsecond=0))


def shown(value: Any) -> str:
    """A value as written in a spec, short and on one line."""
    if isinstance(value, date):
        text = value.isoformat()
    else:
        text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:37] + "..."


Moment = Annotated[
    When,
    PlainValidator(parse_moment),
    WithJsonSchema({"type": "string", "description": MOMENT_HELP}),
]
Every = Annotated[
    Step,
    PlainValidator(parse_step),
    WithJsonSchema({"type": "string", "description": STEP_HELP}),
]
Length = Annotated[
    timedelta,
    PlainValidator(parse_length),
    WithJsonSchema({"type": "string", "description": LENGTH_HELP}),
]
