"""Runs of days whose volume is far from what is expected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compiler.profiling.moments.clock import Floats

LONGEST_SHARE = 0.25
"""A longer run than this share of the period is no event but part of its shape."""
LONGEST = 45
"""Days of a run at most."""
LEAST_GAIN = 30.0
"""Twice the gain of log-likelihood of a run, at least: of a chi-squared number with one degree
of freedom, 30 is exceeded with probability 4e-8, and a year has about 15,000 runs."""
LEAST_FACTOR = 1.25
"""A run that differs less, up or down, is left to the noise."""
FARTHEST = 4.0
"""Standard deviations that each day of a run is at most away from the run's factor."""
BEST = 300
"""So many runs with the largest gains are looked at."""


@dataclass(frozen=True)
class Run:
    """Days `start` to `end` (exclusive) of a period, with a factor to what is expected."""

    start: int
    end: int
    factor: float


def find_run(
    counts: Floats,
    expected: Floats,
    noise: float,
    free: NDArray[np.bool_],
    shortest: int = 1,
) -> Run | None:
    """The run of days that is the farthest from expectation; None if none is far.

    The statistic is that of a scan for a change of a Poisson rate (Kulldorff 1997), scaled by
    the overdispersion that the daily noise makes. Days that are not `free` are in no run.
    """
    days = len(counts)
    longest = min(LONGEST, int(days * LONGEST_SHARE))
    sums = [np.append(0.0, np.cumsum(x)) for x in (counts, expected, expected**2)]
    blocked = np.append(0, np.cumsum(~free))
    starts, ends, gains = [], [], []
    for size in range(shortest, longest + 1):
        seen, usual, square = (total[size:] - total[:-size] for total in sums)
        usual = np.maximum(usual, 1e-9)
        scale = 1 + noise**2 * square / usual
        log = np.log(np.maximum(seen, 1e-9) / usual)
        gain = 2 * (seen * log - (seen - usual)) / scale
        small = np.abs(log) < np.log(LEAST_FACTOR)
        gain[small | (blocked[size:] > blocked[:-size])] = 0.0
        starts.append(np.arange(len(gain)))
        ends.append(starts[-1] + size)
        gains.append(gain)
    if not gains:
        return None
    start, end, gain = (np.concatenate(each) for each in (starts, ends, gains))
    for place in np.argsort(-gain, kind="stable")[:BEST]:
        if gain[place] < LEAST_GAIN:
            return None
        run = slice(int(start[place]), int(end[place]))
        factor = float(counts[run].sum() / expected[run].sum())
        usual = factor * expected[run]
        deviation = np.sqrt(usual + (noise * usual) ** 2 + 1)
        if (np.abs(counts[run] - usual) <= FARTHEST * deviation).all():
            return Run(run.start, run.stop, factor)
    return None
