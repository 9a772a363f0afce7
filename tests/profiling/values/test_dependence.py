"""`by`: what depends on a category is found, and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from compiler.profiling.model import Children, Key, Ref, TableRelations
from compiler.profiling.values import Views
from tests.support.described import assert_compiles, draft_of, views_of

ROWS = 6_000
DEVICES = ["phone", "desktop", "tablet"]


def devices(rng: np.random.Generator, rows: int = ROWS) -> Any:
    return rng.choice(DEVICES, rows, p=[0.5, 0.35, 0.15])


def test_a_chance_by_a_category_of_the_row() -> None:
    rng = np.random.default_rng(1)
    device = devices(rng)
    chance = np.select([device == "phone", device == "desktop"], [0.8, 0.55], 0.7)
    frame = pl.DataFrame({"device": device, "abandoned": rng.random(ROWS) < chance})
    views = views_of({"rows": frame})
    draft = draft_of("abandoned", views)
    assert draft.settings["by"] == "device"
    cases = draft.settings["cases"]
    found = [cases[name]["chance"] for name in DEVICES]
    assert found == pytest.approx([0.8, 0.55, 0.7], abs=0.04)
    assert "otherwise" not in draft.settings
    assert draft.comments[-1].startswith("depends on device: Cramér's V 0.2")
    device_draft = draft_of("device", views)
    assert_compiles(("rows", ROWS, [device_draft, draft]))


def test_a_category_that_comes_later_is_no_cause() -> None:
    rng = np.random.default_rng(1)
    device = devices(rng)
    paid = rng.random(ROWS) < np.where(device == "phone", 0.2, 0.7)
    views = views_of({"rows": pl.DataFrame({"device": device, "paid": paid})})
    assert "by" not in draft_of("device", views).settings
    assert "by" in draft_of("paid", views).settings


def test_weights_by_a_boolean() -> None:
    rng = np.random.default_rng(2)
    fraud = rng.random(ROWS) < 0.1
    usual = rng.choice(["chip", "online"], ROWS, p=[0.8, 0.2])
    odd = rng.choice(["chip", "online"], ROWS, p=[0.1, 0.9])
    frame = pl.DataFrame({"is_fraud": fraud, "entry": np.where(fraud, odd, usual)})
    draft = draft_of("entry", views_of({"rows": frame}))
    cases = draft.settings["cases"]
    assert {*cases} == {"true", "false"}
    assert cases["true"]["weights"]["online"] == pytest.approx(0.9, abs=0.04)
    assert cases["false"]["weights"]["online"] == pytest.approx(0.2, abs=0.04)


def amounts(rng: np.random.Generator, names: Any, medians: dict[str, float]) -> Any:
    middle = np.vectorize(medians.__getitem__)(names)
    return (middle * rng.lognormal(0, 0.6, len(names))).round(2)


def test_a_shared_sigma_is_outside_of_the_cases() -> None:
    rng = np.random.default_rng(3)
    device = devices(rng)
    medians = {"phone": 20.0, "desktop": 60.0, "tablet": 150.0}
    frame = pl.DataFrame({"amount": amounts(rng, device, medians), "device": device})
    views = views_of({"rows": frame})
    draft = draft_of("amount", views)
    settings = draft.settings
    assert (settings["kind"], settings["by"]) == ("lognormal", "device")
    assert settings["sigma"] == pytest.approx(0.6, rel=0.05)
    for name, median in medians.items():
        assert settings["cases"][name] == {"median": pytest.approx(median, rel=0.08)}
    assert_compiles(("rows", ROWS, [draft_of("device", views), draft]))


def test_any_shape_by_a_category() -> None:
    rng = np.random.default_rng(3)
    device = devices(rng)
    peaks = np.where(rng.random(ROWS) < 0.5, 5, 50) + rng.normal(0, 1, ROWS)
    values = (peaks + np.where(device == "phone", 0, 200)).round(1)
    frame = pl.DataFrame({"device": device, "value": values})
    settings = draft_of("value", views_of({"rows": frame})).settings
    assert (settings["kind"], settings["by"]) == ("quantiles", "device")
    for name, case in settings["cases"].items():
        points = case.get("values", settings.get("values"))
        shares = case.get("shares", settings.get("shares"))
        median = np.interp(0.5, shares, points)
        assert median == pytest.approx(np.median(values[device == name]), rel=0.05)


def test_a_class_of_the_number_is_no_cause() -> None:
    rng = np.random.default_rng(4)
    amount = rng.lognormal(3, 1, ROWS).round(2)
    size = np.select([amount < 10, amount < 40], ["small", "medium"], "large")
    frame = pl.DataFrame({"amount": amount, "size": size})
    assert draft_of("amount", views_of({"rows": frame})).settings["kind"] == "lognormal"


def test_rare_values_go_to_otherwise() -> None:
    rng = np.random.default_rng(5)
    names = [f"m{n:02}" for n in range(20)]
    weights = np.array([20.0] * 6 + [1.0] * 14)
    model = rng.choice(names, ROWS, p=weights / weights.sum())
    medians = {name: 10.0 * (1 + place) for place, name in enumerate(names)}
    frame = pl.DataFrame({"model": model, "cost": amounts(rng, model, medians)})
    views = views_of({"rows": frame})
    draft = draft_of("cost", views)
    assert len(draft.settings["cases"]) == 12
    assert draft.settings["otherwise"]
    assert_compiles(("rows", ROWS, [draft_of("model", views), draft]))


def shop(seed: int = 6) -> tuple[Views, Any]:
    """Items of orders of customers; what an item costs depends on the customer's tier."""
    rng = np.random.default_rng(seed)
    tier = rng.choice(["Free", "Pro"], 800, p=[0.7, 0.3])
    customers = pl.DataFrame({"customer_id": np.arange(800), "tier": tier})
    customer = rng.integers(0, 800, 3_000)
    orders = pl.DataFrame({"order_id": np.arange(3_000), "customer_id": customer})
    order = rng.integers(0, 3_000, ROWS)
    medians = {"Free": 20.0, "Pro": 80.0}
    items = pl.DataFrame(
        {
            "order_id": order,
            "kind": rng.choice(["a", "b"], ROWS, p=[0.6, 0.4]),
            "price": amounts(rng, tier[customer[order]], medians),
        }
    )
    relations = {
        "customers": TableRelations(key=Key(("customer_id",), "")),
        "orders": TableRelations(
            key=Key(("order_id",), ""),
            refs=(Ref("customer_id", "customers", "customer_id", ""),),
        ),
        "items": TableRelations(refs=(Ref("order_id", "orders", "order_id", ""),)),
    }
    tables = {"customers": customers, "orders": orders, "items": items}
    return views_of(tables, relations), tier


