"""A shop with faults of each sort."""

from __future__ import annotations

from typing import Any

from tests.support import (
    Tree,
    spec,
    table,
)
from tests.support.examples import everything

RATES = {
    "null_rate": 0.05,
    "outlier_rate": 0.03,
    "duplicate_key_rate": 0.04,
    "orphan_ref_rate": 0.02,
}


def all_bad() -> Tree:
    """Every kind of column and of table, a table known by two columns among them."""
    tree = everything() | {"bad_data": RATES}
    parts = table(
        {"per": "notes", "mean": 2, "max": 4},
        note={"kind": "ref", "table": "notes"},
        n={"kind": "position"},
        size={"kind": "poisson", "lam": 3},
    )
    del parts["columns"]["id"]
    tree["tables"]["parts"] = {**parts, "primary_key": ["note", "n"]}
    return tree


def shop(rows: int = 3_000, **bad_data: Any) -> Tree:
    """Customers, orders and their lines, in which every fault can be found by plain SQL."""
    return spec(
        {"bad_data": bad_data or RATES},
        customers=table(
            rows // 10,
            id={"kind": "key", "format": "C-{:05d}"},
            since={"kind": "date", "start": "-2y", "end": "-1y"},
        ),
        orders=table(
            rows,
            customer={"kind": "ref", "table": "customers"},
            gift_of={"kind": "ref", "table": "customers", "null_rate": 0.5},
            placed_at={"kind": "timestamp"},
            amount={"kind": "lognormal", "mean": 40, "sigma": 1},
            rating={"kind": "poisson", "lam": 3, "null_rate": 0.3},
        ),
        lines=table(
            {"per": "orders", "mean": 2.5, "max": 6},
            order_id={"kind": "ref", "table": "orders"},
            pieces={"kind": "poisson", "lam": 2},
        ),
    )
