"""Ranges as cases: which texts are ranges, and whether several hold every number."""

from __future__ import annotations

import operator
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compiler.plan.columns.cases import RANGE, covers
from compiler.plan.model import Case
from compiler.spec.types import Data

TESTS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}
cases = st.builds(
    lambda op, value: Case(f"{op} {value}", op, float(value)),
    st.sampled_from(sorted(TESTS)),
    st.integers(-6, 6).map(lambda step: step / 2),
)


GAP_AT_3 = (
    ("<= 0", "<=", 0.0),
    ("< 3", "<", 3.0),
    ("> 3", ">", 3.0),
    (">= 9", ">=", 9.0),
)
ranges = st.lists(cases, max_size=6)


def all_pass(numbers: Iterable[float], ranges: list[Case]) -> bool:
    return all(
        any(TESTS[case.operator](number, case.value) for case in ranges)
        for number in numbers
    )


@given(ranges)
def test_ranges_cover_where_every_number_passes_one(ranges: list[Case]) -> None:
    numbers = [step / 4 for step in range(-16, 17)]
    assert covers(ranges, Data.NUMBER) is all_pass(numbers, ranges)


@example([Case(*one) for one in GAP_AT_3])
@given(ranges)
def test_over_integers_no_more_need_to_be_covered_than_those(
    ranges: list[Case],
) -> None:
    covered = covers(ranges, Data.INTEGER)
    assert not covered or all_pass(range(-4, 5), ranges)
    assert covered or not covers(ranges, Data.NUMBER)


def test_integers_between_which_nothing_lies_are_covered() -> None:
    assert covers([Case("<= 3", "<=", 3.0), Case(">= 4", ">=", 4.0)], Data.INTEGER)
    assert not covers([Case("<= 3", "<=", 3.0), Case(">= 4", ">=", 4.0)], Data.NUMBER)
    assert not covers([Case("<= 3", "<=", 3.0), Case(">= 5", ">=", 5.0)], Data.INTEGER)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("< 4", ("<", "4")),
        ("<=4.5", ("<=", "4.5")),
        ("  >=  -7.25 ", (">=", "-7.25")),
        ("> 1e3", (">", "1e3")),
        ("== 0", ("==", "0")),
        ("24", (None, "24")),
        ("-0.5E-3", (None, "-0.5E-3")),
    ],
)
def test_a_range_is_an_operator_and_a_number(
    text: str, parts: tuple[str | None, str]
) -> None:
    match = RANGE.fullmatch(text)
    assert match is not None
    assert match.groups() == parts


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "<",
            "under 4",
            "< 4 < 9",
            "= 4",
            "!= 4",
            "=> 4",
            "< four",
            "4 >",
            "1_000",
        ),
        *("< .5", "< 5.", "< 0x10", "< inf", "< nan", "< ٤", "4-9"),
    ],
)
def test_other_texts_are_no_ranges(text: str) -> None:
    assert RANGE.fullmatch(text) is None
