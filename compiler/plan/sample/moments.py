"""Moments: within their period, by the calendar and the hours of the day."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from compiler.plan.sample.values import Array
from compiler.spec.calendar import Calendar
from compiler.spec.columns.hours import HOURS
from compiler.spec.columns.moments import Date, Timestamp
from compiler.spec.time import When

DAY, HOUR = 86_400, 3_600


@dataclass(frozen=True)
class Times:
    """What moments depend on besides their column."""

    start: When
    """The window's start."""
    end: date
    """The window's end; of one that ends today, some day."""
    calendars: Mapping[str, Calendar]

    def seconds(self, when: When) -> float:
        return when.on(self.end).timestamp()

    @property
    def now(self) -> float:
        return self.seconds(When())


def moments(
    spec: Date,
    times: Times,
    after: Array | None,
    before: Array | None,
    shares: Array,
) -> Array:
    """Moments at these shares (0 to 1) of each row's period.

    Holidays and a calendar's noise are left out: no expression reads them.
    """
    start = times.seconds(spec.start or times.start)
    end = times.seconds(spec.end or When())
    low = np.full(len(shares), start) if after is None else np.maximum(after, start)
    high = np.full(len(shares), end) if before is None else np.minimum(before, end)
    high = np.maximum(high, low)
    if spec.shape is None and hours_of(spec) is None:
        found = low + shares * (high - low)
    else:
        edges, volume = volume_by_hour(spec, times, start, end)
        first, last = np.interp(low, edges, volume), np.interp(high, edges, volume)
        found = np.interp(first + shares * (last - first), volume, edges)
        found = np.clip(found, low, high)
    step = 1 if isinstance(spec, Timestamp) else DAY
    rounded: Array = np.floor(found / step) * step
    return rounded


def hours_of(spec: Date) -> tuple[float, ...] | None:
    """The weights of a day's hours; None where all are alike."""
    hours = spec.hours if isinstance(spec, Timestamp) else "flat"
    if isinstance(hours, str):
        return None if hours == "flat" else HOURS[hours]
    return tuple(hours)


def volume_by_hour(
    spec: Date, times: Times, start: float, end: float
) -> tuple[Array, Array]:
    """The hours of a period, and how much has happened until each."""
    first, last = math.floor(start / DAY), math.ceil(end / DAY)
    edges = np.arange(first * DAY, last * DAY + HOUR, HOUR, dtype=float)
    weights = np.ones(len(edges) - 1)
    hours = hours_of(spec)
    if hours is not None:
        weights *= np.resize(np.array(hours, float), len(weights))
    if spec.shape is not None:
        weights *= factors(times.calendars[spec.shape], times, edges[:-1])
    return edges, np.append(0.0, np.cumsum(weights))


def factors(calendar: Calendar, times: Times, moment: Array) -> Array:
    """The volume that a calendar gives each moment, against a plain weekday."""
    days = np.floor(moment / DAY)
    volume = np.ones(len(moment))
    if calendar.yearly:
        month, day = (int(part) for part in calendar.peak.split("-"))
        peak = datetime(2024, month, day, tzinfo=UTC).timestamp() / DAY
        volume += calendar.yearly * np.cos(2 * np.pi * (days - peak) / 365.25)
    weekday = ((days + 3) % 7).astype(int)
    volume *= np.array(calendar.day_factors)[weekday]
    if calendar.growth:
        years = (days - times.now / DAY) / 365.25
        volume *= (1 + calendar.growth) ** years
    for event in calendar.events:
        first, last = (times.seconds(when) for when in event.period)
        volume *= np.where((moment >= first) & (moment < last), event.factor, 1.0)
    return volume
