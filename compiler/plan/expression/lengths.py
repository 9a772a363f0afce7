"""Lengths of time: numbers of seconds, or of months, that go with moments and with each other.

A complete tree holds none: what is made of a length is arithmetic of its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from compiler.diagnostics import Help, Hint, Write
from compiler.plan.expression import operators
from compiler.plan.expression.context import NUMERIC, Context
from compiler.plan.expression.fold import constant
from compiler.plan.expression.moments import (
    alike,
    as_timestamp,
    is_moment,
    natural_moment,
    reads_as_moment,
)
from compiler.plan.expression.nodes import (
    ArithmeticOperator,
    Binary,
    Call,
    ComparisonOperator,
    Length,
    Literal,
    Node,
    Null,
    Span,
    length,
    unknown,
)
from compiler.plan.expression.problems import Problems
from compiler.plan.expression.settled import settled
from compiler.plan.expression.sizes import leaves_the_years
from compiler.plan.expression.ways_out import way_out
from compiler.spec.types import BOOLEAN, DATE, INTEGER, TIMESTAMP, Data

MONTHS_DIFFER = (
    "months differ in length: add them to a moment first, `at + months(1) + days(2)`"
)
UNITS = {
    "minutes": Literal(60, "MINUTE", type=INTEGER),
    "hours": Literal(3_600, "HOUR", type=INTEGER),
    "days": Literal(86_400, "DAY", type=INTEGER),
    "weeks": Literal(86_400, "DAY", type=INTEGER),
}
"""The seconds of each unit; a week is seven times the last one."""


def _units(context: Context, args: tuple[Node, ...]) -> Node:
    """`days(n)` and the like."""
    count = args[0]
    if not context.expect(count, NUMERIC):
        return unknown(context.span)
    whole = count.type.data is Data.INTEGER
    if context.name == "months":
        if not whole:
            message = (
                f"`months` takes a whole number, and this is {count.type.data.value}"
            )
            return context.problems.refuse(
                "E305", count.span, message, "make it one: `months(int(x))`"
            )
        return length(count, context.span, True, True)
    if context.name == "weeks":
        count = _product(count, Literal(7, type=INTEGER), context)
    unit = UNITS.get(context.name)
    amount = _product(count, unit, context) if unit else count
    whole_days = whole and context.name in ("days", "weeks")
    return length(amount, context.span, False, whole_days)


def _product(count: Node, unit: Node, context: Context) -> Node:
    if isinstance(count, Literal) and constant(count) == 1:
        return unit
    product = operators.arithmetic("*", count, unit, context.span, context.problems)
    return settled(product, context.problems)


FUNCTIONS: dict[str, Callable[[Context, tuple[Node, ...]], Node]] = dict.fromkeys(
    ("days", "weeks", "hours", "minutes", "seconds", "months"), _units
)


def concerns(op: str, left: Node, right: Node) -> bool:
    """Whether an operator has to do with a length, or gives one."""
    sides = left, right
    if any(isinstance(side, Length) for side in sides):
        return True
    return op == "-" and any(map(is_moment, sides)) and all(map(reads_as_moment, sides))


def negative(operand: Length, span: Span, problems: Problems) -> Node:
    """`-length`."""
    return replace(operand, amount=_minus(operand.amount, problems), span=span)


def _minus(amount: Node, problems: Problems) -> Node:
    if isinstance(amount, Binary) and amount.op == "*":
        return replace(amount, left=_minus(amount.left, problems))
    return settled(operators.negative(amount, amount.span, problems), problems)


def arithmetic(
    op: ArithmeticOperator, left: Node, right: Node, span: Span, problems: Problems
) -> Node:
    """`left op right` with moments and lengths."""
    if Data.UNKNOWN in (left.type.data, right.type.data):
        return unknown(span)
    if isinstance(left, Length) and isinstance(right, Length):
        given = _of_two(op, left, right, span, problems)
    elif isinstance(right, Length) and left.type.is_number and op == "*":
        given = _times(op, right, left, (left, right.amount), span, problems)
    elif isinstance(left, Length) and right.type.is_number and op in ("*", "/"):
        given = _times(op, left, right, (left.amount, right), span, problems)
    elif isinstance(right, Length) and op in ("+", "-") and reads_as_moment(left):
        given = later(op, left, right, span, problems)
    elif isinstance(left, Length) and op == "+" and reads_as_moment(right):
        given = later(op, right, left, span, problems)
    elif op == "-" and reads_as_moment(left) and reads_as_moment(right):
        given = between(left, right, span, problems)
    else:
        given = None
    if given is not None:
        return given
    message = f"`{op}` cannot take {left.type.data.value} and {right.type.data.value}"
    return problems.refuse("E305", span, message, way_out(op, left, right))


def _of_two(
    op: ArithmeticOperator, left: Length, right: Length, span: Span, problems: Problems
) -> Node | None:
    if op not in ("+", "-", "/", "//", "%"):
        return None
    if left.by_calendar != right.by_calendar:
        message = f"`{op}` cannot take months and another length"
        return problems.refuse("E305", span, message, MONTHS_DIFFER)
    amount = operators.arithmetic(op, left.amount, right.amount, span, problems)
    amount = settled(amount, problems)
    if op in ("/", "//"):
        return amount
    whole_days = left.whole_days and right.whole_days
    return length(amount, span, left.by_calendar, whole_days)


def _times(
    op: ArithmeticOperator,
    one: Length,
    number: Node,
    sides: tuple[Node, Node],
    span: Span,
    problems: Problems,
) -> Node:
    """A length, times a number or divided by one."""
    amount = settled(operators.arithmetic(op, *sides, span, problems), problems)
    whole = op == "*" and number.type.data is Data.INTEGER
    if one.by_calendar and not whole:
        message = "a part of a month has no fixed length"
        advice = "round the number of months: `months(round(x))`"
        return problems.refuse("E305", span, message, advice)
    return length(amount, span, one.by_calendar, one.whole_days and whole)


def later(op: str, moment: Node, added: Length, span: Span, problems: Problems) -> Node:
    """A moment and a length: a date where both are of whole days."""
    moment = natural_moment(moment, problems)
    if moment.type.data is Data.UNKNOWN:
        return unknown(span)
    amount = _minus(added.amount, problems) if op == "-" else added.amount
    name = "months_later" if added.by_calendar else "later"
    day = moment.type.data is Data.DATE and added.whole_days
    moment = moment if day else as_timestamp(moment)
    node = Call(name, (moment, amount), type=DATE if day else TIMESTAMP, span=span)
    nullable = moment.type.nullable or amount.type.nullable or leaves_the_years(node)
    return replace(node, type=node.type.or_null(nullable))


def between(left: Node, right: Node, span: Span, problems: Problems) -> Node:
    """`later - earlier`."""
    earlier, late = alike((right, left), problems)
    days = earlier.type.data is late.type.data is Data.DATE
    nullable = earlier.type.nullable or late.type.nullable
    seconds = INTEGER.or_null(nullable)
    node = Call("seconds_between", (earlier, late), type=seconds, span=span)
    return length(node, span, False, days)


def compare(
    op: ComparisonOperator, left: Node, right: Node, span: Span, problems: Problems
) -> Node:
    """`left op right`, of which one at least is a length."""
    unsure = Data.UNKNOWN in (left.type.data, right.type.data)
    if unsure:
        return unknown(span)
    if not (isinstance(left, Length) and isinstance(right, Length)):
        message = (
            f"`{op}` cannot compare {left.type.data.value}"
            f" with {right.type.data.value}"
        )
        advice = "compare it with a length, such as `days(2)`"
        return problems.refuse("E305", span, message, advice)
    if left.by_calendar != right.by_calendar:
        message = f"`{op}` cannot compare months with another length"
        advice = "months differ in length: compare moments, `at + months(1) > later`"
        return problems.refuse("E305", span, message, advice)
    return operators.compare(op, left.amount, right.amount, span, problems)


def lifted(
    make: Callable[[tuple[Node, ...]], Node], nodes: tuple[Node, ...], context: Context
) -> Node:
    """What is made of lengths as it is of numbers: `max(a, b)`, `a if c else b`."""
    found = [node for node in nodes if isinstance(node, Length)]
    for node in nodes:
        if not isinstance(node, Length | Null) and node.type.data is not Data.UNKNOWN:
            message = (
                "these must be of one type, and are "
                f"{Data.LENGTH.value} and {node.type.data.value}"
            )
            advice = None
            if node.type.is_number:
                advice = "a number of days is a length by `days(n)`"
            return context.problems.refuse("E305", node.span, message, advice)
    by_calendar = found[0].by_calendar
    if any(node.by_calendar != by_calendar for node in found):
        message = "these are months and another length"
        return context.problems.refuse("E305", context.span, message, MONTHS_DIFFER)
    amounts = tuple(node.amount if isinstance(node, Length) else node for node in nodes)
    made = settled(make(amounts), context.problems)
    if made.type == BOOLEAN or isinstance(made, Null):
        return made
    whole_days = all(node.whole_days for node in found)
    return length(made, context.span, by_calendar, whole_days)


def in_a_column(node: Length, text: str) -> Help:
    """What to write for a length where a value is wanted."""
    if node.by_calendar:
        return "add it to a moment: `at + months(1)`"
    text = text if re.fullmatch(r"\w+\([^()]*\)", text) else f"({text})"
    number = f"{text} / {'days' if node.whole_days else 'hours'}(1)"
    return Hint(f"write a number: `{number}`", Write(number))
