"""Expressions along a parent's rows in order of time, against the windows of SQL."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tests.support import answer, compiled, module, query, run_script, spec, table
from tests.support.alike import (
    assert_rows_are_the_same,
    by_pandas,
    by_polars,
    written,
)
from tests.support.batches import run
from tests.support.checking import agreed, damage, in_row, told
from tests.support.checking import written as in_a_run
from tests.support.prices import expr, meters, prices

ENGINES = ("polars", "pandas")
WINDOW = "WINDOW w AS (PARTITION BY product ORDER BY valid_from, id)"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_history_has_no_gaps_and_no_overlaps(engine: str, tmp_path: Path) -> None:
    written(by_pandas(prices(), engine), tmp_path, block=900)
    versions = """
    SELECT product, COUNT(*) AS n, SUM((valid_to IS NULL)::INT) AS open,
        SUM(is_current::INT) AS current, MIN(valid_from) AS start,
        BOOL_AND((valid_to IS NULL) = is_current) AS same,
        SUM(epoch(COALESCE(valid_to, TIMESTAMPTZ '2026-06-30')) - epoch(valid_from)) AS held
    FROM prices GROUP BY product"""
    sql = f"""
    SELECT COUNT(*), SUM(n), BOOL_AND(open = 1 AND current = 1 AND same),
        BOOL_AND(held = epoch(TIMESTAMPTZ '2026-06-30') - epoch(start)) FROM ({versions})"""
    products, rows, one_open, whole = answer(sql, tmp_path)
    assert products == 500 and rows > 1_500 and one_open and whole
    overlap = """
    SELECT COUNT(*) FROM prices a JOIN prices b ON a.product = b.product AND a.id <> b.id
        AND a.valid_from < b.valid_from
        AND (a.valid_to IS NULL OR b.valid_from < a.valid_to)"""
    assert answer(overlap, tmp_path) == (0,)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_function_is_the_window_of_sql(engine: str, tmp_path: Path) -> None:
    written(by_pandas(prices(), engine), tmp_path, block=900)
    all_rows = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
    wanted = {
        "valid_to": "LEAD(valid_from) OVER w",
        "number": "ROW_NUMBER() OVER w",
        "before": "LAG(amount) OVER w",
        "two_before": "LAG(label, 2) OVER w",
        "first_tier": "FIRST_VALUE(tier) OVER w",
        "last_label": f"LAST_VALUE(label) OVER (w {all_rows})",
        "units_so_far": "SUM(units) OVER w",
        "was_vip": "LAG(tier = 'vip') OVER w",
        "changed": "COALESCE(LAG(tier) OVER w <> tier, FALSE)",
        "waited": "(epoch(valid_from) - epoch(LAG(valid_from) OVER w)) / 86400",
        "is_long": "COALESCE(epoch(valid_from) - epoch(LAG(valid_from) OVER w) > 1728000, FALSE)",
        "rank": "ROW_NUMBER() OVER w * 2",
    }
    columns = ", ".join(f"{code} AS w_{name}" for name, code in wanted.items())
    tests = ", ".join(
        f"SUM(({name} IS DISTINCT FROM w_{name})::INT)" for name in wanted
    )
    total = "CASE WHEN amount IS NOT NULL THEN SUM(amount) OVER w END AS w_total"
    sql = f"""SELECT COUNT(*), {tests}, MAX(abs(total - w_total)) < 1e-9,
        BOOL_AND((total IS NULL) = (amount IS NULL)), COUNT(DISTINCT valid_from) < COUNT(*)
        FROM (SELECT *, {columns}, {total} FROM prices {WINDOW})"""
    rows, *wrong, close, nulls, ties = answer(sql, tmp_path)
    assert rows > 1_500 and wrong == [0] * len(wanted)
    assert close and nulls and ties


def test_a_row_of_one_moment_comes_after_those_before_it() -> None:
    tree = spec(
        shops=table(40, opened={"kind": "date", "start": "-9y", "end": "-8y"}),
        visits=table(
            {"per": "shops", "mean": 6},
            shop={"kind": "ref", "table": "shops"},
            place={"kind": "position"},
            number=expr("row_number()", order="shop.opened"),
            lone=expr("cumsum(1) - first(place)", order="shop.opened"),
        ),
    )
    found = module(tree).visits(np.arange(40))
    assert (found["number"] == found["place"]).all()
    assert (found["lone"] + 1 == found["place"]).all()


def test_cases_look_at_all_rows_of_the_parent(tmp_path: Path) -> None:
    tree = prices()
    tree["tables"]["prices"]["columns"]["chosen"] = {
        "kind": "expr",
        "by": "tier",
        "cases": {"vip": {"expr": "lag(label)"}, "plain": {"expr": "label"}},
        "otherwise": {"expr": "None"},
    }
    written(tree, tmp_path)
    sql = f"""SELECT COUNT(*), SUM((chosen IS DISTINCT FROM CASE tier WHEN 'vip' THEN before
        WHEN 'plain' THEN label END)::INT), COUNT(chosen) FROM
        (SELECT * EXCLUDE before, LAG(label) OVER w AS before FROM prices {WINDOW})"""
    rows, wrong, some = answer(sql, tmp_path)
    assert wrong == 0 and 0 < some < rows


def test_others_read_such_columns_over_paths_and_as_rows(tmp_path: Path) -> None:
    tree = prices()
    seen = {"price": {"kind": "ref", "table": "prices"}}
    tree["tables"] |= {
        "sales": table(
            2_000,
            **seen,
            until={"kind": "lookup", "path": "price.valid_to"},
            note=expr("price.number * 2 + price.rank"),
        ),
        "notices": table(
            {"per": "prices", "where": "is_long"},
            **seen,
            number={"kind": "lookup", "path": "price.number"},
            each=expr("row_number()", order="price.valid_from"),
        ),
        "mails": table(
            {
                "per": "prices",
                "by": "number",
                "cases": {"1": {"chance": 1}},
                "otherwise": {"chance": 0},
            },
            **seen,
        ),
    }
    written(tree, tmp_path, block=700)
    sql = """
    SELECT COUNT(*), SUM((until IS DISTINCT FROM valid_to)::INT), SUM((note <> 4 * number)::INT)
    FROM sales JOIN prices ON price = prices.id"""
    assert answer(sql, tmp_path) == (2_000, 0, 0)
    sql = """
    SELECT (SELECT COUNT(*) FROM prices WHERE is_long), COUNT(*), MAX(each),
        BOOL_AND(notices.number = prices.number AND is_long),
        (SELECT COUNT(*) FROM mails) FROM notices JOIN prices ON price = prices.id"""
    wanted, found, one, same, mails = answer(sql, tmp_path)
    assert wanted == found > 100 and one == 1 and same and mails == 500


def test_balances_follow_what_is_seen_in_order(tmp_path: Path) -> None:
    tree = prices()
    tree["tables"]["prices"]["columns"] |= {
        "more": expr("number + coalesce(lag(number), 0)"),
        "balance": {"kind": "running", "change": "more", "order": "valid_from"},
        "so_far": expr("balance - coalesce(lag(balance), 0)"),
    }
    tree["tables"]["sales"] = table(
        300,
        price={"kind": "ref", "table": "prices"},
        balance={"kind": "lookup", "path": "price.balance"},
        so_far={"kind": "lookup", "path": "price.so_far"},
    )
    written(tree, tmp_path)
    sql = "SELECT BOOL_AND(more = 2 * number - 1), BOOL_AND(balance = number ** 2), "
    sql += "BOOL_AND(so_far = more) FROM prices"
    assert answer(sql, tmp_path) == (True, True, True)
    sql = "SELECT COUNT(*), BOOL_AND(s.balance = p.balance AND s.so_far = p.so_far) "
    assert answer(f"{sql} FROM sales s JOIN prices p ON price = p.id", tmp_path) == (
        300,
        True,
    )


def test_nulls_hide_a_value_and_faults_change_no_other() -> None:
    plain, some, faulty = prices(), prices(), prices()
    some["tables"]["prices"]["columns"]["total"]["null_rate"] = 0.4
    faulty["bad_data"] = {"null_rate": 0.1, "outlier_rate": 0.1, "tables": ["prices"]}
    faulty["bad_data"]["duplicate_key_rate"] = 0.1
    frames = [module(tree).prices(np.arange(500)) for tree in (plain, some, faulty)]
    null = frames[1]["total"].is_null()
    assert 0.3 < null.mean() < 0.6
    assert frames[1].filter(~null).equals(frames[0].filter(~null))
    changed = frames[2]["number"] != frames[0]["number"]
    assert 0.05 < changed.fill_null(True).mean() < 0.3
    assert set(frames[2]["number"].filter(changed.fill_null(False))) == {-999_999}


@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_pandas_has_the_same_rows(mode: str) -> None:
    for tree in (prices(mode=mode), meters(mode=mode)):
        pandas, polars = module(by_pandas(tree)), module(by_polars(tree))
        for name in [*tree["tables"]][1:]:
            assert_rows_are_the_same(pandas, polars, name)


def test_batches_of_a_grid_go_on_where_they_were(tmp_path: Path) -> None:
    tree = meters(mode="append")
    for batch in (2, 0, 1):
        run(tree, tmp_path, batch)
    sql = """
    SELECT COUNT(*), COUNT(DISTINCT batch), SUM((number <> n)::INT),
        SUM((before IS DISTINCT FROM l)::INT), SUM((start <> f)::INT),
        MAX(abs(used - s)) < 1e-6, SUM((gap IS DISTINCT FROM g)::INT)
    FROM (SELECT *, ROW_NUMBER() OVER w AS n, LAG(value) OVER w AS l,
        FIRST_VALUE(value) OVER w AS f, SUM(value) OVER w AS s,
        (epoch("at") - epoch(LAG("at") OVER w)) / 3600 AS g
        FROM readings WINDOW w AS (PARTITION BY meter ORDER BY "at"))"""
    rows, batches, *wrong, close, gaps = answer(sql, tmp_path)
    assert rows > 500 and batches == 3 and wrong == [0, 0, 0] and close and gaps == 0
    sql = "SELECT COUNT(*), BOOL_AND(a.number = r.number) FROM alarms a "
    sql += "JOIN readings r ON a.reading = r.id AND a.batch = r.batch"
    alarms, same = answer(sql, tmp_path)
    wanted = answer("SELECT SUM((number % 7 = 0)::INT) FROM readings", tmp_path)[0]
    assert alarms == wanted and same


def test_a_grid_in_one_piece_has_later_rows_too(tmp_path: Path) -> None:
    tree = meters()
    columns = tree["tables"]["readings"]["columns"]
    columns |= {"after": expr("lead(value)"), "ending": expr("last(value)")}
    script = module(tree)
    in_a_run(script, tmp_path)
    windows = {"before", "start", "number", "after", "ending"}
    assert set(script.TABLES["readings"].windows) == windows
    assert agreed(tree, tmp_path) == {}
    sql = "SELECT COUNT(*) - COUNT(after), COUNT(DISTINCT ending) FROM readings"
    assert answer(sql, tmp_path) == (12, 12)


def test_children_of_later_batches_are_whole(tmp_path: Path) -> None:
    tree = prices(mode="append")
    tree["tables"]["products"]["batch_rows"] = 40
    for batch in (0, 1):
        run(tree, tmp_path, batch)
    sql = f"""SELECT COUNT(DISTINCT product), SUM((valid_to IS DISTINCT FROM l)::INT) FROM
        (SELECT *, LEAD(valid_from) OVER w AS l FROM prices {WINDOW})"""
    assert answer(sql, tmp_path) == (540, 0)


def test_a_row_number_is_part_of_a_key() -> None:
    tree = prices()
    tree["tables"]["prices"]["primary_key"] = ["product", "number"]
    del tree["tables"]["prices"]["columns"]["id"]
    found = module(tree).prices(np.arange(500))
    assert not found.select("product", "number").is_duplicated().any()


def test_the_sums_of_a_parent_depend_on_no_other() -> None:
    script = module(prices())
    whole, apart = script.prices(np.arange(500)), script.prices(np.array([321]))
    assert whole.filter(whole["product"] == 322).equals(apart)


@pytest.mark.parametrize("format", ["parquet", "csv", "json"])
def test_the_check_compares_them_with_windows(format: str, tmp_path: Path) -> None:
    tree = prices(format=format)
    script = module(tree)
    in_a_run(script, tmp_path)
    assert agreed(tree, tmp_path) == {}
    assert set(script.TABLES["prices"].windows) == {
        *("valid_to", "number", "before", "first_tier", "last_label", "units_so_far"),
    }
    later = pl.col("valid_to").min() + timedelta(days=1)
    damage(
        script,
        tmp_path,
        "prices",
        lambda frame: in_row(5, valid_to=later)(frame).with_columns(
            number=pl.when(pl.int_range(pl.len()) == 7).then(99).otherwise("number")
        ),
    )
    assert agreed(tree, tmp_path) == {
        ("prices", "number other than ROW_NUMBER()"): "1",
        ("prices", "valid_to other than LEAD(valid_from)"): "1",
    }


def test_the_check_skips_what_faults_change(tmp_path: Path) -> None:
    tree = prices() | {"bad_data": {"null_rate": 0.1, "tables": ["prices"]}}
    in_a_run(module(tree), tmp_path)
    assert agreed(tree, tmp_path) == {}
    skipped = told(module(tree), tmp_path)[1]
    assert "valid_to as LEAD(valid_from): not checked, prices.valid_from" in skipped


def test_an_estimate_follows_the_rows_in_order() -> None:
    tree = prices()
    tree["tables"]["ends"] = table(
        {"per": "prices", "where": "is_current and number > 1"},
        price={"kind": "ref", "table": "prices"},
    )
    plan = compiled(tree).plan
    assert plan is not None
    rows = len(module(tree).ends(np.arange(500)))
    assert str(plan.table("ends").count).endswith("(sampled)")
    assert plan.table("ends").rows == pytest.approx(rows, rel=0.1)


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
def test_spark_has_the_same_rows(tmp_path: Path, sail_address: str) -> None:
    for tree in (prices(), meters(mode="append")):
        folders = []
        for engine in ("polars", "spark"):
            output = {**tree.get("output", {}), "engine": engine}
            files = compiled({**tree, "output": output}).files
            folder = tmp_path / f"{tree['name']}_{engine}"
            folders.append(run_script(files, folder, SPARK_REMOTE=sail_address))
        for name in tree["tables"]:
            rows = [
                sorted(query(f"SELECT * FROM {name}", folder).fetchall(), key=repr)
                for folder in folders
            ]
            assert rows[0] == rows[1] != [], name


def test_the_example_of_the_language_is_a_history(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "language.md").read_text("utf-8")
    (example,) = (text for text in page.split("```") if "lead(valid_from)" in text)
    tree = spec(
        products=table(100), **tomllib.loads(example.removeprefix("toml"))["tables"]
    )
    written(tree, tmp_path)
    sql = """
    SELECT COUNT(*) > 300, SUM((valid_to IS DISTINCT FROM l)::INT), SUM(is_current::INT),
        MAX(abs(rise - round(price - p, 2))) < 1e-9, SUM((is_late <> late)::INT)
    FROM (SELECT *, LEAD(valid_from) OVER w AS l, LAG(price) OVER w AS p, COALESCE(
        epoch(valid_from) - epoch(LAG(valid_from) OVER w) > 30 * 86400, FALSE) AS late
        FROM prices WINDOW w AS (PARTITION BY product_id ORDER BY valid_from))"""
    assert answer(sql, tmp_path) == (True, 0, 100, True, 0)
