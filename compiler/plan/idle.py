"""Calendars that leave a column no day for its moments."""

from __future__ import annotations

from datetime import timedelta

from compiler.plan.periods import dated, period, window_end
from compiler.plan.scope import Scope
from compiler.plan.volume import found_days
from compiler.spec.time import When


def check_idle(scope: Scope) -> None:
    """No calendar is 0 in the whole period of a column, as far as is known before a run."""
    for place, spec in dated(scope):
        if spec.shape is not None and is_idle(scope, spec.shape, *period(scope, spec)):
            message = f"calendar `{spec.shape}` is 0 on each day of this period"
            help = "give a day of it a factor above 0, or move the period"
            scope.error("E215", (*place, "calendar"), message, help)


def is_idle(scope: Scope, calendar: str, start: When, end: When) -> bool:
    """Whether a calendar has no volume in a whole period, as far as its days are known."""
    last, used = window_end(scope.spec.window), scope.spec.calendars.get(calendar)
    if used is None or last is None or scope.spec.output.mode == "append":
        return False
    factors = (used.holiday, *used.day_factors, *(one.factor for one in used.events))
    if all(factors):
        return False
    if start.on(last) >= end.on(last):
        return False  # reported elsewhere
    last_moment = end.on(last) - timedelta(microseconds=1)
    if last_moment.date() >= last:
        return False
    days = found_days(used, start, last)
    return not any(day.volume for day in days if day.date <= last_moment.date())
