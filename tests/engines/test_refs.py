"""Refs: they exist, weights hold exactly in proportion, and skew is what is counted."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.support import END, Tree, built, module, rows_of, spec, table, values, whole
from tests.support.distributions import (
    assert_counts,
    assert_independent,
    assert_rate,
    assert_shares,
    bands,
    busiest_share,
    correlation,
)

TIERS = {"Free": 1, "Pro": 2, "Top": 5}


def customers(rows: int, shares: dict[str, float], **more: Tree) -> Tree:
    return table(rows, tier={"kind": "choice", "weights": shares}, **more)


def ref(**options: Any) -> Tree:
    return {"kind": "ref", "table": "customers", **options}


def parents_of(tree: Tree) -> tuple[pl.DataFrame, np.ndarray]:
    """The customers, and the row of the one that each order points at."""
    script = module(tree)
    orders = whole(script, "orders")["customer"].to_numpy()
    found = whole(script, "customers")
    assert orders.min() >= 1, "an orphan"
    assert orders.max() <= len(found), "an orphan"
    return found, orders - 1


@pytest.mark.parametrize("skew", [False, 0.5, 0.8, 0.95])
@pytest.mark.parametrize(
    ("parents", "shares"),
    [
        (5_000, {"Free": 0.6, "Pro": 0.3, "Top": 0.1}),
        (1_000, {"Free": 0.98, "Pro": 0.01, "Top": 0.01}),
        (40, {"Free": 0.1, "Pro": 0.1, "Top": 0.8}),
    ],
)
def test_weights_hold_between_groups_whatever_the_skew(
    skew: Any, parents: int, shares: dict[str, float]
) -> None:
    orders = table(200_000, customer=ref(weights={"tier": TIERS}, skew=skew))
    found, parent = parents_of(
        spec(customers=customers(parents, shares), orders=orders)
    )
    tier = values(found["tier"])
    wanted = {name: TIERS[name] * int((tier == name).sum()) for name in TIERS}
    assert_shares(tier[parent], wanted)


@pytest.mark.parametrize("per_parent", [1, 3, 10, 100])
@pytest.mark.parametrize("skew", [0.5, 0.8, 0.95])
def test_the_busiest_fifth_has_its_share_as_counted(
    skew: float, per_parent: int
) -> None:
    shops = table(10_000)
    rows = table(10_000 * per_parent, customer=ref(skew=skew))
    _, parent = parents_of(spec(customers=shops, orders=rows))
    # One row a parent: chance alone gives the busiest fifth about half of the rows.
    ought = max(skew, 0.507) if per_parent == 1 else skew
    assert busiest_share(parent, 10_000) == pytest.approx(ought, abs=0.02)


@pytest.mark.parametrize("per_parent", [3, 10])
def test_the_share_is_met_together_with_weights(per_parent: int) -> None:
    shares = {"Free": 0.6, "Pro": 0.3, "Top": 0.1}
    rows = table(20_000 * per_parent, customer=ref(weights={"tier": TIERS}))
    tree = spec(customers=customers(20_000, shares), orders=rows)
    _, parent = parents_of(tree)
    assert busiest_share(parent, 20_000) == pytest.approx(0.8, abs=0.02)


def test_without_skew_all_parents_are_alike() -> None:
    rows = table(200_000, customer=ref(skew=False))
    _, parent = parents_of(spec(customers=table(500), orders=rows))
    assert_counts(np.bincount(parent, minlength=500), np.ones(500))


def test_without_skew_parents_of_one_group_are_alike() -> None:
    rows = table(300_000, customer=ref(weights={"tier": TIERS}, skew=False))
    tree = spec(customers=customers(300, dict.fromkeys(TIERS, 1.0)), orders=rows)
    found, parent = parents_of(tree)
    weights = np.array([TIERS[tier] for tier in values(found["tier"])])
    assert_counts(np.bincount(parent, minlength=300), weights)


def test_a_weight_of_zero_is_never_chosen() -> None:
    rows = table(50_000, customer=ref(weights={"tier": {**TIERS, "Pro": 0}}))
    tree = spec(customers=customers(900, dict.fromkeys(TIERS, 1.0)), orders=rows)
    found, parent = parents_of(tree)
    assert set(values(found["tier"])[parent]) == {"Free", "Top"}


def test_weights_of_several_columns_multiply() -> None:
    regions = {"North": 1, "South": 4}
    region = {"kind": "choice", "weights": {"North": 0.7, "South": 0.3}}
    weights = {"tier": TIERS, "region": regions}
    shares = {"Free": 0.6, "Pro": 0.3, "Top": 0.1}
    tree = spec(
        customers=customers(2_000, shares, region=region),
        orders=table(200_000, customer=ref(weights=weights)),
    )
    found, parent = parents_of(tree)
    both = values(found["tier"] + "/" + found["region"].cast(pl.String))
    wanted = {
        f"{tier}/{region}": TIERS[tier]
        * regions[region]
        * int((both == f"{tier}/{region}").sum())
        for tier, region in itertools.product(TIERS, regions)
    }
    assert_shares(both[parent], wanted)


def test_weights_over_a_boolean() -> None:
    vip = {"kind": "bool", "chance": 0.1}
    weights = {"vip": {"true": 6, "false": 1}}
    tree = spec(
        customers=table(1_000, vip=vip),
        orders=table(100_000, customer=ref(weights=weights)),
    )
    found, parent = parents_of(tree)
    chosen = found["vip"].to_numpy()
    wanted = {True: 6 * int(chosen.sum()), False: int((~chosen).sum())}
    assert_shares(chosen[parent], wanted)


@pytest.mark.parametrize("append", [False, True])
@pytest.mark.parametrize(
    "clients",
    [
        {"rows": 2_000},
        {"rows": {"per": "plans", "min": 500, "mean": 700, "max": 900}},
        {"rows": {"per": "plans", "chance": 1}},
    ],
    ids=["a ref", "the parent", "the parent of one child"],
)
def test_weights_over_a_column_that_is_a_ref(clients: Tree, append: bool) -> None:
    columns = {"id": {"kind": "key"}, "plan": {"kind": "ref", "table": "plans"}}
    weights = {"A": 1, "B": 4}
    tree = spec(
        plans={"data": [{"code": "A"}, {"code": "B"}]},
        customers={**clients, "columns": columns, "allow": ["*"]},
        orders=table(100_000, customer=ref(weights={"plan": weights}, skew=False)),
    )
    if append:
        tree["output"] = {"mode": "append"}
        tree["window"] = {"end": END}
    script = module(tree)
    found, orders = whole(script, "customers"), whole(script, "orders")
    joined = orders.join(found, left_on="customer", right_on="id")
    assert len(joined) == len(orders), "an orphan"
    plans = values(found["plan"])
    wanted = {plan: weights[plan] * int((plans == plan).sum()) for plan in weights}
    assert_shares(values(joined["plan"]), wanted)


@pytest.mark.parametrize("rate", [0.05, 1.0])
def test_some_refs_point_nowhere_and_the_others_are_as_they_were(rate: float) -> None:
    def orders(**more: Any) -> pl.DataFrame:
        seen = {"kind": "lookup", "path": "customer.tier"}
        rows = table(50_000, customer=ref(**more), tier=seen)
        tree = spec(customers=customers(500, dict.fromkeys(TIERS, 1.0)), orders=rows)
        return built(tree, "orders")

    all_there, some = orders(), orders(null_rate=rate)
    null = some["customer"].is_null().to_numpy()
    assert_rate(null, rate)
    assert some["tier"].is_null().to_numpy().tolist() == null.tolist()
    assert some.filter(~null).equals(all_there.filter(~null))


def test_rows_of_the_own_table_point_at_earlier_ones() -> None:
    staff = table(20_000, boss={"kind": "ref", "table": "staff"})
    staff["columns"]["boss_start"] = {"kind": "lookup", "path": "boss.start"}
    staff["columns"]["start"] = {"kind": "date"}
    frame = built(spec(staff=staff))
    assert frame["boss"][0] is None
    assert frame["boss_start"][0] is None
    later = frame[1:]
    assert later["boss"].null_count() == 0
    assert (later["boss"] >= 1).all()
    assert (later["boss"] < later["id"]).all()
    busiest = busiest_share(later["boss"].to_numpy() - 1, 20_000)
    assert busiest == pytest.approx(0.8, abs=0.02)
    found = frame["start"].gather(later["boss"] - 1)
    assert found.to_list() == later["boss_start"].to_list()


@pytest.mark.parametrize("skew", [False, 0.8])
def test_weights_hold_among_the_earlier_rows_of_the_own_table(skew: float) -> None:
    """Of the rows before it a row points at one by its tier; so does the tier's weight in all."""
    boss = {**ref(weights={"tier": TIERS}, skew=skew), "table": "staff"}
    staff = table(
        40_000,
        boss=boss,
        tier={"kind": "choice", "weights": {"Free": 0.6, "Pro": 0.3, "Top": 0.1}},
    )
    staff["columns"]["boss_tier"] = {"kind": "lookup", "path": "boss.tier"}
    frame = built(spec(staff=staff))
    assert frame["boss"].null_count() == 1
    later = frame[1:]
    assert (later["boss"] < later["id"]).all()
    tiers = values(frame["tier"])
    assert later["boss_tier"].to_list() == tiers[later["boss"] - 1].tolist()
    before = {name: np.cumsum(tiers == name)[:-1] for name in TIERS}
    mass = {name: weight * before[name] for name, weight in TIERS.items()}
    total = sum(mass.values())
    for name in TIERS:
        expected = mass[name] / total
        found = (tiers[later["boss"] - 1] == name).sum()
        deviation = np.sqrt((expected * (1 - expected)).sum())
        assert abs(found - expected.sum()) < 5 * deviation
    if skew:
        busiest = busiest_share(later["boss"].to_numpy() - 1, 40_000)
        assert busiest == pytest.approx(skew, abs=0.02)
    else:
        rank = (later["boss"].to_numpy() - 1) / later["boss"].count()
        assert 0 < rank.mean() < 0.5


