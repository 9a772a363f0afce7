"""Key formats, templates, weights: what the models make of a column's text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from compiler.spec.base import check_name, suggest_name
from compiler.spec.columns import Choice, Key, Template, Timestamp
from tests.strategies.texts import hostile


def escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def code_of(error: ValidationError) -> str:
    return error.errors()[0]["type"]


# -------------------------------------------------------------------------------- keys


@given(
    hostile,
    hostile,
    st.sampled_from(["{}", "{:d}", "{:05d}", "{:012d}", "{:03}"]),
    st.integers(0, 10**14),
)
def test_a_key_format_numbers_as_python_does(
    before: str, behind: str, place: str, number: int
) -> None:
    format = escaped(before) + place + escaped(behind)
    prefix, width, suffix = Key(kind="key", format=format).parts
    assert prefix + str(number).zfill(width) + suffix == format.format(number)


@pytest.mark.parametrize(
    "format",
    [
        *("", "CUST-", "{}{}", "{:05d}-{:05d}", "{0}", "{n}", "{:.2f}", "{:x}", "{!r}"),
        *("{:5d}", "{:<5d}", "{:,}", "{:+d}", "{:0d}", "{:0100d}", "{", "}", "{}}"),
        *("{{}}", "{:{}}", "{ }", "{}{", "{.real}", "{[0]}"),
    ],
)
def test_other_formats_are_refused(format: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Key(kind="key", format=format)
    assert code_of(caught.value) == "E112"


def test_a_key_without_a_format_is_the_number() -> None:
    assert Key(kind="key").parts == ("", 0, "")
    assert Key(kind="key").start == 1


# --------------------------------------------------------------------------- templates


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("plain", ["plain"]),
        ("{name}", [("name", "")]),
        ("{ name }", [("name", "")]),
        ("{name|slug}", [("name", "slug")]),
        ("{ a.b.c | upper }!", [("a.b.c", "upper"), "!"]),
        ("{a}{b}", [("a", ""), ("b", "")]),
        ("{{}}", ["{}"]),
        ("{{a}} {b}", ["{a} ", ("b", "")]),
        ("{{{a}}}", ["{", ("a", ""), "}"]),
        ("a | b", ["a | b"]),
        ("{a}\n'''\\", [("a", ""), "\n'''\\"]),
    ],
)
def test_a_template_is_texts_and_places(text: str, parts: list[Any]) -> None:
    assert Template(kind="template", text=text).parts == parts


@given(hostile)
def test_doubled_braces_give_any_text_back(text: str) -> None:
    parts = Template(kind="template", text=escaped(text)).parts
    assert parts == ([text] if text else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "E105"),
        ("}", "E105"),
        ("{a", "E105"),
        ("{a}}", "E105"),
        ("{a|title}", "E105"),
        ("{a|lower|upper}", "E105"),
        ("{}", "E108"),
        ("{|lower}", "E108"),
        ("{Name}", "E108"),
        ("{a.}", "E108"),
        ("{a b}", "E108"),
        ("{a!r}", "E108"),
        ("{a:>5}", "E108"),
    ],
)
def test_a_template_that_is_wrong_is_refused(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Template(kind="template", text=text)
    assert code_of(caught.value) == code


# ----------------------------------------------------------------------------- weights


def choice(**keys: Any) -> Choice:
    return Choice.model_validate({"kind": "choice", **keys})


def test_values_alone_fall_by_zipfs_law() -> None:
    assert choice(values=["a", "b", "c", "d"]).shares == {
        "a": 1,
        "b": 0.5,
        "c": 1 / 3,
        "d": 0.25,
    }


def test_weights_stay_as_written_and_in_order() -> None:
    weights = {"b": 3, "a": 0, "": 1.5}
    assert list(choice(weights=weights).shares.items()) == list(weights.items())


@given(st.lists(st.text(), min_size=2, max_size=5))
def test_values_given_twice_are_refused_or_told_once(values: list[str]) -> None:
    twice = len(set(values)) < len(values)
    try:
        shares = choice(values=values).shares
    except ValidationError:
        assert twice
    else:
        assert not twice
        assert list(shares) == values


@pytest.mark.parametrize(
    "weights", [{}, {"a": 0}, {"a": 0, "b": 0.0}, {"a": -1, "b": 2}, {"a": -0.001}]
)
def test_weights_negative_or_all_zero_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValidationError) as caught:
        choice(weights=weights)
    assert code_of(caught.value) == "E110"


@pytest.mark.parametrize("hours", [[], [1] * 23, [1] * 25, [0] * 24, [-1] + [1] * 23])
def test_hours_are_24_weights(hours: list[float]) -> None:
    column = {"kind": "timestamp", "hours": [0.5] * 24}
    assert Timestamp.model_validate(column).hours == [0.5] * 24
    with pytest.raises(ValidationError) as caught:
        Timestamp.model_validate(column | {"hours": hours})
    assert "E110" in {error["type"] for error in caught.value.errors()}


# ------------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", ["a", "order_items", "a1", "x" * 60, "pl", "main"])
def test_a_name_is_snake_case(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("", "A", "1a", "_a", "a-b", "a b", "a.b", "größe", "x" * 61, "a\n", "class"),
        *("match", "é", "а"),  # the last one is Cyrillic
    ],
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        check_name(name)
    assert caught.value.type == "E108"


@given(st.text(max_size=80))
def test_a_suggested_name_is_a_name(text: str) -> None:
    suggested = suggest_name(text)
    assert json.dumps(suggested).strip('"') == suggested
    name = suggested.strip("`")
    assert name == check_name(name)
