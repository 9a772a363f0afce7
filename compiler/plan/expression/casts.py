"""Functions that make a value one of another type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from compiler.plan.expression.context import IN_UNITS, TEMPORAL, Context
from compiler.plan.expression.moments import as_timestamp, natural_moment
from compiler.plan.expression.nodes import Node, Null, unknown
from compiler.plan.expression.sizes import bounded
from compiler.spec.types import DATE, INTEGER, NUMBER, TEXT, TIMESTAMP, Data

CASTS = {
    "int": INTEGER,
    "float": NUMBER,
    "str": TEXT,
    "date": DATE,
    "timestamp": TIMESTAMP,
}
"""The type that each gives. Of null they give a null of that type."""


def _number(context: Context, args: tuple[Node, ...]) -> Node:
    """`int` and `float`: of a text that is no such number, and of one too large, null."""
    arg, type = args[0], CASTS[context.name]
    data = arg.type.data
    if isinstance(arg, Null):
        return Null(type=type.or_null(), span=context.span)
    if data is Data.UNKNOWN:
        return unknown(context.span)
    if data is type.data:
        return arg
    if data not in (Data.INTEGER, Data.NUMBER, Data.BOOLEAN, Data.TEXT):
        message = f"`{context.name}` takes a number, text or a condition"
        advice = "its parts are numbers: `year(t)`, `month(t)`, `day(t)`, `hour(t)`"
        advice = IN_UNITS if data is Data.LENGTH else advice
        message = f"{message}, and this is {data.value}"
        return context.problems.refuse("E305", arg.span, message, advice)
    large = data is Data.NUMBER and bounded(arg) >= INTEGER.largest
    nullable = arg.type.nullable or data is Data.TEXT or large
    return context.call(args, type.or_null(nullable))


def _str(context: Context, args: tuple[Node, ...]) -> Node:
    """The same text as in a template."""
    arg = args[0]
    if isinstance(arg, Null):
        return Null(type=TEXT.or_null(), span=context.span)
    if arg.type.data is Data.UNKNOWN:
        return unknown(context.span)
    if arg.type.data is Data.LENGTH:
        message = f"`str` takes a value, and this is {arg.type.data.value}"
        return context.problems.refuse("E305", arg.span, message, IN_UNITS)
    if arg.type.data is Data.TEXT:
        return arg
    return context.call(args, TEXT.or_null(arg.type.nullable))


def _moment(context: Context, args: tuple[Node, ...]) -> Node:
    """`date`, the day of a moment, and `timestamp`, the midnight of a day."""
    arg, type = args[0], CASTS[context.name]
    if isinstance(arg, Null):
        return Null(type=type.or_null(), span=context.span)
    arg = natural_moment(arg, context.problems)
    if not context.expect(arg, TEMPORAL):
        return unknown(context.span)
    if arg.type.data is type.data:
        return arg
    if type is TIMESTAMP:
        return replace(as_timestamp(arg), span=context.span)
    return context.call((arg,), DATE.or_null(arg.type.nullable))


FUNCTIONS: dict[str, Callable[[Context, tuple[Node, ...]], Node]] = {
    "int": _number,
    "float": _number,
    "str": _str,
    "date": _moment,
    "timestamp": _moment,
}


def takes_null(name: str) -> bool:
    """Whether a function may be given `None`."""
    return name in CASTS or name == "coalesce"
