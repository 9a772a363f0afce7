"""Months and years count by the calendar, on whatever day the window ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.support import Tree, inside, module, query, spec, table, whole
from tests.support.alike import AS_ARROW, arrow, assert_same
from tests.support.batches import run
from tests.support.calendars import back

DAYS = [
    *("2024-02-28", "2024-02-29", "2024-03-01", "2025-02-28", "2025-03-01"),
    *("2026-01-31", "2026-03-31", "2026-05-30", "2026-06-30", "2026-08-31"),
    *("2028-02-29", "2096-02-29", "2100-02-28", "2100-03-01", "1900-12-31"),
]


def people(**output: str) -> Tree:
    """People who are 18 to 80 years old, and what expressions say of their ages."""
    ages = {f"over_{n}": f"born < '-{n}y'" for n in (18, 40)}
    return spec(
        {"output": output, "window": {"start": "-1mo", "end": "2026-06-30"}},
        people=table(
            30_000,
            born={"kind": "date", "start": "-80y", "end": "-18y"},
            joined={"kind": "timestamp", "start": "-18mo", "end": "-6mo"},
            seen={"kind": "timestamp", "end": "-2d"},
            at={"kind": "timestamp"},
            half={"kind": "expr", "expr": "joined >= '-12mo'"},
            **{name: {"kind": "expr", "expr": text} for name, text in ages.items()},
        ),
    )


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_nobody_is_a_day_short_on_any_day_of_the_run(
    engine: str, tmp_path: Path
) -> None:
    tree = people(engine=engine)
    for text in DAYS:
        end, place = date.fromisoformat(text), tmp_path / text
        for check in ((), ("--check",)):
            inside(module(tree), ["--output", str(place), "--as-of", text, *check])
        sql = "SELECT MIN(born), MAX(born), MIN(joined)::DATE, MAX(joined)::DATE,"
        sql += ' MIN("at")::DATE, MAX("at")::DATE, MAX(seen)::DATE,'
        sql += f" BOOL_AND(over_18), BOOL_AND(over_40 = (born < '{back(end, 480)}')),"
        sql += f" BOOL_AND(half = (joined >= '{back(end, 12)}')) FROM people"
        found = query(sql, place).fetchone()
        assert found is not None
        day = timedelta(days=1)
        months = (*(960, 216), *(18, 6), 1)
        oldest, youngest, first, last, start = (back(end, each) for each in months)
        # Of 30,000 some are born on the first two days of 62 years, few on just the first.
        assert oldest <= found[0] <= oldest + 5 * day, text
        assert youngest - 5 * day <= found[1] < youngest, text
        assert found[2:7] == (first, last - day, start, end - day, end - 3 * day), text
        assert found[7:] == (True, True, True), text


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_in_append_mode_months_count_from_each_batch_s_end(
    engine: str, tmp_path: Path
) -> None:
    tree = people(mode="append", batch="1d", engine=engine)
    tree["window"] = {"start": "-1mo", "end": "2024-02-27"}
    tree["tables"]["people"]["batch_rows"] = 4_000
    notes = table(
        {"per": "people", "where": "over_40"},
        person={"kind": "ref", "table": "people"},
        far={"kind": "lookup", "path": "person.over_40"},
        old={"kind": "expr", "expr": "person.born < '-40y'"},
    )
    tree["tables"]["notes"] = notes
    for batch in range(5):
        run(tree, tmp_path, batch)
    run(tree, tmp_path, 4, "--check")
    for batch in range(5):
        end = date(2024, 2, 27) + timedelta(days=batch)
        sql = f"""
            SELECT MIN(born) >= '{back(end, 960)}', MAX(born) < '{back(end, 216)}',
              MIN(joined)::DATE, MAX(joined)::DATE,
              BOOL_AND(over_18), BOOL_AND(over_40 = (born < '{back(end, 480)}')),
              BOOL_AND(half = (joined >= '{back(end, 12)}'))
            FROM people WHERE batch = {batch}"""
        found = query(sql, tmp_path).fetchone()
        assert found is not None
        last = back(end, 6) - timedelta(days=1)
        assert found == (True, True, back(end, 18), last, True, True, True)
        sql = f"SELECT COUNT(*), BOOL_AND(far AND old) FROM notes WHERE batch = {batch}"
        old = f"SELECT COUNT(*), TRUE FROM people WHERE over_40 AND batch = {batch}"
        assert query(sql, tmp_path).fetchone() == query(old, tmp_path).fetchone(), batch


def test_an_event_by_months_moves_the_volume_just_there() -> None:
    event = {"name": "sale", "start": "-2mo", "end": "-1mo", "factor": 9}
    top: Tree = {"calendars": {"default": {"events": [event]}}}
    during = {"kind": "expr", "expr": "during('sale', at)"}
    tree = spec(top, sales=table(50_000, at={"kind": "timestamp"}, sale=during))
    frame = whole(module(tree), "sales")
    start, end = (datetime(2026, month, 30, tzinfo=UTC) for month in (4, 5))
    assert (frame["sale"] == frame["at"].is_between(start, end, closed="left")).all()
    share = int(frame["sale"].sum()) / len(frame)
    assert share / 30 / ((1 - share) / 150) == pytest.approx(9, rel=0.1)


def test_a_month_and_so_many_days_may_change_places(tmp_path: Path) -> None:
    """On one day a month is longer, on another shorter: there the run says what is wrong."""
    tree = spec(
        {"window": {"end": "2026-06-30"}},
        people=table(10, at={"kind": "timestamp", "start": "-1mo", "end": "-30d"}),
    )
    assert set(whole(module(tree), "people")["at"].dt.date()) == {date(2026, 5, 30)}
    options = ["--output", str(tmp_path), "--as-of", "2026-03-01"]
    with pytest.raises(RuntimeError, match="ends before it starts"):
        inside(module(tree), options)


def test_a_script_without_months_holds_nothing_of_them() -> None:
    tree = people()
    script = module(tree)
    assert (-80 * script.YEAR, -18 * script.YEAR) == script.PEOPLE_BORN
    assert -1 * script.MONTH == script.START
    tree["window"]["start"] = "-30d"
    columns = tree["tables"]["people"]["columns"]
    tree["tables"]["people"]["columns"] = {name: columns[name] for name in ("id", "at")}
    assert not hasattr(module(tree), "MONTH")


@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_engines_agree_on_months(mode: str) -> None:
    polars = module(people(engine="polars", mode=mode))
    pandas = module(people(engine="pandas", mode=mode))
    wanted = whole(polars, "people")
    found = pandas.TABLES["people"][0](np.arange(len(wanted)))
    assert_same(AS_ARROW(found), arrow(wanted), "people")
