"""Children of children, of every kind of rows, and refs that lead to them."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tests.support import Tree, module, rows_of, spec, table, whole
from tests.support.distributions import assert_shares

USER: Tree = {"kind": "ref", "table": "users"}


def chain() -> Tree:
    """Below one another: a grid, a number, an expression, a chance, a number."""
    return spec(
        users=table(40, vip={"kind": "bool", "chance": 0.5}),
        days=table({"per": "users", "every": "10d"}, user=USER, at={"kind": "tick"}),
        visits=table(
            {
                "per": "days",
                "by": "user.vip",
                "cases": {"true": {"mean": 4, "max": 9}, "false": {"mean": 1}},
            },
            day={"kind": "ref", "table": "days"},
            n={"kind": "position"},
            spent={"kind": "normal", "mean": 0, "sd": 1},
        ),
        alerts=table(
            {"per": "visits", "where": "spent > 0 and day.user.vip"},
            visit={"kind": "ref", "table": "visits"},
            late={"kind": "bool", "chance": 0.3},
        ),
        calls=table(
            {"per": "alerts", "chance": 0.5},
            alert={"kind": "ref", "table": "alerts"},
            user={"kind": "lookup", "path": "alert.visit.day.user"},
            spent={"kind": "lookup", "path": "alert.visit.spent"},
        ),
        notes=table(
            {"per": "calls", "mean": 2},
            call={"kind": "ref", "table": "calls"},
            n={"kind": "position"},
        ),
        letters=table(
            20_000,
            day={"kind": "ref", "table": "days", "skew": False},
            alert={
                "kind": "ref",
                "table": "alerts",
                "skew": False,
                "weights": {"late": {"true": 3, "false": 1}},
            },
            call={"kind": "ref", "table": "calls", "skew": False},
            note={"kind": "ref", "table": "notes"},
            spent={"kind": "lookup", "path": "note.call.spent"},
        ),
    )


@pytest.fixture(scope="module")
def frames() -> dict[str, pl.DataFrame]:
    script = module(chain())
    return {name: whole(script, name) for name in script.TABLES}


def test_chains_of_children_hang_on_rows_that_exist(
    frames: dict[str, pl.DataFrame],
) -> None:
    above = {"days": "user", "visits": "day", "alerts": "visit", "calls": "alert"}
    parents = {"days": "users", "visits": "days", "alerts": "visits", "calls": "alerts"}
    for name, ref in {**above, "notes": "call"}.items():
        frame, parent = frames[name], frames[parents.get(name, "calls")]
        assert frame["id"].n_unique() == len(frame) > 0
        assert set(frame[ref]) <= set(parent["id"])
        if "n" in frame.columns:
            number = pl.int_range(1, pl.len() + 1).over(ref)
            assert frame.select(pl.col("n") == number).to_series().all()
    joined = (
        frames["calls"]
        .join(frames["alerts"], left_on="alert", right_on="id")
        .join(frames["visits"], left_on="visit", right_on="id")
        .join(frames["days"], left_on="day", right_on="id")
        .join(frames["users"], left_on="user", right_on="id")
    )
    assert len(joined) == len(frames["calls"])
    assert joined["vip"].all()
    assert (joined["spent"] > 0).all()
    assert joined["spent"].equals(joined["spent_right"])
    assert joined["user"].equals(joined["user_right"])


def test_a_where_below_a_chain_holds_for_just_its_parents(
    frames: dict[str, pl.DataFrame],
) -> None:
    day = frames["days"].select("id", "user")
    visits = frames["visits"].join(day, left_on="day", right_on="id")
    visits = visits.join(frames["users"], left_on="user", right_on="id")
    wanted = visits.filter((pl.col("spent") > 0) & pl.col("vip"))
    assert frames["alerts"]["visit"].to_list() == wanted["id"].to_list()


def test_keys_of_a_grid_have_no_gap(frames: dict[str, pl.DataFrame]) -> None:
    days = frames["days"]
    assert days["id"].to_list() == list(range(1, 40 * 18 + 1))
    assert days["user"].to_list() == [n for n in range(1, 41) for _ in range(18)]


def test_refs_reach_the_rows_of_each_kind(frames: dict[str, pl.DataFrame]) -> None:
    letters = frames["letters"]
    late = dict(frames["alerts"].select("id", "late").iter_rows())
    weights = {"days": {}, "calls": {}, "alerts": {key: 3 for key in late if late[key]}}
    for name, weight in weights.items():
        keys = frames[name]["id"].to_list()
        shares = {key: weight.get(key, 1) for key in keys}
        assert_shares(letters[name.removesuffix("s")].to_list(), shares)
    spent = dict(frames["calls"].select("id", "spent").iter_rows())
    spent_of = {key: spent[call] for key, call, _ in frames["notes"].iter_rows()}
    assert letters["spent"].to_list() == [spent_of[note] for note in letters["note"]]


def test_children_are_the_same_alone_and_in_blocks(
    frames: dict[str, pl.DataFrame],
) -> None:
    script = module(chain())
    script.BLOCK = 50
    for name in ("days", "visits", "alerts", "calls", "notes"):
        alone = pl.concat(rows_of(script, name, np.array([row])) for row in range(40))
        assert alone.equals(frames[name]), name
    assert whole(script, "letters").equals(frames["letters"])
