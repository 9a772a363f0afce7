"""`None` in expressions: null where it is taken, of the type of what it stands beside."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tests.support import Tree, module, rows_of, spec, table
from tests.support.alike import assert_rows_are_the_same, by_pandas, by_polars

HELD = {
    "whole": ("n if vip else None", "n", pl.Int64),
    "number": ("x if vip else null", "x", pl.Float64),
    "moment": ("at if vip else None", "at", pl.Datetime("us", "UTC")),
    "day": ("None if not vip else shop.opened", "opened", pl.Date),
    "category": ("tier if vip else None", "tier", pl.String),
    "condition": ("big if vip else None", "big", pl.Boolean),
    "nested": ("(None if n > 99 else n) if vip else None", "n", pl.Int64),
}
"""By column: its expression, what it is where it is not null, and its type."""


def tree() -> Tree:
    columns = {
        name: {"kind": "expr", "expr": text} for name, (text, _, _) in HELD.items()
    }
    return spec(
        shops=table(40, opened={"kind": "date", "start": "-2y", "end": "-1y"}),
        sales=table(
            500,
            shop={"kind": "ref", "table": "shops"},
            vip={"kind": "bool", "chance": 0.5},
            n={"kind": "poisson", "lam": 3},
            x={"kind": "normal", "mean": 1, "sd": 1},
            at={"kind": "timestamp"},
            tier={"kind": "choice", "weights": {"a": 1, "b": 2}},
            big={"kind": "expr", "expr": "n > 2"},
            opened={"kind": "lookup", "path": "shop.opened"},
            **columns,
            mixed={"kind": "expr", "expr": "5 if vip else None if n > 2 else 1.5"},
            late={"kind": "expr", "expr": "at > ('2026-05-01' if vip else None)"},
            label={"kind": "template", "text": "{whole}-{category}"},
        ),
    )


def frame() -> pl.DataFrame:
    return rows_of(module(by_polars(tree())), "sales", np.arange(500))


@pytest.mark.parametrize("name", HELD)
def test_null_stands_where_the_condition_says(name: str) -> None:
    _, source, dtype = HELD[name]
    found = frame()
    assert found[name].is_null().to_list() == (~found["vip"]).to_list()
    taken = found.filter(pl.col("vip"))
    assert taken[name].to_list() == taken[source].to_list()
    assert dtype == found[name].dtype


def test_what_reads_a_null_is_null_and_a_comparison_with_it_false() -> None:
    found = frame()
    assert found["label"].is_null().to_list() == (~found["vip"]).to_list()
    assert found["late"].null_count() == 0
    assert not found.filter(~pl.col("vip"))["late"].any()
    assert found.filter(pl.col("vip"))["late"].any()


def test_null_beside_whole_and_other_numbers_is_a_number() -> None:
    found = frame()
    assert found["mixed"].dtype == pl.Float64
    wanted = [
        5.0 if vip else None if n > 2 else 1.5
        for vip, n in zip(found["vip"], found["n"], strict=True)
    ]
    assert found["mixed"].to_list() == wanted


def test_pandas_gives_the_same() -> None:
    pandas, polars = module(by_pandas(tree())), module(by_polars(tree()))
    for name in polars.TABLES:
        assert_rows_are_the_same(pandas, polars, name)
