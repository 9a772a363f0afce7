"""`--check`: cells that hold what they cannot, moments beyond hidden ones, parents' rows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.support import Tree, module, spec, table
from tests.support.checking import (
    Cells,
    Change,
    agreed,
    copied,
    damage,
    in_row,
    told,
    written,
)
from tests.support.hotel import ODD, hotel


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """By format: what a run of the hotel writes."""
    folder = tmp_path_factory.mktemp("hotel")
    for format in ("parquet", "json"):
        tree = hotel({"output": {"format": format}})
        written(module(tree), folder / format)
    return folder


def first(frame: pl.DataFrame, condition: pl.Expr) -> int:
    """The first row in which a condition holds."""
    return int(frame.select(condition.fill_null(False).arg_max()).item())


def where(condition: pl.Expr, **cells: pl.Expr) -> Change:
    """The first row in which a condition holds, with other cells."""
    return lambda frame: in_row(first(frame, condition), **cells)(frame)


def without(condition: pl.Expr) -> Change:
    """The rows but for the first in which a condition holds."""
    return lambda frame: frame.filter(pl.int_range(pl.len()) != first(frame, condition))


HOUR = timedelta(hours=1)
STAYS = "guests with other than 1 to 6 of stays"
DAMAGES: dict[str, tuple[str, Change, Cells]] = {
    "a category outside of its set": (
        "guests",
        where(pl.col("tier") == "Free", tier=pl.lit("free")),
        {("guests", "tier of no category"), ("stays", "tier other than guest.tier")},
    ),
    "a category of no case": (
        "stays",
        in_row(4, state=pl.lit("d")),
        {("stays", "state of no category")},
    ),
    "a stage that does not exist": (
        "stays",
        in_row(4, stage=pl.lit("gone")),
        {("stays", "stage of no category")},
    ),
    "a null where none may be": (
        "stays",
        in_row(4, price=pl.lit(None)),
        {("stays", "null price")},
    ),
    "a null in a boolean": (
        "guests",
        where(pl.col("tier") == ODD, vip=pl.lit(None)),
        {("guests", "null vip")},
    ),
    "a number below the least": (
        "stays",
        where(pl.col("tier") == ODD, nights=pl.lit(0)),
        {("stays", "nights below 1")},
    ),
    "a number above the greatest": (
        "reviews",
        in_row(2, stars=pl.lit(6)),
        {("reviews", "stars above 5")},
    ),
    "below the least of all cases": (
        "stays",
        in_row(4, price=pl.lit(4.99)),
        {("stays", "price below 5")},
    ),
    "a number that rounding does not reach": (
        "guests",
        in_row(4, score=pl.lit(0.0)),
        {("guests", "score below 0.1")},
    ),
    "a reading that no sensor gives": (
        "readings",
        in_row(4, heat=pl.lit(30.1)),
        {("readings", "heat above 30")},
    ),
    "a balance below its floor": (
        "stays",
        in_row(4, balance=pl.lit(4.99)),
        {("stays", "balance below 5")},
    ),
    "a moment before what is beyond a hidden one": (
        "stays",
        in_row(4, check_out=pl.col("check_in") - timedelta(days=1)),
        {("stays", "check_out before check_in")},
    ),
    "a moment before that of its case": (
        "stays",
        where(pl.col("paid") > pl.col("check_out"), paid=pl.col("check_in") - HOUR),
        {("stays", "paid before check_out where guest.vip is true")},
    ),
    "a moment after that of its case": (
        "stays",
        where(
            pl.col("paid") < pl.col("check_in"), paid=pl.col("check_out") + 30 * HOUR
        ),
        {("stays", "check_out before paid where guest.vip is false")},
    ),
    "a moment outside the period of its case": (
        "stays",
        where(pl.col("paid") < pl.col("check_in"), paid=pl.col("paid") - 20_000 * HOUR),
        {("stays", "paid outside its period")},
    ),
    "a lookup of another value": (
        "stays",
        where(pl.col("city").is_not_null(), city=pl.lit("Atlantis")),
        {("stays", "city other than guest.city")},
    ),
    "a lookup of nothing": (
        "stays",
        where(pl.col("city").is_not_null(), city=pl.lit(None)),
        {("stays", "city other than guest.city")},
    ),
    "a lookup of what is null": (
        "stays",
        where(pl.col("city").is_null(), city=pl.lit("Atlantis")),
        {("stays", "city other than guest.city")},
    ),
    "a child too few": (
        "stays",
        lambda frame: frame.filter(pl.col("guest") != "G-003"),
        {
            ("stays", "rows"),
            ("stays", STAYS),
            ("reviews", "stay not in stays"),
            ("calls", "stay not in stays"),
        },
    ),
    "children too many": (
        "stays",
        lambda frame: frame.with_columns(guest=pl.lit("G-001")),
        {
            ("stays", STAYS),
            ("stays", "tier other than guest.tier"),
            ("stays", "city other than guest.city"),
            ("stays", "check_out before paid where guest.vip is false"),
            ("reviews", "stays with reviews against `where`"),
        },
    ),
    "a row of a grid too few": (
        "readings",
        lambda frame: frame[1:],
        {("readings", "rows"), ("readings", "guests with other than 6 of readings")},
    ),
    "a child of another parent": (
        "reviews",
        in_row(2, stay=pl.lit(None)),
        {("reviews", "null stay"), ("reviews", "stays with reviews against `where`")},
    ),
    "two children where there is one at most": (
        "calls",
        lambda frame: frame.with_columns(stay=pl.col("stay").first()),
        {("calls", "stays with other than 0 to 1 of calls")},
    ),
    "a parent that should have a child": (
        "stays",
        where((pl.col("nights") < 3) & (pl.col("tier") == "Pro"), nights=pl.lit(9)),
        {("reviews", "stays with reviews against `where`")},
    ),
    "a column too few": (
        "guests",
        lambda frame: frame.drop("score"),
        {("guests", "columns")},
    ),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_damage_is_found_and_named(what: str, runs: Path, tmp_path: Path) -> None:
    tree, folder = hotel(), copied(runs / "parquet", tmp_path)
    name, change, expected = DAMAGES[what]
    damage(module(tree), folder, name, change)
    assert set(agreed(tree, folder)) == expected


@pytest.mark.parametrize("format", ["parquet", "json"])
def test_nothing_is_found_where_nothing_is_damaged(format: str, runs: Path) -> None:
    tree: Any = hotel({"output": {"format": format}})
    assert agreed(tree, runs / format) == {}


def test_what_cannot_be_checked_is_listed(runs: Path) -> None:
    code, said = told(module(hotel()), runs / "parquet")
    assert code == 0
    notes = [line for line in said.split("\n") if "not checked" in line]
    assert notes == ["stays: grown after guest.born: not checked, guest.born is hidden"]


HIDDEN: dict[str, tuple[str, str, str]] = {
    "a key": ("guests", "id", "guests: duplicate keys: not checked, id is hidden"),
    "its refs": ("guests", "id", "stays: guest in guests: not checked, guests.id is"),
    "a parent's ref": (
        "stays",
        "guest",
        "stays: stays of each row of guests: not checked, guest is hidden",
    ),
    "what is looked up": (
        "guests",
        "city",
        "stays: city as guest.city: not checked, guest.city is hidden",
    ),
    "a case": (
        "guests",
        "vip",
        "stays: paid in its period: not checked, guest.vip is hidden",
    ),
    "an order by case": (
        "guests",
        "vip",
        "stays: paid before check_out where guest.vip is true: not checked, guest.vip is",
    ),
    "a condition": (
        "stays",
        "nights",
        "reviews: reviews by `where`: not checked, nights is hidden",
    ),
}


@pytest.mark.parametrize("what", HIDDEN)
def test_what_is_hidden_is_listed_with_what_it_leaves_unchecked(
    what: str, tmp_path: Path
) -> None:
    tree = hotel()
    name, column, note = HIDDEN[what]
    tree["tables"][name]["columns"][column]["hidden"] = True
    script = module(tree)
    code, said = told(script, written(script, tmp_path))
    assert code == 0
    assert note in said


def test_an_expression_that_sql_cannot_say_is_listed(tmp_path: Path) -> None:
    tree = hotel()
    tree["tables"]["reviews"]["rows"]["where"] = "sqrt(nights) > 1 and tier < 'P'"
    script = module(tree)
    _, said = told(script, written(script, tmp_path))
    why = "its expression is not written as SQL"
    assert f"reviews: reviews by `where`: not checked, {why}" in said


def test_bad_data_is_as_bad_as_asked_for_and_no_lookup_of_it_is_checked(
    tmp_path: Path,
) -> None:
    rates = {"null_rate": 0.05, "outlier_rate": 0.05, "orphan_ref_rate": 0.05}
    tree = hotel({"bad_data": rates})
    folder = written(module(tree), tmp_path)
    assert agreed(tree, folder) == {}
    _, said = told(module(tree), folder)
    assert "stays: tier as guest.tier: not checked, stays.tier has bad data\n" in said
    worse = in_row(4, state=pl.lit("d"))
    damage(module(tree), folder, "stays", worse)
    assert set(agreed(tree, folder)) == {("stays", "state of no category")}
    change = pl.when(pl.int_range(pl.len()) % 5 > 0).then("price")
    damage(module(tree), folder, "stays", lambda frame: frame.with_columns(change))
    assert {("stays", "null price")} == set(agreed(tree, folder))


@pytest.mark.parametrize("top", [{}, {"output": {"mode": "append"}}])
def test_all_refs_to_the_own_table_may_be_orphans(top: Tree, tmp_path: Path) -> None:
    boss: Tree = {"kind": "ref", "table": "people"}
    tree = spec(
        {**top, "bad_data": {"orphan_ref_rate": 1}}, people=table(90, boss=boss)
    )
    assert agreed(tree, written(module(tree), tmp_path)) == {}
    damage(module(tree), tmp_path, "people", in_row(50, boss=pl.lit(1)))
    assert ("people", "boss not in people") in agreed(tree, tmp_path)


@pytest.mark.parametrize(
    "period",
    [{"start": "1900-01-01", "end": "1900-01-03"}, {"start": "-130y", "end": "-90y"}],
)
def test_moments_may_be_as_early_as_outliers(period: Tree, tmp_path: Path) -> None:
    columns: Tree = {
        "born": {"kind": "date", **period},
        "hour": {"kind": "timestamp", **period},
        "seen": {
            "kind": "offset",
            "of": "hour",
            "distribution": "exponential",
            "scale": "1h",
        },
    }
    tree = spec({"bad_data": {"outlier_rate": 0.2}}, people=table(300, **columns))
    assert agreed(tree, written(module(tree), tmp_path)) == {}
    late = pl.lit("2020-02-02").str.to_date()
    damage(module(tree), tmp_path, "people", in_row(50, born=late))
    assert set(agreed(tree, tmp_path)) == {("people", "born outside its period")}


def test_values_of_batches_hold(tmp_path: Path) -> None:
    tree = hotel({"output": {"mode": "append"}})
    tree["tables"]["guests"]["batch_rows"] = 7
    for batch in (0, 1, 2):
        written(module(tree), tmp_path, "--batch", str(batch))
    assert agreed(tree, tmp_path) == {}
    script = module(tree)
    script.BATCH = 2
    damage(script, tmp_path, "stays", in_row(0, nights=pl.lit(10)))
    assert ("stays", "nights above 9") in agreed(tree, tmp_path)


def test_a_hidden_anchor_of_the_same_row(tmp_path: Path) -> None:
    """`check_out` follows `next_day`, which is hidden and follows `check_in`."""
    next_day: Tree = {"kind": "offset", "of": "check_in", "distribution": "uniform"}
    next_day |= {"low": "1d", "high": "86401s", "hidden": True}
    check_out = {"kind": "date", "after": "next_day", "end": "2030-01-01"}
    dates: Tree = {"check_in": {"kind": "date"}, "next_day": next_day}
    tree = spec(b=table(500, **dates, check_out=check_out))
    folder = written(module(tree), tmp_path)
    assert agreed(tree, folder) == {}
    before = in_row(7, check_out=pl.col("check_in") - timedelta(days=1))
    damage(module(tree), folder, "b", before)
    assert set(agreed(tree, folder)) == {("b", "check_out before check_in")}
