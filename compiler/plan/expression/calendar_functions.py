"""Functions of the calendar and the clock that need more than a moment."""

from __future__ import annotations

from collections.abc import Callable

from compiler.diagnostics import Help, Hint, Rename, did_you_mean, meant_name
from compiler.names import nearest
from compiler.plan.expression import operators
from compiler.plan.expression.context import CLOCKED, TEMPORAL, Context
from compiler.plan.expression.moments import natural_moment
from compiler.plan.expression.nodes import Call, Literal, Node
from compiler.plan.libraries.countries import wrong_place
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
    places = [Literal(part, type=TEXT) for part in _places(context, place, name)]
    return context.call((moment, *places), BOOLEAN)


def _places(context: Context, place: Node, name: str) -> list[str]:
    """The country of a code, or of a calendar, and the part of it if there is one."""
    calendar = context.calendars.get(name)
    if calendar is not None:
        if calendar.holidays is None:
            message = f"the calendar `{name}` has no holidays"
            context.refuse(place, message, 'give it some: holidays = "US"')
            return []
        parts = [calendar.holidays, calendar.subdivision]
        return [part for part in parts if part is not None]
    country, _, part = name.partition("-")
    wrong = wrong_place(country, part or None)
    if wrong is not None:
        key, message, help = wrong
        near = nearest(name, context.calendars) if name.islower() else None
        meant = meant_name(name, near) if near else _whole(name, key, help)
        context.problems.refuse("E211", place.span, message, meant)
    return [country, part] if part else [country]


def _whole(name: str, key: str, help: Help) -> Help:
    """The help for a country or a part of it as one for `US-CA`."""
    country, dash, part = name.partition("-")
    if not dash or not (isinstance(help, Hint) and isinstance(help.edit, Rename)):
        return f"write `{country}`" if dash and isinstance(help, Hint) else help
    new = help.edit.new
    whole = f"{country}-{new}" if key == "subdivision" else f"{new}-{part}"
    return meant_name(name, whole)


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
