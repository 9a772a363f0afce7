"""Ranges as cases: which texts are ranges, and whether several hold every number."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.plan.cases import RANGE, covers
from compiler.plan.model import Case

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
    st.integers(-3, 3),
)


@given(st.lists(cases, max_size=6))
def test_ranges_cover_where_every_number_passes_one(ranges: list[Case]) -> None:
    numbers = [step / 2 for step in range(-8, 9)]
    held = all(
        any(TESTS[case.operator](number, case.value) for case in ranges)
        for number in numbers
    )
    assert covers(ranges) is held


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
