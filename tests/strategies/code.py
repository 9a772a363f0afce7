"""Pieces of code of every form, each beside the same with all parentheses."""

from __future__ import annotations

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


def named(text: str) -> Pair:
    return Pair(name(text), text)


def over_one(x: Pair) -> list[Pair]:
    """All forms over a piece."""
    code, text = x.code, x.reference
    found = [
        Pair(sign("-", code), f"(-{text})"),
        Pair(sign("~", code), f"(~{text})"),
        Pair(function("a, n", code), f"(lambda a, n: {text})"),
        Pair(function("", code), f"(lambda: {text})"),
        Pair(listed([code]), f"[{text}]"),
        Pair(grouped([code]), f"({text},)"),
        Pair(literal({"'": code}), f'{{"\'": {text}}}'),
        Pair(call("f", k=code), f"f(k={text})"),
        Pair(call("f", unpacked("*", code)), f"f(*({text}))"),
        Pair(call("f", unpacked("**", code)), f"f(**({text}))"),
    ]
    return found if x.is_number else [*found, Pair(attribute(code, "n"), f"({text}).n")]


def over_two(x: Pair, y: Pair) -> list[Pair]:
    """All forms over two pieces, in this order."""
    left, right = x.reference, y.reference
    found = [
        Pair(binary(operator, x.code, y.code), f"({left} {operator} {right})")
        for operator in OPERATORS
    ]
    found += [
        Pair(comparison(operator, x.code, y.code), f"({left} {operator} {right})")
        for operator in ("<", "!=")
    ]
    both, words = [x.code, y.code], {"x": x.code, "y": y.code}
    found += [
        Pair(listed(both), f"[{left}, {right}]"),
        Pair(grouped(both), f"({left}, {right})"),
        Pair(literal(words), f'{{"x": {left}, "y": {right}}}'),
        Pair(call("f", x.code, k=y.code), f"f({left}, k={right})"),
    ]
    if x.is_number:
        return found
    return [
        *found,
        Pair(call(*both), f"({left})({right})"),
        Pair(item(*both), f"({left})[{right}]"),
        Pair(method(x.code, "dt.round", y.code), f"({left}).dt.round({right})"),
    ]


def nested_once() -> list[Pair]:
    """Each form in each place of each form."""
    a, b, c = map(named, ("a", "np", "c"))
    inner = [*over_one(a), *over_two(a, b)]
    inner.append(Pair(literal(-1), "(-1)", is_number=True))
    return [
        outer
        for each in inner
        for outer in (*over_one(each), *over_two(each, c), *over_two(c, each))
    ]


LEAVES = st.sampled_from(["a", "b", "np", "row"]).map(named) | st.integers(-9, 999).map(
    lambda value: Pair(literal(value), f"({value})", is_number=True)
)


def grown(inner: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    return st.tuples(inner, inner).flatmap(
        lambda both: st.sampled_from([*over_two(*both), *over_one(both[0])])
    )


PIECES = st.recursive(LEAVES, grown, max_leaves=12)
