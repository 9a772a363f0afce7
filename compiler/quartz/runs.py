"""When a Quartz schedule runs: on which days, and at which times of such a day.

The expression must be valid (see `mistake`).
"""

from __future__ import annotations

import itertools
import re
from calendar import monthrange
from datetime import date, time, timedelta

from compiler.quartz.mistakes import (
    DAY_OF_MONTH,
    DAY_OF_WEEK,
    FIELDS,
    OF_MONTH,
    OF_WEEK,
    PART,
    Field,
)

SATURDAY, SUNDAY = 5, 6
"""Days of the week as Python counts them: Monday is 0."""


def is_run_day(cron: str, day: date) -> bool:
    """Whether a schedule runs on a day of its time zone."""
    _, _, _, of_month, month, of_week, *year = parts_of(cron)
    if day.month not in values(FIELDS[4], month):
        return False
    if year and day.year not in values(FIELDS[6], year[0]):
        return False
    if of_week == "?":
        return day in days_of_month(of_month, day)
    return in_week(of_week, day)


def times_of_day(cron: str, most: int) -> list[time]:
    """The times at which a schedule runs on each of its days, in order, up to a maximum."""
    texts = zip(FIELDS[2::-1], parts_of(cron)[2::-1], strict=True)
    units = [sorted(values(field, text)) for field, text in texts]
    found = itertools.islice(itertools.product(*units), most)
    return [time(hour, minute, second) for hour, minute, second in found]


def parts_of(cron: str) -> list[str]:
    return re.findall(r"[^ \t]+", cron.upper())


def values(field: Field, text: str) -> set[int]:
    """The numbers that match a field of plain values, ranges and steps."""
    found: set[int] = set()
    for part in text.split(","):
        match = PART.fullmatch(part)
        assert match is not None, "the schedule is valid"
        first, last, step = match.groups()
        low = field.low if first is None else number(field, first)
        high = number(field, last) if last else field.high if step else low
        if part == "*":
            high = field.high
        if high < low:  # wraps around: 22-2
            high += field.high - field.low + 1
        for value in range(low, high + 1, int(step or 1)):
            over = value > field.high
            found.add(value - (field.high - field.low + 1) if over else value)
    return found


def number(field: Field, text: str) -> int:
    """A value as a number; that of a name is its position."""
    names = field.names.split()
    return int(text) if text.isdigit() else names.index(text) + field.low


def days_of_month(text: str, day: date) -> set[date]:
    """The days of a day's month that match the third field."""
    count = monthrange(day.year, day.month)[1]
    match = OF_MONTH.fullmatch(text)
    if match is None:
        wanted = values(DAY_OF_MONTH, "*" if text == "?" else text)
        return {day.replace(day=n) for n in wanted if n <= count}
    before_last, near = match.groups()
    last = max(count - int(before_last or 0), 1)
    found = day.replace(day=min(int(near), count) if near else last)
    return {nearest_weekday(found, count) if text.endswith("W") else found}


def nearest_weekday(day: date, last: int) -> date:
    """The weekday of the same month that is nearest to a day."""
    if day.weekday() == SATURDAY:
        return day + timedelta(days=2 if day.day == 1 else -1)
    if day.weekday() == SUNDAY:
        return day + timedelta(days=-2 if day.day == last else 1)
    return day


def in_week(text: str, day: date) -> bool:
    """Whether a day matches the sixth field, in which Sunday is 1."""
    of_week = day.isoweekday() % 7 + 1
    match = OF_WEEK.fullmatch(text)
    if match is None or text == "L":
        return of_week in values(DAY_OF_WEEK, "7" if text == "L" else text)
    last, nth, count = match.groups()
    if of_week != number(DAY_OF_WEEK, last or nth):
        return False
    if last:
        return day.day > monthrange(day.year, day.month)[1] - 7
    return (day.day - 1) // 7 + 1 == int(count)
