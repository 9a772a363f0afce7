"""Numbers that are no values: -1, 9999, -999999 and the like, far from all others."""

from __future__ import annotations

from compiler.profiling.values.sample import Array

MOST = 0.02
"""Faults are at most so many of the rows: more of them have a meaning."""
FAR = 5.0
"""They are so many times further off than all other numbers are apart."""
LEAST_DIFFERENT = 5
"""There are so many other numbers: of a few, a distant one may well be one more."""
SENTINELS = (-1, -9, -99, -999, -9_999, 9_999)
"""Numbers that people write where there is none. Larger ones are faults."""
LEAST_ROWS = 3
"""Rows that have such a number: a single one may be a value like others."""
MOST_SENTINELS = 0.9
"""The share of the rows that may have none of the other numbers."""


def without_faults(values: Array) -> tuple[Array, int]:
    """Sorted numbers without those that are far off, and how many these were."""
    import numpy as np

    rows = len(values)
    kept = values
    for _ in range(2):  # on one side, then on the other
        gaps = np.diff(kept)
        if not len(gaps):
            break
        place = int(gaps.argmax())
        left, right = kept[: place + 1], kept[place + 1 :]
        few, many = (left, right) if len(left) < len(right) else (right, left)
        gone = rows - len(many)
        wide = float(many[-1] - many[0])
        if wide <= 0 or gone > MOST * rows or gaps[place] <= FAR * wide:
            break
        if len(few) == rows or len(np.unique(many)) < LEAST_DIFFERENT:
            break
        kept = many
    return kept, rows - len(kept)


def sentinels_of(values: Array) -> list[float]:
    """The numbers among these that mean that there is none.

    Negative ones are, where all others are positive; large ones, where all others are far less.
    """
    import numpy as np

    known = values[~np.isnan(values)]
    is_one = np.isin(known, SENTINELS)
    others = known[~is_one]
    if is_one.sum() > MOST_SENTINELS * len(known) or not is_one.any():
        return []
    if len(np.unique(others)) < LEAST_DIFFERENT:
        return []
    least, greatest = float(others.min()), float(others.max())
    numbers, rows = np.unique(known[is_one], return_counts=True)
    return [
        float(number)
        for number, count in zip(numbers, rows, strict=True)
        if count >= LEAST_ROWS and is_far(float(number), least, greatest)
    ]


def is_far(number: float, least: float, greatest: float) -> bool:
    """Whether a number is far off others between these, none of which is negative."""
    if number < 0:
        return least > 0 or (number < -1 and least == 0)
    return least >= 0 and number - greatest > greatest - least
