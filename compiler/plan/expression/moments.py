"""Text that is compared with a moment, read as one."""

from __future__ import annotations

import re
from dataclasses import replace

from compiler.plan.expression.nodes import Call, IfElse, Literal, Moment, Node, Null
from compiler.plan.expression.problems import Problems
from compiler.spec.time import MOMENT_HELP, parse_moment, shown
from compiler.spec.types import DATE, TIMESTAMP, Data, Type

MOMENTS = (Data.DATE, Data.TIMESTAMP)


def is_moment(node: Node) -> bool:
    """Whether a node is known to be a date or a timestamp."""
    return node.type.data in MOMENTS


def beside(nodes: tuple[Node, ...]) -> Type | None:
    """The type that text among these nodes is to take, if one of them is a moment.

    `now` fits both: compared with a date it means the day.
    """
    moments = [
        node.type for node in nodes if is_moment(node) and not isinstance(node, Moment)
    ]
    if moments:
        return Type(moments[0].data)
    return TIMESTAMP if any(map(is_moment, nodes)) else None


def as_moment(node: Node, wanted: Type, problems: Problems) -> Node:
    """Text, or an if/else over texts, as a moment; any other node as it is.

    Beside a date, text without a time of day is a date too.
    """
    match node:
        case Literal(value=str(text)):
            fits = type_of(text)
            if fits is None:
                message = f"{shown(text)} is compared with a moment, and is none"
                return problems.refuse("E305", node.span, message, MOMENT_HELP)
            narrower = TIMESTAMP if Data.TIMESTAMP in (fits.data, wanted.data) else DATE
            return Moment(text, type=narrower, span=node.span)
        case Moment(text="now"):
            return replace(node, type=wanted)
        case Null():
            return replace(node, type=wanted.or_null())
        case IfElse(type=Type(data=Data.TEXT)) if None not in _texts(node):
            if TIMESTAMP in map(type_of, _texts(node)):
                # One has a time of day, so that the others mean their midnights.
                wanted = TIMESTAMP
            then = as_moment(node.then, wanted, problems)
            otherwise = as_moment(node.otherwise, wanted, problems)
            type = otherwise.type if isinstance(then, Null) else then.type
            type = type.or_null(node.type.nullable)
            return replace(node, then=then, otherwise=otherwise, type=type)
        case _:
            return node


def natural_moment(node: Node, problems: Problems, beside: Type | None = None) -> Node:
    """Text as a moment where no rounding to a day is wanted: only an ISO date is a date."""
    if isinstance(node, Literal) and isinstance(node.value, str):
        day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.value)
        alone = beside is None or beside.data is Data.DATE
        return as_moment(node, DATE if day and alone else TIMESTAMP, problems)
    return as_moment(node, TIMESTAMP, problems)


def as_timestamp(node: Node) -> Node:
    """A date as its midnight; any other node as it is."""
    if node.type.data is not Data.DATE:
        return node
    type = TIMESTAMP.or_null(node.type.nullable)
    if isinstance(node, Moment | Null):
        return replace(node, type=type)
    return Call("timestamp", (node,), type=type, span=node.span)


def alike(args: tuple[Node, ...], problems: Problems) -> tuple[Node, ...]:
    """Two moments of which the time between them is asked."""
    known = [arg.type for arg in args if is_moment(arg) and not isinstance(arg, Moment)]
    beside = Type(known[0].data) if known else None
    args = tuple(natural_moment(arg, problems, beside) for arg in args)
    if Data.TIMESTAMP in (arg.type.data for arg in args):
        # The text can be either: the subtraction then has two of a sort.
        args = tuple(
            replace(arg, type=TIMESTAMP) if isinstance(arg, Moment) else arg
            for arg in args
        )
    return args


def type_of(text: str | None) -> Type | None:
    """What a text can be read as: a date where it has no time of day."""
    if text is None:
        return None
    try:
        when = parse_moment(text)
    except ValueError:
        return None
    return DATE if when.whole_day else TIMESTAMP


def reads_as_moment(node: Node) -> bool:
    """Whether a node is a moment, or a text or a choice of texts that are moments."""
    if is_moment(node):
        return True
    texts = _texts(node)
    return bool(texts) and all(type_of(text) is not None for text in texts)


def _texts(node: Node) -> list[str | None]:
    """The texts that an if/else chooses from; None for what is no literal."""
    if isinstance(node, IfElse):
        return [*_texts(node.then), *_texts(node.otherwise)]
    if isinstance(node, Null):
        return []
    return [
        (
            node.value
            if isinstance(node, Literal) and isinstance(node.value, str)
            else None
        )
    ]
