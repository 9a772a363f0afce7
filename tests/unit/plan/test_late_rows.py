"""W414: children of append mode that never come, as far as a plan can tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import Tree, compiled_once, query, spec, table
from tests.support.batches import run

CHANGING = [
    {"where": "due < now()"},
    {"where": "days_between(at, now()) > 3"},
    {"where": "at < '-2d'"},
    {"where": "day < '-1mo'"},
    {"where": "is_null(done)"},
    {"where": "not is_null(done) and size > 1"},
    {"where": "state == 'over'"},
    {"where": "copy == 'over'"},
    {"where": "mood == 'good'"},
    {"where": "shop.open"},
    {"by": "state", "cases": {"over": {"chance": 0.9}}, "otherwise": {"chance": 0}},
    {"by": "mood", "cases": {"good": {"mean": 3}}, "otherwise": {"mean": 1}},
]
LASTING = [
    {"where": "size > 1"},
    {"where": "due > '2026-07-01'"},
    {"where": "due > at"},
    {"where": "hours_between(at, due) > 48"},
    {"where": "during('sale', at)"},
    {"where": "plain == 'big'"},
    {"where": "later > '2026-06-01'"},
    {"where": "shop.large"},
    {"chance": 0.4},
    {"mean": 2},
    {"every": "2d"},
    {"by": "plain", "cases": {"big": {"chance": 0.9}}, "otherwise": {"chance": 0}},
]


def orders(rows: Tree, mode: str = "append") -> Tree:
    offset = {"kind": "offset", "distribution": "exponential", "scale": "9d"}
    weights: Tree = {"weights": {"good": 2, "bad": 1}}
    top = {
        "allow": [],
        "output": {"mode": mode},
        "calendars": {
            "default": {
                "events": [{"name": "sale", "start": "-9d", "end": "-2d", "factor": 2}]
            }
        },
    }
    expressions = {
        "state": "'over' if due < now() else 'open'",
        "copy": "state",
        "plain": "'big' if size > 1 else 'small'",
        "ends": "coalesce(done, now())",
    }
    return spec(
        top,
        shops=table(
            10,
            opened={"kind": "date", "start": "-2y", "end": "-6mo"},
            open={"kind": "expr", "expr": "opened < '-1y'"},
            large={"kind": "bool", "chance": 0.5},
        ),
        orders=table(
            2_000,
            shop={"kind": "ref", "table": "shops"},
            at={"kind": "timestamp", "after": "shop.opened"},
            day={"kind": "date"},
            size={"kind": "normal", "mean": 1, "sd": 1},
            due={**offset, "of": "at", "min": "2d"},
            done={**offset, "of": "at", "until_now": True},
            later={"kind": "timestamp", "after": "at", "before": "ends"},
            mood={
                "kind": "choice",
                "by": "state",
                "cases": {"over": weights},
                "otherwise": weights,
            },
            **{
                name: {"kind": "expr", "expr": text}
                for name, text in expressions.items()
            },
        ),
        children=table(
            {"per": "orders", **rows}, order={"kind": "ref", "table": "orders"}
        ),
    )


def is_told(rows: Tree, mode: str = "append") -> bool:
    result = compiled_once("orders.json", json.dumps(orders(rows, mode)))
    assert not result.failed, result.diagnostics
    return "W414" in {each.code for each in result.diagnostics}


@pytest.mark.parametrize("rows", CHANGING, ids=str)
def test_rows_that_go_by_the_time_of_the_run_are_told(rows: Tree) -> None:
    assert is_told(rows)
    assert not is_told(rows, mode="overwrite")


@pytest.mark.parametrize("rows", LASTING, ids=str)
def test_other_rows_are_not(rows: Tree) -> None:
    assert not is_told(rows)


def test_they_do_never_come(tmp_path: Path) -> None:
    tree = orders({"where": "due < now()"})
    for batch in range(4):
        run(tree, tmp_path, batch)
    found = query("SELECT DISTINCT batch FROM children", tmp_path).fetchall()
    assert found == [(0,)]
