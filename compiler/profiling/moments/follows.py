"""Which moments of a row come after others, or before those of other rows, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from compiler.profiling.moments.clock import DAY, Floats, Times
from compiler.profiling.moments.gaps import best_score

LEAST_ROWS = 50
"""Rows with both moments, at least."""
EXCEPTIONS = 0.001
"""Share of the rows in which the order may be the other one: faults in the data."""
LEAST_GAIN = 0.15
"""By so much more must a delay explain each row than a moment anywhere in the period does, in
logarithms of density: about a sixth more."""
LEAST_WRONG, LEAST_WRONG_SHARE = 20, 0.01
"""So many rows would have the other order if the two moments had nothing to do with each other:
with fewer, that they never do shows nothing."""
TIE = 0.02
"""Gains that differ less are equal: then the nearer moment counts."""
NEAR_SHARE = 0.1
"""A moment of another row that always ends before the period starts is still followed, if it
ends less than this share of the period before."""
RECENT = 0.995
"""This share of the delays is over: rows so old have no moment that is yet to come."""
OLD_SHARE = 0.25
"""Share of the rows that must be old enough to show all delays."""

USUAL, FAR = 0.998, 5.0
"""Delays of so many times the longest of this share come from faults, such as repeated keys."""
OPEN = 0.5
"""Share of the rows whose limit may be beyond the period: with more, it is hardly one."""


class Manner(Enum):
    OFFSET = "a delay of its own after the other moment"
    AFTER = "anywhere in the period, but after the other moment"
    LEAD = "a delay of its own before the other moment"
    BEFORE = "anywhere in the period, but before the other moment"


@dataclass(frozen=True)
class Follow:
    """How a moment follows another one."""

    path: str
    manner: Manner
    gain: float
    gaps: Floats
    """Of the rows that show the delay as it is: old enough that none is yet to come."""
    rows: NDArray[np.int64]
    """The rows of these gaps."""
    is_certain: bool = True
    """False if the two periods do not even overlap."""
    before: str | None = None
    """The path of a moment of another row that it never passes."""


@dataclass(frozen=True)
class Other:
    """A moment that may be followed: by its path, and as far from the row as it has steps."""

    path: str
    times: Times

    @property
    def steps(self) -> int:
        return self.path.count(".")


def follow(
    own: Times, others: Sequence[Other], limits: Sequence[Other] = ()
) -> Follow | None:
    """The moment that this one follows; None if it follows none.

    `limits` are moments of other rows that it may never pass.
    """
    found = [one for other in others if (one := followed(own, other))]
    if not found:
        return None
    steps = {other.path: other.steps for other in others}
    offsets = [one for one in found if one.manner is Manner.OFFSET]
    best = max(one.gain for one in (offsets or found))
    equal = [one for one in (offsets or found) if one.gain >= best - TIE]
    best_one = min(equal, key=lambda one: (not one.is_certain, steps[one.path]))
    followed_times = next(one.times for one in others if one.path == best_one.path)
    return with_limit(best_one, own, followed_times, limits)


def precede(own: Times, others: Sequence[Other], found: Follow | None) -> Follow | None:
    """The moment of another row that this one comes before, if that explains more than `found`.

    Time runs backwards for it: what follows there precedes here.
    """
    if found is not None and (found.manner is Manner.OFFSET or found.before):
        return found
    mirrored = [Other(one.path, backwards(one.times)) for one in others]
    lead = follow(backwards(own), mirrored)
    if lead is None or not lead.is_certain:
        return found
    if lead.manner is Manner.OFFSET:
        return replace(lead, manner=Manner.LEAD)
    return found or replace(lead, manner=Manner.BEFORE)


def backwards(times: Times) -> Times:
    return replace(times, seconds=-times.seconds)


def followed(own: Times, other: Other) -> Follow | None:
    """How a moment follows another one, if it does."""
    x, y = other.times.seconds, own.seconds
    unit = max(own.unit, other.times.unit)
    both = np.isfinite(x) & np.isfinite(y)
    if both.sum() < LEAST_ROWS:
        return None
    earlier = x[both] if unit == 1 else x[both] // DAY * DAY
    if (y[both] < earlier).mean() > EXCEPTIONS:
        return None
    period = float(y[both].min()), float(y[both].max()) + own.unit
    shuffled = np.random.default_rng(0).permutation(earlier)
    wrong = int((y[both] < shuffled).sum())
    overlaps = wrong >= max(LEAST_WRONG, LEAST_WRONG_SHARE * both.sum())
    room = period[1] - np.maximum(earlier, period[0])
    anywhere = -np.log(period[1] - period[0])
    after = float(-np.log(np.maximum(room, own.unit)).mean()) - anywhere
    rows = np.flatnonzero(both)
    if own.is_date == other.times.is_date:
        kept = usual_rows(x, y, old_rows(x, y, period))
        gaps = y[kept] - x[kept]
        if len(gaps) >= LEAST_ROWS and (overlaps or is_narrow(gaps, period)):
            gain = best_score(gaps, own.unit) - anywhere
            if gain > max(after, 0.0) + LEAST_GAIN:
                return Follow(other.path, Manner.OFFSET, gain, gaps, kept)
    none_missing = other.times.null_share == 0
    gaps = y[both] - x[both]
    found = Follow(other.path, Manner.AFTER, after, gaps, rows)
    if overlaps and none_missing:
        return found
    near = period[0] - float(x[both].max()) <= NEAR_SHARE * (period[1] - period[0])
    if near and none_missing and other.steps and not overlaps:
        return replace(found, is_certain=False)
    return None


def is_narrow(gaps: Floats, period: tuple[float, float]) -> bool:
    """Whether the gaps are alike although the two periods do not overlap."""
    return float(gaps.max() - gaps.min()) < NEAR_SHARE * (period[1] - period[0])


def old_rows(x: Floats, y: Floats, period: tuple[float, float]) -> NDArray[np.int64]:
    """The rows with both moments that are old enough to show any delay.

    Of young rows only short delays can be seen: to count these would make delays too short. A
    few delays may be far longer than all others; those may be cut off.
    """
    both = np.isfinite(x) & np.isfinite(y)
    gaps = y[both] - x[both]
    old = both & (x < period[1] - np.quantile(gaps, RECENT))
    return np.flatnonzero(old if old.sum() >= OLD_SHARE * both.sum() else both)


def usual_rows(x: Floats, y: Floats, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows without exceptions: the other order, or a delay far longer than all others."""
    gaps = y[rows] - x[rows]
    limit = FAR * np.quantile(gaps, USUAL) if len(gaps) else 0.0
    return rows[(gaps >= 0) & (gaps <= limit)]


def with_limit(found: Follow, own: Times, of: Times, limits: Sequence[Other]) -> Follow:
    """The same with the moment of another row that it never passes, if that explains more.

    Where the limit is null, it is the end of the period.
    """
    x, y = of.seconds, own.seconds
    both = np.isfinite(x) & np.isfinite(y)
    if not found.is_certain or of.null_share > 0:
        return found
    start, end = float(y[both].min()), float(y[both].max()) + own.unit
    best = found
    for limit in limits:
        if limit.path == found.path or own.is_date != limit.times.is_date:
            continue
        seconds = limit.times.seconds
        z = np.where(np.isfinite(seconds), seconds, end)
        if (z[both] < y[both]).mean() > EXCEPTIONS or (z[both] >= end).mean() > OPEN:
            continue
        room = z[both] - np.maximum(x[both], start)
        gain = float(np.log(end - start) - np.log(np.maximum(room, own.unit)).mean())
        if gain > best.gain + LEAST_GAIN:
            best = replace(found, manner=Manner.AFTER, gain=gain, before=limit.path)
    return best
