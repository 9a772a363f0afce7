"""The language of `expr`, `where` and `when`: text to a typed tree, never evaluated."""

from compiler.plan.expression.nodes import (
    Binary,
    Call,
    Compare,
    IfElse,
    Length,
    Literal,
    Logic,
    Moment,
    Node,
    Not,
    Null,
    Read,
    Unary,
    is_scalar,
    reads,
    walk,
)
from compiler.plan.expression.parse import FUNCTIONS, Resolve, parse
from compiler.plan.expression.problems import Problem

__all__ = [
    "FUNCTIONS",
    "Binary",
    "Call",
    "Compare",
    "IfElse",
    "Length",
    "Literal",
    "Logic",
    "Moment",
    "Node",
    "Not",
    "Null",
    "Problem",
    "Read",
    "Resolve",
    "Unary",
    "is_scalar",
    "parse",
    "reads",
    "walk",
]
