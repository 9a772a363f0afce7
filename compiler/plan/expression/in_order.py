"""Functions along the rows of a parent in order of time."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from compiler.plan.expression.context import NUMERIC, Context
from compiler.plan.expression.nodes import IN_ORDER, Node
from compiler.plan.expression.sizes import overflows
from compiler.plan.expression.syntax import Source
from compiler.spec.types import INTEGER, Data, Type


def names_order(text: str) -> bool:
    """Whether a text calls one of these functions, whatever else may be wrong with it."""
    if not any(name in text for name in IN_ORDER):
        return False
    tree = Source(text).tree
    calls = [] if tree is None else ast.walk(tree)
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in IN_ORDER
        for call in calls
    )


def _beside(context: Context, args: tuple[Node, ...]) -> Node:
    """`lag` and `lead`: beyond the first row and the last one there is none."""
    return context.call(args, args[0].type.or_null())


def _at_an_end(context: Context, args: tuple[Node, ...]) -> Node:
    """`first` and `last`: each row has both."""
    return context.call(args, args[0].type)


def _cumsum(context: Context, args: tuple[Node, ...]) -> Node:
    """Null where its argument is, and where it is too large for a float."""
    (arg,) = args
    if arg.type.data is Data.BOOLEAN:
        message = f"`cumsum` takes a number, and this is {arg.type.data.value}"
        advice = "count the rows where it holds: `cumsum(int(x))`"
        return context.problems.refuse("E305", arg.span, message, advice)
    context.expect(arg, NUMERIC)
    node = context.call(args, Type(arg.type.data))
    return replace(node, type=node.type.or_null(arg.type.nullable or overflows(node)))


def _row_number(context: Context, args: tuple[Node, ...]) -> Node:
    return context.call(args, INTEGER)


FUNCTIONS: dict[str, Callable[[Context, tuple[Node, ...]], Node]] = {
    "lag": _beside,
    "lead": _beside,
    "first": _at_an_end,
    "last": _at_an_end,
    "cumsum": _cumsum,
    "row_number": _row_number,
}
OF_LENGTHS = ("lag", "lead", "first", "last", "cumsum")
"""Those that take lengths of time, too."""
