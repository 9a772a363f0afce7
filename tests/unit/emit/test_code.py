"""Code as a value: parentheses only where Python needs them, and no name lost."""

from __future__ import annotations

import ast
import contextlib
import warnings

import pytest
from hypothesis import given

from compiler.emit.code.code import (
    Code,
    Precedence,
    a_line_each,
    binary,
    call,
    chain,
    grouped,
    item,
    listed,
    name,
)
from compiler.emit.code.literals import literal
from compiler.symbols import names_in
from tests.strategies.code import PIECES, Pair, nested_once

A, B, C = map(name, "abc")


def parsed(text: str) -> str:
    """What Python reads; it warns of calls of numbers and the like."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        return ast.dump(ast.parse(text, mode="eval"))


def without_parentheses(text: str) -> list[str]:
    """The text without each pair of parentheses that is neither a call's nor a tuple's."""
    found, open = [], list[int]()
    for place, letter in enumerate(text):
        if letter == "(":
            open.append(place)
        if letter == ")":
            start = open.pop()
            inside = text[start + 1 : place]
            is_call = text[:start][-1:].isidentifier() or text[:start][-1:] in {
                *")]}'\""
            }
            if not is_call and "Tuple(" not in parsed(f"({inside})")[:30]:
                found.append(f"{text[:start]} {inside} {text[place + 1 :]}")
    return found


def assert_well_made(piece: Pair) -> None:
    """It means what it should, and has no parentheses and no names too many or too few."""
    meant = parsed(piece.code.text)
    assert meant == parsed(piece.reference)
    for shorter in without_parentheses(piece.code.text):
        with contextlib.suppress(SyntaxError):
            assert parsed(shorter.strip()) != meant, shorter
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        assert piece.code.names == names_in(piece.reference)


def test_each_form_in_each_other_is_well_made() -> None:
    pieces = nested_once()
    assert len(pieces) > 1_000
    for piece in pieces:
        assert_well_made(piece)


@given(PIECES)
def test_code_of_any_depth_is_well_made(piece: Pair) -> None:
    assert_well_made(piece)


def test_parentheses_are_found() -> None:
    assert without_parentheses("(a + b) + f(c) + (d,)") == [" a + b  + f(c) + (d,)"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (chain("+", [A, B, C]), "a + b + c"),
        (binary("*", binary("+", A, B), C), "(a + b) * c"),
        (binary("+", A, binary("*", B, C)), "a + b * c"),
        (binary("-", A, literal(-1)), "a - -1"),
        (item(binary("|", A, B), C), "(a | b)[c]"),
        (grouped([A]), "(a,)"),
        (grouped([]), "()"),
        (call("f", A, key=B), "f(a, key=b)"),
        (a_line_each(call("f", A, B)), "f(a, b,)"),
        (a_line_each(literal({"x": A})), "{'x': a,}"),
        (listed([A, B]), "[a, b]"),
    ],
)
def test_code_reads_as_a_person_writes_it(code: Code, text: str) -> None:
    assert str(code) == text
    assert code.names == names_in(text)


def test_a_name_with_dots_needs_its_first_part() -> None:
    assert name("np.int64").names == {"np"}
    assert not name("np.int64").is_name
    assert A.is_name


def test_a_call_remembers_its_only_argument() -> None:
    assert call("f", A).argument == A
    for other in (call("f"), call("f", A, B), call("f", A, key=B)):
        assert other.argument is None


def test_code_in_an_f_string_is_an_error() -> None:
    with pytest.raises(TypeError, match="would lose its names"):
        f"{A} + 1"
    with pytest.raises(TypeError, match="would lose its names"):
        "{}".format(A)  # noqa: UP032


def test_precedence_is_ordered_as_python_s_is() -> None:
    """Of each two operators the one that binds more tightly needs no parentheses inside."""
    assert sorted(Precedence)[0] is Precedence.LAMBDA
    assert Code("x", Precedence.SUM).within(Precedence.PRODUCT) == "(x)"
    assert Code("x", Precedence.PRODUCT).within(Precedence.SUM) == "x"
