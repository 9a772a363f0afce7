"""Moments: within their period, by the calendar and the hours of the day."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np

from compiler.plan.sample.values import Array
from compiler.spec.calendar import Calendar, Event
from compiler.spec.columns.hours import HOURS
from compiler.spec.columns.moments import Date, Timestamp
from compiler.spec.time import When
from compiler.spec.zones import UTC as UTC_NAME

DAY, HOUR = 86_400, 3_600


@dataclass(frozen=True)
class Times:
    """What moments depend on besides their column."""

    start: When
    """The window's start."""
    end: date
    """The window's end; of one that ends today, some day."""
    calendars: Mapping[str, Calendar]

    def seconds(self, when: When, zone: str = UTC_NAME) -> float:
        """A moment; a day begins at midnight in the time zone."""
        return when.on(self.end, ZoneInfo(zone)).timestamp()

    def local_period(self, event: Event, zone: str) -> tuple[float, float]:
        """What the clocks of a time zone show at an event's start and end."""
        clock = ZoneInfo(zone)
        found = [when.on(self.end, clock).astimezone(clock) for when in event.period]
        first, last = (moment.replace(tzinfo=UTC).timestamp() for moment in found)
        return first, last

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
    weights, local = np.ones(len(edges) - 1), edges[:-1]
    calendar = times.calendars[spec.shape] if spec.shape is not None else None
    if calendar is not None and isinstance(spec, Timestamp):
        local = local_time(local, calendar.timezone)
    hours = hours_of(spec)
    if hours is not None:
        weights *= np.array(hours, float)[(local // HOUR % 24).astype(int)]
    if calendar is not None:
        weights *= factors(calendar, times, local)
    return edges, np.append(0.0, np.cumsum(weights))


def local_time(moments: Array, zone: str) -> Array:
    """What clocks in a time zone show at moments in order, to the day of a change of clocks."""
    if zone == UTC_NAME:
        return moments
    days, of_day = np.unique(moments // DAY, return_inverse=True)
    clock = ZoneInfo(zone)
    noons = [
        datetime.fromtimestamp(day * DAY + DAY / 2, clock) for day in days.tolist()
    ]
    offsets = [
        noon.replace(tzinfo=UTC).timestamp() - noon.timestamp() for noon in noons
    ]
    found: Array = moments + np.array(offsets)[of_day]
    return found


def factors(calendar: Calendar, times: Times, moment: Array) -> Array:
    """The volume that a calendar gives each moment, against a plain weekday.

    The moments are those that the clocks of its time zone show.
    """
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
        first, last = times.local_period(event, calendar.timezone)
        volume *= np.where((moment >= first) & (moment < last), event.factor, 1.0)
    return volume
