"""The value of an expression that is the same whatever the rows hold."""

from __future__ import annotations

import math
import operator
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from compiler.plan.expression.nodes import (
    Binary,
    Call,
    Compare,
    IfElse,
    Literal,
    Logic,
    Node,
    Not,
    Unary,
    Value,
)

LARGEST = 2**63 - 1


class Undefined(Exception):
    """A constant expression that has no value, such as 1 / 0."""


def constant(node: Node) -> Value | None:
    """The value of a node that depends on no column and no moment; None for all others.

    Raises Undefined where it never has a value.
    """
    match node:
        case Literal(value=value):
            return value
        case Unary(operand=operand):
            return _applied(operator.neg, (operand,))
        case Binary(op=op, left=left, right=right):
            return _applied(_ARITHMETIC[op], (left, right))
        case Compare(op=op, left=left, right=right):
            return _applied(_COMPARISONS[op], (left, right))
        case Not(operand=operand):
            return _applied(operator.not_, (operand,))
        case Logic(op=op, parts=parts):
            return _logic(op == "or", [constant(part) for part in parts])
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            decided = constant(condition)
            return None if decided is None else constant(then if decided else otherwise)
        case Call(name="coalesce", args=args):
            return constant(args[0])
        case Call(name=name, args=args) if name in _FUNCTIONS:
            return _applied(_FUNCTIONS[name], args)
        case _:
            return None


def _logic(deciding: bool, parts: list[Value | None]) -> bool | None:
    if deciding in parts:
        return deciding
    return None if None in parts else not deciding


def _applied(function: Callable[..., Any], operands: tuple[Node, ...]) -> Value | None:
    values = [constant(operand) for operand in operands]
    if None in values:
        return None
    try:
        value = function(*values)
    except (ArithmeticError, ValueError) as error:
        raise Undefined("this has no value in any row") from error
    except TypeError:
        return None  # It has a problem of types, which is reported there.
    if isinstance(value, complex) or (
        isinstance(value, float) and not math.isfinite(value)
    ):
        raise Undefined("this has no value in any row")
    if isinstance(value, int) and not -LARGEST - 1 <= value <= LARGEST:
        raise Undefined("this integer does not fit into 64 bits")
    return value  # type: ignore[no-any-return]


def _power(base: Any, exponent: Any) -> Any:
    # 9 ** 9 ** 9 would take Python hours.
    if isinstance(base, int) and abs(base) > 1 and exponent > 63:
        return LARGEST + 1 if isinstance(exponent, int) else float(base) ** exponent
    return base**exponent


def slug(text: str) -> str:
    """As the helper `slug` of an emitted script does it."""
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(
        each for each in letters if not unicodedata.category(each).startswith("M")
    )
    return re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")


WHOLE = r"[+-]?[0-9]+"
DECIMAL = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
"""The texts that are numbers, as in the helpers `parse_int` and `parse_float`."""


def whole(value: Value) -> int:
    """`int(x)`: toward zero. Raises ValueError where there is none."""
    if isinstance(value, str) and not re.fullmatch(WHOLE, value):
        raise ValueError("no whole number")
    return int(value)


def decimal(value: Value) -> float:
    """`float(x)`; raises ValueError where there is none."""
    if isinstance(value, str) and not re.fullmatch(DECIMAL, value):
        raise ValueError("no number")
    return float(value)


def _clip(number: Any, low: Any, high: Any) -> Any:
    return max(min(number, high), low)


_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": _power,
}
_COMPARISONS: dict[str, Callable[..., Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": abs,
    "min": min,
    "max": max,
    "round": round,
    "floor": math.floor,
    "ceil": math.ceil,
    "log": math.log,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "clip": _clip,
    "lower": str.lower,
    "upper": str.upper,
    "slug": slug,
    "len": len,
    "is_null": lambda value: False,
    "int": whole,
    "float": decimal,
}
