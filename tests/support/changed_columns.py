"""A shop whose columns change between batches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from deltalake import DeltaTable

from tests.support import (
    Tree,
    spec,
    table,
)

SIZE: Tree = {"kind": "poisson", "lam": 5, "min": 1, "max": 9}
CHANNEL: Tree = {"kind": "choice", "values": ["web", "shop"]}
NUMBER: Tree = {"kind": "normal", "mean": 5, "sd": 1}


def shop(engine: str, format: str, **columns: Tree) -> Tree:
    """Customers and their orders, with these columns of orders besides."""
    tree = spec(
        {"output": {"mode": "append", "engine": engine, "format": format}},
        customers=table(20, city={"kind": "choice", "values": ["Rome", "Oslo"]}),
        orders=table(
            50,
            customer={"kind": "ref", "table": "customers"},
            at={"kind": "timestamp"},
            **columns,
        ),
    )
    tree["tables"]["customers"]["batch_rows"] = 5
    tree["tables"]["orders"]["batch_rows"] = 10
    return tree


def rows_of(folder: Path, format: str, name: str = "orders") -> list[dict[str, Any]]:
    """A table's rows by another reader; its columns by name, null where a batch has none."""
    if format == "delta":
        return DeltaTable(folder / name).to_pyarrow_table().to_pylist()
    files = f"'{folder}/{name}/*/*.{format}', union_by_name = true"
    found = duckdb.execute(f"SELECT * FROM read_{format}({files})")
    names = [name for name, *_ in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


CHANGES: dict[str, tuple[dict[str, Tree], dict[str, Tree], str]] = {
    "removed": (
        {"size": SIZE, "channel": CHANNEL},
        {"size": SIZE},
        "orders: column channel is text in other batches, missing in this one",
    ),
    "renamed": (
        {"channel": CHANNEL},
        {"way": CHANNEL},
        "orders: column channel is text in other batches, missing in this one",
    ),
    "number for integer": (
        {"size": SIZE},
        {"size": NUMBER},
        "orders: column size is integer in other batches, number in this one",
    ),
    "integer for text": (
        {"size": CHANNEL},
        {"size": SIZE},
        "orders: column size is text in other batches, integer in this one",
    ),
    "date for timestamp": (
        {"day": {"kind": "timestamp"}},
        {"day": {"kind": "date"}},
        "orders: column day is timestamp in other batches, date in this one",
    ),
    "text for boolean": (
        {"paid": {"kind": "bool", "chance": 0.5}},
        {"paid": CHANNEL},
        "orders: column paid is boolean in other batches, text in this one",
    ),
}
