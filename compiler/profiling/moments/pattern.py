"""How the volume of a column's days varies: weekends, holidays, a trend, events, noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from compiler.profiling.moments.clock import Floats
from compiler.profiling.moments.counts import Days
from compiler.profiling.moments.events import Run, find_run
from compiler.profiling.moments.holiday import Holidays, likeliest
from compiler.profiling.moments.volume import Regression, moment_noise, regression

LEAST_ROWS, LEAST_DAYS = 200, 14
"""With fewer rows or days, a weekend does not show."""
MOST_EMPTY = 0.5
"""Moments that are on less than half of the days are not shaped by a calendar."""
YEAR = 365.25
MOST_NAMED = 5
"""With more events than these, the counts follow something else than a calendar."""
LARGEST_FACTOR = 20.0
"""So does an event that is larger."""
TREND_DAYS = 60
"""In fewer days, a trend of a year cannot be seen."""
YEARLY_DAYS = 365
"""In fewer days, a wave over the year looks like a trend."""
MOST_EVENTS = 8
FIRST_EVENT_DAYS = 3
"""Before holidays are known, a run of so many days is taken for an event; most holidays are
shorter."""
CLEAR, CLEAR_TREND = 3.0, 4.0
"""Standard errors from 0 from which on a coefficient is named; a trend also follows from slow
changes that are none."""
CLEAR_WAVE = 25.0
"""The square of a wave's two coefficients in standard errors, at least: a chi-squared number with
two degrees of freedom is larger once in 270,000."""
LEAST_EFFECT = 0.03
"""A weekend, or a wave, of less is left out."""
LEAST_NOISE = 0.02
TERMS = ("level", "weekend", "holiday", "trend", "cosine", "sine")


@dataclass(frozen=True)
class Event:
    """A run of days, its end exclusive, and its factor."""

    start: date
    end: date
    factor: float


@dataclass(frozen=True)
class Pattern:
    """What the daily counts of a column show; 1 or 0 where they show nothing."""

    rows: int
    days: int
    weekend: float = 1.0
    weekend_error: float = 0.0
    country: str | None = None
    holiday: float = 1.0
    holidays: int = 0
    """The number of the country's holidays among the days."""
    growth: float = 0.0
    yearly: float = 0.0
    peak: date | None = None
    noise: float = 0.0
    events: tuple[Event, ...] = ()
    reason: str = ""
    """Why there is nothing to see, if so."""

    @property
    def is_flat(self) -> bool:
        return self == Pattern(self.rows, self.days, reason=self.reason)


def pattern(days: Days, suggested: Sequence[str] = ()) -> Pattern:
    """The pattern of the days' counts, estimated so that single days do not decide.

    Long events are set aside first, so that they do not count as holidays; then comes the
    country, then all events, then all factors at once.
    """
    rows, length = int(days.counts.sum()), len(days.counts)
    if rows < LEAST_ROWS or length < LEAST_DAYS:
        return Pattern(rows, length, reason="too few rows or days to see a pattern")
    if (days.counts == 0).mean() > MOST_EMPTY:
        return Pattern(rows, length, reason="only on some of the days")
    terms = base_terms(days)
    runs, fit = with_events(days, terms, shortest=FIRST_EVENT_DAYS)
    free = outside(runs, length)
    found = likeliest(days.dates, days.counts, fit.expected, fit.noise, free, suggested)
    if found is not None:
        terms[:, TERMS.index("holiday")] = found.days
    runs, fit = with_events(days, terms, holidays=found)
    return named(days, found, runs, fit)


def base_terms(days: Days) -> Floats:
    """A column for each of `TERMS`; those that the period is too short for are 0."""
    dates = days.dates
    length = len(dates)
    weekday = np.array([day.weekday() for day in dates])
    year_day = np.array([day.timetuple().tm_yday for day in dates])
    terms = np.zeros((length, len(TERMS)))
    terms[:, 0] = 1
    terms[:, 1] = weekday >= 5
    if length >= TREND_DAYS:
        terms[:, 3] = (np.arange(length) - length / 2) / YEAR
    if length >= YEARLY_DAYS:
        terms[:, 4] = np.cos(2 * np.pi * year_day / YEAR)
        terms[:, 5] = np.sin(2 * np.pi * year_day / YEAR)
    return terms


