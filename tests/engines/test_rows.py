"""Which rows a table has, how `per` rows hang on their parents, and what rows compute."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats

from tests.support import (
    Tree,
    built,
    inside,
    module,
    read,
    spec,
    table,
    values,
    whole,
)
from tests.support.distributions import (
    assert_counts,
    assert_mean,
    assert_rate,
    correlation,
    cut_poisson,
)

LINES: Tree = {
    "order": {"kind": "ref", "table": "orders"},
    "n": {"kind": "position"},
}


@pytest.mark.parametrize(
    ("mean", "least", "most"), [(2.5, 1, 8), (3, 0, 4), (0.2, 0, 3), (6.9, 2, 7)]
)
def test_children_follow_the_cut_poisson_law_of_this_mean(
    mean: float, least: int, most: int
) -> None:
    rows = {"per": "orders", "mean": mean, "min": least, "max": most}
    tree = spec(orders=table(100_000), lines=table(rows, **LINES))
    lines = built(tree, "lines")
    count = np.bincount(lines["order"].to_numpy() - 1, minlength=100_000)
    assert least <= count.min()
    assert count.max() <= most
    assert_mean(count, mean)
    found = np.bincount(count, minlength=most + 1)[least:]
    assert_counts(found, cut_poisson(mean, least, most))


def test_without_bounds_children_follow_the_plain_poisson_law() -> None:
    tree = spec(
        orders=table(100_000), lines=table({"per": "orders", "mean": 4}, **LINES)
    )
    lines = built(tree, "lines")
    count = np.bincount(lines["order"].to_numpy() - 1, minlength=100_000)
    numbers = np.arange(40)
    found = np.bincount(count, minlength=40)
    assert_counts(found, stats.poisson(4).pmf(numbers))


def test_as_many_children_for_each_where_the_bounds_meet() -> None:
    rows = {"per": "orders", "mean": 3, "min": 3, "max": 3}
    lines = built(spec(orders=table(50), lines=table(rows, **LINES)), "lines")
    assert lines["order"].to_list() == [n for n in range(1, 51) for _ in range(3)]
    assert lines["n"].to_list() == [1, 2, 3] * 50


def test_children_stand_in_order_with_positions_and_unique_keys() -> None:
    rows = {"per": "orders", "mean": 3, "min": 0, "max": 9}
    keyed = {"id": {"kind": "key", "format": "L{:03d}"}, **LINES}
    lines = built(spec(orders=table(5_000), lines=table(rows, **keyed)), "lines")
    assert lines["id"].n_unique() == len(lines)
    assert lines["order"].is_sorted()
    order = lines["order"].to_numpy()
    first = np.searchsorted(order, order)
    assert lines["n"].to_list() == (np.arange(len(order)) - first + 1).tolist()


def nested() -> Tree:
    return spec(
        orders=table(400, at={"kind": "timestamp"}),
        lines=table({"per": "orders", "mean": 2.5, "min": 0, "max": 6}, **LINES),
        parts=table(
            {"per": "lines", "mean": 1.5, "max": 4},
            line={"kind": "ref", "table": "lines"},
            n={"kind": "position"},
            order={"kind": "lookup", "path": "line.order"},
            at={"kind": "lookup", "path": "line.order.at"},
            size={"kind": "normal", "mean": 0, "sd": 1},
        ),
    )


def test_children_of_children_hang_on_rows_that_exist() -> None:
    script = module(nested())
    orders, lines, parts = (
        whole(script, name) for name in ("orders", "lines", "parts")
    )
    assert parts["id"].n_unique() == len(parts)
    assert set(parts["line"]) <= set(lines["id"])
    order_of = dict(lines.select("id", "order").iter_rows())
    assert parts["order"].to_list() == [order_of[line] for line in parts["line"]]
    at_of = dict(orders.select("id", "at").iter_rows())
    assert parts["at"].to_list() == [at_of[order] for order in parts["order"]]
    counts = np.bincount(
        np.searchsorted(lines["id"].to_numpy(), parts["line"].to_numpy()),
        minlength=len(lines),
    )
    assert_mean(counts, 1.5)
    line = parts["line"].to_numpy()
    position = np.arange(len(line)) - np.searchsorted(line, line) + 1
    assert parts["n"].to_list() == position.tolist()


def test_children_of_some_parents_are_the_same_alone() -> None:
    script = module(nested())
    for name in ("lines", "parts"):
        builder = script.TABLES[name][0]
        alone = pl.concat(builder(np.array([row])) for row in range(400))
        assert alone.equals(builder(np.arange(400)))


def test_a_parent_may_have_children_of_several_kinds() -> None:
    tree = nested()
    tree["tables"]["notes"] = table({"per": "orders", "mean": 2.5, "max": 6}, **LINES)
    script = module(tree)
    counts = [
        np.bincount(whole(script, name)["order"].to_numpy(), minlength=401)[1:]
        for name in ("lines", "notes")
    ]
    assert abs(correlation(counts[0], counts[1])) < 0.25, "one stream for two tables"


def test_given_rows_stand_as_they_are_and_never_scale(tmp_path: Any) -> None:
    data: list[Tree] = [
        {"sku": "PEN", "price": 1.9, "n": 3, "new": True, "since": "2020-01-31"},
        {"sku": 'Ink, "blue"', "price": 12, "n": -1, "new": False, "since": "x\ny"},
        {"sku": "", "price": 1e-7, "n": 2**40, "new": True, "since": "{é}"},
    ]
    products = {"data": data, "columns": {"stock": {"kind": "poisson", "lam": 50}}}
    sales = table(10, product={"kind": "ref", "table": "products"})
    script = module(spec(products=products, sales=sales))
    inside(script, ["--output", str(tmp_path), "--scale", "7"])
    found = read(tmp_path, "products")
    for name in data[0]:
        assert found[name].tolist() == [row[name] for row in data]
    assert len(read(tmp_path, "sales")["id"]) == 70
    assert len(found["stock"]) == 3


def test_moments_can_be_given_in_rows() -> None:
    toml = """
    name = "given"
    description = "Days of release."
    allow = ["*"]
    [tables.releases]
    data = [{ v = "1.0", on = 2024-02-29, at = 2024-02-29T12:30:00Z },
            { v = "1.1", on = 2025-01-01, at = 2025-01-01T00:00:00Z }]
    [tables.installs]
    rows = 100
    [tables.installs.columns]
    id = { kind = "key" }
    release = { kind = "ref", table = "releases" }
    at = { kind = "timestamp", start = 2025-06-01, end = 2025-07-01, after = "release.at" }
    """
    script = module(toml)
    releases = whole(script, "releases")
    assert [str(day) for day in releases["on"]] == ["2024-02-29", "2025-01-01"]
    assert releases["at"].dt.hour().to_list() == [12, 0]
    assert whole(script, "installs")["at"].dt.year().unique().to_list() == [2025]


def test_given_numbers_keep_their_decimals_however_late_they_come() -> None:
    data = [{"sku": f"P{n}", "price": n} for n in range(150)]
    frame = built(spec(products={"data": [*data, {"sku": "X", "price": 1.5}]}))
    assert frame["price"].to_list() == [*range(150), 1.5]


def test_hidden_columns_are_used_but_not_written(tmp_path: Any) -> None:
    base = {"kind": "normal", "mean": 100, "sd": 5, "hidden": True}
    price = {"kind": "expr", "expr": "round(base * 1.19, 2)"}
    shops = table(50, base=base, price=price)
    seen = {"kind": "lookup", "path": "shop.base"}
    sales = table(
        100, shop={"kind": "ref", "table": "shops", "hidden": True}, base=seen
    )
    inside(module(spec(shops=shops, sales=sales)), ["--output", str(tmp_path)])
    assert list(read(tmp_path, "shops")) == ["id", "price"]
    assert list(read(tmp_path, "sales")) == ["id", "base"]
    found = np.round(read(tmp_path, "sales")["base"] * 1.19, 2)
    assert set(found) <= set(read(tmp_path, "shops")["price"])


def test_expressions_compute_what_python_would() -> None:
    events = [{"name": "sale", "days_ago": [60, 30], "factor": 2}]
    toml: Tree = {"calendars": {"default": {"events": events}}}
    columns: dict[str, Tree] = {
        "a": {"kind": "normal", "mean": 3, "sd": 4},
        "k": {"kind": "choice", "weights": {"x": 1, "y": 1}},
        "at": {"kind": "timestamp"},
        "gone": {"kind": "normal", "mean": 1, "sd": 1, "null_rate": 0.5},
    }
    expressions = {
        "clipped": "clip(a, 0, 5) + 1",
        "either": "a * 2 if k == 'x' and a > 0 else -1.0",
        "sale": 'during("sale", at)',
        "there": "coalesce(gone, 0.0)",
        "none": "is_null(gone)",
        "late": "hour(at) >= 18 or weekday(at) >= 5",
        "days": "days_between('2026-01-01', at)",
    }
    columns |= {name: {"kind": "expr", "expr": e} for name, e in expressions.items()}
    frame = built(spec(toml, things=table(3_000, **columns)))
    a, at = frame["a"].to_numpy(), frame["at"]
    # The window ends on 30 June: 60 days before is 1 May, 30 days before 31 May.
    sale = frame["at"].dt.strftime("%m-%d").is_between(pl.lit("05-01"), pl.lit("05-30"))
    gone = frame["gone"]
    wanted = {
        "clipped": np.clip(a, 0, 5) + 1,
        "either": np.where((values(frame["k"]) == "x") & (a > 0), a * 2, -1.0),
        "sale": sale.to_numpy(),
        "there": gone.fill_null(0.0).to_numpy(),
        "none": gone.is_null().to_numpy(),
        "late": ((at.dt.hour() >= 18) | (at.dt.weekday() >= 6)).to_numpy(),
        "days": (at.dt.epoch("s").to_numpy() - 1_767_225_600) / 86_400,
    }
    for name, column in wanted.items():
        assert np.allclose(frame[name].to_numpy(), column), name
    assert 0 < sale.sum() < len(sale)


def test_a_lookup_over_several_hops_is_the_far_row_s_value() -> None:
    towns = table(30, name={"kind": "faker", "provider": "city"})
    shops = table(200, town={"kind": "ref", "table": "towns", "null_rate": 0.2})
    sales = table(5_000, shop={"kind": "ref", "table": "shops", "null_rate": 0.1})
    sales["columns"]["town"] = {"kind": "lookup", "path": "shop.town.name"}
    tree = spec(towns=towns, shops=shops, sales=sales)
    script = module(tree)
    name_of = dict(whole(script, "towns").iter_rows())
    town_of = {
        key: name_of.get(town) for key, town in whole(script, "shops").iter_rows()
    }
    found = whole(script, "sales")
    assert found["town"].to_list() == [town_of.get(shop) for shop in found["shop"]]
    assert_rate(found["shop"].is_null().to_numpy(), 0.1)
