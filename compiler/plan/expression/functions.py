"""The language's functions: what each takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from compiler.diagnostics import did_you_mean
from compiler.plan.expression.fold import constant
from compiler.plan.expression.moments import (
    MOMENTS,
    is_moment,
    natural_moment,
)
from compiler.plan.expression.nodes import Call, Literal, Moment, Node, Span
from compiler.plan.expression.operators import NUMBERS, unify, values_of
from compiler.plan.expression.problems import Problems
from compiler.plan.expression.sizes import overflows
from compiler.spec.time import shown
from compiler.spec.types import BOOLEAN, INTEGER, NUMBER, TEXT, TIMESTAMP, Data, Type

NUMERIC = ("a number", NUMBERS)
TEXTUAL = ("text", (Data.TEXT,))
TEMPORAL = ("a moment", MOMENTS)
CLOCKED = ("a timestamp", (Data.TIMESTAMP,))
MOST_DECIMALS = 15


@dataclass(frozen=True)
class Plain:
    """A function whose arguments are each of one sort, and whose type does not depend on them."""

    takes: tuple[tuple[str, tuple[Data, ...]], ...]
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
    "month": Plain((TEMPORAL,), INTEGER),
    "day": Plain((TEMPORAL,), INTEGER),
    "weekday": Plain((TEMPORAL,), INTEGER),
    "hour": Plain((CLOCKED,), INTEGER),
}


@dataclass(frozen=True)
class Context:
    """What a function's checks need besides its arguments."""

    name: str
    span: Span
    problems: Problems

    def call(self, args: tuple[Node, ...], type: Type) -> Node:
        return Call(self.name, args, type=type, span=self.span)

    def expect(self, arg: Node, sort: tuple[str, tuple[Data, ...]]) -> bool:
        """Whether an argument is of a sort; notes a problem unless it is (or is unknown)."""
        words, datas = sort
        if arg.type.data is Data.UNKNOWN:
            return False
        if arg.type.data in datas:
            return True
        message = f"`{self.name}` takes {words}, and this is {arg.type.data.value}"
        dates = sort is CLOCKED and arg.type.data is Data.DATE
        advice = "a date has no hour: make it a `timestamp` column" if dates else None
        self.problems.refuse("E305", arg.span, message, advice)
        return False


def call(name: str, args: tuple[Node, ...], span: Span, problems: Problems) -> Node:
    """A call of a function that exists, with its arguments in order; not of `during`."""
    context = Context(name, span, problems)
    fewest, most = _arity(name)
    if not fewest <= len(args) <= most:
        message = f"`{name}` takes {_counted(fewest, most)}, not {len(args)}"
        return problems.refuse("E304", span, message, f"write `{SIGNATURES[name]}`")
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
    moments = [
        arg.type for arg in args if is_moment(arg) and not isinstance(arg, Moment)
    ]
    beside = Type(moments[0].data) if moments else None
    args = tuple(natural_moment(arg, context.problems, beside) for arg in args)
    if Data.TIMESTAMP in (args[0].type.data, args[1].type.data):
        # The text can be either: the subtraction then has two of a sort.
        args = tuple(
            replace(arg, type=TIMESTAMP) if isinstance(arg, Moment) else arg
            for arg in args
        )
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
    args, joined = unify(args, context.span, context.problems)
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
}

SIGNATURES: dict[str, str] = {
    "abs": "abs(number)",
    "min": "min(a, b, ...)",
    "max": "max(a, b, ...)",
    "round": "round(number, decimals)",
    "floor": "floor(number)",
    "ceil": "ceil(number)",
    "log": "log(number)",
    "exp": "exp(number)",
    "sqrt": "sqrt(number)",
    "sin": "sin(number)",
    "cos": "cos(number)",
    "clip": "clip(number, low, high)",
    "lower": "lower(text)",
    "upper": "upper(text)",
    "slug": "slug(text)",
    "len": "len(text)",
    "year": "year(moment)",
    "month": "month(moment)",
    "day": "day(moment)",
    "hour": "hour(timestamp)",
    "weekday": "weekday(moment)",
    "days_between": "days_between(earlier, later)",
    "hours_between": "hours_between(earlier, later)",
    "coalesce": "coalesce(a, b, ...)",
    "is_null": "is_null(a)",
    "now": "now()",
    "during": 'during("event", moment)',
}
"""How each function is written. The language has no others."""

_ENDLESS = 1_000_000


def _arity(name: str) -> tuple[int, int]:
    """The fewest and the most arguments."""
    signature = SIGNATURES[name]
    count = 0 if signature.endswith("()") else signature.count(",") + 1
    if "..." in signature:
        return count - 1, _ENDLESS
    return (1, 2) if name == "round" else (count, count)


def _counted(fewest: int, most: int) -> str:
    words = f"{fewest} argument{'' if fewest == 1 else 's'}"
    if most == _ENDLESS:
        return f"{words} or more"
    return words if fewest == most else f"{fewest} or {most} arguments"
