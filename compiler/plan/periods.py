"""The window, the periods of moments, and the calendars that shape them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from compiler.diagnostics import Label, did_you_mean
from compiler.plan.model import UsedCalendar
from compiler.plan.scope import Place, Scope
from compiler.spec.calendar import DEFAULT_CALENDAR, Calendar, Window
from compiler.spec.columns.moments import Date
from compiler.spec.time import When, wrong_order

WINDOW_DAYS = 180
NOMINAL_END = date(2026, 1, 1)
"""Takes the place of today where a period is only compared with another."""


def window_start(window: Window) -> When:
    """The window's first moment."""
    return window.start or When.days_ago(window.days or WINDOW_DAYS)


def window_end(window: Window) -> date | None:
    """The window's end where the spec fixes it."""
    return window.end.fixed.date() if window.end and window.end.fixed else None


def check_periods(scope: Scope) -> None:
    """Nothing ends before it starts, as far as is known before the script runs."""
    window = scope.spec.window
    if window.end is not None and window.end.fixed is None:
        message = "the window's end cannot be relative to itself"
        appends = scope.spec.output.mode == "append"
        day = "write a day, such as end = 2026-06-30"
        way_out = day if appends else f"{day}, or leave it out for today"
        scope.error("E109", ("window", "end"), message, way_out)
        return
    if not comes_before(scope, window_start(window), When()):
        message = "the window ends before it starts"
        spots: list[Place] = [("window", "end"), ("window", "start")]
        labels = tuple(Label(scope.document.value(spot)) for spot in spots)
        both = window.start and window.end
        help = wrong_order(window.start, window.end) if both else 'such as "-180d"'
        scope.report("E215", message, labels, help)
        return
    for place, spec in dated(scope):
        start, end = period(scope, spec)
        if not comes_before(scope, start, end):
            keys = [key for key in ("end", "start") if getattr(spec, key) is not None]
            places = [scope.at((*place, key)) for key in keys]
            labels = tuple(Label(scope.document.value(spot)) for spot in places)
            message = "the period ends before it starts"
            one = len(labels) < 2
            help = "-2y is before -6mo" if one else wrong_order(start, end)
            if spec.end is None and start.is_after_end:
                help = "give it an `end` that is later"
            scope.report("E215", message, labels, help)


def comes_before(scope: Scope, start: When, end: When) -> bool:
    """Whether one moment is before the other, on whatever day the window ends."""
    fixed_end = window_end(scope.spec.window)
    one_fixed = (start.fixed is None) != (end.fixed is None)
    if fixed_end is None and one_fixed:
        return True  # depends on the day of the run
    if one_fixed or (fixed_end is not None and scope.spec.output.mode == "overwrite"):
        return start.on(fixed_end or NOMINAL_END) < end.on(fixed_end or NOMINAL_END)
    return all(start.before(end))


def period(scope: Scope, spec: Date) -> tuple[When, When]:
    """From when until when a column's moments lie."""
    return spec.start or window_start(scope.spec.window), spec.end or When()


def dated(scope: Scope) -> Iterator[tuple[Place, Date]]:
    """Every date and timestamp, in each of its cases, with its place."""
    for table in scope.specs:
        for place, spec in scope.variants(table):
            if isinstance(spec, Date):
                yield place, spec


def calendars_in_use(scope: Scope) -> tuple[UsedCalendar, ...]:
    """The calendars that a column follows, in the spec's order, `default` last."""
    known: dict[str, Calendar] = dict(scope.spec.calendars)
    known.setdefault("default", DEFAULT_CALENDAR)
    used = set()
    for place, spec in dated(scope):
        if spec.shape is None:
            continue
        if spec.shape not in known:
            help = did_you_mean(spec.shape, list(known))
            scope.error(
                "E208",
                (*place, "calendar"),
                f"there is no calendar `{spec.shape}`",
                help,
            )
        used.add(spec.shape)
    return tuple(
        UsedCalendar(name, calendar) for name, calendar in known.items() if name in used
    )
