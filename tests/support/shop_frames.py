"""Customers and their orders as frames: a source, and data like it of another seed."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import polars as pl

from tests.support.compared import relations

CUSTOMERS, ORDERS = 2_000, 8_000
START = datetime(2026, 1, 1)
RELATIONS = {
    "customers": relations("id"),
    "orders": relations("id", customer=("customers", "id")),
}


def shop(seed: int = 1, start: datetime = START) -> dict[str, pl.DataFrame]:
    """Columns of each kind, with a dependency of each kind: within a table, and over the ref."""
    rng = np.random.default_rng(seed)
    tier = rng.choice(["Free", "Pro", "Big"], CUSTOMERS, p=[0.6, 0.3, 0.1])
    age = rng.normal(40, 10, CUSTOMERS)
    customers = pl.DataFrame(
        {
            "id": np.arange(CUSTOMERS),
            "name": [
                f"{'x' * n}{i}" for i, n in enumerate(rng.integers(3, 20, CUSTOMERS))
            ],
            "tier": tier,
            "age": age,
            "income": age * 1_000 + rng.normal(0, 5_000, CUSTOMERS),
        }
    )
    weights = np.select([tier == "Free", tier == "Pro"], [1.0, 2.0], 5.0)
    buyer = rng.choice(CUSTOMERS, ORDERS, p=weights / weights.sum())
    device = rng.choice(["phone", "desktop"], ORDERS)
    days = rng.integers(0, 100, ORDERS)
    orders = pl.DataFrame(
        {
            "id": np.arange(ORDERS) + 7 * seed,
            "customer": buyer,
            "at": [start + timedelta(days=int(day)) for day in days],
            "device": device,
            "paid": rng.random(ORDERS) < np.where(device == "phone", 0.3, 0.7),
            "amount": rng.lognormal(3, 1, ORDERS)
            * np.where(tier[buyer] == "Big", 4, 1),
            "note": pl.Series(rng.random(ORDERS)).set(
                pl.Series(rng.random(ORDERS) < 0.2), None
            ),
        }
    )
    return {"customers": customers, "orders": orders}


def shuffled(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The same values in other rows."""
    return frame.with_columns(pl.col(column).shuffle(seed=5) for column in columns)
