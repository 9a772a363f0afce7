"""Numbers that are computed from others of their row, or of a row that it points at."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from compiler.profiling.model import Key, Ref, TableRelations
from tests.support.described import assert_compiles, draft_of, views_of

ROWS = 2_000


def numbers(seed: int = 1) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    return {
        "quantity": rng.poisson(2, ROWS) + 1,
        "unit_price": rng.lognormal(3, 1, ROWS).round(2),
        "discount": rng.choice([0.0, 0.05, 0.2], ROWS),
        "shipping": rng.gamma(2, 3, ROWS).round(2),
        "weight": rng.normal(10, 1, ROWS).round(3),
    }


FORMULAS = {
    "quantity * unit_price": lambda x: x["quantity"] * x["unit_price"],
    "unit_price * (1 - discount)": lambda x: x["unit_price"] * (1 - x["discount"]),
    "unit_price + shipping": lambda x: x["unit_price"] + x["shipping"],
    "quantity * unit_price * (1 - discount)": lambda x: (
        x["quantity"] * x["unit_price"] * (1 - x["discount"])
    ),
    "unit_price / weight": lambda x: x["unit_price"] / x["weight"],
    "0.19 * unit_price": lambda x: 0.19 * x["unit_price"],
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_found(formula: str) -> None:
    columns = numbers()
    columns["target"] = np.round(FORMULAS[formula](columns), 2)
    views = views_of({"rows": pl.DataFrame(columns)})
    draft = draft_of("target", views)
    assert draft.settings == {"kind": "expr", "expr": f"round({formula}, 2)"}
    assert draft.comments == ["holds in 2,000 of 2,000 rows"]
    kinds = {name: draft_of(name, views).settings["kind"] for name in columns}
    assert [name for name, kind in kinds.items() if kind == "expr"] == ["target"]


def test_the_total_is_the_sum_whatever_the_order() -> None:
    columns = numbers()
    net, tax = columns["unit_price"], columns["shipping"]
    gross = (net + tax).round(2)
    for order in (("net", "tax", "gross"), ("gross", "tax", "net")):
        values = {"net": net, "tax": tax, "gross": gross}
        frame = pl.DataFrame({name: values[name] for name in order})
        views = views_of({"rows": frame})
        found = {name: draft_of(name, views).settings.get("expr") for name in order}
        assert {name for name, text in found.items() if text} == {"gross"}


def test_a_difference_of_what_is_computed_itself() -> None:
    columns = numbers()
    columns["gross"] = (columns["quantity"] * columns["unit_price"]).round(2)
    columns["net"] = (columns["gross"] - columns["shipping"]).round(2)
    views = views_of({"rows": pl.DataFrame(columns)})
    assert draft_of("net", views).settings["expr"] == "round(gross - shipping, 2)"


def test_the_negative_of_a_number() -> None:
    columns = {"amount": numbers()["unit_price"], "booked": -numbers()["unit_price"]}
    views = views_of({"rows": pl.DataFrame(columns)})
    assert draft_of("booked", views).settings["expr"] == "-amount"


def test_a_formula_over_a_ref() -> None:
    rng = np.random.default_rng(2)
    prices = rng.lognormal(3, 1, 200).round(2)
    products = pl.DataFrame({"sku": np.arange(200), "price": prices})
    sku = rng.integers(0, 200, ROWS)
    quantity = rng.poisson(2, ROWS) + 1
    frame = pl.DataFrame(
        {"sku": sku, "quantity": quantity, "line": (quantity * prices[sku]).round(2)}
    )
    relations = {
        "products": TableRelations(key=Key(("sku",), "")),
        "rows": TableRelations(refs=(Ref("sku", "products", "sku", ""),)),
    }
    views = views_of({"products": products, "rows": frame}, relations)
    expr = draft_of("line", views).settings["expr"]
    assert expr == "round(quantity * sku.price, 2)"


def test_whole_numbers_stay_whole() -> None:
    columns = numbers()
    columns["seats"] = columns["quantity"] * 4
    columns["half"] = np.round(columns["quantity"] * 2.5).astype(int)
    views = views_of({"rows": pl.DataFrame(columns)})
    assert draft_of("seats", views).settings["expr"] == "4 * quantity"
    half = draft_of("half", views)
    assert half.settings["expr"].startswith("round(")
    drafts = [draft_of(name, views) for name in ("quantity", "seats", "half")]
    assert_compiles(("rows", ROWS, drafts))


def test_a_formula_that_often_fails_is_none() -> None:
    columns = numbers()
    total = columns["quantity"] * columns["unit_price"]
    columns["total"] = np.where(np.arange(ROWS) % 20 == 0, total * 1.1, total).round(2)
    views = views_of({"rows": pl.DataFrame(columns)})
    assert draft_of("total", views).settings["kind"] != "expr"


def test_a_column_of_zeros_agrees_with_nothing() -> None:
    columns = numbers()
    columns["fee"] = np.where(np.arange(ROWS) % 400 == 0, 7.5, 0.0)
    columns["refund"] = np.where(np.arange(ROWS) % 300 == 0, 3.5, 0.0)
    views = views_of({"rows": pl.DataFrame(columns)})
    assert draft_of("fee", views).settings["kind"] != "expr"
    assert draft_of("refund", views).settings["kind"] != "expr"


def test_nulls_of_operands_are_no_rate_of_the_formula() -> None:
    columns = numbers()
    price = np.where(np.arange(ROWS) % 4 == 0, np.nan, columns["unit_price"])
    columns["unit_price"] = price
    columns["total"] = (columns["quantity"] * price).round(2)
    views = views_of({"rows": pl.DataFrame(columns)})
    draft = draft_of("total", views)
    assert draft.settings["kind"] == "expr"
    assert "null_rate" not in draft.settings
    assert draft_of("unit_price", views).settings["null_rate"] == 0.25


def test_nulls_of_any_column_leave_a_formula() -> None:
    """Where each number is null on its own, a formula holds in the rows that have all."""
    rng = np.random.default_rng(9)
    columns = numbers()
    columns["total"] = (columns["quantity"] * columns["unit_price"]).round(2)
    columns["unit_price"] = np.where(
        rng.random(ROWS) < 0.05, np.nan, columns["unit_price"]
    )
    columns["total"] = np.where(rng.random(ROWS) < 0.12, np.nan, columns["total"])
    draft = draft_of("total", views_of({"rows": pl.DataFrame(columns)}))
    assert draft.settings["expr"] == "round(quantity * unit_price, 2)"
    assert draft.settings["null_rate"] == pytest.approx(1 - 0.88 / 0.95, abs=0.02)


def test_a_profit_is_what_a_difference_leaves() -> None:
    columns = numbers()
    sales, costs = columns["unit_price"], columns["shipping"] * 4
    frame = pl.DataFrame(
        {"sales": sales, "costs": costs, "profit": (sales - costs).round(2)}
    )
    views = views_of({"rows": frame})
    assert draft_of("profit", views).settings["expr"] == "round(sales - costs, 2)"
    assert draft_of("sales", views).settings["kind"] != "expr"


def test_independent_numbers_have_no_formula() -> None:
    for seed in range(5):
        views = views_of({"rows": pl.DataFrame(numbers(seed))})
        for name in numbers(seed):
            assert draft_of(name, views).settings["kind"] != "expr"
