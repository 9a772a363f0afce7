"""`distinct`: no two children of a parent point at the same row, which else are drawn as usual."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.support import Tree, alike, built, module, rows_of, table, whole
from tests.support.alike import assert_rows_are_the_same, by_pandas, by_polars
from tests.support.checking import written, wrong
from tests.support.distinct import FORMS, WEIGHTS, access, given, times
from tests.support.distributions import assert_shares, busiest_share
from tests.support.faults import assert_the_answer_key_is_exact, clean, frames_of


def assert_distinct(frame: pl.DataFrame) -> None:
    there = frame.drop_nulls("role")
    assert there.select("user", "role").is_unique().all()


@pytest.mark.parametrize("form", FORMS)
def test_no_two_children_of_a_parent_point_at_the_same_row(form: str) -> None:
    script = module(FORMS[form])
    frame = whole(script, "has")
    assert len(frame) > 1_000
    assert_distinct(frame)
    if form in ("never", "all of a few"):
        assert "e" not in set(frame["kind"])
    if form.startswith("all"):
        wanted = frame["role"].n_unique()
        counts = frame.group_by("user").agg(pl.col("role").n_unique())
        assert set(counts["role"]) == {wanted}
    # Whichever parents are made together, and whoever asks.
    for part in (np.arange(70, 90), np.array([5]), np.arange(0)):
        keys = whole(script, "users")["id"].gather(part)
        own = frame.filter(pl.col("user").is_in(keys.implode()))
        assert rows_of(script, "has", part).equals(own)


@pytest.mark.parametrize("form", FORMS)
def test_pandas_draws_the_same(form: str) -> None:
    tree = FORMS[form]
    scripts = module(by_pandas(tree)), module(by_polars(tree))
    assert_rows_are_the_same(*scripts, "has")


def test_the_first_child_is_drawn_as_without_it() -> None:
    for options in ({}, {"skew": False}, {"weights": {"kind": {**WEIGHTS, "e": 1}}}):
        tree = access(**options)
        found = built(tree)
        del tree["tables"]["has"]["columns"]["role"]["distinct"]
        usual = built(tree)
        first = found["n"] == 1
        assert found.filter(first).equals(usual.filter(first))
        assert not found.equals(usual)


def test_it_draws_without_replacement_by_the_weights() -> None:
    """Of two children: the first by weight, the second by weight among those that are left."""
    tree = given(times(2), users=40_000, weights={"kind": WEIGHTS}, skew=False)
    frame = built(tree)
    kinds = frame["role"].to_numpy().astype(str).reshape(-1, 2)
    total = sum(WEIGHTS.values())
    shares = {
        one + other: WEIGHTS[one] / total * WEIGHTS[other] / (total - WEIGHTS[one])
        for one in WEIGHTS
        for other in WEIGHTS
        if one != other
    }
    assert_shares([one + other for one, other in kinds], shares)


def test_without_skew_all_rows_are_as_likely_whatever_the_position() -> None:
    frame = built(access(times(3), roles=12, users=20_000, skew=False))
    for _, part in frame.group_by("n"):
        assert_shares(part["role"].to_list(), dict.fromkeys(range(1, 13), 1.0))


def test_the_skew_holds_where_there_are_many_rows_to_choose_from() -> None:
    frame = built(access({"per": "users", "mean": 4, "max": 9}, 5_000, roles=1_000))
    share = busiest_share(frame["role"].to_numpy() - 1, 1_000)
    assert share == pytest.approx(0.8, abs=0.05)


def test_refs_to_nowhere_leave_the_others_as_they_were() -> None:
    some, every = built(access(null_rate=0.3)), built(access())
    null = some["role"].is_null()
    assert 0.27 < null.mean() < 0.33  # type: ignore[operator]
    assert some.filter(~null).equals(every.filter(~null))


def test_other_tables_read_it_as_it_is() -> None:
    tree = access()
    tree["tables"]["uses"] = table(
        3_000,
        has={"kind": "ref", "table": "has", "null_rate": 0.1},
        role={"kind": "lookup", "path": "has.role"},
    )
    uses, has = built(tree), built(tree, "has")
    roles = dict(has.select("id", "role").iter_rows())
    assert uses["role"].to_list() == [roles.get(key) for key in uses["has"]]


def test_the_rows_of_a_per_table_can_be_chosen_among() -> None:
    tree = access()
    tree["tables"]["roles"] = {
        "rows": {"per": "users", "mean": 0.5, "max": 3},
        "columns": {
            "id": {"kind": "key"},
            "user": {"kind": "ref", "table": "users"},
            "kind": {"kind": "choice", "weights": {"a": 1, "b": 1}},
        },
    }
    scripts = module(by_pandas(tree)), module(by_polars(tree))
    assert_rows_are_the_same(*scripts, "has")
    frame = whole(scripts[1], "has")
    assert_distinct(frame)
    assert set(frame["role"]) <= set(whole(scripts[1], "roles")["id"])


RATES = {"null_rate": 0.05, "duplicate_key_rate": 0.1, "orphan_ref_rate": 0.1}


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("bad_data", [{}, RATES])
def test_the_check_counts_repeats(bad_data: Tree, engine: str, tmp_path: Path) -> None:
    tree = {**access(null_rate=0.1), "output": {"engine": engine}}
    tree |= {"bad_data": bad_data} if bad_data else {}
    written(module(tree), tmp_path)
    assert wrong(module(tree), tmp_path) == {}
    file = next((tmp_path / "has").glob("*.parquet"))
    frame = pl.read_parquet(file)
    again = pl.col("role").first().over("user")
    frame.with_columns(again.alias("role")).write_parquet(file)
    found = wrong(module(tree), tmp_path)
    assert ("has", "role twice for a user") in found


def test_bad_data_lies_on_top() -> None:
    tree = {**access(), "bad_data": {**RATES, "outlier_rate": 0.1}}
    before = frames_of(clean(tree))
    assert_distinct(before["has"])
    assert_the_answer_key_is_exact(tree, before, frames_of(tree))


def test_as_a_primary_key_it_is_checked_as_one(tmp_path: Path) -> None:
    tree = access()
    del tree["tables"]["has"]["columns"]["id"]
    tree["tables"]["has"]["primary_key"] = ["user", "role"]
    script = module(tree)
    assert script.TABLES["has"].key == ["user", "role"]
    assert not hasattr(script.TABLES["has"], "distinct")
    written(script, tmp_path)
    assert wrong(module(tree), tmp_path) == {}


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_too_few_rows_by_an_edit_or_the_scale_are_an_error(engine: str) -> None:
    tree = access() | {"output": {"engine": engine}}
    script = module(tree)
    script.ROWS["roles"] = 6
    with pytest.raises(RuntimeError, match="more children than there are rows"):
        script.has(np.arange(2_000))
    weighted = access({"per": "users", "mean": 12}, weights={"kind": WEIGHTS}, roles=40)
    script = module(weighted | {"output": {"engine": engine}})
    script.HAS_ROLE_WEIGHTS |= dict.fromkeys("abcd", 0) | {"e": 1}
    with pytest.raises(RuntimeError, match="more children than there are rows"):
        script.has(np.arange(2_000))


# ------------------------------------------------------------------------- append mode


def growing(**tables: Tree) -> Tree:
    tree = access(users=200, roles=25)
    tree["output"] = {"mode": "append"}
    tree["tables"]["users"]["batch_rows"] = 20
    tree["tables"]["roles"]["batch_rows"] = 3
    return tree


def by_weights() -> Tree:
    tree = growing()
    weights = {"kind": {**WEIGHTS, "e": 1}}
    tree["tables"]["has"]["columns"]["role"]["weights"] = weights
    return tree


def some_never() -> Tree:
    """Nearly as many children as there are roles with a weight: they are found one by one."""
    tree = growing()
    tree["tables"]["has"]["rows"] = {"per": "users", "mean": 5, "max": 11}
    tree["tables"]["roles"]["rows"] = 60
    weights = {"a": 1, "b": 10**6, "c": 0, "d": 0, "e": 0}
    tree["tables"]["has"]["columns"]["role"]["weights"] = {"kind": weights}
    return tree


def of_children() -> Tree:
    tree = growing()
    tree["tables"]["roles"] = {
        "rows": {"per": "users", "mean": 0.5, "max": 3},
        "columns": {
            "id": {"kind": "key"},
            "user": {"kind": "ref", "table": "users"},
            "kind": {"kind": "choice", "weights": {"a": 1, "b": 1}},
        },
    }
    return tree


def on_a_grid() -> Tree:
    """A user has one more role a day, so that batches go on among the same siblings."""
    tree = growing()
    tree["window"] = {"end": "2026-06-30", "days": 15}
    tree["tables"]["has"]["rows"] = {"per": "users", "every": "1d"}
    del tree["tables"]["has"]["columns"]["n"]
    return tree


GROWING = [growing, by_weights, some_never, of_children, on_a_grid]


def up_to(tree: Tree, batch: int) -> pl.DataFrame:
    """All rows up to a batch, as runs of the batches make them."""
    parts = []
    for number in range(batch + 1):
        script = module(tree)
        script.BATCH = number
        if "has" not in getattr(script, "GRIDS", {}) and number < batch:
            continue
        parts.append(rows_of(script, "has", np.arange(alike.rows_of(script, "has"))))
    return pl.concat(parts)


@pytest.mark.parametrize("tree", GROWING)
def test_batches_go_on_and_change_nothing(tree: Any) -> None:
    first, later = up_to(tree(), 0), up_to(tree(), 4)
    assert len(later) > len(first) > 500
    assert later[: len(first)].equals(first)
    assert_distinct(later)
    once = {**tree(), "output": {}}
    if tree is not on_a_grid:  # whose rows have other numbers in append mode
        assert first.equals(built(once, "has"))
    if tree is growing:
        assert later["role"].max() > 25, "none of the new roles"  # type: ignore[operator]


@pytest.mark.parametrize("tree", GROWING)
def test_pandas_goes_on_alike(tree: Any) -> None:
    scripts = module(by_pandas(tree())), module(by_polars(tree()))
    for script in scripts:
        script.BATCH = 3
    assert_rows_are_the_same(*scripts, "has")


@pytest.mark.parametrize("tree", GROWING)
def test_the_check_holds_over_batches(tree: Any, tmp_path: Path) -> None:
    for batch in range(3):
        written(module(tree()), tmp_path, "--batch", str(batch))
    assert wrong(module(tree()), tmp_path) == {}
