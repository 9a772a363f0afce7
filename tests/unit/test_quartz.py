"""Quartz cron expressions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.quartz import is_run_day, mistake, times_of_day

GOOD = """
0 0 6 * * ?
0 0/15 * * * ?
0 /15 * * * ?
0 */15 8-18 ? * MON-FRI
0 0 22-2/2 * * ?
0,30 0 6,18 1 1,7 ? 2026
0 0 6 ? JAN-MAR,DEC SUN,sat
0 0 6 ? * 2-6/2 2026-2030/2
0 0 6 L * ?
0 0 6 L-3 * ?
0 0 6 LW * ?
0 0 6 L-30W * ?
0 0 6 15W * ?
0 0 6 ? * L
0 0 6 ? * 6L
0 0 6 ? * FRIL
0 0 6 ? * 6#3
0 0 6 ? * MON#1 *
59 59 23 31 12 ? 2099
""".strip().splitlines()

SIX = "not 6 or 7, of which the first is seconds"

BAD = {
    "": f"it has 0 fields, {SIX}",
    "daily": f"it has 1 field, {SIX}",
    "0 6 * * *": f"it has 5 fields, {SIX}",
    "0 0 6 * * ? * *": f"it has 8 fields, {SIX}",
    "60 0 6 * * ?": "the second 60 is not 0 to 59",
    "0 61 6 * * ?": "the minute 61 is not 0 to 59",
    "0 0 25 * * ?": "the hour 25 is not 0 to 23",
    "0 0 6-24 * * ?": "the hour 24 is not 0 to 23",
    "0 0 6 0 * ?": "the day of the month 0 is not 1 to 31",
    "0 0 6 32W * ?": "the day of the month 32 is not 1 to 31",
    "0 0 6 L-31 * ?": "31 days before the last of the month is out of range: 0 to 30",
    "0 0 6 1 13 ?": "the month 13 is not 1 to 12",
    "0 0 6 ? * 0": "the day of the week 0 is not 1 to 7",
    "0 0 6 ? * 8L": "the day of the week 8 is not 1 to 7",
    "0 0 6 ? * 2#6": "there is no day of the week number 6 in a month: it is 1 to 5",
    "0 0 6 * * ? 1969": "the year 1969 is not 1970 to 2099",
    "0 0 6 * * ? 2030-2026": "the years `2030-2026` run backwards",
    "0 0/60 6 * * ?": "the minute's step 60 is not 1 to 59",
    "0 0/0 6 * * ?": "the minute's step 0 is not 1 to 59",
    "0 0 */24 * * ?": "the hour's step 24 is not 1 to 23",
    "0 0 6 1 JAM ?": "`JAM` is no month",
    "0 0 6 ? * MO": "`MO` is no day of the week",
    "0 0 6 ? * MON-5": "`MON-5` mixes a name and a number",
    "0 0 MON * * ?": "`MON` is no hour",
    "0 0,,5 6 * * ?": "a minute is missing next to a comma",
    "0 0 6- * * ?": "`6-` is no hour",
    "0 0 * * * x": "`X` is no day of the week",
    "0 0 ? * * ?": "`?` is no hour",
    "0 0 L * * ?": "`L` is no hour",
    "0 0 6 1,L * ?": "`L` is no day of the month",
    "0 0 6 10W,20W * ?": "`10W` is no day of the month",
    "0 0 6 6#3 * ?": "`6#3` is no day of the month",
    "0 0 6 ? * 15W": "`15W` is no day of the week",
    "0 0 6 ? * 2#1,4#1": "`2#1` is no day of the week",
    "0 0 ٦ * * ?": "`٦` is no hour",
    f"0 0 {'9' * 5000} * * ?": f"`{'9' * 5000}` is no hour",
    "0 0 6 * * *": "give the days of the month or those of the week, and `?` for the other",
    "0 0 6 1 * MON": "give the days of the month or those of the week, and `?` for the other",
    "0 0 6 ? * ?": "the day of the month and the day of the week cannot both be `?`",
}


@pytest.mark.parametrize("cron", GOOD)
def test_a_right_expression_has_no_mistake(cron: str) -> None:
    assert mistake(cron) is None


@pytest.mark.parametrize("cron", BAD, ids=lambda cron: cron[:24])
def test_a_mistake_is_told_in_words(cron: str) -> None:
    assert mistake(cron) == BAD[cron]


@given(st.text() | st.text("0123456789LW#?*/-, MONJA", min_size=11))
def test_any_text_is_right_or_has_a_mistake(cron: str) -> None:
    assert mistake(cron) != ""


# Of the first ten weeks of 2026, whose first day is a Thursday.
DAYS = {
    "0 0 6 L * ?": "01-31 02-28",
    "0 0 6 L-3 * ?": "01-28 02-25",
    "0 0 6 LW * ?": "01-30 02-27",
    "0 0 6 L-30W * ?": "01-01 02-02 03-02",  # the first, where a month is that short
    "0 0 6 15W * ?": "01-15 02-16",
    "0 0 6 1W * ?": "01-01 02-02 03-02",
    "0 0 6 1/10 * ?": "01-01 01-11 01-21 01-31 02-01 02-11 02-21 03-01 03-11",
    "0 0 6 28-3 2 ?": "02-01 02-02 02-03 02-28",
    "0 0 6 1,15 1,3 ?": "01-01 01-15 03-01",
    "0 0 6 ? FEB-MAR SUN": "02-01 02-08 02-15 02-22 03-01 03-08",
    "0 0 6 ? 2 L": "02-07 02-14 02-21 02-28",
    "0 0 6 ? * 6L": "01-30 02-27",
    "0 0 6 ? * FRIL": "01-30 02-27",
    "0 0 6 ? * 6#3": "01-16 02-20",
    "0 0 6 ? * MON#1 *": "01-05 02-02 03-02",
    "0 0 6 ? 1 FRI-MON/3": "01-02 01-05 01-09 01-12 01-16 01-19 01-23 01-26 01-30",
    "0 0 6 1 * ? 2027": "",
    "0 0 6 1 * ? 2020-2030/2": "01-01 02-01 03-01",
}
TIMES = {
    "0 0 6 * * ?": "06:00:00",
    "0 0/30 6 * * ?": "06:00:00 06:30:00",
    "0 /30 6 * * ?": "06:00:00 06:30:00",
    "0 0 22-2/2 * * ?": "00:00:00 02:00:00 22:00:00",
    "0,30 5 6,18 * * ?": "06:05:00 06:05:30 18:05:00 18:05:30",
    "0 50/5 23 * * ?": "23:50:00 23:55:00",
}


@pytest.mark.parametrize("cron", DAYS)
def test_the_days_of_a_schedule(cron: str) -> None:
    assert mistake(cron) is None
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(70)]
    found = [f"{day:%m-%d}" for day in days if is_run_day(cron, day)]
    assert found == DAYS[cron].split()


@pytest.mark.parametrize("cron", TIMES)
def test_the_times_of_a_schedule(cron: str) -> None:
    assert [each.isoformat() for each in times_of_day(cron, 9)] == TIMES[cron].split()
    assert times_of_day(cron, 1) == times_of_day(cron, 9)[:1]


@pytest.mark.parametrize("cron", GOOD)
def test_each_schedule_that_is_one_has_days_and_times(cron: str) -> None:
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(75 * 365))
    assert any(is_run_day(cron, day) for day in days)
    assert times_of_day(cron, 100)
