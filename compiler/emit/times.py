"""Time as code: the window, calendars, events, moments in expressions."""

from __future__ import annotations

from collections.abc import Callable

from compiler.emit.dialect import Dialect
from compiler.emit.expression.code import Code, Shape, source
from compiler.emit.hours import constant_of
from compiler.emit.names import Names
from compiler.emit.python import Source, comment, literal, when
from compiler.plan.model import Plan
from compiler.spec.calendar import Event
from compiler.spec.columns.hours import HOURS
from compiler.spec.columns.moments import Date, Timestamp
from compiler.spec.time import parse_moment
from compiler.spec.types import Data, Type


def hours_of(spec: Date) -> list[float] | None:
    """The weights of a day's hours; None where all are alike."""
    if not isinstance(spec, Timestamp) or spec.hours == "flat":
        return None
    if isinstance(spec.hours, list):
        return spec.hours
    return list(HOURS[spec.hours])


def hours_constant(spec: Date, constant: str) -> str | None:
    """The constant that holds the weights of a day's hours, if they have any."""
    if hours_of(spec) is None:
        return None
    assert isinstance(spec, Timestamp), "only moments have hours"
    named = isinstance(spec.hours, str)
    return constant_of(str(spec.hours)) if named else f"{constant}_HOURS"


def timeline_of(plan: Plan, names: Names, spec: Date, constant: str) -> Source:
    """The code of the timeline that a column's moments lie on.

    In append mode: of the timeline of a batch, by its number.
    """
    ends = ends_in_batch(spec, constant) if plan.appends else ends_of(spec, constant)
    code = timeline_between(plan, names, spec, constant, ends)
    return Source(f"lambda n: {code}") if plan.appends else code


def ends_of(spec: Date, constant: str) -> str:
    """The code of a column's period, as arguments: its start and end."""
    if spec.start and spec.end:
        return f"*{constant}"
    return f"{constant if spec.start else 'START'}, {constant if spec.end else 'END'}"


def ends_in_batch(spec: Date, constant: str) -> str:
    """The same for the rows of batch `n`, from whose end lengths count."""
    if spec.start is None and spec.end is None:
        return "*window(n)"
    if spec.start is not None and spec.end is not None:
        return f"*ending(n, *{constant})"
    if spec.start is None:
        return f"*ending(n, at(START), {constant})"
    return f"*ending(n, {constant}, timedelta(0))"


def timeline_between(
    plan: Plan, names: Names, spec: Date, constant: str, ends: str
) -> Source:
    """The code of a column's timeline from a start to an end."""
    hours = hours_constant(spec, constant)
    volume = names["calendar", spec.shape] if spec.shape else None
    cuts = cuts_of(plan, names, spec.shape) if spec.shape else []
    given = [ends]
    if volume or hours:
        given += [volume or "None", *([hours] if hours else [])]
    given += [f"cuts=({', '.join(cuts)})"] if cuts else []
    return Source(f"period({', '.join(given)})")


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
    """The edges of a calendar's events: they need not lie between two days."""
    shape = next(shape for shape in plan.calendars if shape.name == calendar)
    return [
        f"{names['event', event.name]}_{edge}"
        for event in shape.calendar.events
        for edge in ("START", "END")
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


def moment_code(
    dialect: Dialect, text: str, type: Type, batch_of_rows: Callable[[], Source | None]
) -> Code:
    """A moment in an expression, as a datetime or a date.

    In append mode, what counts from the end does so from the end of each row's batch. To ask
    for the batch makes a variable, so a fixed moment does not.
    """
    moment = parse_moment(text)
    length = None if moment.is_end else when(moment)
    batch = batch_of_rows() if moment.fixed is None else None
    if batch is not None:
        code = f"batch_end({batch}{f', {length}' if length else ''})"
        day, shape = dialect.days(code), Shape.COLUMN
    else:
        code = f"at({length or 'END'})"
        day, shape = dialect.day(code), Shape.SCALAR
    return source(day if type.data is Data.DATE else code, shape)


def during_code(names: Names, event: str, moments: str) -> str:
    """Whether moments lie in an event."""
    constant = names["event", event]
    return f"between({moments}, {constant}_START, {constant}_END)"
