"""Events per day, and how many of them each day was open to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from compiler.profiling.moments.clock import DAY, Floats, day_of

ROUNDS = 8
"""So many rounds of volumes and exposures: later ones change less than a part in a thousand."""


@dataclass(frozen=True)
class Days:
    """How many events each day of a period has."""

    first: date
    counts: Floats
    exposure: Floats
    """The events that each day would have if all days had the same volume, up to a factor: fewer
    where many rows must be later (or earlier)."""

    @property
    def dates(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range(len(self.counts))]


def daily(
    moments: Floats,
    start: float,
    end: float,
    after: Floats | None = None,
    before: Floats | None = None,
) -> Days:
    """The counts of a period's days; `after` and `before` limit the moment of each row.

    The exposure of limited rows is the product-limit estimate for truncated data (Lynden-Bell
    1971; Efron and Petrosian 1999), in days: each row spreads over the days that it could have.
    """
    days = round((end - start) / DAY)
    inside = (moments >= start) & (moments < end)
    place = ((moments[inside] - start) // DAY).astype(np.int64)
    counts = np.bincount(place, minlength=days).astype(float)
    if after is None and before is None:
        return Days(day_of(start), counts, np.ones(days))
    low = (
        np.zeros(int(inside.sum())) if after is None else (after[inside] - start) / DAY
    )
    high = np.full_like(low, days) if before is None else (before[inside] - start) / DAY
    low = np.clip(np.nan_to_num(low, nan=0.0), 0, place)
    high = np.clip(np.nan_to_num(high, nan=days), place + 1e-3, days)
    return Days(day_of(start), counts, exposure(counts, low, high))


def exposure(counts: Floats, low: Floats, high: Floats) -> Floats:
    """The exposure of each day to rows that may be from `low` to `high`, in days."""
    days = len(counts)
    volume = np.ones(days)
    open_days = np.ones(days)
    first = np.minimum(low.astype(np.int64), days - 1)
    last = np.minimum(np.ceil(high).astype(np.int64) - 1, days - 1)
    edges = np.arange(days + 1)
    for _ in range(ROUNDS):
        total = np.append(0.0, np.cumsum(volume))
        room = np.interp(high, edges, total) - np.interp(low, edges, total)
        weight = 1 / np.maximum(room, 1e-9)
        change = np.zeros(days + 1)
        np.add.at(change, first, weight)
        np.add.at(change, last + 1, -weight)
        open_days = np.cumsum(change)[:days]
        # Of the first and the last day a row has only a part.
        np.add.at(open_days, first, -weight * (low - first))
        np.add.at(open_days, last, -weight * (last + 1 - high))
        open_days = np.maximum(open_days, 1e-9)
        volume = (counts + 0.5) / (open_days + 0.5 * open_days.mean() / counts.mean())
        volume /= volume.mean()
    mean = float(open_days.mean())
    return np.divide(open_days, mean)
