"""What lengths of time and the calendar mean in expressions, in plain Python."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays

NOW = datetime(2026, 7, 14, tzinfo=UTC)
UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
SECONDS = {
    "seconds": 1,
    "minutes": 60,
    "hours": 3_600,
    "days": 86_400,
    "weeks": 604_800,
}
MOMENT = r"now|-\d+[smhdw]|\d{4}-\d\d-\d\d(T.+)?"


@dataclass(frozen=True, order=True)
class Span:
    """A length of time."""

    seconds: Any
    whole_days: bool = False


@dataclass(frozen=True)
class Months:
    """A length by the calendar."""

    count: int


class Words(str):
    """Text that an expression makes: never a moment, however it looks."""


def moment(value: Any) -> Any:
    """Text that reads like a moment as one (no column's text does); all else as it is."""
    if not isinstance(value, str) or isinstance(value, Words):
        return value
    if not re.fullmatch(MOMENT, value):
        return value
    if value == "now":
        return NOW
    if found := re.fullmatch(r"-(\d+)([smhdw])", value):
        return NOW - timedelta(seconds=int(found[1]) * UNITS[found[2]])
    if len(value) == 10:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


def at(value: Any) -> datetime:
    """A moment as a timestamp: a date is its midnight."""
    value = moment(value)
    return (
        value if isinstance(value, datetime) else datetime.combine(value, time(), UTC)
    )


def length(name: str, count: Any) -> Span | Months:
    """`days(3)` and the like."""
    if name == "months":
        return Months(count)
    whole = isinstance(count, int) and name in ("days", "weeks")
    return Span(count * SECONDS[name], whole)


def later(start: Any, added: Span | Months, sign: int) -> Any:
    """A moment and a length; None beyond the years of four digits."""
    try:
        found = (
            in_months(at(start), sign * added.count)
            if isinstance(added, Months)
            else at(start) + timedelta(seconds=round(sign * added.seconds))
        )
    except (OverflowError, ValueError):
        return None
    return found if 1000 <= found.year <= 9999 else None


def in_months(start: datetime, count: int) -> datetime:
    year, month = divmod(12 * start.year + start.month - 1 + count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return start.replace(year=year, month=month + 1, day=min(start.day, last))


def truncated(start: datetime, unit: str) -> datetime:
    if unit == "week":
        start -= timedelta(days=start.weekday())
    fields: dict[str, dict[str, int]] = {
        "year": {"month": 1, "day": 1},
        "quarter": {"month": start.month - (start.month - 1) % 3, "day": 1},
        "month": {"day": 1},
        "hour": {"hour": start.hour},
        "minute": {"hour": start.hour, "minute": start.minute},
    }
    clock = {"hour": 0, "minute": 0, "second": 0}
    return start.replace(**(clock | fields.get(unit, {})))  # type: ignore[arg-type]


def called(name: str, args: list[Any]) -> Any:
    """A function of a moment that is not null; NotImplemented for any other function."""
    if name in SECONDS or name == "months":
        return length(name, args[0])
    if name in ("date", "timestamp"):
        return at(args[0]).date() if name == "date" else at(args[0])
    if name == "trunc":
        return truncated(at(args[0]), args[1])
    if name == "local":
        there = at(args[0]).astimezone(ZoneInfo(args[1]))
        return there.replace(tzinfo=UTC)
    if name == "is_holiday":
        country, _, part = args[1].partition("-")
        free = holidays.country_holidays(country, part or None)
        return at(args[0]).date() in free
    if name in ("month_start", "month_end", "days_in_month"):
        day = at(args[0]).date()
        last = calendar.monthrange(day.year, day.month)[1]
        if name == "days_in_month":
            return last
        return day.replace(day=1 if name == "month_start" else last)
    if name == "quarter":
        return (at(args[0]).month + 2) // 3
    return at(args[0]).weekday() >= 5 if name == "is_weekend" else NotImplemented
