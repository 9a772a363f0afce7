"""The language's functions: what each takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from compiler.diagnostics import did_you_mean
from compiler.plan.expression import calendar_functions, casts, in_order, lengths
from compiler.plan.expression.context import (
    CLOCKED,
    NUMERIC,
    TEMPORAL,
    TEXTUAL,
    Context,
    Sort,
)
from compiler.plan.expression.fold import constant
from compiler.plan.expression.moments import MOMENTS, alike, natural_moment
from compiler.plan.expression.nodes import (
    Call,
    Length,
    Literal,
    Moment,
    Node,
    Null,
    Span,
)
from compiler.plan.expression.operators import (
    NUMBERS,
    is_typed,
    unify,
    values_of,
)
from compiler.plan.expression.problems import Problems
from compiler.plan.expression.signatures import SIGNATURES, arity, counted
from compiler.plan.expression.sizes import overflows
from compiler.spec.calendar import Calendar
from compiler.spec.time import shown
from compiler.spec.types import (
    BOOLEAN,
    DATE,
    INTEGER,
    NUMBER,
    TEXT,
    TIMESTAMP,
    Data,
    Type,
)

MOST_DECIMALS = 15


@dataclass(frozen=True)
class Plain:
    """A function whose arguments are each of one sort, and whose type does not depend on them."""

    takes: tuple[Sort, ...]
    gives: Type


PLAIN: dict[str, Plain] = {
    "floor": Plain((NUMERIC,), INTEGER),
    "ceil": Plain((NUMERIC,), INTEGER),
    # Of zero and below there is none.
    "log": Plain((NUMERIC,), NUMBER.or_null()),
    "sqrt": Plain((NUMERIC,), NUMBER.or_null()),
    "sin": Plain((NUMERIC,), NUMBER),
    "cos": Plain((NUMERIC,), NUMBER),
    "lower": Plain((TEXTUAL,), TEXT),
    "upper": Plain((TEXTUAL,), TEXT),
    "slug": Plain((TEXTUAL,), TEXT),
    "len": Plain((TEXTUAL,), INTEGER),
    "year": Plain((TEMPORAL,), INTEGER),
    "quarter": Plain((TEMPORAL,), INTEGER),
    "month": Plain((TEMPORAL,), INTEGER),
    "day": Plain((TEMPORAL,), INTEGER),
    "weekday": Plain((TEMPORAL,), INTEGER),
    "days_in_month": Plain((TEMPORAL,), INTEGER),
    "month_start": Plain((TEMPORAL,), DATE),
    "month_end": Plain((TEMPORAL,), DATE),
    "hour": Plain((CLOCKED,), INTEGER),
}


def call(
    name: str,
    args: tuple[Node, ...],
    span: Span,
    problems: Problems,
    calendars: Mapping[str, Calendar],
) -> Node:
    """A call of a function that exists, with its arguments in order; not of `during`."""
    context = Context(name, span, problems, calendars)
    fewest, most = arity(name)
    if not fewest <= len(args) <= most:
        message = f"`{name}` takes {counted(fewest, most)}, not {len(args)}"
        return problems.refuse("E304", span, message, context.usage)
    if name in _OF_LENGTHS and any(isinstance(arg, Length) for arg in args):
        return lengths.lifted(
            lambda amounts: _SPECIAL[name](context, amounts), args, context
        )
    if name in PLAIN:
        return _plain(context, args, PLAIN[name])
    return _SPECIAL[name](context, args)


def during(
    event: Node,
    moment: Node,
    events: Collection[str],
    apart: Collection[str],
    span: Span,
    problems: Problems,
) -> Node:
    """`during("outage", ordered_at)`; `apart`: events that differ by the zone of a calendar."""
    context = Context("during", span, problems)
    name = event.value if isinstance(event, Literal) else None
    if event.type.data is not Data.UNKNOWN and not isinstance(name, str):
        message = "`during` takes an event's name first, in quotes"
        problems.refuse("E304", event.span, message, f"write `{SIGNATURES['during']}`")
    elif isinstance(name, str) and name not in events:
        message = f"there is no event {shown(name)}"
        advice = (
            did_you_mean(name, events) or "events are in a calendar: `[calendars.NAME]`"
        )
        problems.refuse("E306", event.span, message, advice)
    elif name in apart:
        message = f"the days of {shown(name)} are in calendars of several time zones"
        advice = "give the event of one time zone another name"
        problems.refuse("E306", event.span, message, advice)
    moment = natural_moment(moment, problems)
    context.expect(moment, TEMPORAL)
    return context.call((event, moment), BOOLEAN)


def _plain(context: Context, args: tuple[Node, ...], function: Plain) -> Node:
    if TEMPORAL in function.takes or CLOCKED in function.takes:
        beside = TIMESTAMP if CLOCKED in function.takes else None
        args = tuple(natural_moment(arg, context.problems, beside) for arg in args)
    for arg, sort in zip(args, function.takes, strict=True):
        context.expect(arg, sort)
    nullable = any(arg.type.nullable for arg in args)
    return context.call(args, function.gives.or_null(nullable))


def _abs(context: Context, args: tuple[Node, ...]) -> Node:
    context.expect(args[0], NUMERIC)
    return context.call(args, replace(args[0].type, values=()))


def _exp(context: Context, args: tuple[Node, ...]) -> Node:
    """Null where it would be too large for a float."""
    context.expect(args[0], NUMERIC)
    node = Call("exp", args, type=NUMBER, span=context.span)
    nullable = args[0].type.nullable or overflows(node)
    return context.call(args, NUMBER.or_null(nullable))


def _round(context: Context, args: tuple[Node, ...]) -> Node:
    context.expect(args[0], NUMERIC)
    if len(args) == 1:
        return context.call(args, INTEGER.or_null(args[0].type.nullable))
    decimals = constant(args[1])
    whole = args[1].type.data is Data.INTEGER and isinstance(decimals, int)
    reported = args[1].type.data is Data.UNKNOWN
    if not reported and not (whole and 0 <= decimals <= MOST_DECIMALS):  # type: ignore[operator]
        message = f"`round` takes a number of decimals from 0 to {MOST_DECIMALS}, as a literal"
        context.problems.refuse("E304", args[1].span, message)
    return context.call(args, NUMBER.or_null(args[0].type.nullable))


def _between(context: Context, args: tuple[Node, ...]) -> Node:
    """`days_between` and `hours_between`: a date is its midnight."""
    args = alike(args, context.problems)
    for arg in args:
        context.expect(arg, TEMPORAL)
    return context.call(args, NUMBER.or_null(any(arg.type.nullable for arg in args)))


def _extreme(context: Context, args: tuple[Node, ...]) -> Node:
    """`min`, `max` and `clip`."""
    args, joined = unify(args, context.span, context.problems)
    sort = ("numbers or moments", (*NUMBERS, *MOMENTS))
    if joined.data is not Data.UNKNOWN:
        context.expect(args[0], sort)
    if context.name == "clip":
        low, high = constant(args[1]), constant(args[2])
        numbers = isinstance(low, int | float) and isinstance(high, int | float)
        if numbers and low > high:  # type: ignore[operator]
            message = f"there is nothing between {low} and {high}"
            context.problems.refuse(
                "E304", context.span, message, f"write `{SIGNATURES['clip']}`"
            )
    return context.call(args, joined.or_null(any(arg.type.nullable for arg in args)))


def _coalesce(context: Context, args: tuple[Node, ...]) -> Node:
    given = tuple(arg for arg in args if not isinstance(arg, Null))
    if not given:
        return next(filter(is_typed, args), args[0])
    if len(given) == 1:
        return given[0]
    args, joined = unify(given, context.span, context.problems)
    nullable = all(arg.type.nullable for arg in args)
    return context.call(
        args, replace(joined, nullable=nullable, values=values_of(args))
    )


def _is_null(context: Context, args: tuple[Node, ...]) -> Node:
    return context.call(args, BOOLEAN)


def _now(context: Context, args: tuple[Node, ...]) -> Node:
    return Moment("now", type=TIMESTAMP, span=context.span)


_SPECIAL: dict[str, Callable[[Context, tuple[Node, ...]], Node]] = {
    "abs": _abs,
    "exp": _exp,
    "min": _extreme,
    "max": _extreme,
    "clip": _extreme,
    "round": _round,
    "days_between": _between,
    "hours_between": _between,
    "coalesce": _coalesce,
    "is_null": _is_null,
    "now": _now,
    **casts.FUNCTIONS,
    **calendar_functions.FUNCTIONS,
    **lengths.FUNCTIONS,
    **in_order.FUNCTIONS,
}
_OF_LENGTHS = (
    *("abs", "min", "max", "clip", "coalesce", "is_null"),
    *in_order.OF_LENGTHS,
)
