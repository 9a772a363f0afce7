"""Whether a provider of Faker gives the same values in each run, whatever the day.

It is tried under two stopped clocks, thirty years apart. Faker's providers read the clock in
their own modules, where a class with a fixed time takes the place of `date` and `datetime`
meanwhile.
"""

from __future__ import annotations

import datetime as calendar
import functools
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from types import SimpleNamespace
from typing import Any, Literal, cast

from compiler.plan.libraries.providers import tried
from compiler.plan.libraries.recalled import recalled_cells
from compiler.spec.columns import Faker

Changes = Literal["", "day", "run", "order"]
"""With what a provider's values change: nothing, the day, each run, the order of Python's sets."""
YEARS = 2010, 2040
CALLS = 100
"""So often a provider is called: what one value in ten depends on is found."""
UNORDERED = {("city", "it_IT")}
"""Providers that choose from a list made of a set, whose order no run in the same process shows;
the test of all providers in all locales finds them."""


@functools.cache
def _stopped(year: int) -> dict[int, object]:
    """What takes the place of what reads the clock, by the identity of that."""

    class OfReal(type):
        """Real dates and moments count as instances, too."""

        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, cls.__bases__[0])

    class Date(date, metaclass=OfReal):
        @classmethod
        def today(cls) -> Any:
            return date(year, 5, 17)

    class Moment(datetime, metaclass=OfReal):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            moment = datetime(year, 5, 17, 13, 14, 15, tzinfo=UTC)
            return moment.astimezone(tz) if tz else moment.replace(tzinfo=None)

        @classmethod
        def utcnow(cls) -> Any:
            return cls.now()

        @classmethod
        def today(cls) -> Any:
            return cls.now()

    modules = {
        calendar: {"date": Date, "datetime": Moment},
        time: {"time": Moment.now(UTC).timestamp},
    }
    found: dict[int, object] = {id(date): Date, id(datetime): Moment}
    for module, changed in modules.items():
        found[id(module)] = SimpleNamespace(**{**vars(module), **changed})
    return found


@contextmanager
def stopped_clock(year: int) -> Iterator[None]:
    """A fixed time for Faker's modules, and for nothing else."""
    stopped = _stopped(year)
    places = [
        (vars(module), name, value)
        for module_name, module in list(sys.modules.items())
        if module_name.partition(".")[0] == "faker"
        for name, value in vars(module).items()
        if id(value) in stopped
    ]
    try:
        for names, name, value in places:
            names[name] = stopped[id(value)]
        yield
    finally:
        for names, name, value in places:
            names[name] = value


_CHANGES: dict[tuple[str, str, str], Changes] = {}


def changes_with(spec: Faker, locale: str) -> Changes:
    """With what the values of a provider change from run to run."""
    key = spec.provider, repr(spec.args), locale
    if key not in _CHANGES:
        (found,) = recalled_cells("changes", key, lambda: [_changes_with(spec, locale)])
        _CHANGES[key] = cast(Changes, found)
    return _CHANGES[key]


def _changes_with(spec: Faker, locale: str) -> Changes:
    if (spec.provider, locale) in UNORDERED:
        return "order"
    early, late = (_outcome(spec, locale, year) for year in YEARS)
    if early == late:
        return ""
    return "day" if early == _outcome(spec, locale, YEARS[0]) else "run"


def _outcome(spec: Faker, locale: str, year: int) -> list[object]:
    """A provider's values in a year; what it raises counts as one."""
    with stopped_clock(year):
        try:
            return tried(spec, locale, CALLS)
        except Exception as error:  # any provider may raise anything
            return [repr(error)]
