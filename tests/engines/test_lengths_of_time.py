"""Lengths of time in expressions: what is so many days, hours or months later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.support import (
    Tree,
    answer,
    compiled,
    module,
    run_script,
    spec,
    start_script,
    table,
)
from tests.support.alike import (
    assert_rows_are_the_same,
    by_pandas,
    by_polars,
    written,
)
from tests.support.batches import run
from tests.support.parity import table_hashes

ENGINES = ("polars", "pandas")


def expr(text: str) -> Tree:
    return {"kind": "expr", "expr": text}


def hotel(**top: object) -> Tree:
    """Stays of some nights, and what follows from their first day."""
    stays = table(
        3_000,
        check_in={"kind": "date", "start": "2023-01-01", "end": "2025-01-01"},
        nights={"kind": "poisson", "lam": 2, "min": 1, "max": 14},
        booked_at={"kind": "timestamp", "start": "2022-06-01", "end": "2022-12-31"},
        share={"kind": "normal", "mean": 0, "sd": 9, "null_rate": 0.1},
        late={"kind": "bool", "chance": 0.3},
        check_out=expr("check_in + days(nights)"),
        stayed=expr("(check_out - check_in) // days(1)"),
        back=expr("check_out - weeks(nights)"),
        noon=expr("check_in + hours(12)"),
        paid_at=expr("booked_at + (days(nights) if late else minutes(90))"),
        waited=expr("(noon - booked_at) / hours(1)"),
        is_short=expr("check_out - check_in <= days(2)"),
        drawn=expr("booked_at + days(share) * 2"),
        next_month=expr("check_in + months(1)"),
        last_year=expr("booked_at - months(12)"),
        renewed=expr("check_in + months(nights * 12)"),
        age=expr("now - booked_at > days(400)"),
    )
    return spec(top, stays=stays)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_stay_ends_so_many_nights_after_it_starts(
    engine: str, tmp_path: Path
) -> None:
    written(by_pandas(hotel(), engine), tmp_path)
    sql = """
    SELECT COUNT(*), BOOL_AND(check_out = check_in + nights::INT), BOOL_AND(stayed = nights),
        BOOL_AND(back = check_out - 7 * nights::INT),
        BOOL_AND(noon = check_in::TIMESTAMPTZ + INTERVAL 12 HOUR),
        BOOL_AND(paid_at = booked_at + CASE WHEN late THEN INTERVAL 1 DAY * nights::INT
            ELSE INTERVAL 90 MINUTE END),
        BOOL_AND(abs(waited - (epoch(noon) - epoch(booked_at)) / 3600) < 1e-9),
        BOOL_AND(is_short = (nights <= 2)),
        BOOL_AND((drawn IS NULL) = (share IS NULL)),
        MAX(abs(epoch(drawn) - epoch(booked_at) - share * 2 * 86400)) <= 0.5,
        BOOL_AND(age = (booked_at < TIMESTAMPTZ '2026-06-30' - INTERVAL 400 DAY))
    FROM stays"""
    assert answer(sql, tmp_path) == (3_000, *[True] * 10)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_month_later_is_the_end_of_a_month_that_is_too_short(
    engine: str, tmp_path: Path
) -> None:
    written(by_pandas(hotel(), engine), tmp_path)
    sql = """
    SELECT BOOL_AND(next_month = check_in + INTERVAL 1 MONTH),
        BOOL_AND(last_year = booked_at - INTERVAL 12 MONTH),
        BOOL_AND(renewed = check_in + INTERVAL 12 MONTH * nights::INT),
        COUNT(*) FILTER (day(check_in) > day(next_month)) > 0,
        COUNT(*) FILTER (check_in = DATE '2024-02-29' AND day(renewed) = 28) > 0
    FROM stays"""
    assert answer(sql, tmp_path) == (True,) * 5


@pytest.mark.parametrize("engine", ENGINES)
def test_the_ends_of_months_and_leap_days_as_on_a_calendar(engine: str) -> None:
    days = ["2024-01-29", "2024-01-31", "2024-02-29", "2023-12-31", "2000-02-29"]
    data = [{"day": text, "n": n + 1} for n, text in enumerate(days)]
    tree = spec(days={"data": data, "columns": {}})
    tree["tables"]["days"]["columns"] = {
        "d": expr("'2024-01-31' + months(n)"),
        "leap": expr("'2024-02-29' + months(12 * n)"),
        "back": expr("'2024-03-31' - months(n)"),
        "at": expr("'2024-01-31T23:59:58' + months(n)"),
    }
    script = module(by_pandas(tree, engine))
    found = {
        name: [str(value)[:19] for value in list(script.days(np.arange(5))[name])]
        for name in ("d", "leap", "back", "at")
    }
    short = {name: [text[:10] for text in texts] for name, texts in found.items()}
    assert short["d"] == [
        f"2024-0{n}-{d}" for n, d in zip("23456", (29, 31, 30, 31, 30), strict=True)
    ]
    assert short["leap"] == [
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
        "2029-02-28",
    ]
    assert short["back"] == [
        "2024-02-29",
        "2024-01-31",
        "2023-12-31",
        "2023-11-30",
        "2023-10-31",
    ]
    assert [text[11:] for text in found["at"]] == ["23:59:58"] * 5


@pytest.mark.parametrize("engine", ENGINES)
def test_beyond_the_years_of_four_digits_a_moment_is_null(
    engine: str, tmp_path: Path
) -> None:
    texts = {
        "far": "day + days(n * 100000000)",
        "early": "day - days(n * 100000000)",
        "last": "day + ('2000-01-01' - day) + months(12 * 8000 - 1) + days(30)",
        "beyond": "day + ('2000-01-01' - day) + months(12 * 8000 - 1) + days(31)",
        "first": "timestamp('1900-01-01') - months(12 * 900)",
        "before": "timestamp('1900-01-01') - months(12 * 900) - seconds(1)",
        "never": "day + months(n * 1000000000)",
        "none": "day + days(nothing)",
    }
    tree = spec(
        days=table(
            20,
            day={"kind": "date"},
            n={"kind": "poisson", "lam": 3, "min": 1, "max": 9},
            nothing={"kind": "normal", "mean": 1, "sd": 1, "null_rate": 1},
            **{name: expr(text) for name, text in texts.items()},
        )
    )
    written(by_pandas(tree, engine), tmp_path)
    null = ", ".join(
        f"COUNT({name})"
        for name in ("far", "early", "beyond", "before", "never", "none")
    )
    sql = f"SELECT {null}, MIN(last), MAX(last), MIN(first)::DATE::TEXT FROM days"
    *nulls, low, high, first = answer(sql, tmp_path)
    assert nulls == [0] * 6
    assert str(low) == str(high) == "9999-12-31"
    assert first == "1000-01-01"


def test_both_engines_give_the_same() -> None:
    pandas, polars = module(by_pandas(hotel())), module(by_polars(hotel()))
    assert_rows_are_the_same(pandas, polars, "stays")


def test_with_faults_on_top_the_clean_values_are_read() -> None:
    faults = {"null_rate": 0.1, "outlier_rate": 0.1}
    pandas, polars = (
        module(by(hotel(bad_data=faults))) for by in (by_pandas, by_polars)
    )
    for name in ("stays", "_bad_data"):
        assert_rows_are_the_same(pandas, polars, name)


@pytest.mark.parametrize("engine", ENGINES)
def test_in_append_mode_lengths_count_from_the_end_of_each_batch(
    engine: str, tmp_path: Path
) -> None:
    sales = table(
        50,
        at={"kind": "timestamp"},
        due=expr("at + days(3)"),
        is_due=expr("now - at > hours(6)"),
        day_after=expr("date(now) + days(1)"),
    )
    sales["batch_rows"] = 40
    output = {"mode": "append", "batch": "1d", "engine": engine}
    tree = spec({"output": output, "window": {"end": "2026-06-30"}}, sales=sales)
    for batch in range(3):
        run(tree, tmp_path, batch)
    sql = """
    SELECT COUNT(*), BOOL_AND(due = "at" + INTERVAL 3 DAY),
        BOOL_AND(day_after = DATE '2026-07-01' + batch::INT),
        BOOL_AND(is_due = ("at" < TIMESTAMPTZ '2026-06-30' + INTERVAL 1 DAY * batch::INT
            - INTERVAL 6 HOUR))
    FROM sales"""
    assert answer(sql, tmp_path) == (130, True, True, True)


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
def test_spark_writes_the_rows_of_polars(tmp_path: Path, sail_address: str) -> None:
    tree = hotel()
    tree["tables"]["stays"]["columns"] |= {
        "free": expr("is_holiday(check_in, 'US') or is_weekend(check_in)"),
        "ends": expr("month_end(check_in)"),
        "there": expr("local(booked_at, 'Europe/Berlin')"),
        "hour_of": expr("trunc(booked_at, 'hour')"),
        "text": expr("str(booked_at) + str(share)"),
        "whole": expr("int(share)"),
    }
    found = {}
    for engine in ("polars", "spark"):
        folder = tmp_path / engine
        files = compiled(by_pandas(tree, engine)).files
        run_script(files, folder, SPARK_REMOTE=sail_address)
        found[engine] = table_hashes(folder / "out")
    assert found["spark"] == found["polars"]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_follows_the_last_day_there_is_may_be_null(
    engine: str, tmp_path: Path
) -> None:
    text = f"""
    name = "shop"
    description = "Prices, the last one without an end."
    allow = ["*"]
    [output]
    engine = "{engine}"
    [tables.prices]
    data = [{{ id = 1, to = 9999-12-31 }}, {{ id = 2, to = 2020-02-29 }}]
    [tables.prices.columns]
    next = {{ kind = "expr", expr = "to + days(1)" }}
    """
    result = compiled(text, "shop.toml")
    run_script(result.files, tmp_path)
    check = start_script(result.files, tmp_path, "--output", "out", "--check")
    found, _ = check.communicate(timeout=120)
    assert check.returncode == 0, found
    sql = "SELECT max(next) FILTER (id = 1), max(next) FILTER (id = 2) FROM prices"
    assert answer(sql, tmp_path / "out") == (None, date(2020, 3, 1))
