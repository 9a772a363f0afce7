"""The typed tree of an expression. Every node knows its type and its place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal as Word
from typing import TypeAlias

from compiler.spec.types import UNKNOWN, Data, Type

Span: TypeAlias = tuple[int, int]
"""Where a node is in the expression's text: characters, the end not in it."""

Value: TypeAlias = int | float | bool | str
ArithmeticOperator = Word["+", "-", "*", "/", "//", "%", "**"]
ComparisonOperator = Word["==", "!=", "<", "<=", ">", ">="]

AHEAD = ("lead", "last")
IN_ORDER = ("lag", *AHEAD, "first", "cumsum", "row_number")
"""The functions along a parent's rows in order of time; some look at later rows."""


@dataclass(frozen=True, kw_only=True)
class Base:
    """What every node has. The place is no part of what makes two nodes equal."""

    type: Type
    span: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True)
class Literal(Base):
    """A number, true or false, or text."""

    value: Value
    unit: str = ""
    """The name that a script has for this number: `DAY`."""


@dataclass(frozen=True)
class Null(Base):
    """`None`: no value, of the type of what it replaces."""


@dataclass(frozen=True)
class Moment(Base):
    """Text that was beside a moment and was read as one, or `now`; `text` is as written."""

    text: str


@dataclass(frozen=True)
class Read(Base):
    """The value at a path: `amount`, `customer_id.tier`."""

    path: str


@dataclass(frozen=True)
class Unary(Base):
    """A number with its sign turned."""

    op: Word["-"]
    operand: Node


@dataclass(frozen=True)
class Binary(Base):
    """Arithmetic on two numbers, or `+` on two texts."""

    op: ArithmeticOperator
    left: Node
    right: Node


@dataclass(frozen=True)
class Compare(Base):
    """One comparison: false where either side is null."""

    op: ComparisonOperator
    left: Node
    right: Node


@dataclass(frozen=True)
class Logic(Base):
    """Conditions that must all hold (`and`), or one of them (`or`). Null counts as false."""

    op: Word["and", "or"]
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not(Base):
    """True where the operand is false or null."""

    operand: Node


@dataclass(frozen=True)
class IfElse(Base):
    """`then` where the condition holds; `otherwise` where it is false or null."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True)
class Call(Base):
    """One of the language's functions. Its arguments number and fit: the parser saw to that."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True)
class Length(Base):
    """A length of time. A complete tree holds none, only what is made of its number."""

    amount: Node
    """A number of seconds, or of months."""
    by_calendar: bool = False
    """Whether it counts months, which differ in length."""
    whole_days: bool = False
    """Whether a date and this length make a date."""


def length(amount: Node, span: Span, by_calendar: bool, whole_days: bool) -> Node:
    """A length of so many seconds or months; of an unknown number, something unknown."""
    if amount.type.data is Data.UNKNOWN:
        return unknown(span)
    type = Type(Data.LENGTH, amount.type.nullable)
    return Length(amount, by_calendar, whole_days, type=type, span=span)


Node: TypeAlias = (
    Literal
    | Null
    | Moment
    | Read
    | Unary
    | Binary
    | Compare
    | Logic
    | Not
    | IfElse
    | Call
    | Length
)


def unknown(span: Span) -> Node:
    """What takes the place of a part that has a problem."""
    return Read("", type=UNKNOWN, span=span)


def children(node: Node) -> tuple[Node, ...]:
    """A node's parts, in the order of the text."""
    match node:
        case Unary(operand=operand) | Not(operand=operand):
            return (operand,)
        case Binary(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case Logic(parts=parts):
            return parts
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            return (then, condition, otherwise)
        case Call(args=args):
            return args
        case Length(amount=amount):
            return (amount,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, in the order of the text."""
    rest = [node]
    while rest:
        current = rest.pop()
        yield current
        rest.extend(reversed(children(current)))


def reads(node: Node) -> list[str]:
    """All paths that an expression reads, in the order of the text, each once."""
    return list(
        dict.fromkeys(part.path for part in walk(node) if isinstance(part, Read))
    )


def goes_by_order(node: Node) -> bool:
    """Whether an expression looks at other rows of the same parent, in order of time."""
    return any(isinstance(part, Call) and part.name in IN_ORDER for part in walk(node))


def is_scalar(node: Node) -> bool:
    """Whether an expression reads no column, so that it has one value for all rows."""
    reads_any = any(isinstance(part, Read) for part in walk(node))
    return not reads_any and not goes_by_order(node)
