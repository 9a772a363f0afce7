"""Functions of the calendar and the clock that need more than a moment."""

from __future__ import annotations

from collections.abc import Callable

from compiler.diagnostics import did_you_mean, meant_name
from compiler.names import nearest
from compiler.plan.expression import operators
from compiler.plan.expression.context import CLOCKED, TEMPORAL, Context
from compiler.plan.expression.moments import natural_moment
from compiler.plan.expression.nodes import Call, Literal, Logic, Node
from compiler.plan.libraries.countries import in_one_code, wrong_place
from compiler.spec.calendar import country_and_part
from compiler.spec.types import BOOLEAN, INTEGER, TEXT, TIMESTAMP, Data
from compiler.spec.zones import wrong_zone

UNITS = ("minute", "hour", "day", "week", "month", "quarter", "year")
"""What `trunc` cuts to."""
OF_A_CLOCK = UNITS[:2]
SATURDAY = 5


def _is_weekend(context: Context, args: tuple[Node, ...]) -> Node:
    moment = natural_moment(args[0], context.problems)
    context.expect(moment, TEMPORAL)
    type = INTEGER.or_null(moment.type.nullable)
    weekday = Call("weekday", (moment,), type=type, span=context.span)
    saturday = Literal(SATURDAY, type=INTEGER)
    return operators.compare(">=", weekday, saturday, context.span, context.problems)


def _trunc(context: Context, args: tuple[Node, ...]) -> Node:
    moment, unit = natural_moment(args[0], context.problems), args[1]
    word = _text(context, unit, "a unit")
    if word is not None and word not in UNITS:
        message = f"`trunc` has no unit `{word}`"
        advice = did_you_mean(word, UNITS) or f"one of {', '.join(UNITS)}"
        context.refuse(unit, message, advice)
    context.expect(moment, CLOCKED if word in OF_A_CLOCK else TEMPORAL)
    return context.call((moment, unit), moment.type)


def _local(context: Context, args: tuple[Node, ...]) -> Node:
    moment, zone = natural_moment(args[0], context.problems, TIMESTAMP), args[1]
    name = _text(context, zone, "a time zone")
    if name is not None and (wrong := wrong_zone(name)):
        context.refuse(zone, *wrong)
    context.expect(moment, CLOCKED)
    return context.call((moment, zone), moment.type)


def _is_holiday(context: Context, args: tuple[Node, ...]) -> Node:
    moment, place = natural_moment(args[0], context.problems), args[1]
    context.expect(moment, TEMPORAL)
    name = _text(context, place, "a country or a calendar")
    if name is None:
        return context.call((moment, place), BOOLEAN)
    calls = []
    for codes in _places(context, place, name):
        texts = [Literal(code, type=TEXT) for code in codes if code is not None]
        calls.append(context.call((moment, *texts), BOOLEAN))
    if len(calls) == 1:
        return calls[0]
    return Logic("or", tuple(calls), type=BOOLEAN, span=context.span)


def _places(context: Context, place: Node, name: str) -> list[tuple[str, str | None]]:
    """The country of a code, or those of a calendar, each with the part of it if there is one."""
    calendar = context.calendars.get(name)
    if calendar is not None:
        if not calendar.places:
            message = f"the calendar `{name}` has no holidays"
            context.refuse(place, message, 'give it some: holidays = "US"')
        return calendar.places
    country, part = country_and_part(name)
    wrong = wrong_place(country, part)
    if wrong is not None:
        key, message, help = wrong
        near = nearest(name, context.calendars) if name.islower() else None
        if near:
            help = meant_name(name, near)
        elif part is not None:
            help = in_one_code(country, part, key, help)
        context.problems.refuse("E211", place.span, message, help)
    return [(country, part)]


def _text(context: Context, arg: Node, what: str) -> str | None:
    """The text of an argument that has to be one in quotes."""
    if isinstance(arg, Literal) and isinstance(arg.value, str):
        return arg.value
    if arg.type.data is not Data.UNKNOWN or not isinstance(arg, Literal):
        message = f"`{context.name}` takes {what} second, in quotes"
        context.refuse(arg, message, context.usage)
    return None


FUNCTIONS: dict[str, Callable[[Context, tuple[Node, ...]], Node]] = {
    "is_weekend": _is_weekend,
    "is_holiday": _is_holiday,
    "trunc": _trunc,
    "local": _local,
}
