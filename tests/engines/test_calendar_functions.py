"""Functions of the calendar and the clock, against what SQL and the tz database know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import numpy as np
import pytest

from tests.support import Tree, answer, fetched, module, query, spec, table
from tests.support.alike import (
    assert_rows_are_the_same,
    by_pandas,
    by_polars,
    written,
)

ENGINES = ("polars", "pandas")


def expr(text: str) -> Tree:
    return {"kind": "expr", "expr": text}


def dates() -> Tree:
    """A row for each day of four years."""
    days = table(
        {"per": "companies", "every": "1d"},
        company={"kind": "ref", "table": "companies"},
        at={"kind": "tick", "hidden": True},
        day=expr("date(at)"),
        month_from=expr("month_start(at)"),
        month_to=expr("month_end(day)"),
        is_month_end=expr("day == month_end(day)"),
        quarter=expr("quarter(day)"),
        days_in=expr("days_in_month(day)"),
        week_from=expr("trunc(day, 'week')"),
        quarter_from=expr("trunc(day, 'quarter')"),
        year_from=expr("trunc(at, 'year')"),
        is_weekend=expr("is_weekend(day)"),
        is_holiday_us=expr("is_holiday(day, 'US')"),
        is_holiday_by=expr("is_holiday(day, 'DE-BY')"),
        is_closed=expr("is_holiday(at, 'bank') or is_weekend(at)"),
    )
    top = {
        "window": {"start": "2023-01-01", "end": "2027-01-01"},
        "calendars": {"bank": {"holidays": "BR", "holiday": 0}},
    }
    return spec(top, companies=table(1, id={"kind": "key"}), days=days)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_of_dates_is_that_of_sql(engine: str, tmp_path: Path) -> None:
    written(by_pandas(dates(), engine), tmp_path)
    sql = """
    SELECT COUNT(*), COUNT(DISTINCT day), MIN(day)::TEXT, MAX(day)::TEXT,
        BOOL_AND(month_from = date_trunc('month', day)), BOOL_AND(month_to = last_day(day)),
        SUM(is_month_end::INT), BOOL_AND(is_month_end = (day = last_day(day))),
        BOOL_AND(quarter = quarter(day)), BOOL_AND(days_in = day(last_day(day))),
        BOOL_AND(week_from = date_trunc('week', day)),
        BOOL_AND(quarter_from = date_trunc('quarter', day)),
        BOOL_AND(year_from = date_trunc('year', day::TIMESTAMPTZ)),
        BOOL_AND(is_weekend = (isodow(day) >= 6))
    FROM days"""
    days = (1_461, 1_461, "2023-01-01", "2026-12-31")
    assert answer(sql, tmp_path) == (*days, True, True, 48, *[True] * 7)


@pytest.mark.parametrize("engine", ENGINES)
def test_holidays_are_those_of_each_place(engine: str, tmp_path: Path) -> None:
    written(by_pandas(dates(), engine), tmp_path)
    years = range(2023, 2027)
    for name, country, part in (
        ("is_holiday_us", "US", None),
        ("is_holiday_by", "DE", "BY"),
        ("is_closed AND NOT is_weekend", "BR", None),
    ):
        free = holidays.country_holidays(country, part, years=years)
        weekdays = "NOT is_weekend" in name
        wanted = sorted(day for day in free if not weekdays or day.weekday() < 5)
        sql = f"SELECT day FROM days WHERE {name} ORDER BY day"
        found = [row[0] for row in query(sql, tmp_path).fetchall()]
        assert found == wanted, name


@pytest.mark.parametrize("engine", ENGINES)
def test_clocks_are_put_forward_and_back_on_two_nights(
    engine: str, tmp_path: Path
) -> None:
    start = datetime(2026, 3, 28, 22, tzinfo=UTC)
    autumn = datetime(2026, 10, 24, 22, tzinfo=UTC)
    hours = [
        night + timedelta(minutes=30 * n)
        for night in (start, autumn)
        for n in range(12)
    ]
    data = [{"n": n, "text": f"{at:%Y-%m-%dT%H:%M:%S}Z"} for n, at in enumerate(hours)]
    tree = spec(nights={"data": data, "columns": {}})
    zones = {
        "berlin": "Europe/Berlin",
        "lima": "America/Lima",
        "kolkata": "Asia/Kolkata",
    }
    steps = "('2026-03-28T22:00:00Z' if n < 12 else '2026-10-24T22:00:00Z')"
    columns: Tree = {"at": expr(f"{steps} + minutes(30 * (n % 12))")}
    columns |= {name: expr(f"local(at, '{zone}')") for name, zone in zones.items()}
    columns["there"] = expr("hour(local(at, 'Europe/Berlin'))")
    tree["tables"]["nights"]["columns"] = columns
    written(by_pandas(tree, engine), tmp_path)
    found = fetched("SELECT * FROM nights ORDER BY n", tmp_path)
    for name, zone in zones.items():
        wanted = [at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for at in hours]
        assert found[name].astype("datetime64[s]").tolist() == wanted, name
    local = found["there"].tolist()
    assert local[:12] == [23, 23, 0, 0, 1, 1, 3, 3, 4, 4, 5, 5]  # none at two
    assert local[12:] == [0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4]  # two is there twice


@pytest.mark.parametrize("engine", ENGINES)
def test_null_has_no_day_and_is_no_holiday(engine: str, tmp_path: Path) -> None:
    texts = {
        "ends": "month_end(at)",
        "starts": "month_start(at)",
        "part": "quarter(at) + days_in_month(at)",
        "hour_of": "trunc(at, 'hour')",
        "there": "local(at, 'Asia/Tokyo')",
        "free": "is_holiday(at, 'US')",
        "weekend": "is_weekend(at)",
    }
    columns = {name: expr(text) for name, text in texts.items()}
    at = {"kind": "timestamp", "start": "-3y", "end": "now", "null_rate": 0.5}
    written(by_pandas(spec(rows=table(400, at=at, **columns)), engine), tmp_path)
    moments = [name for name in texts if name not in ("free", "weekend")]
    nulls = ", ".join(
        f'BOOL_AND(({name} IS NULL) = ("at" IS NULL))' for name in moments
    )
    sql = f"SELECT {nulls}, BOOL_OR(free), BOOL_OR(weekend), COUNT(free) FROM rows"
    assert answer(sql, tmp_path) == (*[True] * len(moments), True, True, 400)
    sql = """SELECT BOOL_OR(free OR weekend), BOOL_AND(hour_of = date_trunc('hour', "at"))
    FROM rows WHERE {} """
    assert answer(sql.format('"at" IS NULL'), tmp_path) == (False, None)
    assert answer(sql.format('"at" IS NOT NULL'), tmp_path) == (True, True)


def test_both_engines_give_the_same() -> None:
    pandas, polars = module(by_pandas(dates())), module(by_polars(dates()))
    assert_rows_are_the_same(pandas, polars, "days")


def test_where_goes_by_the_calendar() -> None:
    shifts = table(
        {"per": "days", "where": "is_weekend(day) or is_holiday(day, 'US')"},
        day={"kind": "ref", "table": "days"},
    )
    days = table(2_000, id={"kind": "key"}, day={"kind": "date"})
    tree = spec(days=days, shifts=shifts)
    script = module(tree)
    rows = script.shifts_rows(np.arange(2_000))
    found = script.days(np.arange(2_000))["day"]
    free = holidays.country_holidays("US")
    wanted = [day.weekday() >= 5 or day in free for day in found]
    assert rows.tolist() == np.flatnonzero(wanted).tolist()
    assert 0 < len(rows) < 1_000
