"""Values, comments and docstrings as Python source: whatever they hold, they stay data."""

from __future__ import annotations

import ast
import io
import math
import tokenize
from datetime import UTC, date, datetime, timedelta
from typing import Any

import black
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.emit.code.code import Code
from compiler.emit.code.comments import comment, in_docstring
from compiler.emit.code.literals import literal, seconds
from compiler.escape import printable
from compiler.spec.time import When
from tests.strategies.texts import hostile
from tests.strategies.values import scalars, values

NAMES = {"date": date, "datetime": datetime, "timedelta": timedelta, "UTC": UTC}


def evaluated(code: str) -> Any:
    return eval(code, {**NAMES})


@given(values)
def test_a_literal_gives_the_value_back(value: Any) -> None:
    code = literal(value)
    assert isinstance(code, Code)
    assert ast.literal_eval(code.text) == value


@given(scalars)
def test_a_literal_keeps_numbers_booleans_and_texts_apart(value: Any) -> None:
    back = ast.literal_eval(literal(value).text)
    if isinstance(value, bool | str | None):
        assert type(back) is type(value)
    else:
        assert not isinstance(back, bool | str | None)


@given(values)
def test_black_changes_no_more_than_the_layout_of_a_literal(value: Any) -> None:
    formatted = black.format_str(f"x = {literal(value).text}\n", mode=black.Mode())
    assert ast.literal_eval(formatted.partition("=")[2].strip()) == value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (3, "3"),
        (3.0, "3"),
        (-0.25, "-0.25"),
        (999, "999"),
        (1_000, "1_000"),
        (-15_000.0, "-15_000"),
        (1e-9, "1e-09"),
        (2**53, "9_007_199_254_740_992"),
        (math.inf, "np.inf"),
        (-math.inf, "-np.inf"),
        (True, "True"),
        ("it's", '"it\'s"'),
        ({"a": 1}, "{'a': 1}"),
        ([1], "(1,)"),
        (date(2026, 5, 1), "date(2026, 5, 1)"),
        (timedelta(days=2), "timedelta(days=2)"),
        (timedelta(minutes=90), "timedelta(minutes=90)"),
        (timedelta(0), "timedelta(days=0)"),
        (When.days_ago(31), "timedelta(days=-31)"),
        (When(), "timedelta(days=0)"),
        (When(fixed=datetime(2026, 5, 1, tzinfo=UTC)), "date(2026, 5, 1)"),
    ],
    ids=repr,
)
def test_a_literal_reads_as_a_person_writes_it(value: object, code: str) -> None:
    assert literal(value).text == code


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)))
def test_a_moment_gives_itself_back_to_the_second(moment: datetime) -> None:
    whole = moment.replace(microsecond=0, tzinfo=UTC)
    back = evaluated(literal(When(fixed=whole)).text)
    if not isinstance(back, datetime):
        back = datetime(back.year, back.month, back.day, tzinfo=UTC)
    assert back == whole


@given(st.integers(-(10**9), 10**9))
def test_a_length_gives_itself_back(number: int) -> None:
    length = timedelta(seconds=number)
    assert evaluated(literal(length).text) == length


@given(st.floats(0, 1e9) | st.integers(0, 10**9).map(float))
def test_seconds_in_larger_units_are_as_many(value: float) -> None:
    units = {"DAY": 86_400, "HOUR": 3_600, "MINUTE": 60}
    assert eval(seconds(value).text, dict(units)) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (86_400, "DAY"),
        (172_800, "2 * DAY"),
        (5_400, "1.5 * HOUR"),
        (60, "MINUTE"),
        (90, "1.5 * MINUTE"),
        (1, "1"),
        (0, "0"),
    ],
)
def test_seconds_are_written_in_the_largest_unit_that_reads_well(
    value: float, code: str
) -> None:
    assert seconds(value).text == code


@given(hostile | st.text(max_size=400))
def test_nothing_gets_out_of_a_comment(text: str) -> None:
    try:
        commented = comment(text)
    except ValueError:
        pytest.fail("a comment of any text can be written")
    lines = commented.split("\n")
    assert all(line == "" or line.startswith("#") for line in lines)
    source = f"{commented}\nx = 1\n"
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    kinds = {token.type for token in tokens if token.string.strip()}
    assert kinds <= {tokenize.COMMENT, tokenize.NAME, tokenize.OP, tokenize.NUMBER}
    assert [type(node) for node in ast.parse(source).body] == [ast.Assign]


@given(hostile | st.text(max_size=400))
def test_nothing_gets_out_of_a_docstring(text: str) -> None:
    source = f'"""Says: {in_docstring(text)}.\n"""\nx = 1\n'
    tree = ast.parse(source)
    assert [type(node) for node in tree.body] == [ast.Expr, ast.Assign]
    doc = ast.get_docstring(tree, clean=False)
    assert doc == f"Says: {printable(text)}.\n"


@given(st.text())
def test_what_is_not_seen_is_not_printed(text: str) -> None:
    assert printable(text).isprintable()
    assert len(printable(text)) == len(text)
