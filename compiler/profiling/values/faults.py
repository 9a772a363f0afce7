"""Numbers that are no values: -999999 and the like, far from all others."""

from __future__ import annotations

from compiler.profiling.values.sample import Array

MOST = 0.02
"""Faults are at most so many of the rows: more of them have a meaning."""
FAR = 5.0
"""They are so many times further off than all other numbers are apart."""
LEAST_DIFFERENT = 5
"""There are so many other numbers: of a few, a distant one may well be one more."""


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
