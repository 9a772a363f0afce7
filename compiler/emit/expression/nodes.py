"""What the printers ask of a node of an expression."""

from __future__ import annotations

from compiler.plan.expression import Binary, Node, Read, Unary
from compiler.spec.types import NUMBER, Data


def is_category(node: Node) -> bool:
    """Whether a node's Series is an Enum."""
    return (
        isinstance(node, Read)
        and node.type.data is Data.TEXT
        and bool(node.type.values)
    )


def is_number(node: Node) -> bool:
    return node.type.data is NUMBER.data


def shows_its_sum(node: Node) -> bool:
    """`60 * 60` is clearer than 3600."""
    return isinstance(node, Unary | Binary) and node.type.data is not Data.TEXT


def clips(number: Node, bound: Node) -> bool:
    """Whether polars clips at this bound as it is: it casts bounds to the dtype of the numbers."""
    return number.type.data in (bound.type.data, Data.NUMBER)