def with_events(
    days: Days, terms: Floats, shortest: int = 1, holidays: Holidays | None = None
) -> tuple[list[Run], Regression]:
    """The events, one after the other from the clearest on, and the fit without their days."""
    length = len(days.counts)
    runs: list[Run] = []
    fit = fitted(days, terms, outside(runs, length))
    for _ in range(MOST_EVENTS):
        expected = fit.expected
        if holidays is not None and not runs:
            # An event on one of a few holidays must not set their factor.
            place = TERMS.index("holiday")
            plain = expected / np.exp(terms[:, place] * fit.coefficients[place])
            expected = plain * np.where(holidays.days, holidays.factor, 1.0)
        free = outside(runs, length)
        run = find_run(days.counts, expected, fit.noise, free, shortest)
        if run is None:
            break
        runs.append(run)
        fit = fitted(days, terms, outside(runs, length))
    return sorted(runs, key=lambda run: run.start), fit


def fitted(days: Days, terms: Floats, used: NDArray[np.bool_]) -> Regression:
    return regression(days.counts, days.exposure, terms, used)


def outside(runs: Sequence[Run], length: int) -> NDArray[np.bool_]:
    free = np.ones(length, dtype=bool)
    for run in runs:
        free[run.start : run.end] = False
    return free


def named(
    days: Days, holidays: Holidays | None, runs: Sequence[Run], fit: Regression
) -> Pattern:
    """The pattern in the words of a calendar, with what is clear alone."""
    length = len(days.counts)
    factors = np.exp(fit.coefficients)
    found = Pattern(int(days.counts.sum()), length)
    if fit.is_clear(1, CLEAR) and abs(factors[1] - 1) >= LEAST_EFFECT:
        error = float(factors[1] * fit.errors[1])
        found = replace(found, weekend=float(factors[1]), weekend_error=error)
    if holidays is not None:
        found = replace(
            found,
            country=holidays.country,
            holiday=float(factors[2]),
            holidays=int(holidays.days.sum()),
        )
    if fit.is_clear(3, CLEAR_TREND) and length >= TREND_DAYS:
        found = replace(found, growth=float(np.clip(factors[3] - 1, -0.9, 9)))
    found = with_wave(found, fit)
    free = outside(runs, length)
    noise = moment_noise(days.counts[free], fit.expected[free])
    if noise >= LEAST_NOISE and is_noisy(days.counts[free], fit.expected[free]):
        found = replace(found, noise=min(noise, 1.0))
    events = [event(days, run, fit) for run in runs]
    if len(events) > MOST_NAMED or any(one.factor > LARGEST_FACTOR for one in events):
        reason = "its days differ in a way that no calendar has, such as a start"
        return Pattern(found.rows, length, reason=reason)
    return replace(found, events=tuple(events))


def with_wave(found: Pattern, fit: Regression) -> Pattern:
    """The pattern with its wave over the year, if it has one."""
    cosine, sine = fit.coefficients[4:6]
    half = float(np.hypot(cosine, sine)) / 2
    square = float(((fit.coefficients[4:6] / fit.errors[4:6]) ** 2).sum())
    if square < CLEAR_WAVE or half >= 1:
        return found
    # The first harmonic of log(1 + a cos x) is 2r with a = 2r / (1 + r²).
    amplitude = 2 * half / (1 + half**2)
    if amplitude < LEAST_EFFECT:
        return found
    place = np.arctan2(sine, cosine) / (2 * np.pi) % 1 * YEAR
    peak = date(2023, 1, 1) + timedelta(days=min(int(place + 0.5), 365) - 1)
    return replace(found, yearly=min(amplitude, 0.99), peak=peak)


def is_noisy(counts: Floats, expected: Floats) -> bool:
    """Whether the counts vary more than Poisson's do (a chi-squared test at 1 in 1,000)."""
    from scipy.stats import chi2

    square = float(((counts - expected) ** 2 / np.maximum(expected, 1e-9)).sum())
    return square > float(chi2.isf(1e-3, max(len(counts) - len(TERMS), 1)))


def event(days: Days, run: Run, fit: Regression) -> Event:
    """The event of a run; its factor is to what the final fit expects."""
    span = slice(run.start, run.end)
    factor = float(days.counts[span].sum() / fit.expected[span].sum())
    first = days.first
    return Event(
        first + timedelta(days=run.start), first + timedelta(days=run.end), factor
    )
