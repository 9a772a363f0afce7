"""Patterns as the calendars of a spec, one for all columns that follow it alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from compiler.profiling.draft import Settings
from compiler.profiling.moments.clock import Floats
from compiler.profiling.moments.holiday import holidays_among
from compiler.profiling.moments.pattern import YEARLY_DAYS, Event, Pattern

FLAT = "flat"
SAME = 0.15
"""Two patterns are the same if a day's volumes differ by less than this on average (root mean
square of the logarithm), as far as a day's volume is known from its rows."""


@dataclass(frozen=True)
class Calendar:
    """A calendar of the spec, and the pattern that it comes from."""

    name: str
    pattern: Pattern
    settings: Settings
    comments: list[str]

    @property
    def events(self) -> dict[str, Event]:
        """The events by name."""
        names = [event["name"] for event in self.settings.get("events", ())]
        return dict(zip(names, self.pattern.events, strict=True))


def settings(pattern: Pattern, first: int = 1) -> Settings:
    """The pattern in the words of a spec; what has no effect is left out.

    Events are numbered from `first` on, as calendars share the names of events.
    """
    found: Settings = {}
    if pattern.weekend != 1:
        found["weekend"] = round(pattern.weekend, 2)
    if pattern.country is not None:
        found["holidays"] = pattern.country
        found["holiday"] = round(pattern.holiday, 2)
    if pattern.yearly and pattern.peak:
        found["yearly"] = round(pattern.yearly, 2)
        found["peak"] = f"{pattern.peak:%m-%d}"
    if pattern.growth:
        found["growth"] = round(pattern.growth, 2)
    if pattern.noise:
        found["noise"] = round(pattern.noise, 2)
    if pattern.events:
        found["events"] = [
            event_settings(n, event)
            for n, event in enumerate(pattern.events, start=first)
        ]
    return found


def event_settings(number: int, event: Event) -> Settings:
    return {
        "name": f"event_{number}",
        "start": event.start,
        "end": event.end,
        "factor": round(event.factor, 2),
    }


def comments(pattern: Pattern, column: str, first: int = 1) -> list[str]:
    """What a calendar rests on."""
    found = [f"from {column}: {pattern.rows:,} rows on {pattern.days:,} days"]
    if pattern.reason:
        found.append(f"flat: {pattern.reason}")
    elif pattern.is_flat:
        found.append("flat: no day differs more than by chance")
    if pattern.weekend != 1:
        error = 2 * pattern.weekend_error
        found.append(f"weekend: {pattern.weekend:.2f} ± {error:.2f}")
    if pattern.country is not None:
        found.append(
            f"holidays: {pattern.country} explains the days best; "
            f"{pattern.holidays} of its holidays are among them"
        )
    if pattern.growth and pattern.days < YEARLY_DAYS:
        found.append(
            "growth: a trend in less than a year; it may be part of a wave over the year"
        )
    for number, event in enumerate(pattern.events, start=first):
        days = (event.end - event.start).days
        found.append(
            f"event_{number}: {days} day{'s' if days > 1 else ''} far from what is expected"
        )
    return found


def volumes(pattern: Pattern, dates: Sequence[date]) -> Floats:
    """The relative volume that a pattern gives each day, without noise."""
    found = np.ones(len(dates))
    if pattern.country is not None:
        found[holidays_among(pattern.country, tuple(dates))] = pattern.holiday
    for place, day in enumerate(dates):
        if pattern.peak is not None:
            apart = day.timetuple().tm_yday - pattern.peak.timetuple().tm_yday
            found[place] *= 1 + pattern.yearly * np.cos(2 * np.pi * apart / 365.25)
        if day.weekday() >= 5:
            found[place] *= pattern.weekend
        found[place] *= (1 + pattern.growth) ** (place / 365)
        for event in pattern.events:
            if event.start <= day < event.end:
                found[place] *= event.factor
    mean = float(found.mean())
    return np.divide(found, mean)


def same(one: Pattern, other: Pattern, start: date, days: int) -> bool:
    """Whether two patterns give each day about the same volume."""
    if one.is_flat or other.is_flat:
        return one.is_flat and other.is_flat
    dates = [start + timedelta(days=n) for n in range(days)]
    apart = np.log(np.maximum(volumes(one, dates), 1e-3))
    apart -= np.log(np.maximum(volumes(other, dates), 1e-3))
    rows = max(min(one.rows, other.rows) / days, 1e-3)
    allowed = SAME + 1 / np.sqrt(rows * days)
    return bool(np.sqrt(((apart - apart.mean()) ** 2).mean()) < allowed)
