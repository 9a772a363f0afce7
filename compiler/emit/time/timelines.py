"""Timelines, events and moments as code."""

from __future__ import annotations

from collections.abc import Callable

from compiler.emit.code.code import Code, call, function, grouped, name, unpacked
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal, when
from compiler.emit.engines.dialect import Dialect
from compiler.emit.expression.printed import Printed, Shape, of
from compiler.emit.names import ScriptNames
from compiler.emit.time.hours import hours_of, named_constant
from compiler.plan.model import Plan
from compiler.spec.calendar import Event
from compiler.spec.columns.moments import Date, Timestamp
from compiler.spec.time import parse_moment
from compiler.spec.types import Data, Type
from compiler.spec.zones import UTC


def hours_name(spec: Date, constant: Code) -> Code | None:
    """The constant that holds the weights of a day's hours, if they have any."""
    if hours_of(spec) is None:
        return None
    assert isinstance(spec, Timestamp), "only moments have hours"
    if isinstance(spec.hours, str):
        return name(named_constant(spec.hours))
    return name(f"{constant.text}_HOURS")


def timeline_of(plan: Plan, names: ScriptNames, spec: Date, constant: Code) -> Code:
    """The code of the timeline that a column's moments lie on.

    In append mode: of the timeline of a batch, by its number.
    """
    ends = ends_in_batch(spec, constant) if plan.appends else ends_of(spec, constant)
    code = timeline_between(plan, names, spec, constant, ends)
    return function("n", code) if plan.appends else code


def ends_of(spec: Date, constant: Code) -> list[Code]:
    """The code of a column's period, as arguments: its start and end."""
    if spec.start and spec.end:
        return [unpacked("*", constant)]
    start = constant if spec.start else name("START")
    return [start, constant if spec.end else name("END")]


def ends_in_batch(spec: Date, constant: Code) -> list[Code]:
    """The code of a column's period for the rows of batch `n`, from whose end lengths count."""
    batch = name("n")
    if spec.start is None and spec.end is None:
        return [unpacked("*", call("window", batch))]
    if spec.start is not None and spec.end is not None:
        ends = [unpacked("*", constant)]
    elif spec.start is None:
        ends = [call("to_utc", name("START")), constant]
    else:
        ends = [constant, call("timedelta", literal(0))]
    return [unpacked("*", call("period_in_batch", batch, *ends))]


def timeline_between(
    plan: Plan, names: ScriptNames, spec: Date, constant: Code, ends: list[Code]
) -> Code:
    """The code of a column's timeline from a start to an end."""
    hours = hours_name(spec, constant)
    volume = names.calendar(spec.shape) if spec.shape else None
    cuts = cuts_of(plan, names, spec.shape) if spec.shape else []
    given = [*ends]
    if volume or hours:
        given += [volume or literal(None), *([hours] if hours else [])]
    if len(cuts) > 1:
        cuts = [grouped(unpacked("*", each) for each in cuts)]
    options = {"breakpoints": cuts[0]} if cuts else {}
    if spec.shape and plan.zone_of(spec) != UTC:
        options["zone"] = names.calendar_constant(spec.shape, "TIMEZONE")
    return call("timeline", *given, **options)


def can_be_still(plan: Plan, spec: Date) -> bool:
    """Whether a column's timeline may have times of no volume at all."""
    if 0 in (hours_of(spec) or []):
        return True
    if spec.shape is None:
        return False
    calendar = plan.calendar(spec.shape)
    factors = [*calendar.day_factors, calendar.holiday]
    factors += [event.factor for event in calendar.events]
    # A day's luck is cut at 0: with a large sd that does happen.
    return 0 in factors or calendar.noise > 1 / 8


def cuts_of(plan: Plan, names: ScriptNames, calendar: str) -> list[Code]:
    """The edges of a calendar's events, as arguments: they need not lie between two days."""
    return [names.event(event.name) for event in plan.calendar(calendar).events]


def event_constants(plan: Plan, names: ScriptNames, event: Event) -> list[Constant]:
    """The constants of an event: its start and end, and its factor, or one by calendar."""
    reason = f"Event {event.name}"
    period = grouped(map(when, event.period))
    factors = plan.factors_of(event.name) or {"": event.factor}
    named = {
        names.event_factor(calendar, event.name).text: factor
        for calendar, factor in factors.items()
    }
    return [
        Constant(names.event(event.name).text, period, reason, "start and end"),
        *(Constant(constant, literal(factor)) for constant, factor in named.items()),
    ]


def moment_code(
    dialect: Dialect, text: str, type: Type, batch_of_rows: Callable[[], Code | None]
) -> Printed:
    """A moment in an expression, as a datetime or a date.

    In append mode, what counts from the end does so from the end of each row's batch. To ask
    for the batch makes a variable, so a fixed moment does not.
    """
    moment = parse_moment(text)
    length = None if moment.is_end else when(moment)
    batch = batch_of_rows() if moment.fixed is None else None
    if batch is not None:
        code = call("batch_end", batch, *([length] if length else []))
        day, shape = dialect.days(code), Shape.COLUMN
    else:
        code = call("to_utc", length or name("END"))
        day, shape = dialect.day(code), Shape.SCALAR
    return of(day if type.data is Data.DATE else code, shape)


def during_code(
    plan: Plan, names: ScriptNames, event: str, moments: Code, has_time: bool
) -> Code:
    """Whether moments lie in an event. Days without a time are in no time zone."""
    zone = plan.event_zones[event]
    options = {}
    if has_time and zone != UTC:
        having = [
            used.name
            for used in plan.calendars
            if used.calendar.timezone == zone and event in used.calendar.event_names
        ]
        constant = [names.calendar_constant(each, "TIMEZONE") for each in having[:1]]
        options["zone"] = constant[0] if constant else literal(zone)
    return call("between", moments, unpacked("*", names.event(event)), **options)
