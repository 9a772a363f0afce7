"""Grids whose steps are months and years by the calendar."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.support import (
    Tree,
    answer,
    compiled,
    compiled_once,
    fetched,
    inside,
    module,
    query,
    read,
    run_script,
    spec,
    table,
    whole,
)
from tests.support.alike import assert_rows_are_the_same
from tests.support.batches import run
from tests.support.calendars import back

LAST = date(2200, 1, 1)


def months_on(start: date, months: int) -> date:
    return back(start, -months)


def moments(start: date, end: date, every: str) -> list[date]:
    """All of a grid's days before the end, worked out day by day."""
    if every == "month_end":
        days = (start + timedelta(days=n) for n in range((end - start).days))
        return [day for day in days if (day + timedelta(days=1)).day == 1]
    step = {"1mo": 1, "3mo": 3, "1y": 12, "18mo": 18}[every]
    found = (months_on(start, n * step) for n in range(3_000 // step))
    return [day for day in found if day < end]


def accounts(every: str, /, **top: Tree) -> Tree:
    """Accounts with bills, which have a balance and a stage, and reminders of some."""
    bills = table(
        {"per": "accounts", "every": every},
        account={"kind": "ref", "table": "accounts"},
        at={"kind": "tick"},
        sum={"kind": "normal", "mean": 20, "sd": 9, "decimals": 2},
        due={"kind": "running", "change": "sum", "start": "account.opening"},
        stage={"kind": "progression", "states": ["a", "b", "c"], "chance": 0.2},
        heat={"kind": "series", "base": 5, "trend": 1},
        day={"kind": "expr", "expr": "day(at)"},
    )
    return spec(
        top,
        accounts=table(9, opening={"kind": "normal", "mean": 50, "sd": 5}),
        bills=bills,
        reminders=table(
            {"per": "bills", "where": "day(at) >= 28"},
            bill={"kind": "ref", "table": "bills"},
            of={"kind": "lookup", "path": "bill.at"},
        ),
        calls=table(50, bill={"kind": "ref", "table": "bills"}),
    )


@pytest.mark.parametrize("every", ["1mo", "3mo", "1y", "18mo", "month_end"])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-01-31", "2026-06-30"),
        ("2024-02-29", "2029-03-01"),
        ("2025-12-30", "2026-01-31"),
        ("2026-01-15", "2026-03-15"),
    ],
)
def test_a_row_for_each_step_of_the_window(
    start: str, end: str, every: str, tmp_path: Path
) -> None:
    tree = accounts(every, window={"start": start, "end": end})
    wanted = moments(date.fromisoformat(start), date.fromisoformat(end), every)
    assert wanted
    for check in ((), ("--check",)):
        inside(module(tree), ["--output", str(tmp_path), *check])
    found = fetched('SELECT * FROM bills ORDER BY account, "at"', tmp_path)
    days = found["at"].astype("datetime64[s]")
    assert (days == np.tile(np.array(wanted, "datetime64[s]"), 9)).all()
    assert found["id"].tolist() == list(range(1, 9 * len(wanted) + 1))
    off = days - np.datetime64(start, "s")
    assert np.allclose(found["heat"], 5 + off.astype(float) / 86_400)
    late = sum(day.day >= 28 for day in wanted)
    assert answer("SELECT COUNT(*) FROM reminders", tmp_path) == (9 * late,)
    plan = compiled(tree).plan
    assert plan is not None
    assert plan.table("bills").size == f"{9 * len(wanted):,} rows"


