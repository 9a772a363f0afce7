"""Functions of the calendar in expressions over sampled rows; a moment is its seconds from 1970."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from compiler.plan.sample.moments import DAY, HOUR
from compiler.plan.sample.values import Array

MINUTE, QUARTER_HOUR = 60, 900
MONDAY = 4 * DAY
"""The first one after the start of 1970."""
MONTHS = {"month": 1, "quarter": 3, "year": 12}
SECONDS = {"minute": MINUTE, "hour": HOUR, "day": DAY}
FIRST = date(1970, 1, 1)


def months(moment: Array) -> Array:
    """Whole months since 1970."""
    return moment.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)


def month_start(month: Array) -> Array:
    """The start of a month, by its number since 1970."""
    start = month.astype(np.int64).astype("datetime64[M]")
    seconds: Array = start.astype("datetime64[s]").astype(np.int64)
    return seconds


def trunc(moment: Array, units: Array) -> Array:
    unit = str(units[0]) if len(units) else "day"
    if unit in MONTHS:
        return month_start(months(moment) // MONTHS[unit] * MONTHS[unit])
    if unit == "week":
        weeks: Array = (moment - MONDAY) // (7 * DAY) * (7 * DAY) + MONDAY
        return weeks
    whole: Array = moment // SECONDS[unit] * SECONDS[unit]
    return whole


def months_later(moment: Array, count: Array) -> Array:
    month = months(moment)
    since = moment - month_start(month)
    last = month_start(month + count + 1) - DAY + moment % DAY
    later: Array = np.minimum(month_start(month + count) + since, last)
    return later


def for_each(step: int, function: Callable[[int], Any], moment: Array) -> Array:
    """A function of the steps that moments are in, called once for each different one."""
    found, places = np.unique(moment // step, return_inverse=True)
    return np.array([function(int(each)) for each in found])[places]


def local(moment: Array, zones: Array) -> Array:
    if not len(zones):
        return moment
    zone = ZoneInfo(str(zones[0]))

    def offset(quarter: int) -> float:
        found = datetime.fromtimestamp(quarter * QUARTER_HOUR, UTC).astimezone(zone)
        return (found.utcoffset() or timedelta()).total_seconds()

    there: Array = moment + for_each(QUARTER_HOUR, offset, moment)
    return there


def is_holiday(moment: Array, countries: Array, parts: Array | None = None) -> Array:
    if not len(countries):
        return np.zeros(0, bool)
    import holidays

    part = None if parts is None else str(parts[0])
    free = holidays.country_holidays(str(countries[0]), part)
    return for_each(DAY, lambda day: FIRST + timedelta(days=day) in free, moment)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "later": lambda moment, seconds: moment + np.rint(seconds),
    "months_later": months_later,
    "seconds_between": lambda a, b: b - a,
    "quarter": lambda moment: months(moment) % 12 // 3 + 1,
    "days_in_month": lambda moment: (
        (month_start(months(moment) + 1) - month_start(months(moment))) // DAY
    ),
    "month_start": lambda moment: month_start(months(moment)),
    "month_end": lambda moment: month_start(months(moment) + 1) - DAY,
    "trunc": trunc,
    "local": local,
    "is_holiday": is_holiday,
}
