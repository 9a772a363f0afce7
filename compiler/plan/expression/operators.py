"""What operators take and give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal as Word

from compiler.diagnostics import did_you_mean
from compiler.plan.expression.fold import constant
from compiler.plan.expression.moments import as_moment, as_timestamp, beside
from compiler.plan.expression.nodes import (
    ArithmeticOperator,
    Binary,
    Compare,
    ComparisonOperator,
    IfElse,
    Literal,
    Logic,
    Node,
    Not,
    Null,
    Span,
    Unary,
)
from compiler.plan.expression.problems import Problems
from compiler.plan.expression.sizes import of_arithmetic
from compiler.plan.expression.ways_out import unquoted, way_out
from compiler.spec.time import shown
from compiler.spec.types import (
    BOOLEAN,
    INTEGER,
    MAXIMUM,
    NUMBER,
    TEXT,
    TIMESTAMP,
    UNKNOWN,
    Data,
    Type,
)

NUMBERS = (Data.INTEGER, Data.NUMBER)
LARGEST_EXPONENT = 63
MOST_PARTS = 200
"""Of `and` and `or`: Python reads a longer chain only so deep."""


def negative(operand: Node, span: Span, problems: Problems) -> Node:
    """`-x`."""
    if not operand.type.is_number:
        message = f"`-` takes a number, and this is {operand.type.data.value}"
        return problems.refuse("E305", operand.span, message)
    return Unary(
        "-", operand, type=Type(operand.type.data, operand.type.nullable), span=span
    )


def arithmetic(
    op: ArithmeticOperator, left: Node, right: Node, span: Span, problems: Problems
) -> Node:
    """`left op right`."""
    a, b = left.type, right.type
    nullable = a.nullable or b.nullable
    if Data.UNKNOWN in (a.data, b.data):
        return Binary(op, left, right, type=UNKNOWN, span=span)
    if op == "+" and a.data is b.data is Data.TEXT:
        return Binary(op, left, right, type=TEXT.or_null(nullable), span=span)
    if a.data not in NUMBERS or b.data not in NUMBERS:
        message = f"`{op}` cannot take {a.data.value} and {b.data.value}"
        return problems.refuse("E305", span, message, way_out(op, left, right))
    whole = a.data is b.data is Data.INTEGER and op != "/"
    whole = whole and (op != "**" or _is_whole_exponent(right))
    given = INTEGER if whole else NUMBER
    too_large = not whole and of_arithmetic(op, left, right) > MAXIMUM
    nullable = nullable or may_be_undefined(op, left, right) or too_large
    return Binary(op, left, right, type=given.or_null(nullable), span=span)


def may_be_undefined(op: ArithmeticOperator, left: Node, right: Node) -> bool:
    """Whether `left op right` can have no value where both sides have one (it then is null)."""
    if op == "**":
        return not _is_whole_exponent(right) and not _is_positive(left)
    return op in ("/", "//", "%") and not constant(right)


def compare(
    op: ComparisonOperator, left: Node, right: Node, span: Span, problems: Problems
) -> Node:
    """`left op right`, of two things of one sort."""
    if wanted := beside((left, right)):
        left = as_moment(left, wanted, problems)
        right = as_moment(right, wanted, problems)
    given = Compare(op, left, right, type=BOOLEAN, span=span)
    sorts = {_sort(left.type), _sort(right.type)}
    if Data.UNKNOWN in sorts:
        return given
    if len(sorts) > 1:
        message = (
            f"`{op}` cannot compare {left.type.data.value}"
            f" with {right.type.data.value}"
        )
        return problems.refuse("E305", span, message, unquoted(left, right))
    if Data.BOOLEAN in sorts and op not in ("==", "!="):
        message = f"`{op}` cannot compare true with false: they have no order"
        return problems.refuse("E305", span, message)
    if op in ("==", "!="):
        for one, other in ((left, right), (right, left)):
            if strange := _not_a_value(one, other.type):
                message = f"{shown(strange)} and this category can never be equal"
                advice = did_you_mean(strange, other.type.values)
                return problems.refuse("E305", one.span, message, advice)
    return given


def logic(
    op: Word["and", "or"], parts: list[Node], span: Span, problems: Problems
) -> Node:
    """`a and b`, `a or b`."""
    for part in parts:
        _condition(part, f"`{op}`", problems)
    if len(parts) > MOST_PARTS and not is_one_of(parts):
        message = f"`{op}` joins at most {MOST_PARTS} conditions"
        advice = "put some of them into another column, with `hidden = true`"
        return problems.refuse("E302", span, message, advice)
    return Logic(op, tuple(parts), type=BOOLEAN, span=span)


def is_one_of(parts: Sequence[Node]) -> bool:
    """Whether these ask if one thing equals this literal, or that one: `x == 1`, `x == 2`."""
    return all(
        isinstance(part, Compare)
        and isinstance(parts[0], Compare)
        and part.op == "=="
        and part.left == parts[0].left
        and isinstance(part.right, Literal)
        and not isinstance(part.right.value, bool)
        for part in parts
    )


def negation(operand: Node, span: Span, problems: Problems) -> Node:
    """`not a`."""
    _condition(operand, "`not`", problems)
    return Not(operand, type=BOOLEAN, span=span)


def if_else(
    condition: Node, then: Node, otherwise: Node, span: Span, problems: Problems
) -> Node:
    """`then if condition else otherwise`."""
    _condition(condition, "`if`", problems)
    decided = constant(condition)
    taken = [then, otherwise] if decided is None else [then if decided else otherwise]
    if all(isinstance(node, Null) for node in taken):
        type = (
            joint(tuple(taken), span, problems)
            if any(map(is_typed, taken))
            else UNKNOWN
        )
        return Null(type=type.or_null(), span=span)
    (then, otherwise), joined = unify((then, otherwise), span, problems)
    taken = [then, otherwise] if decided is None else [then if decided else otherwise]
    nullable = any(node.type.nullable for node in taken)
    given = replace(joined, nullable=nullable, values=values_of((then, otherwise)))
    return IfElse(condition, then, otherwise, type=given, span=span)


def unify(
    nodes: tuple[Node, ...], span: Span, problems: Problems
) -> tuple[tuple[Node, ...], Type]:
    """Nodes that give one column, brought to one type; that type, without values, never null."""
    if wanted := beside(nodes):
        nodes = tuple(as_moment(node, wanted, problems) for node in nodes)
        if Data.TIMESTAMP in (node.type.data for node in nodes):
            nodes = tuple(map(as_timestamp, nodes))
    joined = joint(nodes, span, problems)
    null = joined.or_null()
    return (
        tuple(
            replace(node, type=null) if isinstance(node, Null) else node
            for node in nodes
        ),
        joined,
    )


def joint(nodes: tuple[Node, ...], span: Span, problems: Problems) -> Type:
    """The one type of nodes that give one column; null has any."""
    datas = list(dict.fromkeys(node.type.data for node in nodes if is_typed(node)))
    if Data.UNKNOWN in datas:
        return UNKNOWN
    if len(datas) == 1:
        return Type(datas[0])
    if all(data in NUMBERS for data in datas):
        return NUMBER
    first, second, *_ = datas
    message = f"these must be of one type, and are {first.value} and {second.value}"
    return problems.refuse("E305", span, message).type


def is_typed(node: Node) -> bool:
    """Whether a node has a type of its own: a bare `None` takes that of the others."""
    return not isinstance(node, Null) or node.type.data is not Data.UNKNOWN


def values_of(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The values of a column that takes its cells from these nodes, where they are known."""
    values: dict[str, None] = {}
    for node in nodes:
        if isinstance(node, Literal) and isinstance(node.value, str):
            values[node.value] = None
        elif isinstance(node, Null):
            continue
        elif node.type.data is Data.TEXT and node.type.values:
            values.update(dict.fromkeys(node.type.values))
        else:
            return ()
    return tuple(values)


def _condition(node: Node, who: str, problems: Problems) -> None:
    if not node.type.is_boolean:
        message = f"{who} takes a condition, and this is {node.type.data.value}"
        advice = "compare it with something, such as `amount > 0`"
        problems.refuse("E305", node.span, message, advice)


def _sort(type: Type) -> Data:
    """What can be compared with each other."""
    if type.data in NUMBERS:
        return Data.NUMBER
    return TIMESTAMP.data if type.data is Data.DATE else type.data


def _not_a_value(node: Node, category: Type) -> str | None:
    """The text of a literal that a category never takes."""
    if not (
        isinstance(node, Literal) and isinstance(node.value, str) and category.values
    ):
        return None
    return node.value if node.value not in category.values else None


def _is_positive(node: Node) -> bool:
    value = constant(node)
    return isinstance(value, int | float) and value > 0


def _is_whole_exponent(node: Node) -> bool:
    value = constant(node)
    return isinstance(value, int) and 0 <= value <= LARGEST_EXPONENT
