"""Times as seconds, without those that mean "none", and lengths as a spec has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from compiler.sources.model import SourceColumn
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

Floats = NDArray[np.float64]

DAY = 86_400
HOUR = 3_600
MINUTE = 60
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years that a spec can have; others mean "always" or "never"."""
FAULT_SHARE = 0.02
"""If fewer rows have the start of 1900 or of 1970, these are faults, no moments."""


@dataclass(frozen=True)
class Times:
    """A column's moments: seconds since 1970, NaN where there is none."""

    seconds: Floats
    is_date: bool
    is_fault: NDArray[np.bool_]
    """Where a moment was left out: the start of 1900 or of 1970."""
    endless: int = 0
    """Moments outside of the years of a spec, which count as null."""

    @property
    def faults(self) -> int:
        return int(self.is_fault.sum())

    @property
    def known(self) -> Floats:
        return self.seconds[np.isfinite(self.seconds)]

    @property
    def null_share(self) -> float:
        """The share of rows without a moment, faults apart."""
        rows = len(self.seconds) - self.faults
        return (rows - len(self.known)) / rows if rows else 0.0

    @property
    def unit(self) -> float:
        """The step between neighboring moments, in seconds."""
        return float(DAY if self.is_date else 1)


def times_of(series: pl.Series, column: SourceColumn) -> Times:
    """The moments of a column of any polars type; texts that are none count as null."""
    import polars as pl

    if series.dtype == pl.String:
        series = series.str.to_datetime(strict=False, time_zone="UTC")
    if isinstance(series.dtype, pl.Datetime) and series.dtype.time_zone:
        series = series.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    if series.dtype not in (pl.Date, pl.Datetime):
        none = np.full(len(series), np.nan)
        return Times(none, column.data is Data.DATE, np.isfinite(none))
    whole = series.cast(pl.Datetime("us")).dt.epoch("us").cast(pl.Float64)
    seconds = np.floor(whole.fill_null(np.nan).to_numpy() / 1e6)
    years = series.dt.year().cast(pl.Float64).fill_null(np.nan).to_numpy()
    outside = (years < FIRST_YEAR) | (years >= LAST_YEAR)
    fault = np.isin(seconds, [epoch(date(1900, 1, 1)), 0.0])
    if fault.sum() >= FAULT_SHARE * max(len(seconds), 1):
        fault[:] = False
    seconds = np.where(outside | fault, np.nan, seconds)
    is_date = column.data is Data.DATE
    return Times(seconds, is_date, fault, int(outside.sum()))


def epoch(day: date) -> float:
    """The midnight at which a day starts, in seconds since 1970."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


def day_of(seconds: float) -> date:
    """The day of a moment."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()


def length(seconds: float) -> str:
    """A length as a spec has it, to about three digits: "14h", "2.5d"."""
    if seconds >= DAY and seconds % DAY == 0:
        return f"{int(seconds // DAY)}d"
    units = ((DAY, "d", 1.5, 2), (HOUR, "h", 1.5, 2), (MINUTE, "m", 10.0, 1))
    for size, unit, least, places in units:
        count = seconds / size
        if count >= least:
            digits = max(0, min(places, 2 - int(np.log10(count))))
            return f"{round(count, digits):g}{unit}"
    return f"{max(0, round(seconds))}s"


def floor_length(seconds: float) -> str:
    """The same, at most this long: a lower bound leaves no value out."""
    return _bound(seconds, np.floor)


def ceil_length(seconds: float) -> str:
    """The same, at least this long: an upper bound leaves no value out."""
    return _bound(seconds, np.ceil)


def _bound(seconds: float, rounded: np.ufunc) -> str:
    """The length in its largest unit, rounded in one direction to about two digits."""
    for size, unit in ((DAY, "d"), (HOUR, "h"), (MINUTE, "m")):
        if seconds >= 3 * size or (seconds >= size and seconds % size == 0):
            return f"{int(rounded(seconds / size))}{unit}"
    return f"{int(rounded(seconds))}s"
