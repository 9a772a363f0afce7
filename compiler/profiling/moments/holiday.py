"""The country whose holidays the volume follows."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from compiler.profiling.moments.clock import Floats
from compiler.profiling.tables import Tables
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

LARGE = (
    *("US", "GB", "DE", "FR", "ES", "IT", "NL", "PL", "BE", "AT", "CH", "SE", "DK"),
    *("NO", "FI", "PT", "IE", "CZ", "RO", "GR", "TR", "BR", "MX", "AR", "CO", "CL"),
    *("CA", "IN", "JP", "CN", "KR", "AU", "NZ", "ZA", "SG", "ID", "PH", "TH", "VN"),
)
"""Countries with large markets, that are tried in any case."""
LEAST_DAYS = 2
"""So many holidays must be off in the same direction: a single one could be anything."""
LEAST_GAIN = 25.0
"""Twice the gain of log-likelihood, at least: chance exceeds it once in two million."""
LARGEST_GAIN = 60.0
"""Of one day: an event on a holiday must not decide alone."""
MOSTLY = 0.6
"""Share of the holidays that must differ in the same direction."""
SUGGESTED = 4.0
"""Gain of a country that the data name: between equals, it is the likelier one."""
LOCALE_PLACES = 2


@dataclass(frozen=True)
class Holidays:
    """A country, its holidays among the days, and their factor."""

    country: str
    days: NDArray[np.bool_]
    factor: float
    differing: int
    """How many of them differ by themselves."""


def suggested_countries(tables: Tables) -> list[str]:
    """The countries that columns named after countries or locales hold."""
    found: dict[str, int] = {}
    for table in tables.source.tables:
        if table.scan is None:
            continue
        for column in table.columns:
            named = "country" in column.name or "locale" in column.name
            if named and column.data is Data.TEXT:
                values = tables.sample(table)[column.name]
                for code, count in codes(values):
                    found[code] = found.get(code, 0) + count
    return sorted(found, key=lambda code: -found[code])


def codes(values: pl.Series) -> Iterable[tuple[str, int]]:
    """Codes of two letters, or those at the end of a locale, and how often each occurs."""
    import polars as pl

    counts = values.cast(pl.String).drop_nulls().value_counts(name="/rows")
    for text, count in counts.iter_rows():
        code = text.strip()[-LOCALE_PLACES:]
        if code.isalpha() and code.isupper() and (len(text) in (2, 5)):
            yield code, count


def likeliest(
    dates: Sequence[date],
    counts: Floats,
    expected: Floats,
    noise: float,
    free: NDArray[np.bool_],
    suggested: Sequence[str] = (),
) -> Holidays | None:
    """The country whose holidays explain the most; None if no holidays differ."""
    import holidays

    supported = holidays.list_supported_countries()
    countries = [one for one in dict.fromkeys((*suggested, *LARGE)) if one in supported]
    best: tuple[float, Holidays | None] = (LEAST_GAIN, None)
    for country in countries:
        days = holidays_among(country, tuple(dates))
        gain, found = evidence(country, days & free, counts, expected, noise)
        gain += SUGGESTED if found and country in suggested else 0.0
        if found and gain > best[0]:
            best = gain, Holidays(country, days, found.factor, found.differing)
    return best[1]


@functools.cache
def holidays_among(country: str, dates: tuple[date, ...]) -> NDArray[np.bool_]:
    """Which days are public holidays of a country; none in years that are not known."""
    import holidays

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on years that are not known
        years = range(dates[0].year, dates[-1].year + 1)
        known = holidays.country_holidays(country, years=years)
        return np.array([day in known for day in dates])


def evidence(
    country: str,
    days: NDArray[np.bool_],
    counts: Floats,
    expected: Floats,
    noise: float,
) -> tuple[float, Holidays | None]:
    """How much better a factor on these days explains their counts."""
    if days.sum() < LEAST_DAYS:
        return 0.0, None
    seen, usual = counts[days], np.maximum(expected[days], 1e-9)
    factor = weighted_median(seen / usual, usual)
    scale = 1 + noise**2 * usual
    log = np.log(max(factor, 1e-3))
    gains = 2 * (seen * log - (factor - 1) * usual) / scale
    gains = np.clip(gains, -LARGEST_GAIN, LARGEST_GAIN)
    deviations = (seen / usual - 1) * np.sqrt(usual / scale)
    same = np.sign(deviations) == np.sign(factor - 1)
    differing = int((same & (np.abs(deviations) > 2)).sum())
    if differing < LEAST_DAYS or same.mean() < MOSTLY:
        return 0.0, None
    return float(gains.sum()), Holidays(country, days, factor, differing)


def weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
