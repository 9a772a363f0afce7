"""Numbers as a spec has them."""

from __future__ import annotations

import math

DIGITS = 3
"""Significant digits: more would be those of the sample."""


def rounded(value: float, digits: int = DIGITS) -> float:
    """The number with so many significant digits; a whole number as such."""
    if not value or not math.isfinite(value):
        return 0
    found = round(float(value), digits - 1 - math.floor(math.log10(abs(value))))
    return int(found) if found == int(found) else found
