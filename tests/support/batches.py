"""A spec in append mode that several tests run."""

from __future__ import annotations

from pathlib import Path

from tests.support import Tree, inside, module, spec, table

TIERS: Tree = {"Free": 6, "Pro": 3, "Top": 1}


def shop(**output: str) -> Tree:
    """Tables of every sort that may grow, and copies of cells of other batches."""
    far = ["order.placed", "order.customer.tier", "order.sent", "order.customer.since"]
    lookups: Tree = {
        path.rpartition(".")[2]: {"kind": "lookup", "path": path} for path in far
    }
    offset = {"kind": "offset", "distribution": "exponential", "scale": "3d"}
    customers = table(
        300,
        tier={"kind": "choice", "weights": TIERS},
        since={"kind": "date", "start": "-2y", "end": "-6mo"},
        friend={"kind": "ref", "table": "customers"},
    )
    orders = table(
        3_600,
        key={"kind": "key", "format": "ORD-{:06d}"},
        customer={
            "kind": "ref",
            "table": "customers",
            "weights": {"tier": {"Top": 5, "Pro": 2, "Free": 1}},
        },
        gift={"kind": "ref", "table": "customers", "null_rate": 0.1},
        guest={"kind": "ref", "table": "customers", "skew": False},
        product={
            "kind": "ref",
            "table": "products",
            "weights": {"new": {"true": 3, "false": 1}},
        },
        placed={"kind": "timestamp", "after": "customer.since", "hours": "evening"},
        sent={**offset, "of": "placed", "until_now": True},
        age={"kind": "expr", "expr": "days_between(placed, now())"},
        fresh={"kind": "expr", "expr": "placed > '-6h'"},
        tier={"kind": "lookup", "path": "customer.tier"},
    )
    lines = table(
        {"per": "orders", "mean": 2.5, "min": 0, "max": 6},
        order={"kind": "ref", "table": "orders"},
        n={"kind": "position"},
        bonus={
            "kind": "ref",
            "table": "products",
            "distinct": True,
            "weights": {"new": {"true": 9, "false": 1}},
        },
        **lookups,
    )
    returns = table(
        180,
        line={"kind": "ref", "table": "lines"},
        placed={"kind": "timestamp", "after": "line.order.placed"},
        order={"kind": "lookup", "path": "line.order"},
        **{
            name: {"kind": "lookup", "path": f"line.order.{name}"}
            for name in ("sent", "customer", "gift", "guest", "product", "age")
        },
    )
    returns["batch_rows"] = 400
    customers["batch_rows"] = 40
    products = {"data": [{"sku": f"P{n}", "new": n < 3} for n in range(12)]}
    top: Tree = {"output": {"mode": "append", **output}}
    return spec(
        top,
        customers=customers,
        products=products,
        orders=orders,
        lines=lines,
        returns=returns,
    )


GROWING = ("customers", "orders", "lines", "returns")


def run(tree: Tree, folder: Path, batch: int, *options: str) -> Path:
    inside(module(tree), ["--output", str(folder), "--batch", str(batch), *options])
    return folder


def load(folder: Path) -> Path:
    """Batches 0 to 5 of the shop, in their order."""
    for batch in range(6):
        run(shop(), folder, batch)
    return folder
