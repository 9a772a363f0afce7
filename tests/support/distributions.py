"""What data is held against: statistical tests, and a calendar computed anew."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import holidays
import numpy as np
from scipy import optimize, stats

LEAST_P = 1e-4
"""The data of a fixed seed never change, so a test that passes once passes for good."""

Law = Callable[[np.ndarray], np.ndarray]


def assert_follows(values: np.ndarray, law: Law) -> None:
    """Kolmogorov and Smirnov: the values come from the law of this cumulated share."""
    shape: Any = law
    found: Any = stats.kstest(values, shape, method="asymp")
    assert found.pvalue > LEAST_P, f"D = {found.statistic:.5f}, p = {found.pvalue:.2g}"


def cut(law: Law, low: float, high: float) -> Law:
    """The cumulated share of a law of which only low … high is left."""
    below, above = law(np.array([low, high], float))
    return lambda x: (law(np.clip(x, low, high)) - below) / (above - below)


def cut_poisson(mean: float, least: int, most: int) -> np.ndarray:
    """The chances of least … most of the cut Poisson law that has this mean."""
    count = np.arange(least, most + 1)

    def chances(log_rate: float) -> np.ndarray:
        logs = stats.poisson(np.exp(log_rate)).logpmf(count)
        weights = np.exp(logs - logs.max())
        return np.asarray(weights / weights.sum())

    def too_many(log_rate: float) -> float:
        return float(chances(log_rate) @ count) - mean

    return chances(float(optimize.brentq(too_many, -9, 9)))


def assert_shares(
    values: Sequence[Any] | np.ndarray, shares: Mapping[Any, float]
) -> None:
    """Pearson's χ²: the values have these shares (of any sum), and there are no others."""
    found, counts = np.unique(np.asarray(values), return_counts=True)
    seen = dict(zip(found.tolist(), counts.tolist(), strict=True))
    possible = {value for value, share in shares.items() if share > 0}
    assert seen.keys() <= possible, f"not expected: {set(seen) - possible}"
    assert_counts(
        np.array([seen.get(value, 0) for value in possible]),
        np.array([shares[value] for value in possible]),
    )


def assert_counts(counts: np.ndarray, shares: np.ndarray) -> None:
    """Pearson's χ² of counts; those of which few are expected are taken together."""
    assert not counts[shares == 0].any(), "there are some of what is never"
    counts, shares = counts[shares > 0], shares[shares > 0]
    expected = shares * (counts.sum() / shares.sum())
    rare = expected < 10
    if rare.any():
        counts = np.append(counts[~rare], counts[rare].sum())
        expected = np.append(expected[~rare], expected[rare].sum())
    if len(counts) == 1:
        return
    statistic = float(((counts - expected) ** 2 / expected).sum())
    p = float(stats.chi2.sf(statistic, len(counts) - 1))
    worst = np.argmax(np.abs(counts - expected) / np.sqrt(expected))
    assert p > LEAST_P, f"p = {p:.2g}; {counts[worst]} where {expected[worst]:.1f}"


def assert_independent(first: np.ndarray, second: np.ndarray) -> None:
    """χ² of the contingency table of two columns of few values."""
    rows, columns = (
        np.unique(each, return_inverse=True)[1] for each in (first, second)
    )
    grid = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(grid, (rows, columns), 1)
    found: Any = stats.chi2_contingency(grid)
    assert found.pvalue > LEAST_P, f"p = {found.pvalue:.2g}"


def assert_rate(holds: np.ndarray, rate: float) -> None:
    """So large a share is true, within five standard deviations."""
    allowed = 5 * math.sqrt(rate * (1 - rate) / len(holds))
    assert abs(holds.mean() - rate) <= allowed, f"{holds.mean():.5f}, not {rate}"


def assert_mean(values: np.ndarray, mean: float) -> None:
    """The values have this mean, within five standard errors."""
    allowed = 5 * values.std() / math.sqrt(len(values))
    assert abs(values.mean() - mean) <= allowed, f"{values.mean():.5g}, not {mean:.5g}"


def correlation(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.asarray(np.corrcoef(first, second))[0, 1])


def bands(values: np.ndarray, count: int = 5) -> np.ndarray:
    """Which band of about as many values each value lies in."""
    edges = np.quantile(values, np.arange(1, count) / count)
    return np.searchsorted(edges, values)


def busiest_share(parents: np.ndarray, count: int) -> float:
    """The share of the rows that the 20 % of the parents with most rows have.

    Of 12 parents these are the first two and four tenths of the third; of fewer than five the
    first one.
    """
    rows = np.sort(np.bincount(parents, minlength=count))[::-1]
    whole, part = divmod(max(0.2 * count, 1.0), 1)
    busiest = rows[: int(whole)].sum() + part * rows[int(whole)]
    return float(busiest / rows.sum())


def days_from(start: date, end: date) -> list[date]:
    return [start + timedelta(days=n) for n in range((end - start).days)]


def volumes(days: Sequence[date], calendar: Mapping[str, Any]) -> np.ndarray:
    """Each day's volume as SPEC.md tells of it; events have a `first` and an `after` day."""
    countries = calendar.get("holidays", [])
    countries = [countries] if isinstance(countries, str) else countries
    part = calendar.get("subdivision")
    closed = [
        holidays.country_holidays(code[:2], subdiv=code[3:] or part)
        for code in countries
    ]
    week = calendar.get("weekdays", [1] * 5 + [calendar.get("weekend", 1)] * 2)
    month, day = map(int, str(calendar.get("peak", "12-15")).split("-"))
    result = []
    for today in days:
        peak = date(today.year, month, day)
        turn = 2 * math.pi * (today - peak).days / 365.25
        volume = 1 + calendar.get("yearly", 0) * math.cos(turn)
        volume *= week[today.weekday()]
        volume *= calendar.get("holiday", 1) if any(today in c for c in closed) else 1
        volume *= (1 + calendar.get("growth", 0)) ** ((today - days[0]).days / 365.25)
        for event in calendar.get("events", []):
            volume *= event["factor"] if event["first"] <= today < event["after"] else 1
        result.append(volume)
    return np.array(result)
