"""Lifecycles: rows move from state to state in time, and the log has each move."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy import stats

from tests.support import END, Tree, compiled, module, seconds, spec, table, whole
from tests.support.alike import assert_written_alike
from tests.support.batches import run
from tests.support.checking import copied, damage, in_row, written, wrong
from tests.support.distributions import assert_follows, assert_rate, assert_shares
from tests.support.lifecycles import (
    NAMES,
    STATES,
    STATUS,
    entered,
    log,
    orders,
    subscriptions,
)

LONG_AGO: Tree = {"start": "-3y", "end": "-1y"}
"""Each order has its whole life behind it."""
NOW = datetime.fromisoformat(END).replace(tzinfo=UTC)


def tables(tree: Tree) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The orders, and the log with the state and the moment of each row's move before."""
    script = module(tree)
    events = whole(script, "events").with_columns(pl.col("state").cast(pl.String))
    before = [pl.col(name).shift(1).over("order") for name in ("state", "at")]
    return whole(script, "orders"), events.with_columns(
        before[0].alias("before"), before[1].alias("since")
    )


def targets(state: str) -> dict[str, float]:
    """The states that follow one, each with its share."""
    to = STATES.get(state, {}).get("to", {})
    return {
        name: move["weight"] if isinstance(move, dict) else move
        for name, move in to.items()
    }


def test_each_move_is_one_of_the_declared_and_none_is_before_the_other() -> None:
    found, events = tables(orders())
    first = events.filter(pl.col("before").is_null())
    assert set(first["state"]) == {"placed"}
    assert first["order"].to_list() == found["id"].to_list()
    assert (first["at"] == found["ordered_at"]).all()
    moves = events.drop_nulls("before")
    declared = {(state, to) for state in STATES for to in targets(state)}
    assert set(moves.select("before", "state").iter_rows()) == declared
    assert (moves["at"] >= moves["since"]).all()
    assert (events["at"] < NOW).all()
    assert events["step"].to_list() == [
        n + 1
        for count in events["order"].value_counts(sort=False).sort("order")["count"]
        for n in range(count)
    ]


def test_rows_move_on_with_their_shares() -> None:
    found, events = tables(orders(20_000, **LONG_AGO))
    for state in STATES:
        shares = targets(state)
        moved = events.filter(pl.col("before") == state)["state"]
        here = int((events["state"] == state).sum())
        rest = here - len(moved)
        drawn = [*moved, *["stays"] * rest]
        assert_shares(drawn, {**shares, "stays": round(1 - sum(shares.values()), 9)})
    reached = 0.92 * 0.97 * 0.06
    assert_rate((found["status"] == "returned").to_numpy(), reached)


@pytest.mark.parametrize(
    ("state", "to", "law"),
    [
        ("placed", "paid", stats.expon(scale=2)),
        ("placed", "cancelled", stats.expon(scale=2)),
        ("paid", "shipped", stats.gamma(2, scale=14)),
        ("shipped", "delivered", stats.lognorm(0.4, scale=72)),
        ("delivered", "returned", stats.lognorm(0.5, scale=9 * 24)),
    ],
)
def test_they_wait_by_the_distribution_of_their_state(
    state: str, to: str, law: stats.rv_continuous
) -> None:
    _, events = tables(orders(20_000, **LONG_AGO))
    moves = events.filter((pl.col("before") == state) & (pl.col("state") == to))
    waited = (seconds(moves["at"]) - seconds(moves["since"])) / 3_600
    assert_follows(waited + 0.5 / 3_600, law.cdf)  # whole seconds, rounded down


def test_a_constant_wait_is_the_same_in_each_row() -> None:
    _, events = tables(orders(**LONG_AGO))
    lost = events.filter(pl.col("state") == "lost")
    assert set(lost["at"] - lost["since"]) == {timedelta(days=20)}


def test_the_log_the_moments_and_the_state_agree() -> None:
    found, events = tables(orders(start="-30d"))
    last = events.group_by("order", maintain_order=True).last()
    assert found["status"].to_list() == last["state"].to_list()
    assert len(set(found["status"])) == len(NAMES)
    for name in NAMES:
        at = events.filter(pl.col("state") == name).select("order", pl.col("at"))
        joined = found.join(at, left_on="id", right_on="order", how="left")
        # Null exactly where the row's path does not lead to the state, or not yet.
        assert joined[f"{name}_at"].equals(joined["at"].alias(f"{name}_at")), name
        assert found[f"{name}_at"].null_count() or name == "placed", name


