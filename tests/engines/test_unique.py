"""No value twice: `unique` columns, refs that differ, and what a table declares as `unique`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

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
from tests.support.alike import assert_rows_are_the_same, by_pandas, by_polars
from tests.support.checking import agreed, damage, in_row, written
from tests.support.distributions import assert_shares
from tests.support.faults import assert_the_answer_key_is_exact, clean, frames_of
from tests.support.parity import table_hashes

TIER: Tree = {"kind": "choice", "weights": {"a": 1, "b": 2}}
CODE: Tree = {"kind": "uniform", "low": 1_000, "high": 9_999_999, "integer": True}
COLUMNS: Tree = {
    "tier": TIER,
    "code": {**CODE, "unique": True},
    "name": {"kind": "faker", "provider": "name", "unique": True, "pool": 300},
    "mail": {"kind": "faker", "provider": "email", "unique": True, "pool": 200},
    "room": {
        **{"kind": "faker", "provider": "bothify", "args": {"text": "Room #"}},
        **{"unique": True, "null_rate": 0.1},
    },
    "login": {
        **{"kind": "template", "unique": True, "by": "tier"},
        **{"cases": {"a": {"text": "{name|slug}@a.org"}}, "otherwise": {"text": "x"}},
    },
}
UNIQUE = [name for name in COLUMNS if name != "tier"]


def people(rows: int = 3_000, **columns: Tree) -> Tree:
    return spec(people=table(rows, **(columns or COLUMNS)))


def assert_none_twice(frame: pl.DataFrame) -> None:
    for name in UNIQUE:
        held = frame[name].drop_nulls()
        assert held.n_unique() == len(held), name


def test_no_value_is_there_twice_and_pandas_has_the_same() -> None:
    tree = people()
    frame = built(tree)
    assert_none_twice(frame)
    assert frame["code"].min() >= 1_000 and frame["code"].max() <= 9_999_999  # type: ignore[operator]
    assert_rows_are_the_same(module(by_pandas(tree)), module(by_polars(tree)), "people")


def test_texts_have_numbers_beyond_their_pool_alone() -> None:
    frame = built(people())
    first = frame[:300]["name"]
    assert not first.str.contains("[0-9]").any()
    assert set(frame[300:600]["name"]) == {f"{name} 2" for name in first}
    assert not frame[300:600]["name"].equals(first + " 2"), "in another order"
    mail = frame[:200]["mail"].str.split("@").to_list()
    assert set(frame[200:400]["mail"]) == {f"{name}.2@{at}" for name, at in mail}
    rooms = frame["room"].drop_nulls()
    assert rooms.str.contains("^Room [0-9] [0-9]+$|^Room 0$").all()
    last = frame[-1:].to_dicts()[0]["login"]
    assert last.endswith(".3000@a.org") or last == "x 3000"


def test_a_whole_range_is_all_of_its_numbers_in_random_order() -> None:
    column = {**CODE, "low": -2, "high": 997, "unique": True}
    numbers = built(people(1_000, code=column))["code"].to_numpy()
    assert sorted(numbers) == [*range(-2, 998)]
    assert abs(np.corrcoef(numbers, np.arange(1_000))[0, 1]) < 0.13
    bounded = {**column, "min": 0, "max": 1_005, "high": 2_000}
    assert sorted(built(people(1_006, code=bounded))["code"]) == [*range(1_006)]


def test_none_twice_in_a_million_rows_by_duckdb(tmp_path: Path) -> None:
    columns = {
        "code": {**CODE, "unique": True},
        "name": {"kind": "faker", "provider": "name", "unique": True, "pool": 500},
    }
    inside(module(people(1_000_000, **columns)), ["--output", str(tmp_path)])
    sql = "SELECT count(*), count(DISTINCT code), count(DISTINCT name) FROM people"
    assert answer(sql, tmp_path) == (1_000_000,) * 3


def test_children_have_none_twice_either() -> None:
    tree = people(500)
    tree["tables"]["pets"] = table(
        {"per": "people", "mean": 3, "max": 9},
        owner={"kind": "ref", "table": "people"},
        chip={**CODE, "unique": True},
        tag={"kind": "template", "text": "{owner.tier}", "unique": True},
    )
    frame = built(tree, "pets")
    assert frame["chip"].is_unique().all() and frame["tag"].is_unique().all()


def test_batches_go_on_without_repeats_until_the_numbers_are_used(
    tmp_path: Path,
) -> None:
    columns = {**COLUMNS, "code": {**CODE, "high": 1_999, "unique": True}}
    tree = {**people(800, **columns), "output": {"mode": "append"}}
    tree["tables"]["people"]["batch_rows"] = 90
    for batch in range(3):
        written(module(tree), tmp_path, "--batch", str(batch))
    assert agreed(tree, tmp_path) == {}
    script = module(tree)
    script.BATCH = 2
    rows = rows_of(script, "people", np.arange(980))
    assert_none_twice(rows)
    assert rows[:800].equals(built({**tree, "output": {}}))
    with pytest.raises(
        RuntimeError, match="beyond the 1,000 numbers from 1000 to 1999"
    ):
        rows_of(script, "people", np.arange(1_001))


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_the_check_counts_repeats(format: str, tmp_path: Path) -> None:
    tree = {**people(400), "output": {"format": format}}
    tree["tables"]["people"]["unique"] = [["code", "tier"]]
    script = module(tree)
    written(script, tmp_path)
    assert agreed(tree, tmp_path) == {}
    code = pl.lit(built(tree)["code"][3])
    damage(module(tree), tmp_path, "people", in_row(7, code=code, tier=pl.lit("b")))
    found = agreed(tree, tmp_path)
    assert found[("people", "code twice")] == "1"
    name = pl.lit(built(tree)["name"][3])
    damage(module(tree), tmp_path, "people", in_row(7, name=name))
    assert agreed(tree, tmp_path) == {("people", "name twice"): "1"}


RATES = {"null_rate": 0.05, "duplicate_key_rate": 0.1, "orphan_ref_rate": 0.1}


@pytest.mark.parametrize("rates", [{"null_rate": 0.1}, {**RATES, "outlier_rate": 0.1}])
def test_bad_data_lies_on_top(rates: Tree, tmp_path: Path) -> None:
    tree = {**bank(), "bad_data": rates}
    tree["tables"]["accounts"]["columns"] |= COLUMNS
    before = frames_of(clean(tree))
    assert_none_twice(before["accounts"])
    assert_differs(before["transfers"])
    assert_the_answer_key_is_exact(tree, before, frames_of(tree))
    written(module(tree), tmp_path)
    assert agreed(tree, tmp_path) == {}


# ------------------------------------------------------------------------ refs that differ


def bank(accounts: int = 40, rows: int = 20_000, **to: Any) -> Tree:
    """Transfers between accounts, and `to` which they go."""
    ref = {"kind": "ref", "table": "accounts"}
    return spec(
        accounts=table(accounts, kind=TIER),
        transfers=table(
            rows,
            start={**ref, "null_rate": 0.1},
            to={**ref, "differs_from": "start", **to},
            back={**ref, "differs_from": "to"},
        ),
    )


def assert_differs(frame: pl.DataFrame) -> None:
    assert (frame["start"] != frame["to"]).all()
    assert (frame["to"] != frame["back"]).all()
    assert frame["to"].null_count() == 0


FORMS: dict[str, Tree] = {
    "skewed": {},
    "even": {"skew": False},
    "very skewed": {"skew": 0.97},
    "weighted": {"weights": {"kind": {"a": 1, "b": 30}}},
    "by case": {
        **{"by": "start.kind", "cases": {"a": {"skew": False}}},
        "otherwise": {"weights": {"kind": {"a": 1, "b": 3}}},
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_two_refs_of_a_row_never_point_at_the_same_row(form: str) -> None:
    tree = bank(**FORMS[form])
    script = module(tree)
    frame = whole(script, "transfers")
    assert_differs(frame)
    assert rows_of(script, "transfers", np.arange(50, 70)).equals(frame[50:70])
    assert_rows_are_the_same(module(by_pandas(tree)), script, "transfers")


def test_of_two_rows_it_is_the_other_one() -> None:
    assert_differs(built(bank(2, 500)))
    assert_differs(built(bank(2, 500, skew=0.99)))


def test_other_rows_keep_their_proportions() -> None:
    """By the weights of the rows that are left, given the one that is not allowed."""
    tree = bank(rows=100_000, skew=False, weights={"id": {"x": 6, "y": 3, "z": 1}})
    tree["tables"]["accounts"] = {"data": [{"id": "x"}, {"id": "y"}, {"id": "z"}]}
    frame = built(tree)
    weights = {"x": 6, "y": 3, "z": 1}
    for (start,), part in frame.group_by("start"):
        left = {key: weight for key, weight in weights.items() if key != start}
        assert_shares(part["to"].to_list(), left)


def test_the_first_draw_stays_where_it_differs() -> None:
    tree = bank()
    frame = built(tree)
    del tree["tables"]["transfers"]["columns"]["to"]["differs_from"]
    usual = built(tree)
    stays = usual["start"].ne_missing(usual["to"])
    assert frame.filter(stays)["to"].equals(usual.filter(stays)["to"])


def test_too_few_rows_by_an_edit_are_an_error() -> None:
    script = module(bank())
    script.ROWS["accounts"] = 1
    with pytest.raises(RuntimeError, match="has only one row to refer to"):
        script.transfers(np.arange(100))


def test_batches_differ_too(tmp_path: Path) -> None:
    tree = {**bank(rows=500), "output": {"mode": "append"}}
    for name in ("accounts", "transfers"):
        tree["tables"][name]["batch_rows"] = 30
    for batch in range(3):
        written(module(tree), tmp_path, "--batch", str(batch))
    assert agreed(tree, tmp_path) == {}
    scripts = module(by_pandas(tree)), module(by_polars(tree))
    for script in scripts:
        script.BATCH = 2
    assert_rows_are_the_same(*scripts, "transfers")
    assert_differs(rows_of(scripts[1], "transfers", np.arange(560)))


def test_the_check_counts_refs_that_do_not_differ(tmp_path: Path) -> None:
    tree = bank(rows=500)
    written(module(tree), tmp_path)
    assert agreed(tree, tmp_path) == {}
    damage(module(tree), tmp_path, "transfers", in_row(3, back=pl.col("to")))
    found = agreed(tree, tmp_path)
    assert found == {("transfers", "back the same as to"): "1"}


# ------------------------------------------------------------------- what tables declare


def visits() -> Tree:
    """A user visits a shop once, and each day; badges identify users."""
    tree = spec(
        users=table(300, badge={**CODE, "unique": True}),
        shops=table(40),
        visits=table(
            {"per": "users", "mean": 4, "max": 12},
            user={"kind": "ref", "table": "users"},
            shop={"kind": "ref", "table": "shops", "distinct": True},
            n={"kind": "position"},
        ),
        days=table(
            {"per": "users", "every": "30d"},
            user={"kind": "ref", "table": "users"},
            day={"kind": "tick"},
            badge={"kind": "lookup", "path": "user.badge"},
        ),
    )
    tables = tree["tables"]
    tables["users"]["unique"] = [["badge"], ["id", "badge"]]
    tables["visits"]["unique"] = [["user", "shop"], ["user", "n"]]
    tables["days"]["unique"] = [["user", "day"], ["badge", "day"]]
    return tree


def test_what_is_declared_holds_and_is_counted(tmp_path: Path) -> None:
    tree = visits()
    script = module(tree)
    for name in ("users", "visits", "days"):
        frame = whole(script, name)
        for columns in tree["tables"][name]["unique"]:
            assert frame.select(columns).is_unique().all()
    written(script, tmp_path)
    assert agreed(tree, tmp_path) == {}
    user, shop = whole(script, "visits")["user"][1], whole(script, "visits")["shop"][1]
    same = in_row(0, user=pl.lit(user), shop=pl.lit(shop))
    damage(module(tree), tmp_path, "visits", same)
    assert ("visits", "user and shop twice") in agreed(tree, tmp_path)


def test_a_unique_column_can_be_a_primary_key_that_refs_hold() -> None:
    tree = visits()
    del tree["tables"]["users"]["columns"]["id"]
    tree["tables"]["users"] |= {"primary_key": ["badge"], "unique": []}
    script = module(tree)
    assert script.TABLES["users"].key == ["badge"]
    badges = set(whole(script, "users")["badge"])
    assert set(whole(script, "visits")["user"]) <= badges
    for name in ("users", "visits", "days"):
        assert_rows_are_the_same(module(by_pandas(tree)), script, name)


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
def test_spark_has_the_same_rows(tmp_path: Path, sail_address: str) -> None:
    tree = bank(rows=3_000)
    tree["tables"] |= {**visits()["tables"], **people(2_000)["tables"]}
    inside(module(tree), ["--output", str(tmp_path / "polars")])
    spark = compiled({**tree, "output": {"engine": "spark"}}).files
    remote = {"SPARK_REMOTE": sail_address}
    out = run_script(spark, tmp_path / "spark", **remote)
    run_script(spark, tmp_path / "spark", "--check", **remote)
    assert table_hashes(out) == table_hashes(tmp_path / "polars")
