"""Days and hours of a calendar count by the clocks of its time zone; data is in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest

from compiler.spec.columns.hours import HOURS
from tests.support import (
    Tree,
    built,
    compiled,
    fetched,
    inside,
    module,
    query,
    seconds,
    spec,
    table,
)
from tests.support.alike import assert_rows_are_the_same, by_pandas
from tests.support.distributions import assert_counts, days_from, volumes
from tests.support.zoned import BERLIN, OFFICE, two_shops

ROWS = 400_000
IN_BERLIN = "timezone('Europe/Berlin', \"at\")"


def visits(calendar: Tree, start: str, end: str, **at: Any) -> Tree:
    """Visits between two days that follow a calendar."""
    column = {"kind": "timestamp", "calendar": "local", **at}
    top = {"calendars": {"local": calendar}, "window": {"start": start, "end": end}}
    return spec(top, visits=table(ROWS, at=column))


def local(frame: Any, zone: str, column: str = "at") -> pl.Series:
    """What clocks in a time zone show at the moments of a column."""
    return (
        pl.Series(frame[column]).dt.convert_time_zone(zone).dt.replace_time_zone(None)
    )


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_office_hours_over_both_changes_of_clocks(engine: str, tmp_path: Path) -> None:
    tree = visits(OFFICE, "2026-03-02", "2026-11-16", hours="business")
    tree["output"] = {"engine": engine}
    for check in ((), ("--check",)):
        inside(module(tree), ["--output", str(tmp_path), *check])
    sql = f"SELECT COUNT(*) FROM visits WHERE isodow({IN_BERLIN}) > 5"
    assert query(sql, tmp_path).fetchone() == (0,)
    periods = [("2026-03-02", "2026-03-28"), ("2026-03-29", "2026-10-24")]
    for first, last in [*periods, ("2026-10-25", "2026-11-15")]:
        sql = f"SELECT hour({IN_BERLIN}) AS hour, COUNT(*) AS rows FROM visits"
        sql += f" WHERE {IN_BERLIN}::DATE BETWEEN '{first}' AND '{last}' GROUP BY 1"
        found = fetched(sql, tmp_path)
        counts = np.zeros(24)
        counts[found["hour"].astype(int)] = found["rows"]
        assert_counts(counts, np.array(HOURS["business"], float))


WINDOWS = {
    "spring": (BERLIN, "2026-03-20", "2026-04-05"),
    "autumn": (BERLIN, "2026-10-17", "2026-11-01"),
    "west": ("America/New_York", "2026-03-01", "2026-03-15"),
    "half an hour": ("Australia/Lord_Howe", "2026-03-28", "2026-04-12"),
    "at midnight": ("America/Sao_Paulo", "2018-10-28", "2018-11-12"),
    "at midnight, back": ("America/Sao_Paulo", "2019-02-10", "2019-02-24"),
    "a day that was left out": ("Pacific/Apia", "2011-12-24", "2012-01-05"),
    "no whole hours": ("Asia/Kathmandu", "2026-03-20", "2026-04-05"),
}


@pytest.mark.parametrize("hours", ["flat", "evening"])
@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_local_days_have_their_factors_however_long_they_are(
    window: tuple[str, str, str], hours: str
) -> None:
    zone, start, end = window
    calendar = {"weekdays": [1, 2, 1, 1, 1.4, 2, 0.5], "timezone": zone}
    days = local(built(visits(calendar, start, end, hours=hours)), zone).dt.date()
    counts = dict(days.value_counts().iter_rows())
    # The first and the last local day lie partly outside of the window.
    whole = days_from(min(counts) + timedelta(days=1), max(counts))
    there = [day for day in whole if day != date(2011, 12, 30)]
    assert {*counts} - {min(counts), max(counts)} == {*there}
    assert len(there) > 9
    expected = volumes(there, calendar)
    assert_counts(np.array([counts[day] for day in there]), expected)


def test_an_hour_that_is_missing_has_no_moments_and_one_that_repeats_has_them_twice() -> (
    None
):
    weights = [1.0] * 24
    weights[2] = 20
    calendar: Tree = {"timezone": BERLIN}
    spring = built(visits(calendar, "2026-03-26", "2026-04-01", hours=weights))
    clock = local(spring, BERLIN)
    of_day = clock.filter(clock.dt.date() == date(2026, 3, 29))
    found = np.bincount(of_day.dt.hour().to_numpy(), minlength=24)
    assert found[2] == 0
    assert_counts(found, np.array([1.0, 1, 0, *[1] * 21]))
    autumn = built(visits(calendar, "2026-10-23", "2026-10-28", hours=weights))
    clock = local(autumn, BERLIN)
    on = (clock.dt.date() == date(2026, 10, 25)).to_numpy()
    utc = pl.Series(autumn["at"]).dt.hour().to_numpy()[on]
    twice = utc[clock.dt.hour().to_numpy()[on] == 2]
    assert_counts(np.bincount(twice, minlength=24)[:2], np.array([1.0, 1.0]))
    assert {*twice.tolist()} == {0, 1}
    assert len(of_day) == pytest.approx(ROWS / 6, rel=0.03)
    assert on.sum() == pytest.approx(ROWS / 5, rel=0.03)


@pytest.mark.parametrize("zone", [BERLIN, "America/New_York", "Asia/Kathmandu"])
def test_events_by_dates_are_local_and_those_by_the_hour_are_not(zone: str) -> None:
    fair = {"start": "2026-04-10T10:00:00", "end": "2026-04-10T14:00:00"}
    calendar: Tree = {
        "timezone": zone,
        "events": [
            {"name": "sale", "start": "2026-03-28", "end": "2026-04-01", "factor": 9},
            {"name": "closed", "days_ago": [4, 2], "factor": 0},
            {"name": "fair", **fair, "factor": 40},
        ],
    }
    tree = visits(calendar, "2026-03-20", "2026-04-20")
    columns = tree["tables"]["visits"]["columns"]
    columns["day"] = {"kind": "date", "calendar": "local"}
    for event in ("sale", "closed", "fair"):
        for column in ("at", "day"):
            text = f"during('{event}', {column})"
            columns[f"{event}_{column}"] = {"kind": "expr", "expr": text}
    frame = built(tree)
    days = local(frame, zone).dt.date().to_numpy()
    for name, first, last in (
        ("sale", "2026-03-28", "2026-04-01"),
        ("closed", "2026-04-16", "2026-04-18"),
    ):
        low, high = np.datetime64(first), np.datetime64(last)
        on = (low <= days) & (days < high)
        assert (frame[f"{name}_at"].to_numpy() == on).all()
        plain = frame["day"].to_numpy()
        assert (
            frame[f"{name}_day"].to_numpy() == (low <= plain) & (plain < high)
        ).all()
        assert on.any() == (name == "sale")
    moments = seconds(frame["at"])
    start, end = (
        datetime.fromisoformat(fair[key]).replace(tzinfo=UTC).timestamp()
        for key in ("start", "end")
    )
    assert (frame["fair_at"].to_numpy() == (start <= moments) & (moments < end)).all()
    mass = 4 * 24 * 9, 4 * 40  # hours and factors; a change of clocks does not matter
    shares = np.array([*mass, (31 - 4 - 2) * 24 - 4])
    held = [int(frame[f"{name}_at"].sum()) for name in ("sale", "fair")]
    counts = np.array([*held, ROWS - sum(held)])
    assert np.allclose(counts / ROWS, shares / shares.sum(), rtol=0.03)


def test_dates_are_days_of_no_time_zone() -> None:
    zoned: Tree = {"weekdays": [1, 1, 1, 1, 1, 0, 0], "timezone": "America/New_York"}
    frames = []
    for calendar in (zoned, {**zoned, "timezone": "UTC"}):
        tree = visits(calendar, "2026-03-02", "2026-04-06")
        tree["tables"]["visits"]["columns"]["at"]["kind"] = "date"
        frames.append(built(tree))
    assert frames[0].equals(frames[1])
    assert (frames[0]["at"].dt.weekday() <= 5).all()


def test_columns_by_utc_stay_as_they_are_beside_those_of_a_time_zone() -> None:
    zoned, plain = built(two_shops(zoned=True)), built(two_shops(zoned=False))
    assert zoned["ordered_at"].equals(plain["ordered_at"])
    assert zoned["seen_at"].equals(plain["seen_at"])
    assert not zoned["sent_at"].equals(plain["sent_at"])


def test_moments_after_and_before_another_follow_the_clocks_too() -> None:
    frame = built(two_shops(zoned=True))
    ordered, sent, called = (
        seconds(frame[name]) for name in ("ordered_at", "sent_at", "called_at")
    )
    assert (sent >= ordered).all()
    assert (called <= sent).all()
    for name in ("sent_at", "called_at"):
        clock = local(frame, BERLIN, name)
        last_hours = sent > seconds(pl.Series([datetime(2026, 11, 13, tzinfo=UTC)]))[0]
        usual = (clock.dt.weekday() <= 5) & clock.dt.hour().is_between(6, 19)
        assert usual.to_numpy()[~last_hours].mean() > 0.99
        assert (clock.dt.hour().to_numpy()[~last_hours] >= 6).mean() > 0.99


def test_pandas_has_the_same_rows() -> None:
    tree = two_shops()
    assert_rows_are_the_same(module(by_pandas(tree)), module(tree), "orders")


@pytest.mark.parametrize("zone", [BERLIN, "America/New_York"])
def test_batches_follow_the_clocks(zone: str, tmp_path: Path) -> None:
    """A batch is a day of UTC, and the last hour of a Friday in New York is in Saturday's."""
    tree = visits({**OFFICE, "timezone": zone}, "2026-02-02", "2026-03-02")
    tree["tables"]["visits"]["columns"]["at"]["hours"] = "business"
    tree["tables"]["visits"]["rows"] = 20_000
    tree["output"] = {"mode": "append"}
    script = module(tree)
    script.BATCH = 35
    total = [int(n) for n in script.rows_after("visits")]
    rows = np.diff(total)
    days = [date(2026, 3, 2) + timedelta(days=n) for n in range(35)]
    weekend = np.array([day.weekday() >= 5 for day in days])
    late = 1_000 / sum(HOURS["business"]) if zone != BERLIN else 0
    assert rows[weekend][0] == pytest.approx(late, abs=1)
    assert (rows[weekend][1:] <= 1).all(), "from the change of clocks on it is not"
    assert np.allclose(rows[~weekend], 1_000, rtol=0.02)
    later = script.visits(np.arange(total[0], total[-1]))
    clock = local(later, zone)
    assert (clock.dt.weekday() <= 5).to_numpy().mean() > 0.999
    assert clock.dt.hour().is_between(6, 19).to_numpy().mean() > 0.999
    same = pl.Series(later["at"]).dt.date().value_counts().sort("at")["count"]
    assert same.to_list() == [n for n in rows.tolist() if n]
    assert_rows_are_the_same(module(by_pandas(tree)), module(tree), "visits")


