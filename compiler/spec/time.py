"""Moments and lengths, as they are written in a spec."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from compiler.diagnostics import SWAP, Help
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

LONGEST = 200 * 365 * 86_400
"""No length is over 200 years: dates would leave what readers of Parquet can hold."""

LENGTH = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)(s|m|h|d|w|mo|y)")
MOMENT_HELP = (
    'a moment is a date, a timestamp, "now", or counted back from it: "-6mo", "-30d"'
)
LENGTH_HELP = (
    'a length is a number and a unit: "15m", "2h", "3d" (units: s m h d w mo y)'
)


@dataclass(frozen=True)
class When:
    """A moment: fixed (UTC), or so long before the window's end."""

    fixed: datetime | None = None
    before_end: timedelta = timedelta(0)

    @classmethod
    def days_ago(cls, days: int) -> When:
        """So many days before the window's end."""
        return cls(before_end=timedelta(days=days))

    @property
    def whole_day(self) -> bool:
        """Whether it falls on midnight, the window's end being one."""
        if self.fixed is not None:
            return self.fixed.time() == datetime.min.time()
        return not self.before_end % timedelta(days=1)

    def on(self, end: date) -> datetime:
        """The moment itself, for a window that ends on that day."""
        midnight = datetime(end.year, end.month, end.day, tzinfo=UTC)
        return self.fixed if self.fixed is not None else midnight - self.before_end


def wrong_order(start: When | None, end: When | None) -> Help:
    """The way out of a period that does not end after it starts."""
    same = start == end
    return "the end is not in it: a day is over on the next one" if same else SWAP


def parse_length(value: Any) -> timedelta:
    """`"90m"` and the like as a timedelta; raises E109 for anything else."""
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
    """A length in the largest unit that takes a whole number: 15 minutes, hour."""
    seconds = round(length.total_seconds())
    units = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
    unit, size = next(each for each in units if seconds % each[1] == 0)
    count = seconds // size
    return unit if count == 1 else f"{count:,} {unit}s"


def parse_moment(value: Any) -> When:
    """A moment of a spec (a TOML date, a TOML timestamp or a string); raises E109 else."""
    if isinstance(value, datetime):
        return fixed(value)
    if isinstance(value, date):
        return fixed(datetime(value.year, value.month, value.day))
    if not isinstance(value, str):
        raise problem("E109", f"{shown(value)} is not a moment", MOMENT_HELP)
    if value == "now":
        return When()
    if value.startswith("-"):
        if not LENGTH.fullmatch(value[1:]):
            raise problem("E109", f"{shown(value)} is not a moment", MOMENT_HELP)
        return When(before_end=parse_length(value[1:]))
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise problem("E109", f"{shown(value)} is not a moment", MOMENT_HELP) from None
    return fixed(moment)


def fixed(moment: datetime) -> When:
    """A fixed moment in UTC, to the second; raises E109 outside of 1900 to 2200."""
    if not 1900 <= moment.year <= 2200:
        raise problem(
            "E109",
            f"the year {moment.year} is out of reach",
            "1900 to 2200 can be held",
        )
    utc = (
        moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    )
    return When(fixed=utc.replace(microsecond=0))


def shown(value: Any) -> str:
    """A value as it is written in a spec, short and in one line."""
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
Length = Annotated[
    timedelta,
    PlainValidator(parse_length),
    WithJsonSchema({"type": "string", "description": LENGTH_HELP}),
]
