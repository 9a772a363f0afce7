"""A day's volume moves as its calendar says; what is expected is computed anew here."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support import END, Tree, built, module, rows_of, seconds, spec, table
from tests.support.checking import agreed, written
from tests.support.distributions import assert_counts, correlation, days_from, volumes

ROWS = 400_000
DAY = 86_400
START, AFTER = date(2026, 1, 1), date(2026, 6, 30)


def counts(calendar: Tree, window: Tree | None = None, **column: Any) -> np.ndarray:
    """How many of the rows fall on each day of the window."""
    top = {"calendars": {"shop": calendar}, "window": window or {"end": str(AFTER)}}
    at = {"kind": "timestamp", "calendar": "shop", **column}
    day = built(spec(top, visits=table(ROWS, at=at)))["at"].dt.date().to_physical()
    first = date.fromisoformat(window["start"]) if window else START
    epoch = (first - date(1970, 1, 1)).days
    length = (date.fromisoformat(window["end"]) - first).days if window else 180
    return np.bincount(day.to_numpy() - epoch, minlength=length)


YEARS = {"start": "2023-03-10", "end": "2026-06-30"}


@pytest.mark.parametrize(
    "calendar",
    [
        {},
        {"weekend": 1.3},
        {"weekend": 0},
        {"holidays": "US", "holiday": 0.1},
        {"holidays": "DE", "subdivision": "BY", "holiday": 4},
        {"holidays": ["US", "BR"], "holiday": 0.1},
        {"holidays": ["DE-BY", "FR", "DE"], "holiday": 4},
        {"weekdays": [1, 1, 1, 1, 1.4, 2, 0.5]},
        {"weekdays": [3, 0, 1, 1, 1, 0, 0], "yearly": 0.4},
        {"yearly": 0.4},
        {"yearly": 0.9, "peak": "07-01"},
        {"growth": 0.5},
        {"growth": -0.4},
        {"weekend": 0.6, "holidays": "US", "holiday": 0.3, "yearly": 0.15, "growth": 1},
    ],
    ids=lambda calendar: " ".join(f"{key}={value}" for key, value in calendar.items()),
)
@pytest.mark.parametrize("window", [None, YEARS], ids=["half a year", "years"])
def test_days_have_the_calendar_s_shares(calendar: Tree, window: Tree | None) -> None:
    start = date.fromisoformat(window["start"]) if window else START
    expected = volumes(days_from(start, AFTER), calendar)
    assert_counts(counts(calendar, window), expected)


def test_without_a_calendar_events_follow_business_as_usual() -> None:
    day = built(spec(visits=table(ROWS, at={"kind": "date"})))["at"].to_physical()
    found = np.bincount(day.to_numpy() - (START - date(1970, 1, 1)).days, minlength=180)
    usual = {"weekend": 0.6, "holidays": "US", "holiday": 0.3, "yearly": 0.15}
    ratio = found / volumes(days_from(START, AFTER), usual)
    ratio /= ratio.mean()
    assert 0.08 < ratio.std() < 0.12, "a noise of 0.1"


def test_the_default_calendar_can_be_another() -> None:
    top = {"calendars": {"default": {"weekend": 5}}}
    day = built(spec(top, visits=table(ROWS, at={"kind": "date"})))["at"].to_physical()
    found = np.bincount(day.to_numpy() - (START - date(1970, 1, 1)).days, minlength=180)
    assert_counts(found, volumes(days_from(START, AFTER), {"weekend": 5}))


def test_a_period_of_its_own_has_no_calendar_unless_told() -> None:
    at = {"kind": "date", "start": str(START), "end": str(AFTER)}
    day = built(spec(visits=table(ROWS, at=at)))["at"].to_physical()
    found = np.bincount(day.to_numpy() - (START - date(1970, 1, 1)).days, minlength=180)
    assert_counts(found, np.ones(180))


def test_noise_is_a_factor_of_each_day_of_its_own() -> None:
    found = counts({"noise": 0.2}, YEARS)
    factor = found / found.mean()
    assert factor.std() == pytest.approx(0.2, rel=0.1)
    assert abs(correlation(factor[1:], factor[:-1])) < 0.1
    assert sorted(factor)[0] > 0.2


def test_noise_stays_with_its_day_when_the_window_moves() -> None:
    one = counts({"noise": 0.3}, {"start": "2025-01-01", "end": "2025-07-01"})
    two = counts({"noise": 0.3}, {"start": "2025-03-02", "end": "2025-09-01"})
    shared = (date(2025, 7, 1) - date(2025, 3, 2)).days
    assert correlation(one[60:], two[:shared]) > 0.97


@pytest.mark.parametrize("factor", [3.0, 0.0])
def test_events_by_days_ago_change_their_days(factor: float) -> None:
    event = {"name": "outage", "days_ago": [31, 21], "factor": factor}
    first, after = AFTER - timedelta(days=31), AFTER - timedelta(days=21)
    expected = volumes(
        days_from(START, AFTER),
        {
            "weekend": 0.7,
            "events": [{"first": first, "after": after, "factor": factor}],
        },
    )
    assert_counts(counts({"weekend": 0.7, "events": [event]}), expected)


def test_events_may_overlap() -> None:
    days = [
        (date(2026, 2, 1), date(2026, 2, 20), 2.0),
        (date(2026, 2, 10), date(2026, 3, 1), 4.0),
    ]
    events = [
        {"name": f"e{n}", "start": str(first), "end": str(after), "factor": factor}
        for n, (first, after, factor) in enumerate(days)
    ]
    expected = volumes(
        days_from(START, AFTER),
        {"events": [{"first": a, "after": b, "factor": f} for a, b, f in days]},
    )
    assert_counts(counts({"events": events}), expected)


@pytest.mark.parametrize("hours", ["flat", "weights"])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-03T10:00:00", "2026-03-03T14:00:00"),
        ("2026-03-03T22:30:00", "2026-03-05T01:45:00"),
    ],
)
def test_events_by_the_hour_change_just_these(start: str, end: str, hours: str) -> None:
    event = {"name": "rush", "start": start, "end": end, "factor": 500}
    weights = (
        [1.0 + hour % 3 for hour in range(24)] if hours == "weights" else [1.0] * 24
    )
    at: Tree = {"kind": "timestamp", "calendar": "shop"}
    if hours == "weights":
        at["hours"] = weights
    top = {"calendars": {"shop": {"events": [event]}}}
    found = seconds(built(spec(top, visits=table(ROWS, at=at)))["at"])
    quarter = 900
    first = int(np.datetime64("2026-01-01", "s").astype(int))
    edges = np.arange(first, first + 180 * DAY, quarter)
    low, high = (int(np.datetime64(end, "s").astype(int)) for end in (start, end))
    volume = np.where((edges >= low) & (edges < high), 500.0, 1.0)
    volume *= np.array(weights)[edges // 3_600 % 24]
    near = (edges >= low - DAY) & (edges < high + DAY)
    counted = np.bincount((found - first) // quarter, minlength=len(edges))
    assert_counts(
        np.append(counted[near], counted[~near].sum()),
        np.append(volume[near], volume[~near].sum()),
    )


@pytest.mark.parametrize("start", ["2026-06-01T12:00:00", "-700h"])
def test_days_begin_at_midnight_wherever_the_period_starts(start: str) -> None:
    at = {"kind": "timestamp", "calendar": "week", "start": start, "end": "2026-06-29"}
    top = {"calendars": {"week": {"weekend": 0}}}
    found = built(spec(top, visits=table(50_000, at=at)))["at"]
    assert set(found.dt.weekday()) == {1, 2, 3, 4, 5}


def test_a_calendar_that_leaves_nothing_is_told() -> None:
    event = {"name": "shut", "days_ago": [400, 0], "factor": 0}
    at = {"kind": "timestamp", "calendar": "shop"}
    tree = spec({"calendars": {"shop": {"events": [event]}}}, visits=table(10, at=at))
    try:
        script = module(tree)
    except AssertionError as refused:
        assert "shop" in str(refused)
        return
    with pytest.raises(RuntimeError, match="shop"):
        script.TABLES["visits"][0](np.arange(10))


def test_calendars_do_not_leak_into_one_another() -> None:
    top = {"calendars": {"a": {"weekend": 0}, "b": {"weekend": 9}}}
    columns = {name: {"kind": "timestamp", "calendar": name} for name in "ab"}
    frame = built(spec(top, visits=table(20_000, **columns)))
    assert (frame["a"].dt.weekday() <= 5).all()
    assert (frame["b"].dt.weekday() > 5).to_numpy().mean() > 0.7


def test_an_event_that_was_edited_to_noon_starts_at_noon() -> None:
    events = [{"name": "sale", "days_ago": [10, 9], "factor": 5}]
    tree = spec(
        {"calendars": {"shop": {"events": events}}, "window": {"end": str(AFTER)}},
        visits=table(ROWS, at={"kind": "timestamp", "calendar": "shop"}),
    )
    script = module(tree)
    start, end = script.SALE
    script.SALE = start + timedelta(hours=12), end
    after = (AFTER - date(1970, 1, 1)).days
    days = seconds(script.visits(np.arange(ROWS))["at"]) / DAY - after
    before, during = (((n <= days) & (days < n + 0.5)).sum() for n in (-10, -9.5))
    assert during / before == pytest.approx(5, rel=0.15)


def test_a_century_by_the_hour_draws_the_noise_of_each_day_once() -> None:
    """It took 15 seconds, most of them for 24 equal draws a day."""
    at: Tree = {"kind": "timestamp", "hours": "business"}
    script = module(
        spec({"window": {"days": 36_500, "end": END}}, sales=table(9, at=at))
    )
    drawn: list[str] = []
    random = script.random

    def counted(stream: str, row: np.ndarray) -> np.ndarray:
        drawn.append(stream)
        return np.asarray(random(stream, row))

    script.random = counted
    assert len(rows_of(script, "sales", np.arange(9))) == 9
    assert drawn.count("calendars/default") == 36_500


@pytest.mark.parametrize("factor", [0, 1_000])
def test_batches_of_the_most_uneven_week_pass_the_check(
    factor: int, tmp_path: Path
) -> None:
    top: Tree = {
        "calendars": {"default": {"weekend": factor}},
        "output": {"mode": "append"},
    }
    tree = spec(top, sales=table(5_000, at={"kind": "timestamp"}))
    rows = []
    for batch in range(7):
        written(module(tree), tmp_path, "--batch", str(batch))
        script = module(tree)
        script.BATCH = batch
        rows.append(int(script.rows_after("sales")[-1]))
    assert agreed(tree, tmp_path) == {}
    busy = [batch for batch in range(1, 7) if rows[batch] > rows[batch - 1]]
    # The window ends on a Tuesday, which is the day of batch 1.
    assert busy == ([5, 6] if factor else [1, 2, 3, 4])


def test_more_rows_than_can_be_numbered_are_an_error() -> None:
    top: Tree = {
        "calendars": {"default": {"growth": 9}},
        "output": {"mode": "append"},
    }
    script = module(spec(top, sales=table(5_000, at={"kind": "timestamp"})))
    script.BATCH = 15_000
    with pytest.raises(RuntimeError, match="more rows than 64 bits can number"):
        script.rows_after("sales")