def test_rows_of_a_per_table_point_at_earlier_ones_of_it() -> None:
    posts = table(
        {"per": "people", "mean": 3, "min": 0, "max": 9},
        person={"kind": "ref", "table": "people"},
        reply_to={"kind": "ref", "table": "posts", "skew": False},
    )
    tree = spec(people=table(5_000), posts=posts)
    frame = built(tree)
    ids = frame["id"].to_list()
    place = {key: n for n, key in enumerate(ids)}
    assert frame["reply_to"][0] is None
    found = np.array([place[key] for key in frame["reply_to"][1:]])
    own = np.arange(1, len(frame))
    assert (found < own).all()
    # Evenly among those before it: of each tenth so many.
    tenths = np.bincount(found * 10 // own, minlength=10)
    assert_shares(np.repeat(np.arange(10), tenths), dict.fromkeys(range(10), 1.0))
    # A row of its own is the same alone as among all.
    script = module(tree)
    part = rows_of(script, "posts", np.arange(1_000, 1_010))
    assert frame.filter(frame["id"].is_in(part["id"].implode())).equals(part)


@pytest.mark.parametrize("options", [{}, {"weights": {"kind": {"pen": 3, "ink": 1}}}])
def test_refs_to_given_rows(options: Tree) -> None:
    data = [{"sku": f"P{n}", "kind": "ink" if n % 3 else "pen"} for n in range(30)]
    product = {"kind": "ref", "table": "products", "skew": False, **options}
    sold = {"kind": "lookup", "path": "product.kind"}
    sales = table(50_000, product=product, kind=sold)
    frame = built(spec(products={"data": data}, sales=sales))
    kinds = {row["sku"]: row["kind"] for row in data}
    pen = 3 if options else 1
    weights = {sku: pen if kind == "pen" else 1 for sku, kind in kinds.items()}
    assert_shares(frame["product"].to_list(), weights)
    assert values(frame["kind"]).tolist() == [kinds[sku] for sku in frame["product"]]


def test_refs_into_a_per_table_choose_a_parent_by_its_children() -> None:
    lines = table(
        {"per": "orders", "mean": 2.5, "min": 0, "max": 8},
        order={"kind": "ref", "table": "orders"},
    )
    returns = table(100_000, line={"kind": "ref", "table": "lines", "skew": False})
    returns["columns"]["order"] = {"kind": "lookup", "path": "line.order"}
    tree = spec(orders=table(300), lines=lines, returns=returns)
    script = module(tree)
    line, back = whole(script, "lines"), whole(script, "returns")
    assert set(back["line"]) <= set(line["id"])
    assert_shares(back["line"].to_list(), dict.fromkeys(line["id"].to_list(), 1.0))
    order_of = dict(line.select("id", "order").iter_rows())
    assert back["order"].to_list() == [order_of[key] for key in back["line"]]


def test_the_busiest_parents_are_no_neighbours() -> None:
    for weights in ({}, {"tier": dict.fromkeys(TIERS, 1)}):
        shares = dict.fromkeys(TIERS, 1.0)
        rows = table(300_000, customer=ref(weights=weights))
        tree = spec(customers=customers(3_000, shares), orders=rows)
        _, parent = parents_of(tree)
        activity = np.log1p(np.bincount(parent, minlength=3_000))
        assert abs(correlation(activity[1:], activity[:-1])) < 0.4
        place = np.arange(3_000)
        assert abs(correlation(activity, place)) < 0.05
        assert len(set(np.argsort(activity)[-60:] // 300)) >= 8, "they stand together"


@pytest.mark.parametrize(
    "weights", [{}, {"tier": {"a": 1, "b": 2}}], ids=["", "weighted"]
)
def test_the_busiest_parents_are_no_neighbours_for_any_seed(weights: Tree) -> None:
    shops = customers(3_000, {"a": 1, "b": 1})
    script = module(
        spec(customers=shops, orders=table(60_000, customer=ref(weights=weights)))
    )
    for seed in range(40):
        script.SEED = seed
        for made in vars(script).values():  # what was made with another seed
            getattr(made, "cache_clear", lambda: None)()
        parent = whole(script, "orders")["customer"].to_numpy() - 1
        count = np.bincount(parent, minlength=3_000)
        activity = np.log1p(count)
        alike = [abs(correlation(activity[lag:], activity[:-lag])) for lag in (1, 2, 3)]
        assert max(alike) < 0.6, f"seed {seed}: rows next to each other are alike"
        busiest = np.sort(np.argsort(count)[-300:])
        gap = np.diff(busiest, append=busiest[0] + 3_000).max()
        assert gap < 300, f"seed {seed}: the busiest stand together"


def test_two_refs_to_one_table_are_drawn_apart() -> None:
    rows = table(100_000, sender=ref(skew=False), customer=ref(skew=False))
    frame = built(spec(customers=table(20), orders=rows), "orders")
    assert_independent(frame["sender"].to_numpy(), frame["customer"].to_numpy())


def test_the_busiest_of_one_table_are_not_the_busiest_of_another() -> None:
    tree = spec(
        customers=table(2_000),
        orders=table(100_000, customer=ref()),
        visits=table(100_000, customer=ref()),
    )
    orders, visits = (
        np.log1p(np.bincount(built(tree, name)["customer"].to_numpy(), minlength=2_001))
        for name in ("orders", "visits")
    )
    assert abs(correlation(orders[1:], visits[1:])) < 0.1


def test_a_case_chooses_how_a_parent_is_found() -> None:
    weights = [{"weights": {"tier": {**TIERS, "Top": n}}} for n in (0, 500)]
    customer = ref(by="kind", cases=dict(zip(("web", "shop"), weights, strict=True)))
    kind = {"kind": "choice", "weights": {"web": 1, "shop": 1}}
    tree = spec(
        customers=customers(1_000, dict.fromkeys(TIERS, 1.0)),
        orders=table(50_000, customer=customer, kind=kind),
    )
    found, parent = parents_of(tree)
    tier = values(found["tier"])[parent]
    web = values(built(tree, "orders")["kind"]) == "web"
    assert not (tier[web] == "Top").any()
    assert (tier[~web] == "Top").mean() > 0.98


def test_columns_of_one_table_are_independent() -> None:
    orders = table(
        60_000,
        customer=ref(weights={"tier": TIERS}),
        status={"kind": "choice", "weights": {"paid": 0.7, "sent": 0.2, "open": 0.1}},
        region={"kind": "choice", "weights": {"North": 0.4, "South": 0.6}},
        gift={"kind": "bool", "chance": 0.3},
        amount={"kind": "lognormal", "mean": 40, "sigma": 1},
        items={"kind": "poisson", "lam": 2},
        at={"kind": "timestamp"},
        day={"kind": "date"},
    )
    tree = spec(
        customers=customers(1_000, {"Free": 6, "Pro": 3, "Top": 1}), orders=orders
    )
    frame = built(tree, "orders")
    few = {
        "customer": bands(frame["customer"].to_numpy() * 7 % 1_000),
        "row": bands(frame["id"].to_numpy()),
        "amount": bands(frame["amount"].to_numpy()),
        "items": np.minimum(frame["items"].to_numpy(), 4),
        "at": bands(frame["at"].dt.epoch("s").to_numpy()),
        "hour": frame["at"].dt.hour().to_numpy() // 4,
        "day": bands(frame["day"].to_physical().to_numpy(), 4),
        **{name: values(frame[name]) for name in ("status", "region", "gift")},
    }
    for first, second in itertools.combinations(few, 2):
        assert_independent(few[first], few[second])
