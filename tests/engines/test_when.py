"""`when`: a column is null where its condition is false or null, else as it would be without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.support import Tree, compiled, module, run_script, spec, table, whole
from tests.support.alike import (
    assert_rows_are_the_same,
    assert_written_alike,
    by_pandas,
    by_polars,
)
from tests.support.checking import Change, agreed, damage, told, written, wrong
from tests.support.parity import table_hashes

TIER: Tree = {"kind": "choice", "weights": {"Free": 2, "Pro": 1}}
PERSON: Tree = {"kind": "ref", "table": "people"}
HELD: dict[str, Tree] = {
    "code": {"kind": "choice", "values": ["a", "b", "c"]},
    "fine": {"kind": "bool", "chance": 0.5},
    "five": {"kind": "constant", "value": 5},
    "count": {"kind": "poisson", "lam": 3},
    "size": {"kind": "lognormal", "median": 9, "sigma": 1, "decimals": 2},
    "town": {"kind": "faker", "provider": "city"},
    "mail": {"kind": "email", "of": "label"},
    "label": {"kind": "template", "text": "{id}/{person.tier}"},
    "day": {"kind": "date"},
    "at": {"kind": "timestamp"},
    "sent": {"kind": "offset", "of": "placed", "distribution": "exponential"},
    "gift": PERSON,
    "rare": {**PERSON, "skew": False},
    "level": {"kind": "lookup", "path": "person.tier"},
    "twice": {"kind": "expr", "expr": "plain * 2"},
    "cased": {"kind": "normal", "sd": 1, "by": "person.tier"},
}
HELD["sent"]["scale"] = "3d"
HELD["cased"]["cases"] = {"Free": {"mean": 0}, "Pro": {"mean": 99}}
IN_TIME: dict[str, Tree] = {
    "balance": {"kind": "running", "change": "step", "order": "moment", "start": 9},
    "stage": {"kind": "progression", "states": ["new", "old"], "chance": 0.3},
    "nth": {"kind": "expr", "expr": "n * 1"},
}
WHEN = "vip and person.tier == 'Pro' or plain > 4"


def held(columns: dict[str, Tree], **more: Any) -> dict[str, Tree]:
    return {name: {**column, **more} for name, column in columns.items()}


def tree(**more: Any) -> Tree:
    """People, what they buy, what becomes of it: all columns are to have `more`."""
    more = more or {"when": WHEN}
    in_time = {**more, "when": "n > 1 and person.vip"} if "when" in more else more
    return spec(
        people=table(
            60,
            id={"kind": "key"},
            tier=TIER,
            vip={"kind": "bool", "chance": 0.4, "null_rate": 0.2},
            friend={**PERSON, **more, **({"when": "vip"} if "when" in more else {})},
        ),
        sales=table(
            900,
            id={"kind": "key"},
            person=PERSON,
            vip={"kind": "lookup", "path": "person.vip"},
            plain={"kind": "poisson", "lam": 3},
            placed={"kind": "timestamp"},
            **held(HELD, **more),
            known={"kind": "lookup", "path": "gift.tier"},
            far={"kind": "lookup", "path": "gift.friend.tier"},
            next={"kind": "expr", "expr": "coalesce(size, -1) + coalesce(count, 0)"},
        ),
        steps=table(
            {"per": "people", "mean": 4, "max": 9},
            id={"kind": "key"},
            person=PERSON,
            n={"kind": "position"},
            moment={"kind": "timestamp"},
            step={"kind": "normal", "mean": 1, "sd": 4, "decimals": 1},
            **held(IN_TIME, **in_time),
        ),
        readings=table(
            {"per": "people", "every": "30d"},
            id={"kind": "key"},
            person=PERSON,
            tick={"kind": "tick"},
            heat={"kind": "series", "base": 20, "noise": 3, "when": "person.vip"},
        ),
    )


def frames(one: Tree) -> dict[str, pl.DataFrame]:
    script = module(one)
    return {name: whole(script, name) for name in script.TABLES}


@pytest.fixture(scope="module")
def found() -> dict[str, pl.DataFrame]:
    return frames(tree())


@pytest.fixture(scope="module")
def plain() -> dict[str, pl.DataFrame]:
    return frames(tree(description="the same in all rows"))


def holds(sales: pl.DataFrame, people: pl.DataFrame) -> pl.Series:
    joined = sales.join(people, left_on="person", right_on="id", suffix="_of")
    pro = pl.col("vip").fill_null(False) & (pl.col("tier").cast(pl.String) == "Pro")
    return joined.sort("id").select(pro | (pl.col("plain") > 4)).to_series()


SKEWED = ("gift", "mail")
"""Of another number of rows a skew is another one; a mailbox is made of what is there."""


@pytest.mark.parametrize("name", HELD)
def test_a_value_is_there_where_the_condition_holds(
    name: str, found: dict[str, pl.DataFrame], plain: dict[str, pl.DataFrame]
) -> None:
    here = holds(found["sales"], found["people"])
    assert 50 < here.sum() < 800
    assert found["sales"][name].is_null().to_list() == (~here).to_list()
    assert found["sales"][name].dtype == plain["sales"][name].dtype
    if name not in SKEWED:
        kept = (one["sales"].filter(here)[name].to_list() for one in (found, plain))
        assert next(kept) == next(kept)


def test_a_path_through_a_ref_that_is_null_is_null(
    found: dict[str, pl.DataFrame],
) -> None:
    sales, people = found["sales"], found["people"]
    tier = dict(people.select("id", pl.col("tier").cast(pl.String)).iter_rows())
    friend = dict(people.select("id", "friend").iter_rows())
    assert sales["known"].to_list() == [tier.get(one) for one in sales["gift"]]
    far = [tier.get(friend.get(one)) for one in sales["gift"]]
    assert sales["far"].to_list() == far
    vip = people["vip"].fill_null(False)
    assert people["friend"].is_null()[1:].to_list() == (~vip)[1:].to_list()


def test_what_reads_it_reads_the_null(found: dict[str, pl.DataFrame]) -> None:
    sales = found["sales"]
    wanted = sales["size"].fill_null(-1) + sales["count"].fill_null(0)
    assert sales["next"].to_list() == wanted.to_list()


@pytest.mark.parametrize("name", IN_TIME)
def test_columns_in_order_of_time_go_on_where_they_are_null(
    name: str, found: dict[str, pl.DataFrame], plain: dict[str, pl.DataFrame]
) -> None:
    steps, all_steps = found["steps"], plain["steps"]
    vip = dict(found["people"].select("id", "vip").iter_rows())
    wanted = [
        value if n > 1 and vip[person] else None
        for person, n, value in all_steps.select("person", "n", name).iter_rows()
    ]
    assert steps[name].to_list() == wanted


def test_a_balance_may_go_by_the_change_that_it_cuts() -> None:
    one = tree()
    columns = one["tables"]["steps"]["columns"]
    columns["balance"] |= {"floor": 0, "when": "step < 0"}
    script = module(one)
    steps = whole(script, "steps")
    negative = steps["step"] < 0
    assert 0 < negative.sum() < len(steps)
    assert steps["balance"].is_null().to_list() == (~negative).to_list()
    assert_rows_are_the_same(module(by_pandas(one)), script, "steps")


def test_the_rate_is_among_the_rows_in_which_it_holds() -> None:
    one = spec(
        things=table(
            20_000,
            vip={"kind": "bool", "chance": 0.3},
            size={"kind": "normal", "mean": 1, "sd": 1}
            | {"when": "vip", "null_rate": 0.25},
        )
    )
    things = frames(one)["things"]
    assert (
        things.filter(~pl.col("vip"))["size"].null_count() == things["vip"].not_().sum()
    )
    some = things.filter(pl.col("vip"))["size"]
    assert some.null_count() / len(some) == pytest.approx(0.25, abs=0.03)


def test_a_skew_goes_by_the_rows_that_have_a_value() -> None:
    """The busiest fifth gets its share of the few rows that point at anything."""
    one = spec(
        people=table(50, id={"kind": "key"}),
        sales=table(
            40_000,
            vip={"kind": "bool", "chance": 0.02},
            gift={**PERSON, "skew": 0.8, "when": "vip"},
        ),
    )
    gifts = frames(one)["sales"]["gift"].drop_nulls()
    counts = sorted(gifts.value_counts()["count"].to_list())
    assert sum(counts[-10:]) / len(gifts) == pytest.approx(0.8, abs=0.06)


@pytest.mark.parametrize("mode", ["overwrite", "append"])
def test_pandas_gives_the_same(mode: str) -> None:
    one = {**tree(), "output": {"mode": mode}}
    pandas, polars = module(by_pandas(one)), module(by_polars(one))
    for name in polars.TABLES:
        assert_rows_are_the_same(pandas, polars, name)


def test_both_engines_write_the_same_files(tmp_path: Path) -> None:
    assert_written_alike(tree(null_rate=0.2, when=WHEN), tmp_path, block=64)


def test_a_later_batch_leaves_the_rows_of_the_first_ones() -> None:
    script = module({**tree(), "output": {"mode": "append"}})
    before = script.sales(np.arange(500))
    script.BATCH = 3
    script.forget()
    assert script.sales(np.arange(500)).equals(before)


# ------------------------------------------------------------------------------- --check

FAULTS: Tree = {"null_rate": 0.1, "outlier_rate": 0.1, "orphan_ref_rate": 0.1}
TOPS: dict[str, Tree] = {
    "parquet": {},
    "csv": {"output": {"format": "csv"}},
    "json": {"output": {"format": "json"}},
    "faults": {"bad_data": FAULTS},
}


@pytest.mark.parametrize("top", TOPS)
def test_what_is_written_passes_its_check(top: str, tmp_path: Path) -> None:
    for number, more in enumerate(({}, {"when": WHEN, "null_rate": 0.3})):
        one = tree(**more) | TOPS[top]
        folder = written(module(one), tmp_path / str(number))
        assert agreed(one, folder) == {}


def test_each_batch_passes_its_check(tmp_path: Path) -> None:
    one = {**tree(when=WHEN, null_rate=0.3), "output": {"mode": "append"}}
    script = module(one)
    for batch in ("0", "1"):
        written(script, tmp_path, "--batch", batch)
    assert wrong(script, tmp_path, "--batch", "1") == {}


def where(condition: pl.Expr, **cells: pl.Expr) -> Change:
    """Other cells in all rows in which a condition holds."""
    return lambda frame: frame.with_columns(
        pl.when(condition.fill_null(False))
        .then(cell)
        .otherwise(pl.col(name))
        .alias(name)
        for name, cell in cells.items()
    )


@pytest.mark.parametrize("top", ["parquet", "csv"])
def test_a_value_too_many_and_one_too_few_are_found(top: str, tmp_path: Path) -> None:
    one = tree() | TOPS[top]
    script = module(one)
    folder = written(script, tmp_path)
    damage(script, folder, "sales", where(pl.col("size").is_null(), size=pl.lit(3.5)))
    assert set(agreed(one, folder)) == {("sales", "size where `when` does not hold")}
    damage(script, folder, "sales", where(pl.col("plain") > 5, size=pl.lit(None)))
    assert set(agreed(one, folder)) == {("sales", "no size where `when` holds")}


def test_too_many_nulls_for_the_rate_are_found(tmp_path: Path) -> None:
    one = tree(when=WHEN, null_rate=0.2)
    script = module(one)
    folder = written(script, tmp_path)
    damage(script, folder, "sales", where(pl.col("plain") > 4, size=pl.lit(None)))
    assert set(agreed(one, folder)) == {("sales", "no size where `when` holds")}


def test_what_is_not_written_is_not_checked(tmp_path: Path) -> None:
    one = tree()
    columns = one["tables"]["sales"]["columns"]
    columns["plain"]["hidden"] = True
    columns["five"]["when"] = "hour(placed) > 12"
    script = module(one)
    status, printed = told(script, written(script, tmp_path))
    assert status == 0
    why = "size where `when` holds: not checked, plain is hidden"
    assert f"sales: {why}" in printed
    assert "five where `when` holds: not checked, its expression is not" in printed


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
def test_spark_writes_and_checks_the_same(tmp_path: Path, sail_address: str) -> None:
    one = tree(when=WHEN, null_rate=0.2)
    found = {}
    for engine in ("polars", "spark"):
        files = compiled(by_pandas(one, engine)).files
        folder = tmp_path / engine
        run_script(files, folder, SPARK_REMOTE=sail_address)
        run_script(files, folder, "--check", SPARK_REMOTE=sail_address)
        found[engine] = table_hashes(folder / "out")
    assert found["spark"] == found["polars"]