@pytest.mark.parametrize("day", ["2024-02-29", "2025-03-31", "2026-06-30"])
def test_the_grid_follows_the_day_of_the_run(day: str, tmp_path: Path) -> None:
    tree = accounts("1mo", window={"days": 200})
    inside(module(tree), ["--output", str(tmp_path), "--as-of", day])
    end = date.fromisoformat(day)
    wanted = moments(end - timedelta(days=200), end, "1mo")
    found = read(tmp_path, "bills")["at"].astype("datetime64[D]")
    assert found.astype(object).tolist() == wanted * 9
    plan = compiled(tree).plan
    assert plan is not None
    assert plan.table("bills").size.startswith("about ")


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("every", ["1mo", "month_end"])
def test_batches_go_on_by_the_calendar(every: str, engine: str, tmp_path: Path) -> None:
    output = {"mode": "append", "batch": "20d", "engine": engine}
    tree = accounts(
        every, output=output, window={"start": "2023-10-31", "end": "2024-01-05"}
    )
    tree["tables"]["accounts"]["batch_rows"] = 2
    tree["tables"]["calls"]["batch_rows"] = 30
    for batch in (0, 2, 1, 4, 3, 1):
        run(tree, tmp_path, batch)
    run(tree, tmp_path, 4, "--check")
    end = date(2024, 1, 5)
    all_of_them = moments(date(2023, 10, 31), end + timedelta(days=80), every)
    wanted = set()
    for day in all_of_them:
        batch = max((day - end).days // 20 + 1, 0)
        wanted |= {(n, day, batch) for n in range(1, 10 + 2 * batch)}
    rows = fetched('SELECT account, "at"::DATE AS day, batch, id FROM bills', tmp_path)
    days = rows["day"].astype("datetime64[D]").astype(object)
    found = list(
        zip(rows["account"].tolist(), days, rows["batch"].tolist(), strict=True)
    )
    assert len(found) == len(set(found))
    assert set(found) == wanted
    assert len(set(rows["id"].tolist())) == len(found)
    sql = """
        WITH moves AS (SELECT due, stage, opening + sum(b.sum) OVER line AS ledger,
                              lag(stage) OVER line AS before
                       FROM bills b JOIN accounts a ON b.account = a.id
                       WINDOW line AS (PARTITION BY account ORDER BY "at"))
        SELECT max(abs(due - ledger)) < 1e-2, bool_and(stage >= coalesce(before, 'a'))
        FROM moves"""
    assert answer(sql, tmp_path) == (True, True)
    orphans = "SELECT count(*) FROM calls c ANTI JOIN bills b ON c.bill = b.id"
    assert answer(orphans, tmp_path) == (0,)


def test_row_numbers_have_room_up_to_the_year_2200() -> None:
    for every in ("1mo", "month_end", "3mo", "1y"):
        window = {"start": "2024-02-29", "end": "2024-06-30"}
        tree = accounts(every, output={"mode": "append"}, window=window)
        plan = compiled(tree).plan
        assert plan is not None
        children = plan.table("bills").children
        script = module(tree)
        wanted = len(moments(date(2024, 2, 29), LAST, every))
        assert children is not None
        assert (children.most, script.ticks(script.BILLS_EVERY)) == (wanted, wanted)


@pytest.mark.parametrize("output", [{}, {"mode": "append"}])
def test_engines_agree(output: Tree) -> None:
    polars, pandas = (
        module(accounts("1mo", output={**output, "engine": engine}))
        for engine in ("polars", "pandas")
    )
    for name in ("bills", "reminders", "calls"):
        assert_rows_are_the_same(pandas, polars, name)


def test_beside_a_grid_of_hours() -> None:
    tree = accounts("1mo", window={"start": "2026-01-31", "end": "2026-04-01"})
    tree["tables"]["readings"] = table(
        {"per": "accounts", "every": "7h"},
        account={"kind": "ref", "table": "accounts"},
        at={"kind": "tick"},
    )
    found = whole(module(tree), "readings")["at"].unique().sort()
    start = datetime(2026, 1, 31, tzinfo=UTC)
    count = len(found)
    assert found.to_list() == [start + n * timedelta(hours=7) for n in range(count)]
    assert start + count * timedelta(hours=7) >= datetime(2026, 4, 1, tzinfo=UTC)


def test_a_window_without_the_end_of_a_month(tmp_path: Path) -> None:
    window = {"start": "2026-06-01", "end": "2026-06-30"}
    text = json.dumps(accounts("month_end", window=window))
    result = compiled_once("short.json", text)
    assert [each.code for each in result.diagnostics] == ["E215"]
    tree = accounts("month_end", window={"start": "2026-06-01", "end": "2026-08-01"})
    options = ["--output", str(tmp_path), "--as-of", "2026-06-30"]
    with pytest.raises(
        RuntimeError, match="A grid has no row from 2026-06-01 to 2026-06-30"
    ):
        inside(module(tree), options)


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
def test_spark_writes_the_same_moments(tmp_path: Path, sail_address: str) -> None:
    end = {"window": {"start": "-18mo", "end": "2026-03-31"}}
    found = []
    for engine in ("polars", "spark"):
        output = {"engine": engine, "mode": "append", "batch": "20d"}
        tree = accounts("1mo", output=output, **end)
        columns = tree["tables"]["accounts"]["columns"]
        columns["born"] = {"kind": "date", "start": "-80y", "end": "-18y"}
        columns["old"] = {"kind": "expr", "expr": "born < '-40y'"}
        for name in ("accounts", "calls"):
            tree["tables"][name]["batch_rows"] = 3
        files = compiled(tree).files
        for batch in ("0", "2"):
            options = ("--batch", batch)
            out = run_script(
                files, tmp_path / engine, *options, SPARK_REMOTE=sail_address
            )
        sql = """SELECT b.id, b.at::TIMESTAMP, a.born, a.old, b.sum, b.batch
                 FROM bills b LEFT JOIN accounts a ON b.account = a.id ORDER BY b.id"""
        found.append(query(sql, out).fetchall())
    assert found[0] == found[1]
    assert len({row[-1] for row in found[0]}) == 2
