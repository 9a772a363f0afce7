"""Values as Python source: values of a spec enter the script only through here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from compiler.emit.code.code import (
    Code,
    Precedence,
    binary,
    grouped,
    name,
    names_of,
    sign,
)
from compiler.spec.time import MONTH_END, Step, When

GROUPED_FROM = 1_000
"""Integers from here on are written with underscores."""


def literal(value: object) -> Code:
    """The Python source of a value of the spec; code stays as it is."""
    if isinstance(value, Code):
        return value
    if isinstance(value, Mapping):
        items = {literal(key): literal(item) for key, item in value.items()}
        text = ", ".join(f"{key.text}: {item.text}" for key, item in items.items())
        return Code("{" + text + "}", names=names_of(*items, *items.values()))
    if isinstance(value, list | tuple):
        return grouped(map(literal, value))
    if isinstance(value, bool | str | None):
        return Code(repr(value))
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, When):
        return when(value)
    if isinstance(value, timedelta):
        return length(value)
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, date):
        return day(value)
    raise TypeError(f"no literal for {type(value).__name__}")


def annotation(value: object) -> str:
    """The type of a constant whose cases a type checker would not see as of one type.

    Of `{"a": {"mean": 1}, "b": {"mean": 1.5}}` it takes the first for whole numbers only, and
    lists of different lengths for different types.
    """
    cases = value.values() if isinstance(value, Mapping) else ()
    numbers = [list(case.values()) for case in cases if isinstance(case, Mapping)]
    if any(isinstance(each, list) for case in numbers for each in case):
        return "dict[str, dict[str, Any]]"
    whole = {all(literal(each).text.isdigit() for each in case) for case in numbers}
    return "dict[str, dict[str, float]]" if len(whole) > 1 else ""


def number(value: float) -> Code:
    """A number as a person writes it: no `.0`, digits grouped."""
    if value in (float("inf"), float("-inf")):
        infinity = name("np.inf")
        return infinity if value > 0 else sign("-", infinity)
    if float(value).is_integer() and abs(value) < 2**53:
        value = int(value)
    if isinstance(value, int) and abs(value) >= GROUPED_FROM:
        return signed(f"{value:_}")
    return signed(repr(value))


def signed(digits: str) -> Code:
    """A number that may start with a minus."""
    sign_first = digits.startswith("-")
    return Code(digits, Precedence.SIGN if sign_first else Precedence.ATOM)


def when(value: When) -> Code:
    """A moment: one that counts from the end is a timedelta, or months; before it, negative."""
    if value.fixed is not None:
        return moment(value.fixed)
    return months(-value.months) if value.months else length(-value.before_end)


def months(count: int) -> Code:
    """So many months by the calendar, in years where they are whole ones."""
    unit, count = ("MONTH", count) if count % 12 else ("YEAR", count // 12)
    return multiple(count, unit)


def multiple(count: float, unit: str) -> Code:
    """So many of a unit: `3 * HOUR`."""
    return name(unit) if count == 1 else binary("*", number(count), name(unit))


def step(value: Step) -> Code:
    """From one row of a grid to the next."""
    if isinstance(value, timedelta):
        return length(value)
    return literal(MONTH_END) if value.at_end else months(value.count)


def moment(value: datetime) -> Code:
    """A moment where a day means its midnight."""
    midnight = value.time() == datetime.min.time()
    return day(value.date()) if midnight else timestamp(value)


def day(value: date) -> Code:
    return Code(
        f"date({value.year}, {value.month}, {value.day})", names=frozenset({"date"})
    )


def timestamp(value: datetime) -> Code:
    """A timestamp in UTC, to the second."""
    value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    clock = f"{value.hour}, {value.minute}" + (
        f", {value.second}" if value.second else ""
    )
    text = f"datetime({value.year}, {value.month}, {value.day}, {clock}, tzinfo=UTC)"
    return Code(text, names=frozenset({"datetime", "UTC"}))


def length(value: timedelta) -> Code:
    """A length of time, in the largest unit that takes a whole number."""
    seconds = round(value.total_seconds())
    units = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
    unit = next(unit for unit, size in units.items() if seconds % size == 0)
    text = f"timedelta({unit}={seconds // units[unit]})"
    return Code(text, names=frozenset({"timedelta"}))


def seconds(value: float) -> Code:
    """A length in seconds, as so many days, hours or minutes where that reads better."""
    for unit, size in (("DAY", 86_400), ("HOUR", 3_600), ("MINUTE", 60)):
        count = value / size
        if count >= 1 and round(count, 3) == count:
            return multiple(count, unit)
    return number(value)
