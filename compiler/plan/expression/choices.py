"""Operators over any operands: numbers, texts and conditions, or lengths of time."""

from __future__ import annotations

from compiler.plan.expression import lengths, operators
from compiler.plan.expression.context import Context
from compiler.plan.expression.nodes import (
    ArithmeticOperator,
    ComparisonOperator,
    Length,
    Node,
    Span,
)
from compiler.plan.expression.problems import Problems


def negative(operand: Node, span: Span, problems: Problems) -> Node:
    """`-x`."""
    if isinstance(operand, Length):
        return lengths.negative(operand, span, problems)
    return operators.negative(operand, span, problems)


def arithmetic(
    op: ArithmeticOperator, left: Node, right: Node, span: Span, problems: Problems
) -> Node:
    """`left op right`."""
    if lengths.concerns(op, left, right):
        return lengths.arithmetic(op, left, right, span, problems)
    return operators.arithmetic(op, left, right, span, problems)


def compare(
    op: ComparisonOperator, left: Node, right: Node, span: Span, problems: Problems
) -> Node:
    """`left op right`."""
    if isinstance(left, Length) or isinstance(right, Length):
        return lengths.compare(op, left, right, span, problems)
    return operators.compare(op, left, right, span, problems)


def if_else(
    condition: Node, then: Node, otherwise: Node, span: Span, problems: Problems
) -> Node:
    """`then if condition else otherwise`."""

    def made(sides: tuple[Node, ...]) -> Node:
        return operators.if_else(condition, sides[0], sides[1], span, problems)

    sides = then, otherwise
    if isinstance(then, Length) or isinstance(otherwise, Length):
        return lengths.lifted(made, sides, Context("if", span, problems))
    return made(sides)