def test_a_category_that_is_reached_over_two_refs() -> None:
    views, _ = shop()
    settings = draft_of("price", views, "items").settings
    assert settings["by"] == "order_id.customer_id.tier"
    assert settings["cases"]["Pro"]["median"] == pytest.approx(80, rel=0.1)
    assert "otherwise" not in settings


def test_a_nearer_category_that_is_alike_is_taken() -> None:
    views, _ = shop()
    items = views.of("items")
    tier = items.joined["order_id.customer_id.tier"]
    tables = {name: views.of(name).frame for name in ("customers", "orders", "items")}
    tables["items"] = tables["items"].insert_column(1, tier.alias("tier"))
    near = views_of(tables, views.relations)
    assert draft_of("price", near, "items").settings["by"] == "tier"


def test_what_parents_have_of_their_own_is_no_effect_of_their_category() -> None:
    """Thirty sensors with levels of their own: their plants differ by chance."""
    rng = np.random.default_rng(7)
    found = 0
    for _ in range(10):
        plants = rng.choice(["Leipzig", "Turin", "Lyon"], 300)
        level = rng.normal(50, 20, 300)
        sensors = pl.DataFrame({"sensor_id": np.arange(300), "plant": plants})
        sensor = rng.integers(0, 300, 3_000)
        values = level[sensor] + rng.normal(0, 1, 3_000)
        readings = pl.DataFrame({"sensor_id": sensor, "value": values})
        relations = {
            "sensors": TableRelations(key=Key(("sensor_id",), "")),
            "readings": TableRelations(
                refs=(Ref("sensor_id", "sensors", "sensor_id", ""),)
            ),
        }
        views = views_of({"sensors": sensors, "readings": readings}, relations)
        found += "by" in draft_of("value", views, "readings").settings
    assert found == 0


def test_positions_are_cases_of_numbers() -> None:
    rng = np.random.default_rng(8)
    slot = np.tile([1, 2, 3], 1_000)
    heat = rng.normal(np.array([60, 3, 9])[slot - 1], 0.3).round(2)
    equipment = pl.DataFrame({"equipment_id": np.arange(1_000)})
    frame = pl.DataFrame(
        {"equipment_id": np.repeat(np.arange(1_000), 3), "slot": slot, "heat": heat}
    )
    relations = {
        "equipment": TableRelations(key=Key(("equipment_id",), "")),
        "rows": TableRelations(
            refs=(Ref("equipment_id", "equipment", "equipment_id", ""),),
            children=Children("equipment_id", {}, "", "slot"),
        ),
    }
    views = views_of({"equipment": equipment, "rows": frame}, relations)
    settings = draft_of("heat", views).settings
    assert settings["by"] == "slot"
    assert settings["cases"]["1"]["mean"] == pytest.approx(60, abs=0.1)
    assert settings["otherwise"]


@pytest.mark.parametrize("seed", range(12))
def test_independent_columns_have_no_cases(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    rows = 600 if seed % 2 else 3_000
    frame = pl.DataFrame(
        {
            **{f"c{n}": rng.choice(list("abcdefgh"[: n + 2]), rows) for n in range(7)},
            "flag": rng.random(rows) < 0.2,
            "value": rng.lognormal(3, 1, rows),
            "count": rng.poisson(3, rows),
        }
    )
    views = views_of({"rows": frame})
    for name in frame.columns:
        assert "by" not in draft_of(name, views).settings
