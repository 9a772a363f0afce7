"""The language of `expr`, `where` and `when`: text to a typed tree, never evaluated."""

from compiler.plan.expression.in_order import names_order
from compiler.plan.expression.nodes import (
    AHEAD,
    IN_ORDER,
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
    goes_by_order,
    is_scalar,
    reads,
    walk,
)
from compiler.plan.expression.parse import FUNCTIONS, Resolve, parse
from compiler.plan.expression.problems import Problem, Refusals

__all__ = [
    "AHEAD",
    "FUNCTIONS",
    "IN_ORDER",
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
    "Refusals",
    "Resolve",
    "Unary",
    "goes_by_order",
    "is_scalar",
    "names_order",
    "parse",
    "reads",
    "walk",
]
