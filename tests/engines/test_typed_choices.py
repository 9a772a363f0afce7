"""Choices of integers, numbers, booleans and dates: HTTP codes, and whatever depends on them."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tests.support import (
    Tree,
    compiled,
    module,
    rows_of,
    run_script,
    spec,
    table,
    whole,
)
from tests.support.alike import (
    assert_rows_are_the_same,
    assert_written_alike,
    by_pandas,
    by_polars,
)
from tests.support.checking import agreed, written, wrong
from tests.support.distributions import assert_rate, assert_shares
from tests.support.goldens import ROOT
from tests.support.parity import files_of
from tests.support.plans import planned

ROWS = 20_000
CODES = {"200": 0.9, "404": 0.06, "503": 0.04}
RETRIES = {"kind": "choice", "type": "integer", "values": [0, 1, 5]}
SIZES = {"1": 3, "2.5": 2, "10": 1}
DAYS = ["2024-01-01", "2025-07-01"]
OLD, NEW = map(date.fromisoformat, DAYS)
BY_DAY = {DAYS[0]: {"weights": {"1": 1, "-2": 2}}}


def tree(**top: object) -> Tree:
    """Pages, and requests of them."""
    pages = table(
        300,
        size={"kind": "choice", "type": "number", "weights": SIZES},
        since={"kind": "choice", "type": "date", "values": DAYS},
        retries=RETRIES,
    )
    weights = {
        "retries": {"0": 1, "1": 0, "5": 1},
        "since": dict(zip(DAYS, (1, 3), strict=True)),
        "size": {"1.0": 1, "2.5": 1, "10.0": 0},
    }
    of_status = {"200": {"median": 40}, ">= 400": {"median": 900, "sigma": 0.1}}
    code = {"kind": "choice", "type": "integer", "weights": CODES}
    requests = table(
        ROWS,
        at={"kind": "timestamp"},
        page={"kind": "ref", "table": "pages", "weights": weights},
        since={"kind": "lookup", "path": "page.since"},
        status={**code, "null_rate": 0.01},
        code=code,
        steps={
            "kind": "choice",
            "type": "integer",
            "by": "page.since",
            "cases": BY_DAY,
            "otherwise": {"values": [30]},
        },
        cached={
            "kind": "choice",
            "type": "boolean",
            "weights": {"true": 3, "false": 1},
        },
        failed={"kind": "expr", "expr": "code >= 400"},
        group={"kind": "expr", "expr": "code // 100 if cached else 0"},
        due={"kind": "expr", "expr": "since + days(steps)"},
        heavy={"kind": "expr", "expr": "page.size * 2"},
        ms={
            "kind": "lognormal",
            "sigma": 0.5,
            "by": "code",
            "cases": of_status,
        },
        era={
            "kind": "constant",
            "by": "since",
            "cases": {DAYS[0]: {"value": "old"}, DAYS[1]: {"value": "new"}},
        },
        label={"kind": "template", "text": "{code} {since} {page.size} {cached}"},
    )
    events = table(
        {
            "per": "requests",
            "by": "code",
            "mean": 2,
            "cases": {">= 400": {}, "200": {"mean": 0.1}},
        },
        request={"kind": "ref", "table": "requests"},
        at={"kind": "timestamp"},
        move=RETRIES,
        sum={"kind": "running", "change": "move"},
        before={"kind": "expr", "expr": "request.code"},
    )
    return spec(top, pages=pages, requests=requests, events=events)


@pytest.fixture(scope="module")
def requests() -> pl.DataFrame:
    return whole(module(tree()), "requests")


def test_values_are_of_their_type_and_as_frequent_as_their_weights(
    requests: pl.DataFrame,
) -> None:
    assert requests["code"].dtype == pl.Int64
    assert_shares(requests["code"].to_numpy(), {int(k): w for k, w in CODES.items()})
    assert_rate(requests["status"].is_null().to_numpy(), 0.01)
    assert requests["cached"].dtype == pl.Boolean
    assert_rate(requests["cached"].to_numpy(), 0.75)
    assert requests["since"].dtype == pl.Date
    pages = whole(module(tree()), "pages")
    assert pages["size"].dtype == pl.Float64
    assert set(pages["size"]) == {1.0, 2.5, 10.0}
    assert set(pages["since"]) == {OLD, NEW}


def test_expressions_take_them_as_what_they_are(requests: pl.DataFrame) -> None:
    code, cached = requests["code"], requests["cached"]
    assert requests["failed"].equals(code >= 400)
    group = pl.select(pl.when(cached).then(code // 100).otherwise(0)).to_series()
    assert requests["group"].to_list() == group.to_list()
    days = pl.duration(days=pl.col("steps"))
    due = requests.select(pl.col("since") + days)["since"]
    assert requests["due"].to_list() == due.to_list()


def test_cases_go_by_them(requests: pl.DataFrame) -> None:
    """By ranges of a number, by the days themselves, over a path."""
    fails = requests.filter(pl.col("code") >= 400)["ms"]
    assert fails.min() > 400  # type: ignore[operator]
    assert requests.filter(pl.col("code") == 200)["ms"].median() == pytest.approx(
        40, 0.05
    )
    old = requests["since"] == OLD
    assert set(requests.filter(old)["steps"]) == {1, -2}
    assert set(requests.filter(~old)["steps"]) == {30}
    assert requests["era"].cast(pl.String).to_list() == [
        "old" if each else "new" for each in old
    ]


def test_refs_are_weighed_by_them(requests: pl.DataFrame) -> None:
    pages = whole(module(tree()), "pages")
    found = requests.join(pages, left_on="page", right_on="id")
    assert set(found["retries"]) == {0, 5}
    assert set(found["size"]) == {1.0, 2.5}
    can = pages.filter(pl.col("retries") != 1, pl.col("size") != 10)["since"]
    new, old = (np.count_nonzero(can == day) for day in (NEW, OLD))
    assert_rate((found["since"] == NEW).to_numpy(), 3 * new / (3 * new + old))


def test_rows_of_children_are_counted_by_them() -> None:
    mean = 0.9 * 0.1 + 0.1 * 2
    assert planned(tree()).table("events").rows == pytest.approx(ROWS * mean)
    found = whole(module(tree()), "events")
    assert len(found) == pytest.approx(ROWS * mean, rel=0.05)
    assert found["sum"].dtype == pl.Int64


@pytest.mark.parametrize("name", ["pages", "requests", "events"])
def test_pandas_has_the_same_rows(name: str) -> None:
    assert_rows_are_the_same(module(by_pandas(tree())), module(tree()), name)


RATES = {"outlier_rate": 0.02, "null_rate": 0.02, "duplicate_key_rate": 0.02}


@pytest.mark.parametrize("format", ["parquet", "csv", "json", "delta"])
@pytest.mark.parametrize("bad", [{}, {"bad_data": RATES}], ids=["clean", "bad"])
def test_the_check_finds_nothing_wrong(format: str, bad: Tree, tmp_path: Path) -> None:
    given = tree(output={"format": format}, **bad)
    written(module(given), tmp_path)
    assert agreed(given, tmp_path) == {}


def test_the_check_finds_other_values(tmp_path: Path) -> None:
    written(module(tree()), tmp_path)
    for table_name, column in (
        ("requests", "code"),
        ("pages", "since"),
        ("pages", "size"),
        ("requests", "steps"),
    ):
        for file in files_of(tmp_path / table_name, "parquet"):
            frame = pl.read_parquet(file)
            other = {"since": date(2020, 1, 1)}.get(column, 3)
            first = pl.int_range(pl.len()) == 0
            changed = pl.when(first).then(pl.lit(other)).otherwise(pl.col(column))
            frame.with_columns(
                changed.cast(frame[column].dtype).alias(column)
            ).write_parquet(file)
    found = agreed(tree(), tmp_path)
    for key in (
        ("requests", "code"),
        ("pages", "since"),
        ("pages", "size"),
        ("requests", "steps"),
    ):
        assert (key[0], f"{key[1]} of no category") in found


def test_files_of_text_hold_them_plainly(tmp_path: Path) -> None:
    folder = written(module(tree(output={"format": "csv"})), tmp_path / "csv")
    with files_of(folder / "requests", "csv")[0].open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    assert {row["code"] for row in rows} == {*CODES}
    assert {row["since"] for row in rows} == {*DAYS}
    assert {row["cached"] for row in rows} == {"true", "false"}
    one = rows[0]["label"].split(" ")
    assert one[:2] == [rows[0]["code"], rows[0]["since"]] and one[2] in {"1.0", "2.5"}
    folder = written(module(tree(output={"format": "json"})), tmp_path / "json")
    lines = files_of(folder / "requests", "json")[0].read_text("utf-8").splitlines()
    assert {json.loads(line)["code"] for line in lines} == {200, 404, 503}


@pytest.mark.parametrize("bad", [{}, {"bad_data": RATES}], ids=["clean", "bad"])
def test_append_mode_writes_the_same_on_both(bad: Tree, tmp_path: Path) -> None:
    given = tree(output={"mode": "append", "batch": "10d"}, **bad)
    given["window"] = {"start": "2026-06-01", "end": "2026-07-01"}
    assert_written_alike(given, tmp_path, block=5_000)
    assert wrong(module(by_polars(given)), tmp_path / "polars") == {}


def test_the_settings_hold_the_values_themselves() -> None:
    script = module(tree())
    assert script.REQUESTS_CODE == {200: 0.9, 404: 0.06, 503: 0.04}
    assert script.PAGES_SINCE == {OLD: 1, NEW: 0.5}
    script.REQUESTS_CODE = {418: 1, 200: 0}
    found = rows_of(script, "requests", np.arange(50))
    assert set(found["code"]) == {418}


def test_the_plan_says_their_type() -> None:
    (column,) = [
        c for c in planned(tree()).table("requests").written if c.name == "code"
    ]
    assert column.spec.summary() == ["200 90%, 404 6%, 503 4%", "integers"]
    assert column.type.values == ("200", "404", "503")
    assert column.type.largest == 503


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
def test_spark_writes_the_same_rows(tmp_path: Path, sail_address: str) -> None:
    given = tree(output={"engine": "spark"})
    remote = {"SPARK_REMOTE": sail_address}
    files = compiled(given).files
    out = run_script(files, tmp_path / "spark", **remote)
    run_script(files, tmp_path / "spark", "--check", **remote)
    polars = module(by_polars(given))
    for name in ("pages", "requests", "events"):
        found = pl.concat(map(pl.read_parquet, files_of(out / name, "parquet")))
        moments = (
            pl.col(pl.Datetime).dt.cast_time_unit("us").dt.replace_time_zone("UTC")
        )
        wanted = whole(polars, name).with_columns(pl.col(pl.Enum).cast(pl.String))
        assert found.with_columns(moments).sort("id").equals(wanted.sort("id"))


def test_the_example_of_the_language_runs() -> None:
    page = (ROOT / "docs" / "language.md").read_text("utf-8")
    part = page.partition("**Choices of a type.**")[2]
    top = 'name = "web"\ndescription = "Requests."\nallow = ["*"]\n'
    rows = "[tables.requests]\nrows = 900\n[tables.requests.columns]"
    example = part.split("```")[1].removeprefix("toml")
    found = whole(module(top + rows + example), "requests")
    types = {"status": pl.Int64, "priority": pl.Int64, "version": pl.Float64}
    assert found.schema == {**types, "cohort": pl.Date}
    assert set(found["status"]) == {200, 404, 503}
