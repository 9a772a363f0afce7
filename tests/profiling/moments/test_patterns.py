"""What the counts of days show, where the truth is known."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import numpy as np
import pytest

from compiler.profiling.moments.clock import DAY, epoch
from compiler.profiling.moments.counts import Days, daily
from compiler.profiling.moments.pattern import Pattern, pattern

START = date(2025, 7, 1)


def volumes(
    days: int,
    weekend: float = 1.0,
    country: str = "",
    holiday: float = 1.0,
    growth: float = 0.0,
    yearly: float = 0.0,
) -> np.ndarray:
    """The relative volume of each day, as scripts compute it."""
    dates = [START + timedelta(days=n) for n in range(days)]
    known = holidays.country_holidays(country) if country else ()
    found = np.ones(days)
    for n, day in enumerate(dates):
        found[n] += yearly * np.cos(
            2 * np.pi * (day.timetuple().tm_yday - 349) / 365.25
        )
        found[n] *= weekend if day.weekday() >= 5 else 1
        found[n] *= holiday if day in known else 1
        found[n] *= (1 + growth) ** (n / 365)
    return found


def counts(volume: np.ndarray, a_day: float, noise: float = 0.0, seed: int = 0) -> Days:
    rng = np.random.default_rng(seed)
    factors = np.maximum(1 + noise * rng.standard_normal(len(volume)), 0)
    seen = rng.poisson(a_day * volume * factors).astype(float)
    return Days(START, seen, np.ones(len(volume)))


@pytest.mark.parametrize("seed", range(20))
def test_no_events_where_there_are_none(seed: int) -> None:
    usual = volumes(180, weekend=0.6, country="US", holiday=0.3, yearly=0.15)
    for days in (
        counts(usual, 200, 0.1, seed),
        counts(np.ones(180), 30, 0.0, seed),
        counts(np.ones(90), 400, 0.25, seed),
    ):
        assert pattern(days).events == ()


@pytest.mark.parametrize("seed", range(20))
def test_nothing_of_an_even_volume(seed: int) -> None:
    assert pattern(counts(np.ones(365), 20, seed=seed)).is_flat


@pytest.mark.parametrize("weekend", [0.2, 0.6, 0.9, 1.3, 2.0])
def test_weekend(weekend: float) -> None:
    found = pattern(counts(volumes(180, weekend), 200, noise=0.05))
    assert found.weekend == pytest.approx(weekend, abs=0.05)


@pytest.mark.parametrize("country", ["US", "DE", "JP", "BR", "FR", "GB"])
def test_holidays_of_the_country(country: str) -> None:
    volume = volumes(365, 0.7, country, holiday=0.3)
    found = pattern(counts(volume, 150, noise=0.08))
    assert found.country == country
    assert found.holiday == pytest.approx(0.3, abs=0.06)
    assert found.events == ()


def test_a_country_that_the_data_name_is_likelier() -> None:
    """In these months Austria and Germany's common holidays are the same."""
    volume = volumes(365, country="LU", holiday=0.3)
    found = pattern(counts(volume, 150), ("LU",))
    assert found.country == "LU"


@pytest.mark.parametrize(
    ("first", "length", "factor"), [(40, 1, 4), (100, 3, 3), (90, 10, 0.4)]
)
def test_an_event_to_the_day(first: int, length: int, factor: float) -> None:
    volume = volumes(180, 1.3)
    volume[first : first + length] *= factor
    (event,) = pattern(counts(volume, 250, noise=0.05)).events
    assert event.start == START + timedelta(days=first)
    assert event.end == START + timedelta(days=first + length)
    assert event.factor == pytest.approx(factor, rel=0.12)


def test_several_events_change_neither_weekend_nor_each_other() -> None:
    volume = volumes(180, 0.5)
    for first, length, factor in ((20, 4, 3), (70, 2, 0.1), (130, 7, 2)):
        volume[first : first + length] *= factor
    found = pattern(counts(volume, 200, noise=0.05))
    assert [(event.end - event.start).days for event in found.events] == [4, 2, 7]
    assert found.weekend == pytest.approx(0.5, abs=0.04)


def test_growth_and_wave_of_two_years() -> None:
    volume = volumes(730, growth=0.4, yearly=0.3)
    found = pattern(counts(volume, 100, noise=0.05))
    assert found.growth == pytest.approx(0.4, abs=0.08)
    assert found.yearly == pytest.approx(0.3, abs=0.05)
    assert found.peak is not None
    assert abs(found.peak.timetuple().tm_yday - 349) < 12


def test_no_wave_of_half_a_year() -> None:
    assert pattern(counts(volumes(180, yearly=0.15), 200)).yearly == 0


@pytest.mark.parametrize("noise", [0.05, 0.1, 0.3])
def test_noise(noise: float) -> None:
    found = pattern(counts(np.ones(365), 300, noise))
    assert found.noise == pytest.approx(noise, rel=0.2)


def test_too_few_rows_show_nothing() -> None:
    found = pattern(counts(volumes(30, 3.0), 2))
    assert found == Pattern(found.rows, 30, reason=found.reason) and found.reason


def test_rows_that_must_be_later_are_no_growth() -> None:
    """Customers join all the time, and each orders at any later moment of a flat calendar."""
    rng = np.random.default_rng(1)
    start, end = epoch(START), epoch(START) + 180 * DAY
    joined = rng.uniform(start, end, 30_000)
    ordered = rng.uniform(joined, end)
    apparent = pattern(daily(ordered, start, end))
    assert apparent.growth > 1
    assert pattern(daily(ordered, start, end, joined)).is_flat


def test_weekends_of_rows_that_must_be_later() -> None:
    rng = np.random.default_rng(2)
    start, end = epoch(START), epoch(START) + 180 * DAY
    share = np.append(0.0, np.cumsum(volumes(180, 0.4)))
    joined = rng.uniform(0, 180, 30_000)
    low = np.interp(joined, np.arange(181), share)
    moments = np.interp(rng.uniform(low, share[-1]), share, np.arange(181))
    found = pattern(daily(start + moments * DAY, start, end, start + joined * DAY))
    assert found.weekend == pytest.approx(0.4, abs=0.04)
    assert found.growth == 0
