"""What to write instead of operators between types that do not go together."""

from __future__ import annotations

import re

from compiler.diagnostics import Help, Hint, Write
from compiler.plan.expression.fold import constant
from compiler.plan.expression.moments import is_moment
from compiler.plan.expression.nodes import Literal, Moment, Node, Read
from compiler.spec.time import LENGTH, parse_length
from compiler.spec.types import Data


def unquoted(*nodes: Node) -> Help:
    """The way out of a comparison with a number in quotes."""
    for node in nodes:
        text = constant(node)
        if isinstance(text, str) and re.fullmatch(r"-?[0-9.]+|true|false", text, re.I):
            return Hint(f"write `{text}`, without quotes", Write(text, f"'{text}'"))
    return None


UNITS = {
    "s": "seconds",
    "m": "minutes",
    "h": "hours",
    "d": "days",
    "w": "weeks",
    "mo": "months",
}
"""The functions for the units of a length."""


def way_out(op: str, left: Node, right: Node) -> Help:
    """What to write instead of an operator with these operands, if that is known."""
    datas = (left.type.data, right.type.data)
    moments = [node for node in (left, right) if is_moment(node)]
    lengths = [node for node in (left, right) if _is_length(node)]
    if op == "+" and Data.TEXT in datas and not (moments and lengths):
        return (
            f'join them in a `template` column: text = "{_place(left)} {_place(right)}"'
        )
    if moments and isinstance(moments[0], Moment) and op == "-" and lengths:
        return (
            f"write '-{constant(lengths[0])}', which counts back from the window's end"
        )
    if len(moments) > 1 and op == "+":
        return "a moment goes with a length: `moment + days(n)`"
    if moments and op in ("+", "-"):
        return _with_a_unit(op, left, right)
    if Data.LENGTH in datas and {Data.INTEGER, Data.NUMBER} & {*datas}:
        return "a number of days is a length by `days(n)`"
    if Data.BOOLEAN in datas:
        return "write the numbers that it means: `1 if condition else 0`"
    return None


def _with_a_unit(op: str, left: Node, right: Node) -> Help:
    """What to write for a moment and a number of days, or the text of a length."""
    sides = [_with_unit(node) for node in (left, right)]
    if None in sides or (op == "-" and is_moment(right)):
        return "a moment goes with a length: `moment + days(n)`, `moment - hours(n)`"
    text = f" {op} ".join(map(str, sides))
    return Hint(f"write `{text}`", Write(text))


def _with_unit(node: Node) -> str | None:
    """A moment or a number as it is written, the number as a length; None if that is long."""
    if isinstance(node, Read):
        return node.path if is_moment(node) else f"days({node.path})"
    text = constant(node)
    if isinstance(node, Moment):
        return "now()" if node.text == "now" else None
    if isinstance(node, Literal) and isinstance(text, int | float):
        return f"days({text})"
    found = LENGTH.fullmatch(text) if isinstance(text, str) else None
    if found and found[2] in UNITS:
        return f"{UNITS[found[2]]}({found[1]})"
    return None


def _is_length(node: Node) -> bool:
    """Whether a node is the text of a length, such as '2d'."""
    text = constant(node)
    if not isinstance(text, str):
        return False
    try:
        parse_length(text)
    except ValueError:
        return False
    return True


def _place(node: Node) -> str:
    """A column as a place of a template."""
    return f"{{{node.path}}}" if isinstance(node, Read) else "{other}"
