"""A calendar as a line of bars, with its holidays and events marked below."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.plan.volume import Day
from compiler.spec import words

BARS = "▁▂▃▄▅▆▇█"
WIDEST = 50
"""The most bars: as many as a line of a terminal has room for.

A longer window has a bar for each week, or several.
"""
WEEK = 7
ALIKE = 1.03
"""Days of the week whose volumes differ by a smaller factor are alike."""
HOLIDAY = "·"
EVENTS = "abcdefghijklmnopqrstuvwxyz"


def drawn(days: Sequence[Day]) -> list[str]:
    """Lines: the bars, the marks if there are any, what they mean; none where all are alike."""
    if not days or max(day.volume for day in days) == min(day.volume for day in days):
        return []
    step = 1 if len(days) <= WIDEST else WEEK * -(-len(days) // (WEEK * WIDEST))
    # Whole steps back from the end; the days before the first are in none.
    start = len(days) % step if len(days) >= step else 0
    parts = [days[n : n + step] for n in range(start, len(days), step)]
    means = [sum(day.volume for day in part) / len(part) for part in parts]
    letters = letters_of(days)
    marks = "".join(mark(part, letters) for part in parts).rstrip()
    each = {1: "a day", WEEK: "a week"}.get(step, f"{step // WEEK} weeks")
    period = f"{parts[0][0].date} to {parts[-1][-1].date}, {each} a bar"
    period += f"; volume {shown(min(means))} to {shown(max(means))}"
    lines = [bars(means), *([marks] if marks else []), period]
    known = [f"{letter}: {name}" for name, letter in letters.items()]
    known += [f"{HOLIDAY}: holiday"] if any(day.is_holiday for day in days) else []
    lines += [", ".join(known)] if known else []
    return lines + (week(days) if step > 1 else [])


def week(days: Sequence[Day]) -> list[str]:
    """The days of the week as bars, of days without events and holidays; none if all are alike."""
    plain = [day for day in days if not (day.events or day.is_holiday)]
    by_day = [
        [day.volume for day in plain if day.date.weekday() == n] for n in range(WEEK)
    ]
    if not all(by_day):
        return []
    means = [sum(volumes) / len(volumes) for volumes in by_day]
    if max(means) < ALIKE * min(means):
        return []
    return [f"{bars(means)} Monday to Sunday"]


def shown(volume: float) -> str:
    """A volume with two digits."""
    return words.number(float(f"{volume:.2g}"))


def bars(values: Sequence[float]) -> str:
    """A bar each, from nothing to the largest."""
    largest = max(values)
    top = len(BARS) - 1
    return "".join(BARS[round(value / largest * top)] for value in values)


def letters_of(days: Sequence[Day]) -> dict[str, str]:
    """A letter for each event, in the order of time; the same one for all beyond the alphabet."""
    names = dict.fromkeys(name for day in days for name in day.events)
    return {name: EVENTS[min(n, len(EVENTS) - 1)] for n, name in enumerate(names)}


def mark(days: Sequence[Day], letters: dict[str, str]) -> str:
    """What is below a bar: its first event, else a holiday."""
    on = [name for day in days for name in day.events]
    if on:
        return letters[on[0]]
    return HOLIDAY if any(day.is_holiday for day in days) else " "
