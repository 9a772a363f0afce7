"""How much happens on each day of the window, by a calendar."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from compiler import installed
from compiler.cache import made
from compiler.plan.model import Plan
from compiler.plan.periods import window_start
from compiler.spec.calendar import Calendar


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
    import numpy as np

    from compiler.plan.sample.moments import DAY, HOUR, Times, factors

    end = plan.end or today
    times = Times(window_start(plan.window), end, {})
    first, last = times.seconds(times.start), times.now
    hours = np.arange(first // DAY * DAY, last, HOUR, dtype=float)
    volumes = factors(calendar, times, hours).reshape(-1, DAY // HOUR).mean(axis=1)
    days = [
        datetime.fromtimestamp(first, UTC).date() + timedelta(days=n)
        for n in range(len(volumes))
    ]
    free = public_holidays(calendar, days[0], days[-1]) if days else set()
    periods = {
        event.name: [times.seconds(when) for when in event.period]
        for event in calendar.events
    }
    found = []
    for day, volume in zip(days, volumes.tolist(), strict=True):
        start = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        on = tuple(
            name
            for name, (begin, over) in periods.items()
            if begin < start + DAY and over > start
        )
        is_free = day in free
        factor = calendar.holiday if is_free else 1.0
        found.append(Day(day, max(volume * factor, 0.0), is_free, on))
    return found


def public_holidays(calendar: Calendar, first: date, last: date) -> set[date]:
    """The holidays of a calendar between two days, both included."""
    if calendar.holidays is None or calendar.holiday == 1:
        return set()
    country, part = calendar.holidays, calendar.subdivision

    def find(_: str) -> bytes:
        import holidays

        years = range(first.year, last.year + 1)
        days = holidays.country_holidays(country, part, years=years)
        return json.dumps(sorted(day.isoformat() for day in days)).encode()

    key = f"{country} {part} {first.year} {last.year}"
    found = json.loads(made(f"holidays {installed.state()}", [key], find)[key])
    days = map(date.fromisoformat, found)
    return {day for day in days if first <= day <= last}
