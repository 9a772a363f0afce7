"""The examples of `scaffold explain`: the wrong one gives the code, the right one does not."""

from __future__ import annotations

import copy
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compiler.codes import CODES
from compiler.pipeline import plan_spec
from tests.support import Tree
from tests.support.codes import example, with_example

BASE = tomllib.loads("""
name = "shop"
description = "Customers of two tiers buy."
[calendars.web]
events = [{ name = "outage", days_ago = [31, 21], factor = 3.0 }]
[tables.customers]
rows = 5_000
[tables.customers.columns]
customer_id = { kind = "key" }
name = { kind = "faker", provider = "name" }
tier = { kind = "choice", weights = { Free = 0.7, Pro = 0.3 } }
created_at = { kind = "date", start = "-2y" }
[tables.orders]
rows = 15_000
[tables.orders.columns]
order_id = { kind = "key" }
customer_id = { kind = "ref", table = "customers" }
ordered_at = { kind = "timestamp", after = "customer_id.created_at" }
name = { kind = "faker", provider = "name" }
amount = { kind = "normal", mean = 10, sd = 2 }
price = { kind = "normal", mean = 10, sd = 2 }
discount = { kind = "beta", a = 2, b = 5 }
side = { kind = "normal", mean = 10, sd = 2 }
points = { kind = "normal", mean = 10, sd = 2 }
""")

PER_ORDER = {"line_id": {"kind": "key"}, "order_id": {"kind": "ref", "table": "orders"}}
LARGER = {"W409": 50_000, "W410": 1_000_000}
"""Rows of the orders, where an explanation says how many it speaks of."""

codes = [
    code.code
    for code in with_example
    if code.code not in ("E001", "E113")  # no tree, or only parts of columns
]


def spec_with(code: str, example: Tree) -> Tree:
    """A spec around an example: a column, some rows, a calendar, the top."""
    tree = copy.deepcopy(BASE)
    orders = tree["tables"]["orders"]
    orders["rows"] = LARGER.get(code, 15_000)
    if code == "E214":  # an order's line hangs on it
        per = {"per": "orders", "mean": 3}
        columns = {"line_id": {"kind": "key"}, **example}
        tree["tables"]["lines"] = {"rows": per, "columns": columns}
        return tree
    if code == "W415":
        tree["tables"]["shops"] = {"data": [{"id": "A"}, {"id": "B"}]}
    if code == "E219":
        order, tag = PER_ORDER["order_id"], {"kind": "ref", "table": "customers"}
        lines: Tree = {"rows": {"per": "orders", "mean": 3}}
        lines["primary_key"] = example.pop("primary_key")
        lines["columns"] = {"order_id": order, "tag_id": tag, **example}
        tree["tables"]["lines"] = lines
        return tree
    if code == "E212":
        tree["tables"]["stores"] = {"rows": 10, **example["tables"]["stores"]}
        store = {"kind": "ref", "table": "stores"}
        orders["columns"]["store_id"] = store
        return tree
    if code == "E218":
        tree["bad_data"] = {"null_rate": 0.01}
        tree["tables"]["visits"] = {"rows": 10, **example["tables"]["visits"]}
        return tree
    if code in ("W413", "W414"):
        tree |= {"output": {"mode": "append"}, "window": {"end": "2026-06-30"}}
    if code == "W417":
        weights = {"tier": {"Free": 1, "Pro": 2}}
        tree["output"] = {"engine": "spark"}
        orders["columns"]["customer_id"]["weights"] = weights
    if code == "W413":
        return tree | {"job": example}
    if code == "W418":
        orders["columns"]["price"]["decimals"] = 2
        part = {"kind": "share", "of": "order_id.price"}
        columns = {**PER_ORDER, "part": part}
        tree["tables"]["lines"] = {"rows": example["rows"], "columns": columns}
        return tree
    if code == "E114":
        tree["tables"]["countries"] = example
        return tree
    for key, value in example.items():
        place_in(tree, orders, key, value)
    return tree


def place_in(tree: Tree, orders: Tree, key: str, value: Any) -> None:
    columns = orders["columns"]
    if key == "customer_id" and value["kind"] == "key":
        tree["tables"]["customers"]["rows"] = orders["rows"]
        tree["tables"]["customers"]["columns"][key] = value
    elif key == "rows" and isinstance(value, dict):
        lines = {"rows": value | {"per": "orders"}, "columns": PER_ORDER}
        tree["tables"]["lines"] = lines
    elif key == "rows":
        orders["rows"] = value
    elif key == "cases":
        by = {"kind": "lognormal", "sigma": 0.7, "by": "customer_id.tier"}
        columns["paid"] = {**by, "cases": value}
    elif key == "weights":
        columns["buyer_id"] = {"kind": "ref", "table": "customers", "weights": value}
    elif key == "states":
        after = {"distribution": "exponential", "scale": "2h"}
        states = {name: one | {"after": after} for name, one in value.items()}
        moves = {"kind": "lifecycle", "start": "ordered_at", "states": states}
        columns["status"] = moves
    elif key in ("shop", "default"):
        tree["calendars"][key] = value
    elif key == "tables":
        for name, table in value.items():
            tree["tables"][name] |= table
    elif isinstance(value, dict) and key != "output":
        columns[key] = value
    else:
        tree[key] = value


def told(code: str, name: str, folder: Path) -> set[str]:
    """The codes that a spec with the example gives, in a folder with a file of values."""
    (folder / "countries.csv").write_text(
        "country,people\nPeru,34\nChile,19\n", "utf-8"
    )
    tree = spec_with(code, tomllib.loads(example(CODES[code], name)))
    text = json.dumps(tree, default=date.isoformat)
    path = str(folder / "spec.json")
    return {found.code for found in plan_spec(path, text).diagnostics}


@pytest.mark.parametrize("code", codes)
def test_the_wrong_example_gives_the_code_and_the_right_one_does_not(
    code: str, tmp_path: Path
) -> None:
    wrong = "warns" if code.startswith("W") else "wrong"
    assert code in told(code, wrong, tmp_path)
    assert code not in told(code, "right", tmp_path)
