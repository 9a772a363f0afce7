"""Days counted by the calendar."""

from __future__ import annotations

from datetime import date


def back(day: date, months: int) -> date:
    """The same day so many months before, or the last one that there is before it."""
    count = day.year * 12 + day.month - 1 - months
    for number in range(day.day, 0, -1):
        try:
            return date(count // 12, count % 12 + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")
