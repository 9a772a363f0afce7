"""`share`: the parts of all rows of a parent add up to its total, to the last digit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats

from tests.support import (
    Tree,
    answer,
    built,
    compiled,
    inside,
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
)
from tests.support.checking import agreed, damage, in_row, written, wrong
from tests.support.distributions import assert_follows
from tests.support.faults import assert_the_answer_key_is_exact, clean, frames_of
from tests.support.parity import table_hashes
from tests.support.plans import planned

SHARE: Tree = {"kind": "share", "of": "order.total"}
ORDERS: Tree = {
    "tier": {"kind": "choice", "weights": {"a": 2, "b": 1}},
    "total": {"kind": "lognormal", "median": 60, "sigma": 1.2, "decimals": 2},
    "refund": {"kind": "normal", "mean": -9, "sd": 30, "decimals": 2, "null_rate": 0.2},
    "points": {"kind": "poisson", "lam": 7},
    "huge": {"kind": "uniform", "low": -9e12, "high": 9e12, "decimals": 2},
}
PARTS: Tree = {
    "amount": SHARE,
    "back": {**SHARE, "of": "order.refund", "decimals": 4, "evenness": 20},
    "points": {**SHARE, "of": "order.points", "decimals": 0, "evenness": 0.1},
    "huge": {**SHARE, "of": "order.huge"},
}
OF = {"amount": "total", "back": "refund", "points": "points", "huge": "huge"}


def shop(rows: Tree | None = None, orders: int = 2_000, **columns: Tree) -> Tree:
    """Orders, and lines that divide what is in them."""
    return spec(
        orders=table(orders, **ORDERS),
        lines=table(
            rows or {"per": "orders", "mean": 3, "min": 1, "max": 12},
            order={"kind": "ref", "table": "orders"},
            **(columns or PARTS),
        ),
    )


def assert_adds_up(orders: pl.DataFrame, lines: pl.DataFrame) -> None:
    """In decimals, as they are written; null where the total is."""
    parts: dict[Any, list[Any]] = {}
    for row in lines.iter_rows(named=True):
        parts.setdefault(row["order"], []).append(row)
    assert len(parts) == len(orders)
    for order in orders.iter_rows(named=True):
        for part, total in OF.items():
            found = [row[part] for row in parts[order["id"]]]
            if order[total] is None:
                assert set(found) == {None}
            else:
                exact = sum(Decimal(repr(value)) for value in found)
                assert exact == Decimal(repr(order[total])), (order["id"], part)


ROWS: dict[str, Tree] = {
    "some": {"per": "orders", "mean": 3, "min": 1, "max": 12},
    "one": {"per": "orders", "chance": 1},
    "many": {"per": "orders", "mean": 900, "min": 2},
    "on a grid": {"per": "orders", "every": "9d"},
}


@pytest.mark.parametrize("rows", ROWS)
def test_parts_add_up_to_the_last_digit(rows: str) -> None:
    orders = 40 if rows == "many" else 2_000
    script = module(shop(ROWS[rows], orders))
    lines = whole(script, "lines")
    assert_adds_up(whole(script, "orders"), lines)
    if rows == "one":
        assert lines["amount"].equals(whole(script, "orders")["total"], null_equal=True)
    # Whichever parents are made together.
    for some in (np.arange(3, 29), np.array([7]), np.arange(0)):
        keys = whole(script, "orders")["id"].gather(some)
        own = lines.filter(pl.col("order").is_in(keys.implode()))
        assert rows_of(script, "lines", some).equals(own)


def test_duckdb_finds_the_same_cents_in_the_files(tmp_path: Path) -> None:
    inside(module(shop(orders=20_000)), ["--output", str(tmp_path)])
    sql = """
        SELECT count(*), count(*) FILTER (WHERE o.cents <> l.cents OR o.points <> l.points)
        FROM (SELECT id, round(total * 100)::BIGINT AS cents, points FROM orders) AS o
        JOIN (
            SELECT "order", sum(round(amount * 100)::BIGINT) AS cents, sum(points) AS points
            FROM lines GROUP BY "order"
        ) AS l ON o.id = l."order"
    """
    assert answer(sql, tmp_path) == (20_000, 0)


def test_parts_of_few_and_of_no_units_are_whole_and_of_one_sign() -> None:
    frame = built(shop(), "lines").join(
        built(shop(), "orders"), left_on="order", right_on="id", suffix="_of"
    )
    assert frame.schema["points"] == pl.Int64
    assert (frame["points"] >= 0).all()
    assert (frame["back"] * frame["refund"]).drop_nulls().min() >= 0  # type: ignore[operator]


@pytest.mark.parametrize("evenness", [0.5, 1, 4, 50])
def test_shares_follow_a_dirichlet_distribution(evenness: float) -> None:
    """Each of four is a beta distribution."""
    rows = {"per": "orders", "mean": 4, "min": 4, "max": 4}
    tree = shop(rows, 20_000, part={**SHARE, "of": "order.huge", "evenness": evenness})
    parts = built(tree, "lines")["part"].to_numpy().reshape(-1, 4)
    shares = parts / parts.sum(axis=1, keepdims=True)
    for place in range(4):
        assert_follows(shares[:, place], stats.beta(evenness, 3 * evenness).cdf)


def test_by_case_more_evenness_is_a_larger_part() -> None:
    rows = {"per": "orders", "mean": 2, "min": 2, "max": 2}
    part = {**SHARE, "of": "order.huge", "by": "n", "otherwise": {"evenness": 2}}
    part["cases"] = {"1": {"evenness": 6}}
    tree = shop(rows, 20_000, n={"kind": "position"}, part=part)
    parts = built(tree, "lines")["part"].to_numpy().reshape(-1, 2)
    shares = parts[:, 0] / parts.sum(axis=1)
    assert_follows(shares, stats.beta(6, 2).cdf)
    assert_rows_are_the_same(module(by_pandas(tree)), module(tree), "lines")


def nested() -> Tree:
    """Parts of parts, seen from elsewhere, in balances, and of what a lookup repeats."""
    tree = shop()
    lines = tree["tables"]["lines"]["columns"]
    lines["own"] = {"kind": "lookup", "path": "order.total"}
    lines["again"] = {"kind": "share", "of": "own"}
    lines["at"] = {"kind": "timestamp"}
    lines["paid"] = {"kind": "running", "change": "amount", "order": "at"}
    lines["net"] = {"kind": "expr", "expr": "round(amount * 0.8, 2)"}
    tree["tables"]["parcels"] = table(
        {"per": "lines", "mean": 2, "min": 1, "max": 4},
        line={"kind": "ref", "table": "lines"},
        value={"kind": "share", "of": "line.amount"},
        net={"kind": "share", "of": "line.net"},
    )
    tree["tables"]["claims"] = table(
        500,
        parcel={"kind": "ref", "table": "parcels"},
        value={"kind": "lookup", "path": "parcel.value"},
        of={"kind": "lookup", "path": "parcel.line.amount"},
    )
    return tree


def test_parts_are_columns_like_others(tmp_path: Path) -> None:
    tree = nested()
    script = module(tree)
    lines, parcels = whole(script, "lines"), whole(script, "parcels")
    for part, total in (("value", "amount"), ("net", "net")):
        cents = pl.col(part).mul(100).round().cast(pl.Int64).sum()
        sums = dict(parcels.group_by("line").agg(cents).iter_rows())
        wanted = (lines[total] * 100).round().cast(pl.Int64)
        assert [sums[key] for key in lines["id"]] == wanted.to_list()
    last = lines.sort("order", "at").group_by("order", maintain_order=True).last()
    totals = dict(whole(script, "orders").select("id", "total").iter_rows())
    assert last["paid"].to_list() == [totals[key] for key in last["order"]]
    values = dict(parcels.select("id", "value").iter_rows())
    claims = whole(script, "claims")
    assert claims["value"].to_list() == [values[key] for key in claims["parcel"]]
    assert_written_alike(tree, tmp_path, block=700)
    assert wrong(script, tmp_path / "polars") == {}


@pytest.mark.parametrize("rows", ROWS)
def test_pandas_divides_alike(rows: str) -> None:
    tree = shop(ROWS[rows], 60)
    assert_rows_are_the_same(module(by_pandas(tree)), module(tree), "lines")


@pytest.mark.parametrize("format", ["parquet", "csv", "json", "delta"])
def test_the_check_counts_parents_whose_parts_do_not_add_up(
    format: str, tmp_path: Path
) -> None:
    tree = {**shop(orders=300), "output": {"format": format}}
    script = written_by(tree, tmp_path)
    assert agreed(tree, tmp_path) == {}
    damage(script, tmp_path, "lines", in_row(7, amount=pl.col("amount") + 0.01))
    found = agreed(tree, tmp_path)
    assert found == {("lines", "orders with other total than the sum of amount"): "1"}
    null = in_row(9, back=pl.lit(5.0))
    damage(script, tmp_path, "lines", null)
    found = agreed(tree, tmp_path)
    assert found == {("lines", "orders with other refund than the sum of back"): "1"}


def written_by(tree: Tree, folder: Path) -> Any:
    written(module(tree), folder)
    return module(tree)


RATES = {"null_rate": 0.05, "duplicate_key_rate": 0.1, "orphan_ref_rate": 0.1}


def test_bad_data_lies_on_top(tmp_path: Path) -> None:
    tree = {**shop(orders=500), "bad_data": {**RATES, "outlier_rate": 0.1}}
    before = frames_of(clean(tree))
    assert_adds_up(before["orders"], before["lines"])
    assert_the_answer_key_is_exact(tree, before, frames_of(tree))
    script = written_by(tree, tmp_path)
    assert wrong(script, tmp_path) == {}
    why = "amount as parts of order.total: not checked, keys of orders are duplicated"
    assert why in script.TABLES["lines"].not_checked


def test_batches_bring_whole_parents(tmp_path: Path) -> None:
    tree = {**shop(orders=300), "output": {"mode": "append"}}
    tree["tables"]["orders"]["batch_rows"] = 40
    for batch in range(3):
        written(module(tree), tmp_path, "--batch", str(batch))
    assert agreed(tree, tmp_path) == {}
    script = module(tree)
    script.BATCH = 2
    assert_adds_up(
        rows_of(script, "orders", np.arange(380)),
        rows_of(script, "lines", np.arange(380)),
    )


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_a_total_that_floats_do_not_hold_is_an_error(engine: str) -> None:
    tree = shop(part={**SHARE, "of": "order.huge", "decimals": 3})
    script = module({**tree, "output": {"engine": engine}})
    with pytest.raises(RuntimeError, match="too large for parts of 3 decimals"):
        script.lines(np.arange(500))


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
def test_spark_divides_alike(tmp_path: Path, sail_address: str) -> None:
    tree = shop(orders=3_000)
    inside(module(tree), ["--output", str(tmp_path / "polars")])
    spark = compiled({**tree, "output": {"engine": "spark"}}).files
    remote = {"SPARK_REMOTE": sail_address}
    out = run_script(spark, tmp_path / "spark", **remote)
    run_script(spark, tmp_path / "spark", "--check", **remote)
    assert table_hashes(out, "parquet") == table_hashes(tmp_path / "polars", "parquet")


def test_a_where_that_goes_by_parts_is_sampled() -> None:
    tree = shop(orders=20_000, amount=SHARE)
    tree["tables"]["claims"] = table(
        {"per": "lines", "where": "amount > 20"}, line={"kind": "ref", "table": "lines"}
    )
    count = planned(tree).table("claims").count
    assert not count.is_bound
    assert count.rows == pytest.approx(len(built(tree, "claims")), rel=0.05)
