"""How far from zero the numbers of an expression may be, and which parts of it may overflow.

A result that is too large for a float is null, as that of a division by zero is. To find where
that may happen is to know whether a column may be null. Integers wrap: they have a size anyway.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from compiler.plan.expression.fold import Undefined, constant
from compiler.plan.expression.nodes import (
    ArithmeticOperator,
    Binary,
    Call,
    IfElse,
    Moment,
    Node,
    Null,
    Read,
    Unary,
)
from compiler.spec.types import INTEGER, MAXIMUM, Data

MOST_ROWS = 1e10
"""More rows than a parent has: in a grid, one for each second of 300 years."""
FIXED = {
    "sin": 1.0,
    "cos": 1.0,
    "log": 745.0,  # of the least float there is
    "days_between": 1e9,
    "hours_between": 1e9,
    "row_number": MOST_ROWS,
    "year": 9_999.0,
    **dict.fromkeys(
        ("month", "day", "hour", "weekday", "quarter", "days_in_month"), 31.0
    ),
}
"""The size of what some functions give, whatever they are given."""


DRAWN = 250 * 366 * 86_400.0
"""No moment of a spec is further from 1970, in seconds: years are from 1900 to 2200."""
YEAR_1000 = 30_610_224_000.0
"""The seconds from its start until 1970. No moment is before it, or after the year 9999."""


def largest(node: Node) -> float:
    """No value of a node is further from zero; infinity where its operation may overflow."""
    try:
        value = constant(node)
    except Undefined:  # which is reported when the node is made
        return math.inf
    if isinstance(value, int | float):
        return abs(float(value))
    found = of_parts(node)
    return min(found, INTEGER.largest) if node.type.data is Data.INTEGER else found


def of_parts(node: Node) -> float:
    """The size of a node by those of its parts."""
    match node:
        case Null():
            return 0.0
        case Read(type=type) | Moment(type=type) if type.is_moment:
            return type.largest if type.largest < MAXIMUM else DRAWN
        case Read(type=type):
            return type.largest
        case Unary(operand=operand):
            return bounded(operand)
        case Binary(op=op, left=left, right=right):
            return of_arithmetic(op, left, right)
        case IfElse(then=then, otherwise=otherwise):
            return max(bounded(then), bounded(otherwise))
        case Call(name=name, args=args) if name in OF_ARGUMENTS:
            return OF_ARGUMENTS[name](*map(bounded, args))
        case Call(name=name):
            return FIXED.get(name, MAXIMUM)
        case _:
            return MAXIMUM


def bounded(node: Node) -> float:
    """The size of an operand: what would be too large in it is null."""
    return min(largest(node), MAXIMUM)


def overflows(node: Node) -> bool:
    """Whether the last operation of a node may give what is too large for a float."""
    return node.type.data is Data.NUMBER and largest(node) > MAXIMUM


def leaves_the_years(node: Node) -> bool:
    """Whether a moment may be beyond the years that there are, where it is null."""
    return largest(node) >= YEAR_1000


def of_arithmetic(op: ArithmeticOperator, left: Node, right: Node) -> float:
    """The size of `left op right`."""
    a, b = bounded(left), bounded(right)
    by = constant(right)
    match op:
        case "+" | "-":
            return a + b
        case "*":
            return a * b
        case "**":
            return power(left, a, b, by)
        case _:  # only by a number that is known is a quotient known to be small
            times = quotient(a, abs(by)) if isinstance(by, int | float) else math.inf
            return b if op == "%" and times <= MAXIMUM else times


def quotient(number: float, by: float) -> float:
    return number / by if by >= 1 or by > number / MAXIMUM else math.inf


def power(base: Node, a: float, b: float, exponent: object) -> float:
    """The size of a power: with a whole exponent that of the base counts, else both do."""
    known = constant(base)
    if isinstance(known, int | float) and known > 0:
        return exponential(abs(math.log(known)) * b)
    if isinstance(exponent, int | float) and exponent >= 0:
        return exponential(math.log(max(a, 1.0)) * exponent)
    return math.inf


def exponential(number: float) -> float:
    return math.exp(number) if number < math.log(MAXIMUM) else math.inf


OF_ARGUMENTS: dict[str, Callable[..., float]] = {
    "exp": exponential,
    "sqrt": math.sqrt,
    **dict.fromkeys(("round", "floor", "ceil"), lambda number, *_: number + 1),
    "seconds_between": lambda one, other: one + other,
    "later": lambda moment, seconds: moment + seconds,
    "months_later": lambda moment, months: moment + 31 * 86_400 * months,
    **dict.fromkeys(
        ("date", "timestamp", "trunc", "local", "month_start", "month_end"),
        lambda moment, *_: moment + 366 * 86_400,
    ),
    **dict.fromkeys(
        ("int", "float", "lag", "lead", "first", "last"), lambda value: value
    ),
    "cumsum": lambda number: number * MOST_ROWS,
    **dict.fromkeys(("abs", "min", "max", "clip", "coalesce"), lambda *all: max(all)),
}
"""The size of what the others give, by the sizes of their arguments."""
