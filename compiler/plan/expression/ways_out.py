"""What to write instead of operators between types that do not go together."""

from __future__ import annotations

import re

from compiler.diagnostics import Help, Hint, Write
from compiler.plan.expression.fold import constant
from compiler.plan.expression.moments import is_moment
from compiler.plan.expression.nodes import Moment, Node, Read
from compiler.spec.time import parse_length
from compiler.spec.types import Data


def unquoted(*nodes: Node) -> Help:
    """The way out of a comparison with a number in quotes."""
    for node in nodes:
        text = constant(node)
        if isinstance(text, str) and re.fullmatch(r"-?[0-9.]+|true|false", text, re.I):
            return Hint(f"write `{text}`, without quotes", Write(text, f"'{text}'"))
    return None


def way_out(op: str, left: Node, right: Node) -> str | None:
    """What to write instead of an operator with these operands, if that is known."""
    datas = (left.type.data, right.type.data)
    moments = [node for node in (left, right) if is_moment(node)]
    if op == "-" and len(moments) == 2:
        return "write `days_between(a, b)` or `hours_between(a, b)`, the earlier first"
    lengths = [node for node in (left, right) if _is_length(node)]
    if op == "+" and Data.TEXT in datas and not (moments and lengths):
        return (
            f'join them in a `template` column: text = "{_place(left)} {_place(right)}"'
        )
    if moments and isinstance(moments[0], Moment) and op == "-" and lengths:
        return (
            f"write '-{constant(lengths[0])}', which counts back from the window's end"
        )
    if moments:
        return _apart(op, moments[0])
    if Data.BOOLEAN in datas:
        return "write the numbers that it means: `1 if condition else 0`"
    return None


def _apart(op: str, moment: Node) -> str:
    """What to write for a moment and a number of days: two moments, whose distance it is."""
    name = moment.path if isinstance(moment, Read) else "moment"
    if op == "-":
        draw = f'the earlier one, and `{name}` by kind = "offset", of = "earlier"'
        days = f"days_between(earlier, {name})"
    else:
        draw = f'the later one by kind = "offset", of = "{name}"'
        days = f"days_between({name}, later)"
    return f"draw {draw}; `{days}` is the number of days"


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
