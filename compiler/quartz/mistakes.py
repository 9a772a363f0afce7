"""Quartz cron expressions: whether a schedule is one, else what is wrong with it.

The rules are those of the CronTrigger tutorial of Quartz 2.5 and, for what that leaves open, of
its parser (`org.quartz.CronExpression`): a step is at most the maximum of its field, ranges
may wrap around (`22-2`) except in years, `L`, `W` and `#` are alone in their field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"
DAYS = "SUN MON TUE WED THU FRI SAT"


@dataclass(frozen=True)
class Field:
    name: str
    low: int
    high: int
    names: str = ""  # names of its values, if they have names


DAY_OF_MONTH = Field("day of the month", 1, 31)
DAY_OF_WEEK = Field("day of the week", 1, 7, DAYS)
FIELDS = (
    Field("second", 0, 59),
    Field("minute", 0, 59),
    Field("hour", 0, 23),
    DAY_OF_MONTH,
    Field("month", 1, 12, MONTHS),
    DAY_OF_WEEK,
    Field("year", 1970, 2099),
)

VALUE = "[0-9]{1,4}|[A-Z]{3}"
PART = re.compile(rf"(?:\*|({VALUE})(?:-({VALUE}))?)?(?:/([0-9]{{1,4}}))?")
OF_MONTH = re.compile(r"L(?:-([0-9]{1,2}))?W?|([0-9]{1,2})W")
OF_WEEK = re.compile(rf"L|({VALUE})L|({VALUE})#([0-9])")


def mistake(cron: str) -> str | None:
    """What is wrong with an expression, or None if it is valid."""
    fields = re.findall(r"[^ \t]+", cron.upper())
    if len(fields) not in (6, 7):
        count = f"{len(fields)} field{'' if len(fields) == 1 else 's'}"
        return f"it has {count}, not 6 or 7, of which the first is seconds"
    for field, text in zip(FIELDS, fields, strict=False):  # the year may be left out
        if wrong := _in_field(field, text):
            return wrong
    given = [text != "?" for text in (fields[3], fields[5])]
    if all(given):
        return "give the days of the month or those of the week, and `?` for the other"
    if not any(given):
        return "the day of the month and the day of the week cannot both be `?`"
    return None


def _in_field(field: Field, text: str) -> str | None:
    if field is DAY_OF_MONTH and text == "?":
        return None
    if field is DAY_OF_MONTH and (found := OF_MONTH.fullmatch(text)):
        before_last, near = found.groups()
        if before_last and int(before_last) > 30:
            return f"{before_last} days before the last of the month is out of range: 0 to 30"
        return _outside(field, near)
    if field is DAY_OF_WEEK and text == "?":
        return None
    if field is DAY_OF_WEEK and (found := OF_WEEK.fullmatch(text)):
        last, nth, count = found.groups()
        if count and not 1 <= int(count) <= 5:
            return f"there is no {field.name} number {count} in a month: it is 1 to 5"
        return _outside(field, last or nth)
    for part in text.split(","):
        if wrong := _in_part(field, part):
            return wrong
    return None


def _in_part(field: Field, part: str) -> str | None:
    if not part:
        return f"a {field.name} is missing next to a comma"
    found = PART.fullmatch(part)
    if not found:
        return f"`{part}` is no {field.name}"
    first, last, step = found.groups()
    if wrong := _outside(field, first) or _outside(field, last):
        return wrong
    if last and first.isdigit() != last.isdigit():
        return f"`{part}` mixes a name and a number"
    if last and field.name == "year" and last < first:
        return f"the years `{part}` run backwards"
    if step and not 1 <= int(step) <= field.high:
        return f"the {field.name}'s step {int(step)} is not 1 to {field.high}"
    return None


def _outside(field: Field, value: str | None) -> str | None:
    """What is wrong with one value, a number or a name."""
    if value is None or value in field.names.split():
        return None
    if not value.isdigit():
        return f"`{value}` is no {field.name}"
    if not field.low <= int(value) <= field.high:
        return f"the {field.name} {int(value)} is not {field.low} to {field.high}"
    return None
