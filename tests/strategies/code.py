"""Pieces of code of every form, each beside the same with all parentheses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from compiler.emit.code.code import (
    OPERATORS,
    Code,
    attribute,
    binary,
    call,
    comparison,
    function,
    grouped,
    item,
    listed,
    mapped,
    method,
    name,
    sign,
    unpacked,
)
from compiler.emit.code.literals import literal


@dataclass(frozen=True)
class Pair:
    """A piece, and what it means."""

    code: Code
    reference: str
    is_number: bool = False
    """Whether it is a plain number, which takes no dot behind it."""


NAMES = st.sampled_from(["a", "b", "np", "row", "END"])
LEAVES = NAMES.map(lambda text: Pair(name(text), text)) | st.integers(-9, 9999).map(
    lambda value: Pair(literal(value), f"({value})", is_number=True)
)


def joined(*pieces: Pair) -> str:
    return ", ".join(piece.reference for piece in pieces)


def forms(inner: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    """All forms over these pieces."""
    target = inner.filter(lambda piece: not piece.is_number)

    def form(make: Callable[..., Pair], *parts: st.SearchStrategy) -> st.SearchStrategy:
        return st.builds(make, *parts)

    two = (inner, inner)
    return st.one_of(
        form(
            lambda operator, x, y: Pair(
                binary(operator, x.code, y.code),
                f"({x.reference} {operator} {y.reference})",
            ),
            st.sampled_from([*OPERATORS]),
            *two,
        ),
        form(
            lambda operator, x, y: Pair(
                comparison(operator, x.code, y.code),
                f"({x.reference} {operator} {y.reference})",
            ),
            st.sampled_from(["<", "<=", "==", "!="]),
            *two,
        ),
        form(
            lambda operator, x: Pair(
                sign(operator, x.code), f"({operator}{x.reference})"
            ),
            st.sampled_from("-~"),
            inner,
        ),
        form(
            lambda x: Pair(attribute(x.code, "size"), f"({x.reference}).size"), target
        ),
        form(
            lambda x, y: Pair(
                item(x.code, y.code), f"({x.reference})[({y.reference})]"
            ),
            target,
            inner,
        ),
        form(
            lambda x, y: Pair(
                method(x.code, "dt.round", y.code),
                f"({x.reference}).dt.round({y.reference})",
            ),
            target,
            inner,
        ),
        form(
            lambda x, y, z, w: Pair(
                call(
                    "f", x.code, unpacked("*", y.code), unpacked("**", w.code), k=z.code
                ),
                f"f({x.reference}, *({y.reference}), k={z.reference}, **({w.reference}))",
            ),
            *two,
            *two,
        ),
        form(
            lambda x, y: Pair(call(x.code, y.code), f"({x.reference})({y.reference})"),
            target,
            inner,
        ),
        form(
            lambda x: Pair(function("a, n", x.code), f"(lambda a, n: {x.reference})"),
            inner,
        ),
        form(lambda x: Pair(function("", x.code), f"(lambda: {x.reference})"), inner),
        form(
            lambda xs: Pair(listed(x.code for x in xs), f"[{joined(*xs)}]"),
            st.lists(inner, max_size=3),
        ),
        form(
            lambda xs: Pair(grouped(x.code for x in xs), f"({joined(*xs)},)"),
            st.lists(inner, min_size=1, max_size=3),
        ),
        form(
            lambda x, y: Pair(
                mapped({"x": x.code, "'": y.code}),
                f"{{'x': {x.reference}, \"'\": {y.reference}}}",
            ),
            *two,
        ),
    )


PIECES = st.recursive(LEAVES, forms, max_leaves=12)
