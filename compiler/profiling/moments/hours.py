"""How the hours of a day share the moments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from compiler.profiling.moments.clock import DAY, HOUR, Floats
from compiler.spec.columns.hours import HOURS

LEAST_ROWS = 200
"""With fewer rows, the hours of a day do not show."""
ALIKE = 0.02
"""Share of the rows that may be in other hours than a named profile has them."""
CHANCE = 1.3
"""Times the difference that chance makes on average: it is rarely more."""
ONE_HOUR = 0.98
"""If this share of the moments is at midnight, they are days rather than moments."""
NAMED = {"flat": (1.0,) * 24, **HOURS}


@dataclass(frozen=True)
class Profile:
    """A named profile, or a weight for each hour; and what it rests on."""

    hours: str | list[float]
    comment: str


def profile(moments: Floats) -> Profile:
    """The named profile that the moments have, or their own weights."""
    if len(moments) < LEAST_ROWS:
        return Profile("flat", "hours: too few rows to see their profile")
    if (moments % DAY == 0).mean() > ONE_HOUR:
        return Profile("flat", "hours: all at midnight in the data, which no spec says")
    counts = np.bincount((moments % DAY // HOUR).astype(np.int64), minlength=24)
    shares = counts / counts.sum()
    distances = {}
    for name, weights in NAMED.items():
        usual = np.array(weights) / sum(weights)
        # The mean of |share - usual| is sqrt(2/π) standard deviations.
        chance = np.sqrt(2 / np.pi * usual * (1 - usual) / counts.sum()).sum() / 2
        distance = np.abs(shares - usual).sum() / 2
        distances[name] = (distance, ALIKE + CHANCE * chance)
    name = min(distances, key=lambda one: distances[one][0])
    distance, allowed = distances[name]
    if distance <= allowed:
        return Profile(name, f"hours: within {distance:.1%} of `{name}`")
    own = [float(f"{100 * share:.2g}") for share in shares]
    return Profile(own, f"hours: {distance:.0%} away from `{name}`, so as counted")
