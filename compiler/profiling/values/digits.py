"""Numbers as people write them: few digits, and ends that show no single row."""

from __future__ import annotations

import math

MOST_DECIMALS = 6
"""Numbers with more digits behind the point are taken to be of no fixed number of them."""


def significant(value: float, digits: int = 3) -> float:
    """The value with so many significant digits."""
    return float(f"{value:.{digits}g}") + 0.0


def roundest(low: float, high: float) -> float:
    """The number of the fewest digits from `low` to `high`; of these the one nearest 0."""
    if low <= 0 <= high:
        return 0.0
    if low < 0:
        return -roundest(-high, -low)
    if not math.isfinite(high) or high <= 0:
        return low
    power = math.floor(math.log10(high))
    for exponent in range(power, power - 16, -1):
        for unit in (10.0**exponent, 5 * 10.0 ** (exponent - 1)):
            number = math.ceil(low / unit * (1 - 1e-12)) * unit
            if number <= high * (1 + 1e-12):
                return float(f"{number:.15g}")
    return low


def as_number(value: float, is_integer: bool) -> int | float:
    """A number of a spec: an int where the column holds whole numbers."""
    return round(value) if is_integer else float(value)


def percent(share: float) -> str:
    """A share in words: `12 %`, `0.4 %`."""
    return f"{100 * share:.3g} %"
