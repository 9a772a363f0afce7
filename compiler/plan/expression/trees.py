"""Parts of Python's syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Literal

from compiler.plan.expression.nodes import Node


def dotted(tree: ast.expr) -> str | None:
    """`customer_id.tier`, of names only."""
    if isinstance(tree, ast.Name):
        return tree.id
    if isinstance(tree, ast.Attribute):
        before = dotted(tree.value)
        return f"{before}.{tree.attr}" if before else None
    return None


def is_null(tree: ast.expr) -> bool:
    """Whether a part is null, however it is written."""
    null = isinstance(tree, ast.Constant) and tree.value is None
    return null or (isinstance(tree, ast.Name) and tree.id == "null")


def word_of(op: ast.boolop) -> Literal["and", "or"]:
    """An operator as it is written."""
    return "and" if isinstance(op, ast.And) else "or"


class Once:
    """A function that is asked once for each part of a syntax tree."""

    def __init__(self, function: Callable[[ast.expr], Node]) -> None:
        self._function = function
        self._known: dict[ast.expr, Node] = {}

    def __call__(self, tree: ast.expr) -> Node:
        if tree not in self._known:
            self._known[tree] = self._function(tree)
        return self._known[tree]
