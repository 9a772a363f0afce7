"""Moments and lengths, as specs write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from compiler.spec.time import SECONDS, When, parse_length, parse_moment


def days(number: float) -> timedelta:
    return timedelta(days=number)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("0s", days(0)),
        ("45s", timedelta(seconds=45)),
        ("15m", timedelta(minutes=15)),
        ("2h", timedelta(hours=2)),
        ("3d", days(3)),
        ("1w", days(7)),
        ("1.5d", timedelta(hours=36)),
        ("0.25h", timedelta(minutes=15)),
        ("1y", days(365)),
        ("2y", days(730)),
        # A month is a twelfth of 365 days, the sum rounded to whole days.
        ("1mo", days(30)),
        ("2mo", days(61)),
        ("3mo", days(91)),
        ("6mo", days(183)),
        ("12mo", days(365)),
        ("18mo", days(548)),
        ("0.5y", days(183)),
    ],
)
def test_a_length_is_a_number_and_a_unit(text: str, length: timedelta) -> None:
    assert parse_length(text) == length
    if text[-1] not in "oy":
        assert parse_moment(f"-{text}") == When(before_end=length)
        assert parse_moment(f"+{text}") == When(before_end=-length)


@pytest.mark.parametrize(
    ("text", "end", "moment"),
    [
        ("-18y", "2026-06-30", "2008-06-30"),
        ("-18y", "2028-02-29", "2010-02-28"),
        ("-4y", "2028-02-29", "2024-02-29"),
        ("-1y", "2025-02-28", "2024-02-28"),
        ("-1mo", "2026-03-31", "2026-02-28"),
        ("-1mo", "2024-03-30", "2024-02-29"),
        ("-6mo", "2026-08-31", "2026-02-28"),
        ("-18mo", "2026-06-30", "2024-12-30"),
        ("-0.5y", "2026-06-30", "2025-12-30"),
        ("-0mo", "2026-06-30", "2026-06-30"),
        ("-100y", "2000-01-01", "1900-01-01"),
        ("+1mo", "2026-01-31", "2026-02-28"),
        ("+4y", "2024-02-29", "2028-02-29"),
        ("+1y", "2024-02-29", "2025-02-28"),
    ],
)
def test_months_and_years_of_moments_count_by_the_calendar(
    text: str, end: str, moment: str
) -> None:
    wanted = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert parse_moment(text).on(date.fromisoformat(end)) == wanted


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 2_400))
def test_a_month_back_is_the_same_day_or_the_month_s_last(
    end: date, months: int
) -> None:
    moment = When(months=months).on(end)
    assert (end.year - moment.year) * 12 + end.month - moment.month == months
    next_day = moment + timedelta(days=1)
    assert moment.day == end.day or (next_day.day == 1 and moment.day < end.day)


def test_a_part_of_a_month_is_refused_and_the_help_holds() -> None:
    for text in ("-0.5mo", "-1.2y", "-1.5mo"):
        with pytest.raises(
            PydanticCustomError, match="whole number of months"
        ) as caught:
            parse_moment(text)
        assert caught.value.type == "E109"
        (way,) = re.findall(r'"(.+)"', str((caught.value.context or {})["help"]))
        assert parse_moment(way) == When(before_end=parse_length(text[1:]))


@given(st.integers(0, 9_999), st.sampled_from(["s", "m", "h", "d", "w"]))
def test_units_below_a_month_are_exact(number: int, unit: str) -> None:
    length = parse_length(f"{number}{unit}")
    assert length.total_seconds() == number * SECONDS[unit]


@given(st.integers(0, 2_000))
def test_months_and_years_are_whole_days_half_a_day_off_at_most(number: int) -> None:
    length = parse_length(f"{number}mo")
    assert not length % days(1)
    assert abs(length / days(1) - number * 365 / 12) <= 0.5


@pytest.mark.parametrize(
    "text",
    [
        *("", "3", "d", "3 d", " 3d", "3d ", "-3d", "+3d", "3D", "3days", "3M", "3.d"),
        *(".5d", "1e3d", "3d4h", "201y", "99999999999d", "٣d", "3d\n", "now"),
        *(3, 3.5, None, True, timedelta(1), ["3d"]),
    ],
    ids=repr,
)
def test_what_is_no_length_is_refused_with_help(text: Any) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_length(text)
    assert caught.value.type == "E109"
    assert (caught.value.context or {})["help"]


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (date(2026, 5, 1), datetime(2026, 5, 1, tzinfo=UTC)),
        ("2026-05-01", datetime(2026, 5, 1, tzinfo=UTC)),
        ("2026-05-01T10:30:00", datetime(2026, 5, 1, 10, 30, tzinfo=UTC)),
        ("2026-05-01 10:30:00Z", datetime(2026, 5, 1, 10, 30, tzinfo=UTC)),
        ("2026-05-01T01:30:00+02:00", datetime(2026, 4, 30, 23, 30, tzinfo=UTC)),
        (
            datetime(2026, 5, 1, 10, 30, 5, 999),
            datetime(2026, 5, 1, 10, 30, 5, tzinfo=UTC),
        ),
    ],
    ids=repr,
)
def test_a_fixed_moment_is_utc_to_the_second(value: Any, moment: datetime) -> None:
    assert parse_moment(value) == When(fixed=moment)


def test_now_is_the_windows_end() -> None:
    assert parse_moment("now").on(date(2026, 6, 30)) == datetime(
        2026, 6, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "value",
    [
        *(
            "yesterday",
            "2026-13-01",
            "2026-02-30",
            "Now",
            "now ",
            "",
            "-",
            "--3d",
            "-3",
        ),
        *(
            "- 3d",
            "0001-01-01",
            "1899-12-31",
            "2201-01-01",
            "9999-12-31T23:59:59-12:00",
        ),
        *(20260501, 3.5, None, True, date(1066, 10, 14), datetime(9999, 1, 1)),
    ],
    ids=repr,
)
def test_what_is_no_moment_is_refused_with_help(value: Any) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_moment(value)
    assert caught.value.type == "E109"
    assert (caught.value.context or {})["help"]


@given(st.text())
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    try:
        moment = parse_moment(text)
    except PydanticCustomError as error:
        assert error.type == "E109"
    else:
        assert moment.on(date(2026, 1, 1)).year >= 1899 or moment.fixed is None


def test_a_moment_counts_back_from_midnight_of_the_windows_end() -> None:
    end = date(2026, 3, 1)
    assert parse_moment("-1d").on(end) == datetime(2026, 2, 28, tzinfo=UTC)
    assert parse_moment("-3h").on(end) == datetime(2026, 2, 28, 21, tzinfo=UTC)
    assert When.days_ago(3).on(end) == datetime(2026, 2, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("now", True),
        ("-2d", True),
        ("-6mo", True),
        ("-24h", True),
        ("-25h", False),
        ("2026-05-01", True),
        ("2026-05-01T00:00:00Z", True),
        ("2026-05-01T00:00:01Z", False),
    ],
)
def test_whole_days_are_told_apart(text: str, whole: bool) -> None:
    assert parse_moment(text).whole_day is whole