def test_a_later_end_only_goes_on() -> None:
    """What has happened by an earlier end is the same, whenever one looks."""
    tree = orders(2_000, start="2026-05-01", end="2026-06-01")
    early, late = module(tree), module(tree)
    early.END, late.END = date(2026, 6, 3), date(2026, 9, 1)
    first, then = (whole(script, "events") for script in (early, late))
    kept = then.filter(pl.col("at") < datetime(2026, 6, 3, tzinfo=UTC))
    assert first.equals(kept)
    assert len(first) < len(then)


def test_rows_that_have_not_started_have_no_state_and_no_moves() -> None:
    start = {"kind": "timestamp", "start": "-9d", "end": "+9d", "null_rate": 0.2}
    script = module(
        spec(
            orders=table(
                3_000,
                ordered_at=start,
                status=STATUS,
                placed_at=entered("placed"),
                paid_at=entered("paid"),
            ),
            events=log("orders", "order"),
        )
    )
    found, events = whole(script, "orders"), whole(script, "events")
    started = found["ordered_at"].is_not_null() & (found["ordered_at"] < NOW)
    started = started.fill_null(False)
    assert 0 < started.sum() < found["ordered_at"].count()
    assert (found["status"].is_not_null() == started).all()
    assert (found["placed_at"].is_not_null() == started).all()
    assert not found.filter(~started)["paid_at"].count()
    assert set(events["order"]) == set(found.filter(started)["id"])


def test_each_case_has_its_own_states_and_moves() -> None:
    script = module(subscriptions())
    customers, subs, moves = (
        whole(script, name) for name in ("customers", "subs", "moves")
    )
    tiers = customers.rename({"id": "customer"})
    found = moves.join(subs.join(tiers, on="customer"), left_on="sub", right_on="id")
    pro = pl.col("tier") == "Pro"
    names = [set(found.filter(one)["state"].cast(pl.String)) for one in (pro, ~pro)]
    assert names == [{"trial", "active", "pau{s}e'd", "ended"}, {"active", "ended"}]
    # A cycle ends at `max` moves: the first state, and seven more.
    assert found.filter(pro)["step"].max() == 8
    assert found.filter(~pro)["step"].max() == 2
    assert (moves["at"] == moves.sort("sub", "at", "step")["at"]).all()
    first = found.filter(pl.col("state").cast(pl.String) == "active")
    first = first.group_by("sub").agg(pl.col("at").min())
    joined = subs.join(first, left_on="id", right_on="sub", how="left")
    assert joined["first_active"].equals(joined["at"].alias("first_active"))


def test_a_date_starts_a_lifecycle_of_days() -> None:
    script = module(subscriptions())
    subs, moves = whole(script, "subs"), whole(script, "moves")
    assert subs["first_active"].dtype == moves["at"].dtype == pl.Date
    assert subs["old_at"].dtype == pl.Datetime("us", "UTC")
    first = moves.filter(pl.col("step") == 1).join(subs, left_on="sub", right_on="id")
    assert (first["at"] == first["began"]).all()


def test_a_row_alone_has_the_moves_that_it_has_among_all() -> None:
    script = module(subscriptions())
    rows = script.moves_rows(np.arange(2_000))
    every = script.moves_move(rows)
    some = script.moves_move(rows[::7])
    assert all((a[::7] == b).all() for a, b in zip(every, some, strict=True))


def test_in_append_mode_a_row_is_as_of_the_end_of_its_batch(tmp_path: Path) -> None:
    tree = orders(3_000, {"output": {"mode": "append", "batch": "7d"}})
    for batch in (0, 1, 2):
        run(tree, tmp_path, batch)
    script = module(tree)
    script.BATCH = 2
    assert wrong(script, tmp_path, "--batch", "2") == {}
    found, events = (
        pl.read_parquet(f"{tmp_path}/{name}/**/*.parquet", hive_partitioning=True)
        for name in ("orders", "events")
    )
    for batch, end in enumerate([NOW + timedelta(days=7 * n) for n in range(3)]):
        mine = events.filter(pl.col("batch") == batch)
        assert (mine["at"] < end).all()
        assert (mine["at"] > end - timedelta(days=2)).any()
        own = found.filter(pl.col("batch") == batch)
        last = mine.group_by("order").agg(pl.col("state").last())
        joined = own.join(last, left_on="id", right_on="order")
        assert len(joined) == len(own)
        assert (joined["status"] == joined["state"]).all()


