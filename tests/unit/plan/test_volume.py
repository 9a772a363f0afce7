"""The days of a window by a calendar, and how they are drawn as bars."""

from __future__ import annotations

from datetime import date

import pytest

from compiler.plan.volume import Day, daily_volume
from compiler.show.sparkline import drawn
from tests.support import spec, table
from tests.support.plans import planned

TODAY = date(2026, 6, 30)


def days_of(calendar: dict[str, object], **window: object) -> list[Day]:
    """The days of a calendar that a table of events follows."""
    moment = {"kind": "timestamp", "calendar": "shop"}
    tree = spec(
        {"calendars": {"shop": calendar}, "window": window or {"days": 28}},
        things=table(20, at=moment),
    )
    plan = planned(tree)
    return daily_volume(plan, plan.calendars[0].calendar, TODAY)


def test_a_day_each_up_to_the_last() -> None:
    days = days_of({"weekend": 2})
    assert (days[0].date, days[-1].date) == (date(2026, 6, 2), date(2026, 6, 29))
    assert [day.volume for day in days[:7]] == [1, 1, 1, 1, 2, 2, 1]


def test_a_fixed_window_does_not_move() -> None:
    days = days_of({"weekend": 2}, start="2026-01-01", end="2026-01-05")
    assert [day.date.day for day in days] == [1, 2, 3, 4]


def test_holidays_and_events_are_marked_and_multiply() -> None:
    event = {"name": "sale", "days_ago": [10, 8], "factor": 3}
    days = days_of({"holidays": "US", "holiday": 0.5, "events": [event]})
    (holiday,) = [day for day in days if day.is_holiday]
    assert (holiday.date, holiday.volume) == (date(2026, 6, 19), 0.5)
    sale = [day for day in days if day.events]
    assert [day.date.day for day in sale] == [20, 21]
    assert all(day.volume == 3 and day.events == ("sale",) for day in sale)


def test_bars_are_as_high_as_their_volume() -> None:
    event = {"name": "sale", "days_ago": [10, 8], "factor": 2}
    bars, marks, period, meaning = drawn(days_of({"events": [event]}))
    assert bars == "▅" * 18 + "██" + "▅" * 8
    assert marks == " " * 18 + "aa"
    assert period == "2026-06-02 to 2026-06-29, a day a bar; volume 1 to 2"
    assert meaning == "a: sale"


@pytest.mark.parametrize(
    ("days", "bars", "each"),
    [(50, 50, "a day"), (51, 7, "a week"), (356, 25, "2 weeks")],
)
def test_a_long_window_has_bars_of_weeks(days: int, bars: int, each: str) -> None:
    lines = drawn(days_of({"growth": 0.1, "weekend": 0.6}, days=days))
    assert len(lines[0]) == bars
    assert f", {each} a bar" in lines[1]
    week = "█████▅▅ Monday to Sunday"
    assert (lines[-1] == week) == (each != "a day")


def test_a_calendar_without_any_effect_is_not_drawn() -> None:
    assert drawn(days_of({})) == []
