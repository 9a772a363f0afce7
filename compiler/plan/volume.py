"""How much happens on each day of the window, by a calendar."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, timedelta

from compiler import installed
from compiler.cache import made
from compiler.plan.model import Plan
from compiler.plan.periods import window_start
from compiler.spec.calendar import Calendar
from compiler.spec.time import When


@dataclass(frozen=True)
class Day:
    """A day of the window."""

    date: date
    volume: float
    """Compared with a plain weekday; without the calendar's noise, which nobody foresees."""
    is_holiday: bool = False
    events: tuple[str, ...] = ()
    """The events of the calendar that are on for at least a part of it."""


def daily_volume(plan: Plan, calendar: Calendar, today: date) -> list[Day]:
    """The days of the window; of a window that is not fixed, as a run of today has it."""
    start, end = window_start(plan.window), plan.end or today

    def find(_: str) -> bytes:
        days = found_days(calendar, start, end)
        return json.dumps([[*astuple(day)[1:]] for day in days]).encode()

    first = start.on(end).date()
    key = f"{calendar!r} {first} {end}"
    found = json.loads(made(f"volume {installed.state()}", [key], find)[key])
    return [
        Day(first + timedelta(days=n), volume, is_holiday, tuple(events))
        for n, (volume, is_holiday, events) in enumerate(found)
    ]


def found_days(calendar: Calendar, start: When, end: date) -> list[Day]:
    """The days from a start to an end, which is exclusive."""
    import numpy as np

    from compiler.plan.sample.moments import DAY, HOUR, Times, factors

    times = Times(start, end, {})
    first, last = times.seconds(start), times.now
    hours = np.arange(first // DAY * DAY, last, HOUR, dtype=float)
    volumes = factors(calendar, times, hours).reshape(-1, DAY // HOUR).mean(axis=1)
    days = [start.on(end).date() + timedelta(days=n) for n in range(len(volumes))]
    free = public_holidays(calendar, days[0], days[-1]) if days else set()
    periods = {
        event.name: times.local_period(event, calendar.timezone)
        for event in calendar.events
    }
    found = []
    for day, volume in zip(days, volumes.tolist(), strict=True):
        begins = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        on = tuple(
            name
            for name, (from_, to) in periods.items()
            if from_ < begins + DAY and to > begins
        )
        is_free = day in free
        factor = calendar.holiday if is_free else 1.0
        found.append(Day(day, max(volume * factor, 0.0), is_free, on))
    return found


def public_holidays(calendar: Calendar, first: date, last: date) -> set[date]:
    """The holidays of a calendar between two days, both included."""
    if not calendar.observes:
        return set()
    import holidays

    years = range(first.year, last.year + 1)
    found = [
        holidays.country_holidays(country, part, years=years)
        for country, part in calendar.places
    ]
    return {day for days in found for day in days if first <= day <= last}
