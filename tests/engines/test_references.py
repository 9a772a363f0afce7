"""Whatever holds the key of another row is a reference: a lookup of a key as much as a ref."""

from __future__ import annotations

import functools
from pathlib import Path

import polars as pl
import pytest

from tests.support import Tree, built, compiled, inside, module, spec, table
from tests.support.alike import assert_rows_are_the_same, by_pandas, by_polars
from tests.support.checking import written, wrong
from tests.support.faults import assert_the_answer_key_is_exact, clean, frames_of
from tests.support.references import hotel, lookup

HELD = ("far", "further", "same", "plain", "by_case", "gaps", "key", "own")
"""The columns of `bills` that hold a guest's key, or a booking's."""


KEYS: dict[str, Tree] = {
    "text": {"kind": "key", "format": "G-{:04d}"},
    "number": {"kind": "key", "start": 0},
}
RATES: list[Tree] = [
    {"duplicate_key_rate": 0.2, "tables": ["guests"]},
    {"duplicate_key_rate": 0.1, "orphan_ref_rate": 0.1, "null_rate": 0.1},
    {"orphan_ref_rate": 0.2, "outlier_rate": 0.3},
]


def test_each_of_them_is_known_by_its_target_and_nothing_else_is() -> None:
    plan = compiled(hotel()).plan
    assert plan is not None
    found = {
        name: (column.references.table, column.references.key)
        for name, column in plan.table("bills").columns.items()
        if column.references
    }
    guest, booking = ("guests", "id"), ("bookings", "id")
    assert found == {
        **{name: guest for name in HELD if name != "own"},
        "own": booking,
        "booking": booking,
    }


@functools.cache
def frames(key: str, rates: int) -> tuple[dict[str, pl.DataFrame], ...]:
    trees = hotel(KEYS[key]), hotel(KEYS[key], **RATES[rates])
    return tuple(map(frames_of, trees))


@pytest.mark.parametrize("rates", range(len(RATES)))
@pytest.mark.parametrize("key", KEYS)
def test_orphans_are_listed_however_a_key_is_come_by(key: str, rates: int) -> None:
    tree = hotel(KEYS[key], **RATES[rates])
    before, after = frames(key, rates)
    listed = assert_the_answer_key_is_exact(tree, before, after)
    orphans = {
        column
        for name, _, column, fault in listed
        if (name, fault) == ("bills", "orphan_ref")
    }
    in_guests_alone = "tables" in RATES[rates]
    assert orphans == {*HELD, "booking"} - (
        {"own", "booking"} if in_guests_alone else set()
    )


@pytest.mark.parametrize("rates", range(len(RATES)))
def test_pandas_lists_the_same(rates: int) -> None:
    tree = hotel(**RATES[rates])
    scripts = module(by_pandas(tree)), module(by_polars(tree))
    for name in scripts[0].TABLES:
        assert_rows_are_the_same(*scripts, name)


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("bad_data", [{}, *RATES])
def test_the_check_counts_them(bad_data: Tree, engine: str, tmp_path: Path) -> None:
    tree = {**hotel(**bad_data), "output": {"engine": engine}}
    written(module(tree), tmp_path)
    assert wrong(module(tree), tmp_path) == {}
    file = next((tmp_path / "bills").glob("*.parquet"))
    frame = pl.read_parquet(file)
    gone = {name: "G-gone" for name in HELD} | {"own": -5}
    half = pl.int_range(len(frame)) % 2 == 0
    cells = [pl.when(half).then(pl.lit(gone[name])).otherwise(name) for name in HELD]
    columns = [cell.alias(name) for cell, name in zip(cells, HELD, strict=True)]
    frame.with_columns(columns).write_parquet(file)
    targets = {name: "bookings" if name == "own" else "guests" for name in HELD}
    found = wrong(module(tree), tmp_path)
    assert {f"{name} not in {target}" for name, target in targets.items()} <= {
        what for _, what in found
    }


def test_a_lookup_of_a_ref_is_a_hop_like_the_ref() -> None:
    """Its rows are those of the ref that it reads; where it is null there is none."""
    tree = hotel()
    columns = tree["tables"]["bills"]["columns"]
    columns["long"] = lookup("booking.guest.friend.stars")
    columns["short"] = lookup("far.friend.stars")
    columns["shorter"] = lookup("further.stars")
    columns["paid"] = lookup("gaps.stars")
    columns["cased"] = {"kind": "expr", "expr": "by_case.stars"}
    frame = built(tree)
    assert frame["short"].equals(frame["long"].alias("short"))
    assert frame["shorter"].equals(frame["long"].alias("shorter"))
    guests = dict(built(tree, "guests").select("id", "stars").iter_rows())
    for stars, key in (("paid", "gaps"), ("cased", "by_case")):
        wanted = [guests.get(guest) for guest in frame[key].to_list()]
        assert frame[stars].to_list() == wanted
    assert 0.3 < frame["paid"].null_count() / len(frame) < 0.7
    scripts = module(by_pandas(tree)), module(by_polars(tree))
    assert_rows_are_the_same(*scripts, "bills")


def test_moments_are_checked_over_a_lookup_of_a_ref(tmp_path: Path) -> None:
    tree = hotel()
    since = {"kind": "date", "start": "-2y", "end": "-1y"}
    tree["tables"]["guests"]["columns"]["since"] = since
    paid = {"kind": "timestamp", "after": "far.since"}
    tree["tables"]["bills"]["columns"]["paid_at"] = paid
    script = module(tree)
    moments = script.TABLES["bills"].not_before
    assert ("paid_at", "far.since", "DATE") in moments
    inside(script, ["--output", str(tmp_path)])
    assert wrong(module(tree), tmp_path) == {}


def test_no_key_that_others_hold_is_made_an_orphan() -> None:
    """A badge goes by its owner's key: were that one gone, all that holds it would be, too."""
    tree = spec(
        {"bad_data": {"orphan_ref_rate": 0.3}},
        people=table(400, id=KEYS["text"]),
        badges={
            "rows": {"per": "people", "chance": 0.5},
            "primary_key": ["person"],
            "columns": {"person": {"kind": "ref", "table": "people"}},
        },
        uses=table(2_000, badge={"kind": "ref", "table": "badges"}),
    )
    after = frames_of(tree)
    listed = assert_the_answer_key_is_exact(tree, frames_of(clean(tree)), after)
    assert {(name, column) for name, _, column, _ in listed} == {("uses", "badge")}