def test_pandas_writes_the_same(tmp_path: Path) -> None:
    assert_written_alike(subscriptions(), tmp_path)


def test_bad_data_lies_on_top(tmp_path: Path) -> None:
    clean, rates = orders(1_000), {"null_rate": 0.05, "outlier_rate": 0.05}
    tree = {**clean, "bad_data": rates}
    script = module(tree)
    written(script, tmp_path / "run")
    assert wrong(script, tmp_path / "run") == {}
    assert_written_alike(tree, tmp_path)
    before, after = whole(module(clean), "events"), whole(script, "events")
    alike = (before["state"] == after["state"]).fill_null(False).to_numpy()
    assert 0.9 < alike.mean() < 1


def test_the_check_agrees_with_the_data(tmp_path: Path) -> None:
    for number, tree in enumerate([orders(start="-60d"), subscriptions()]):
        script, folder = module(tree), tmp_path / str(number)
        assert wrong(script, written(script, folder)) == {}


def test_the_check_finds_what_no_path_leads_to(tmp_path: Path) -> None:
    script = module(orders(start="-60d"))
    folder = written(script, tmp_path / "run")
    found = whole(script, "orders").with_row_index("row")
    delivered = found.filter(pl.col("status") == "delivered")["row"][0]
    shown = found.filter(pl.col("status") == "placed")["row"][0]

    def changed(table: str, number: int, **cells: pl.Expr) -> set[str]:
        place = copied(folder, tmp_path / "damaged")
        damage(script, place, table, in_row(number, **cells))
        return {what for name, what in wrong(script, place) if name == table}

    assert changed("orders", delivered, paid_at=pl.lit(None)) == {
        "no paid_at where status was paid"
    }
    assert changed("orders", shown, paid_at=pl.col("ordered_at")) == {
        "paid_at where status never was paid"
    }
    assert changed("orders", shown, status=pl.lit("gone")) == {
        "status of no category",
        "placed_at where status never was placed",
    }
    assert changed("events", 1, at=pl.lit(NOW - timedelta(days=90))) == {
        "at before order.ordered_at",
        "at before that of the move before",
    }
    assert "moves to no next state" in changed("events", 0, state=pl.lit("paid"))


def test_the_check_finds_other_shares(tmp_path: Path) -> None:
    script = module(orders(**LONG_AGO))
    folder = written(script, tmp_path)
    script.ORDERS_STATUS["placed"] = {"paid": 0.8, "cancelled": 0.2}
    script.ORDERS_STATUS["delivered"] = {"returned": 0.01}
    shares = {"placed to paid", "placed to cancelled", "delivered to returned"}
    found = {what for name, what in wrong(script, folder) if name == "events"}
    assert found - {"rows", "orders with other than 1 to 5 of events"} == shares


def test_a_table_of_other_columns_of_a_log_is_not_checked_by_moves(
    tmp_path: Path,
) -> None:
    tree = orders(500)
    del tree["tables"]["events"]["columns"]["step"]
    del tree["tables"]["events"]["primary_key"]
    script = module(tree)
    assert wrong(script, written(script, tmp_path)) == {}
    told = script.TABLES["events"].not_checked
    assert list(told) == ["moves of status: not checked, it has no position"]


def test_the_example_of_the_language_compiles_and_agrees_with_its_check(
    tmp_path: Path,
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "language.md").read_text("utf-8")
    section = page.partition("### Lifecycles")[2]
    example = re.findall(r"```toml\n(.*?)```", section, re.DOTALL)[0]
    top = 'name = "shop"\ndescription = "Orders."\nwindow = { end = 2026-06-30 }\n'
    script = module(compiled(top + example))
    assert wrong(script, written(script, tmp_path)) == {}
    found = whole(script, "orders")
    assert found.filter(pl.col("status").cast(pl.String) == "cancelled")[
        "paid_at"
    ].to_list() == [None] * int((found["status"] == "cancelled").sum())


def test_the_moment_of_a_state_has_a_when(tmp_path: Path) -> None:
    tree = orders()
    columns = tree["tables"]["orders"]["columns"]
    columns["vip"] = {"kind": "bool", "chance": 0.5}
    columns["seen_at"] = {**entered("paid"), "when": "vip"}
    columns["all_at"] = entered("paid")
    found = whole(module(tree), "orders")
    wanted = pl.when("vip").then("all_at").alias("seen_at")
    assert found["seen_at"].equals(found.select(wanted).to_series())
    written(module(tree), tmp_path)
    assert wrong(module(tree), tmp_path) == {}
