"""Parameters in words, for the plan, the README and the header of the script."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from compiler.spec.time import LENGTH, When, shown_length

Number = Callable[[float], str]
"""Prints the numbers of a distribution: as numbers, or as lengths of time."""

UNITS = {
    "s": "second",
    "m": "minute",
    "h": "hour",
    "d": "day",
    "w": "week",
    "mo": "month",
    "y": "year",
}


def number(value: float) -> str:
    """A number with all of its digits; whole numbers without a point."""
    whole = abs(value) < 1e15 and value == int(value)
    return str(int(value)) if whole else repr(value)


def plain(value: float) -> str:
    """A number as the formats of text have it: as few digits as identify it, no exponent."""
    text = format(Decimal(repr(value + 0.0)), "f")  # + 0.0 turns -0.0 into 0.0
    return text if "." in text else f"{text}.0"


def percent(share: float) -> str:
    """A share as it was written: 0.125 is 12.5%."""
    return f"{share * 100:.10g}%"


def shares(weights: Mapping[str, float]) -> str:
    """Values, each with its share of the rows."""
    total = sum(weights.values())
    parts = [
        f"{value} {weight / total * 100:.3g}%" for value, weight in weights.items()
    ]
    return ", ".join(parts)


def count(amount: str, unit: str) -> str:
    return f"{amount} {unit}" if amount == "1" else f"{amount} {unit}s"


def all_of(names: Sequence[str]) -> str:
    """Names in a sentence: `US, CA and BR`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def length(span: timedelta) -> str:
    """A length of time in the largest unit that gives a whole number: 15 minutes, 1 hour."""
    text = shown_length(span)
    return text if text[0].isdigit() else f"1 {text}"


def rough(value: float, spread: float) -> str:
    """A number with three digits, or as many as its distance from others needs (`spread`)."""
    if not value or not spread or abs(value) >= 1e15:
        return number(float(f"{value:.3g}"))
    digits = max(
        *(n - math.floor(math.log10(abs(x))) for n, x in ((2, value), (1, spread)))
    )
    rounded = round(value, digits)
    return (
        f"{rounded:,.0f}" if abs(rounded) >= 1_000 and digits <= 0 else number(rounded)
    )


def rough_seconds(value: float, spread: float) -> str:
    """A length of about so many seconds, in its usual unit: 36 minutes, 28 hours, 3.9 days."""
    for unit, size, least in (
        ("day", 86_400, 2 * 86_400),
        ("hour", 3_600, 2 * 3_600),
        ("minute", 60, 120),
    ):
        if abs(value) >= least:
            return count(number(float(f"{value / size:.2g}")), unit)
    return count(number(float(f"{value:.2g}")), "second")


def seconds(value: float) -> str:
    """A length in seconds as text; it may be negative."""
    sign = "-" if value < 0 else ""
    return sign + length(timedelta(seconds=round(abs(value))))


def constant(value: object) -> str:
    """A cell's value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return number(value)
    return day_or_time(value) if isinstance(value, date) else str(value)


def moment(when: When) -> str:
    """A fixed moment as a date; other moments as they were written."""
    if when.fixed is not None:
        return day_or_time(when.fixed)
    if when.is_end:
        return "the end"
    side = "after" if when.is_after_end else "before"
    return f"{distance(when)} {side} the end"


def period(start: When | None, end: When | None) -> str:
    """A period; a missing start or end is that of the window."""
    first = "the window's start" if start is None else moment(start)
    last = "the end" if end is None else moment(end)
    for relative in (" before the end", " after the end"):
        if first.endswith(relative) and last.endswith(relative):
            first = first.removesuffix(relative)
            if first.split()[-1].rstrip("s") == last.split()[1].rstrip("s"):
                first = first.split()[0]
    return f"{first} to {last}"


def distance(when: When) -> str:
    """How long before the window's end, or after it, a moment is."""
    match = LENGTH.fullmatch(when.text.lstrip("+-"))
    if match is None:
        return length(abs(when.before_end))
    return count(match[1], UNITS[match[2]])


def day_or_time(moment: date) -> str:
    """A date, or a timestamp in UTC; a midnight is a date."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    text = moment.isoformat(sep=" ").removesuffix("+00:00")
    return text.removesuffix(" 00:00:00")


def one_line(text: str) -> str:
    """An expression on one line."""
    return re.sub(r"\s*\n\s*", " ", text.strip())


def bounds(least: str | None, greatest: str | None) -> list[str]:
    """The bounds that are given."""
    found = {"min": least, "max": greatest}
    return [f"{key} {value}" for key, value in found.items() if value is not None]
