"""The numbers of shop.toml, for the programs that make the same two tables without a script."""

from __future__ import annotations

import math
from datetime import date, timedelta

TIERS = {"Free": 0.6, "Pro": 0.3, "Enterprise": 0.1}
WEIGHTS = {"Free": 1, "Pro": 2, "Enterprise": 5}
REGIONS = {"North": 0.4, "South": 0.25, "East": 0.2, "West": 0.15}
DOMAINS = {"example.com": 0.6, "example.org": 0.25, "example.net": 0.15}
STATUS = {
    "delivered": 0.65,
    "shipped": 0.15,
    "processing": 0.1,
    "pending": 0.05,
    "cancelled": 0.05,
}
AMOUNT = {"Free": (55, 0.6), "Pro": (245, 0.7), "Enterprise": (1800, 0.8)}
"""The mean and sigma of a tier."""
SKEW = math.log(0.2) / math.log(0.8)
"""A power of the draw: 80 % fall in the first fifth."""
DAYS = 180
WEEKEND, HOLIDAY, YEARLY = 1.3, 1.6, 0.15
OUTAGE, FACTOR = (31, 21), 3.0
"""Days before the end."""
POOL = 2_000
"""Texts of Faker, of each part of a name."""
CUSTOMERS, ORDERS = 1_000_000, 10_000_000
"""Rows in full."""


def log_mean(tier: str) -> float:
    """The mean of the logarithm of a tier's amounts."""
    mean, sigma = AMOUNT[tier]
    return math.log(mean) - sigma**2 / 2


def volumes(end: date) -> list[float]:
    """How many orders each day of the window has, relative to a plain weekday."""
    import holidays

    days = [end - timedelta(days=DAYS - n) for n in range(DAYS)]
    free = holidays.country_holidays("US", years=range(days[0].year, end.year + 1))
    return [volume(day, end, day in free) for day in days]


def volume(day: date, end: date, is_holiday: bool) -> float:
    """How many orders a day has."""
    from_peak = day.timetuple().tm_yday - date(2024, 12, 15).timetuple().tm_yday
    found = 1 + YEARLY * math.cos(2 * math.pi * from_peak / 365.25)
    found *= WEEKEND if day.weekday() >= 5 else 1
    found *= HOLIDAY if is_holiday else 1
    return found * (FACTOR if OUTAGE[1] < (end - day).days <= OUTAGE[0] else 1)
