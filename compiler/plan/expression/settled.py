"""Parts of a tree that are known beforehand."""

from __future__ import annotations

from dataclasses import replace

from compiler.plan.expression.fold import Undefined, constant
from compiler.plan.expression.nodes import Binary, Call, Literal, Node, Unary
from compiler.plan.expression.problems import Problems
from compiler.spec.types import Type


def settled(node: Node, problems: Problems) -> Node:
    """A node that is the same in all rows as one that is never null; a problem without a value."""
    if not isinstance(node, Unary | Binary | Call):
        return node
    try:
        value = constant(node)
    except Undefined as undefined:
        return problems.refuse("E304", node.span, str(undefined))
    if value is None:
        return node
    known = Type(node.type.data)
    if isinstance(node, Unary):
        return Literal(value, type=known, span=node.span)
    # What is the same in all rows is there in all rows: sqrt(2) is never null.
    return replace(node, type=known)
