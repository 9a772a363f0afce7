"""Time as code: the window, calendars, events, moments in expressions."""

from __future__ import annotations

from datetime import timedelta

from compiler.emit.names import Names
from compiler.emit.python import Source, comment, literal, when
from compiler.plan.model import Plan
from compiler.spec.calendar import Event
from compiler.spec.columns.moments import Date, Timestamp
from compiler.spec.time import parse_moment
from compiler.spec.types import Data, Type

HOURS = {
    "business": "0 0 0 0 0 0 1 4 10 14 14 12 9 12 14 13 11 7 3 1 0 0 0 0",
    "evening": "2 1 0.5 0.3 0.2 0.3 1 2 2 2 3 3 4 4 3 3 4 6 9 12 14 13 9 5",
}
"""The weight of each hour in the day's named shapes."""


def hours_of(spec: Date) -> list[float] | None:
    """The weights of a day's hours; None where all are alike."""
    if not isinstance(spec, Timestamp) or spec.hours == "flat":
        return None
    if isinstance(spec.hours, list):
        return spec.hours
    return [float(weight) for weight in HOURS[spec.hours].split()]


def timeline_of(plan: Plan, names: Names, spec: Date, constant: str) -> Source:
    """The code of the timeline that a column's moments lie on."""
    own = {"start": spec.start, "end": spec.end}
    if any(own.values()) and not all(own.values()):
        ends = ", ".join(
            f'{constant}["{key}"]' if moment else key.upper()
            for key, moment in own.items()
        )
    else:
        ends = f"**{constant}" if any(own.values()) else "START, END"
    hours = f"{constant}_HOURS" if hours_of(spec) else None
    volume = names["calendar", spec.shape] if spec.shape else None
    if volume is None and hours is None:
        return Source(f"flat_period({ends})")
    cuts = cuts_of(plan, names, spec.shape) if spec.shape else []
    ends += f", cuts=({', '.join(cuts)})" if cuts else ""
    if hours:
        return Source(f"hourly_period({volume or 'None'}, {hours}, {ends})")
    return Source(f"period({volume}, {ends})")


def can_be_still(plan: Plan, spec: Date) -> bool:
    """Whether a column's timeline may have times of no volume at all."""
    if 0 in (hours_of(spec) or []):
        return True
    if spec.shape is None:
        return False
    shape = next(shape for shape in plan.calendars if shape.name == spec.shape)
    calendar = shape.calendar
    factors = [calendar.weekend, calendar.holiday]
    factors += [event.factor for event in calendar.events]
    # A day's luck is cut at 0: with a large sd that does happen.
    return 0 in factors or calendar.noise > 1 / 8


def cuts_of(plan: Plan, names: Names, calendar: str) -> list[str]:
    """The edges of a calendar's events where they do not lie between two days."""
    shape = next(shape for shape in plan.calendars if shape.name == calendar)
    return [
        f"{names['event', event.name]}_{edge}"
        for event in shape.calendar.events
        for edge, moment in zip(("START", "END"), event.period, strict=True)
        if not moment.whole_day
    ]


def event_lines(names: Names, event: Event) -> list[str]:
    """The constants of an event."""
    constant = names["event", event.name]
    start, end = event.period
    return [
        comment(f"Event {event.name}: the volume is {event.factor:g} times the usual."),
        f"{constant}_START = {when(start)}",
        f"{constant}_END = {when(end)}",
        f"{constant}_FACTOR = {literal(event.factor)}",
    ]


def moment_code(text: str, type: Type) -> str:
    """A moment in an expression, as a datetime or a date."""
    moment = parse_moment(text)
    code = (
        "at(END)"
        if moment.fixed is None and moment.before_end == timedelta(0)
        else f"at({when(moment)})"
    )
    return f"{code}.date()" if type.data is Data.DATE else code


def during_code(names: Names, event: str, moments: str) -> str:
    """Whether moments lie in an event."""
    constant = names["event", event]
    return f"between({moments}, {constant}_START, {constant}_END)"
