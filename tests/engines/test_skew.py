"""Skew: the busiest 20 % of the parents have just the share that was asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.support import Script, Tree, compiled, module, rows_of, spec, table, whole
from tests.support.distributions import busiest_share

PARENTS = 60_000
TIERS = {"Free": 0.6, "Pro": 0.3, "Top": 0.1}
WEIGHTS = {"Free": 1, "Pro": 2, "Top": 5}
Groups = tuple[tuple[int, ...], tuple[float, ...]]
ONE: Groups = ((PARENTS,), (1.0,))
THREE: Groups = ((36_000, 18_000, 6_000), (1.0, 2.0, 5.0))


def ref(**options: Any) -> Tree:
    return {"kind": "ref", "table": "rooms", **options}


def rooms(rows: int, **shares: float) -> Tree:
    """A table of parents in cities of these shares."""
    shares = shares or {"A": 0.5, "B": 0.5}
    return table(rows, city={"kind": "choice", "weights": shares})


def helpers() -> Script:
    """A script that has the solvers."""
    weights = {"city": {"A": 1, "B": 1}}
    own = {"kind": "ref", "table": "bookings"}
    bookings = table(10, room=ref(weights=weights), other=ref(), like=own)
    return module(spec(rooms=rooms(10), bookings=bookings))


def simulated(spread: float, rows_per_parent: float, groups: Groups) -> float:
    """The share of the rows that the busiest 20 % of the parents have, by drawing."""
    random = np.random.default_rng(7)
    weights = np.repeat(groups[1], groups[0])
    activity = np.exp(spread * random.standard_normal(PARENTS) - spread**2 / 2)
    rates = weights * activity
    counts = random.poisson(rates / rates.sum() * rows_per_parent * PARENTS)
    counts = np.sort(counts)[::-1]
    return float(counts[: PARENTS // 5].sum() / counts.sum())


@pytest.mark.parametrize("groups", [ONE, THREE], ids=["alike", "tiers"])
@pytest.mark.parametrize("rows_per_parent", [1.5, 3, 20])
@pytest.mark.parametrize("skew", [0.7, 0.8, 0.9])
def test_the_spread_gives_the_share(
    skew: float, rows_per_parent: float, groups: Groups
) -> None:
    spread = helpers().activity_sigma(skew, rows_per_parent * PARENTS, *groups)
    assert 0 < spread < 4
    found = simulated(spread, rows_per_parent, groups)
    assert found == pytest.approx(skew, abs=0.012)


def test_there_is_no_spread_where_weights_or_chance_give_the_share_already() -> None:
    strong = ((6_000, 54_000), (100.0, 1.0))
    assert simulated(0, 20, strong) > 0.8
    assert helpers().activity_sigma(0.8, 20 * PARENTS, *strong) == 0
    # At most one row in nearly every parent.
    assert helpers().activity_sigma(0.8, 0.1 * PARENTS, *ONE) == 0


@pytest.mark.parametrize("skew", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("parents", [3, 4, 7, 12, 23, 300])
def test_few_parents_are_as_skewed_as_many(parents: int, skew: float) -> None:
    bookings = table(40_000, room=ref(skew=skew))
    found = whole(module(spec(rooms=table(parents), bookings=bookings)), "bookings")
    share = busiest_share(found["room"].to_numpy() - 1, parents)
    assert share == pytest.approx(skew, abs=0.01)


def test_a_few_parents_of_each_weight_have_the_share_together() -> None:
    data = [{"sku": f"S{n}", "kind": "ABCD"[n % 4]} for n in range(12)]
    weights = {"kind": {"A": 5, "B": 3, "C": 2, "D": 2}}
    rows = table(40_000, sku={**ref(weights=weights, skew=0.5), "table": "products"})
    found = whole(module(spec(products={"data": data}, items=rows)), "items")["sku"]
    number = found.cast(pl.String).str.slice(1).cast(pl.Int64).to_numpy()
    assert busiest_share(number, 12) == pytest.approx(0.5, abs=0.01)


CASES: dict[str, Tree] = {
    "alike": {"cases": {"PT": {"skew": 0.6}, "DE": {"skew": 0.6}}},
    "first weighs": {
        "cases": {"PT": {"weights": {"city": {"A": 5, "B": 1}}}},
        "otherwise": {"weights": {"city": {"A": 1, "B": 1}}},
    },
    "first weighs alone": {
        "cases": {"PT": {"weights": {"city": {"A": 20, "B": 1}}}},
        "otherwise": {},
    },
    "last weighs alone": {
        "cases": {"DE": {}},
        "otherwise": {"weights": {"city": {"A": 5, "B": 1}}},
    },
}


def bookings_by(by: str, **cases: Any) -> Tree:
    country = {"kind": "choice", "weights": {"PT": 0.02, "DE": 0.98}}
    room = ref(skew=0.6, by=by, **cases)
    return table(100_000, country=country, room=room)


@pytest.mark.parametrize("cases", CASES.values(), ids=CASES)
def test_the_share_holds_in_each_case(cases: Tree) -> None:
    """Two rows a parent in one case, a hundred in the other: chance adds its part in the first."""
    tree = spec(rooms=rooms(1_000), bookings=bookings_by("country", **cases))
    found = whole(module(tree), "bookings")
    for country in ("PT", "DE"):
        own = found.filter(found["country"].cast(pl.String) == country)["room"]
        share = busiest_share(own.to_numpy() - 1, 1_000)
        assert share == pytest.approx(0.6, abs=0.02), country


def test_each_case_has_its_own_share_over_a_path_and_by_ranges() -> None:
    guests = table(5_000, age={"kind": "uniform", "low": 0, "high": 100})
    room = ref(
        by="guest.age",
        cases={"< 30": {"skew": 0.5}, "< 60": {"skew": 0.7}},
        otherwise={"skew": 0.9},
    )
    guest = {"kind": "ref", "table": "guests", "skew": False}
    age = {"kind": "lookup", "path": "guest.age"}
    bookings = table(100_000, guest=guest, age=age, room=room)
    tree = spec(rooms=table(500), guests=guests, bookings=bookings)
    found = whole(module(tree), "bookings")
    age_of, room_of = found["age"].to_numpy(), found["room"].to_numpy() - 1
    edges = [(0, 30, 0.5), (30, 60, 0.7), (60, 100, 0.9)]
    for low, high, skew in edges:
        own = room_of[(low <= age_of) & (age_of < high)]
        assert busiest_share(own, 500) == pytest.approx(skew, abs=0.02)


@pytest.mark.parametrize("scale", [0.05, 1, 4])
def test_the_share_holds_at_any_scale_and_after_an_edit(scale: float) -> None:
    """The script holds the share itself: weights, rows and skew can be edited by hand."""
    weights = {"city": {"A": 3, "B": 1}}
    bookings = table(30_000, room=ref(weights=weights, skew=0.75))
    script = module(spec(rooms=rooms(10_000), bookings=bookings))
    script.ROWS |= {name: round(rows * scale) for name, rows in script.ROWS.items()}
    script.ROWS["bookings"] *= 2
    script.ROOMS_CITY |= {"A": 0.1, "B": 0.9}
    script.BOOKINGS_ROOM_WEIGHTS |= {"A": 9, "B": 1}
    script.BOOKINGS_ROOM_SKEW = 0.85
    found = whole(script, "bookings")["room"].to_numpy() - 1
    share = busiest_share(found, script.ROWS["rooms"])
    assert share == pytest.approx(0.85, abs=0.03 if scale < 1 else 0.01)


def test_rows_that_point_nowhere_do_not_count() -> None:
    """One row a parent is left: that alone gives the busiest fifth about half of the rows."""
    bookings = table(100_000, room=ref(skew=0.7, null_rate=0.9))
    found = whole(module(spec(rooms=table(10_000), bookings=bookings)), "bookings")
    room = found["room"].drop_nulls().to_numpy() - 1
    assert busiest_share(room, 10_000) == pytest.approx(0.7, abs=0.015)


def test_children_count_as_many_as_their_parents_have() -> None:
    bookings = table(3_000)
    items = table(
        {"per": "bookings", "mean": 4, "max": 9},
        booking={"kind": "ref", "table": "bookings"},
        room=ref(skew=0.7),
    )
    tree = spec(rooms=table(6_000), bookings=bookings, items=items)
    room = whole(module(tree), "items")["room"].to_numpy() - 1
    assert busiest_share(room, 6_000) == pytest.approx(0.7, abs=0.015)


@pytest.mark.parametrize("rows", [30, 300, 20_000])
def test_earlier_rows_of_the_own_table_are_as_skewed_as_asked_for(rows: int) -> None:
    tiers = {"kind": "choice", "weights": TIERS}
    boss = {"kind": "ref", "table": "staff", "skew": 0.7}
    weighed = {**boss, "weights": {"tier": WEIGHTS}}
    shares = []
    for one in (boss, weighed):
        tree = spec({"seed": 3}, staff=table(rows, tier=tiers, boss=one))
        boss_of = whole(module(tree), "staff")["boss"].drop_nulls().to_numpy() - 1
        shares.append(busiest_share(boss_of, rows))
    assert shares == pytest.approx([0.7, 0.7], abs=0.02 if rows > 1_000 else 0.12)


def batches(every: str = "7d") -> Tree:
    """Every way to point at a row, in append mode."""
    weights = {"city": {"A": 5, "B": 1}}
    cases = {"PT": {"weights": weights, "skew": 0.5}, "DE": {}}
    own = {"kind": "ref", "table": "bookings"}
    bookings = table(
        3_000,
        country={"kind": "choice", "weights": {"PT": 0.3, "DE": 0.7}},
        plain=ref(),
        weighed=ref(weights=weights),
        chosen=ref(by="country", cases=cases),
        like=own,
        like_weighed={**own, "weights": {"country": {"PT": 3, "DE": 1}}},
    )
    like = {"kind": "ref", "table": "items"}
    items = table(
        {"per": "bookings", "mean": 2, "max": 4},
        booking=own,
        room=ref(),
        kind={"kind": "choice", "weights": {"x": 1, "y": 3}},
        like=like,
        like_weighed={**like, "weights": {"kind": {"x": 3, "y": 1}}},
    )
    weekly = table(
        {"per": "rooms", "every": every},
        room={"kind": "ref", "table": "rooms"},
        booking=own,
        like={"kind": "ref", "table": "weekly"},
    )
    notes = table(
        2_000,
        week={"kind": "ref", "table": "weekly", "skew": False},
        booking={"kind": "lookup", "path": "week.booking"},
        like={"kind": "lookup", "path": "week.like"},
    )
    return spec(
        {"output": {"mode": "append", "batch": "7d"}},
        rooms={**rooms(300), "batch_rows": 40},
        bookings={**bookings, "batch_rows": 500},
        items=items,
        weekly=weekly,
        notes={**notes, "batch_rows": 500},
    )


@pytest.mark.parametrize("every", ["7d", "1mo"])
def test_later_batches_leave_every_ref_as_it_was(every: str) -> None:
    """The spread is solved for the first load: it is the same whichever batch is made."""
    frames = []
    for batch in (1, 4):
        script = module(batches(every))
        script.BATCH = batch
        rows = np.arange(*script.rows_after("bookings")[[0, 1]])
        frames.append(
            {name: script.TABLES[name][0](rows) for name in ("bookings", "items")}
        )
        notes = np.arange(*script.rows_after("notes")[[0, 1]])
        frames[-1]["notes"] = script.notes(notes)
    first, later = frames
    assert first["bookings"].height == 500
    for name, frame in first.items():
        assert frame.equals(later[name]), name


def test_the_first_load_has_its_shares_in_append_mode() -> None:
    script = module(batches())
    found = rows_of(script, "bookings", np.arange(3_000))
    for name in ("plain", "weighed"):
        share = busiest_share(found[name].to_numpy() - 1, 300)
        assert share == pytest.approx(0.8, abs=0.02), name
    chosen = found.filter(found["country"].cast(pl.String) == "PT")["chosen"]
    assert busiest_share(chosen.to_numpy() - 1, 300) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("rooms_", "children", "skew", "most"),
    [(6, 2.5, 0.8, 45), (30, 6, 0.5, 46), (200, 3, 0.8, None)],
)
def test_a_skew_that_distinct_rows_cannot_have_is_a_warning(
    rooms_: int, children: float, skew: float, most: int | None
) -> None:
    tree = spec(
        {"allow": []},
        rooms=table(rooms_),
        guests=table(4_000),
        stays=table(
            {"per": "guests", "mean": children, "max": min(rooms_, 12)},
            guest={"kind": "ref", "table": "guests"},
            room=ref(distinct=True, skew=skew),
        ),
    )
    result = compiled(tree)
    room = whole(module(result), "stays")["room"].to_numpy() - 1
    share = busiest_share(room, rooms_)
    found = [one.message for one in result.diagnostics if one.code == "W415"]
    if most is None:
        assert found == []
        assert share == pytest.approx(skew, abs=0.03)
    else:
        assert found == [f"the busiest 20 % of `rooms` get at most {most} %"]
        assert most / 100 - 0.06 < share < most / 100


@pytest.mark.parametrize("skew", [1.5, 1.0, 0.1, float("nan")])
def test_a_skew_that_is_no_share_is_one_sentence(skew: float) -> None:
    tree = spec(rooms=table(100), bookings=table(1_000, room=ref(skew=0.7)))
    script = module(tree)
    script.BOOKINGS_ROOM_SKEW = skew
    with pytest.raises(RuntimeError, match="is not a share"):
        whole(script, "bookings")
