"""Values as Python source: what a spec says enters the script only through here."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from compiler.escape import printable
from compiler.spec.time import MONTH_END, Step, When

WIDTH = 88
"""Black's default line length."""
ONE_LINE = WIDTH - len("    return ")
"""So much code stands on one line of a function."""
GROUPED_FROM = 1_000
"""Integers from here on are written with underscores."""


class Source(str):
    """Text that is Python source already."""


def literal(value: object) -> Source:
    """The Python source of a value of the spec."""
    if isinstance(value, Source):
        return value
    if isinstance(value, Mapping):
        items = ", ".join(
            f"{literal(key)}: {literal(item)}" for key, item in value.items()
        )
        return Source("{" + items + "}")
    if isinstance(value, list | tuple):
        items = ", ".join(literal(item) for item in value)
        return Source(f"({items},)" if len(value) == 1 else f"({items})")
    if isinstance(value, bool | str | None):
        return Source(repr(value))
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

    Of `{"a": {"mean": 1}, "b": {"mean": 1.5}}` it takes the first for whole numbers only.
    """
    cases = value.values() if isinstance(value, Mapping) else ()
    numbers = [list(case.values()) for case in cases if isinstance(case, Mapping)]
    whole = {all(literal(each).isdigit() for each in case) for case in numbers}
    return ": dict[str, dict[str, float]]" if len(whole) > 1 else ""


def number(value: float) -> Source:
    """A number as a person writes it: no `.0`, digits grouped."""
    if value in (float("inf"), float("-inf")):
        return Source("np.inf" if value > 0 else "-np.inf")
    if float(value).is_integer() and abs(value) < 2**53:
        value = int(value)
    if isinstance(value, int) and abs(value) >= GROUPED_FROM:
        return Source(f"{value:_}")
    return Source(repr(value))


def when(value: When) -> Source:
    """A moment: one that counts from the end is a negative timedelta, or months."""
    if value.fixed is not None:
        return moment(value.fixed)
    return months(-value.months) if value.months else length(-value.before_end)


def months(count: int) -> Source:
    """So many months by the calendar, in years where they are whole ones."""
    unit, count = ("MONTH", count) if count % 12 else ("YEAR", count // 12)
    return Source(unit if count == 1 else f"{count} * {unit}")


def step(value: Step) -> Source:
    """From one row of a grid to the next."""
    if isinstance(value, timedelta):
        return length(value)
    return literal(MONTH_END) if value.at_end else months(value.count)


def moment(value: datetime) -> Source:
    """A moment where a day stands for its midnight."""
    midnight = value.time() == datetime.min.time()
    return day(value.date()) if midnight else timestamp(value)


def day(value: date) -> Source:
    return Source(f"date({value.year}, {value.month}, {value.day})")


def timestamp(value: datetime) -> Source:
    """A timestamp in UTC, to the second."""
    value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    clock = f"{value.hour}, {value.minute}" + (
        f", {value.second}" if value.second else ""
    )
    return Source(
        f"datetime({value.year}, {value.month}, {value.day}, {clock}, tzinfo=UTC)"
    )


def length(value: timedelta) -> Source:
    """A length of time, in the largest unit that takes a whole number."""
    seconds = round(value.total_seconds())
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds % size == 0:
            return Source(f"timedelta({unit}={seconds // size})")
    return Source(f"timedelta(seconds={seconds})")


def seconds(value: float) -> Source:
    """A length in seconds, as so many days, hours or minutes where that reads better."""
    for name, size in (("DAY", 86_400), ("HOUR", 3_600), ("MINUTE", 60)):
        count = value / size
        if count >= 1 and round(count, 3) == count:
            return Source(name if count == 1 else f"{number(count)} * {name}")
    return number(value)


def comment(text: str) -> str:
    """Text as a comment, wrapped; nothing in it can end the comment."""
    words = " ".join(printable(text).split())
    return textwrap.fill(words, WIDTH, initial_indent="# ", subsequent_indent="# ")


def noted(line: str, text: str) -> str:
    """A line of code with a comment: behind it, or above where that would be too long."""
    both = f"{line}  # {printable(text)}"
    return both if len(both) <= WIDTH else f"{comment(text)}\n{line}"


def banner(title: str) -> str:
    """A section's title as a line across the page; what is too long for it stands below."""
    words = " ".join(printable(title).split())
    name, _, more = words.partition(": ")
    if len(f"# --- {words}") >= WIDTH and more:
        return f"{banner(name)}\n{comment(sentence(more))}"
    return f"# --- {words} ".ljust(WIDTH, "-")


def joined(*texts: str) -> str:
    """What is said of one thing, in one sentence."""
    *first, last = [text for text in texts if text] or [""]
    return "; ".join([*(text.rstrip(". ") for text in first), last])


def sentence(text: str) -> str:
    """Text with a capital at its start, where that is a plain word."""
    first = text.partition(" ")[0].rstrip(":,;")
    plain = first.isalpha() and first.islower()
    return text[:1].upper() + text[1:] if plain else text


def in_docstring(text: str) -> str:
    """Text that can stand in a docstring: nothing in it can end the string."""
    return printable(text).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def is_atom(code: str) -> bool:
    """Whether code can stand before a dot or an operator without parentheses."""
    body = ast.parse(code, mode="eval").body
    return isinstance(body, ast.Call | ast.Name | ast.Attribute | ast.Subscript)


def as_factor(code: str) -> str:
    """Code that can stand before a dot or an operator, in parentheses if need be."""
    return code if is_atom(code) else f"({code})"