def test_a_plan_s_sample_knows_the_clocks() -> None:
    at = {"kind": "timestamp", "calendar": "local", "hours": "business"}
    calendar = {**OFFICE, "timezone": "Asia/Tokyo"}
    top = {"calendars": {"local": calendar}}
    early = {"per": "visits", "where": "hour(at) < 3 and weekday(at) < 5"}
    ref = {"kind": "ref", "table": "visits"}
    tree = spec(top, visits=table(20_000, at=at), calls=table(early, visit=ref))
    plan = compiled(tree).plan
    assert plan is not None
    clock = built(tree, "visits")["at"]
    real = ((clock.dt.hour() < 3) & (clock.dt.weekday() <= 5)).to_numpy().sum()
    assert real > 6_000
    assert plan.table("calls").rows == pytest.approx(real, rel=0.05)


def test_a_century_by_the_hour_asks_for_each_day_once() -> None:
    """The clocks are looked up for each day, and not for each row or hour."""
    tree = visits(
        {**OFFICE, "noise": 0.1}, "1950-01-01", "2049-12-31", hours="business"
    )
    script = module(tree)
    asked: list[datetime] = []
    calendar = script.local_calendar

    def local_calendar(moment: datetime) -> float:
        asked.append(moment)
        return float(calendar(moment))

    script.local_calendar = local_calendar
    script.visits(np.arange(9))
    changes = 400  # of clocks, at most
    assert 36_500 <= len(asked) < 36_530 + changes
    assert {moment.tzinfo for moment in asked} == {ZoneInfo(BERLIN)}
