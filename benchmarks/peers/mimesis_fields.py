# /// script
# requires-python = ">=3.11"
# dependencies = ["mimesis>=18", "numpy>=2,<3", "polars>=1"]
# ///
"""Mimesis, a call a row for texts and times; numpy draws all else a column at a time."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
from mimesis import Datetime, Locale, Person

from benchmarks import shop
from benchmarks.peers.arguments import arguments

COUNT, ORDERS, OUTPUT = arguments()
rng = np.random.default_rng(42)
person, times = Person(Locale.EN, seed=42), Datetime(Locale.EN, seed=42)
end = date.today()
start = end - timedelta(days=shop.DAYS)


def chosen(shares: dict[str, float], count: int) -> np.ndarray:
    return rng.choice(list(shares), count, p=list(shares.values()))


tier = chosen(shop.TIERS, COUNT)
customers = pl.DataFrame(
    {
        "customer_id": [f"CUST-{i:05d}" for i in range(1, COUNT + 1)],
        "name": [person.full_name() for _ in range(COUNT)],
        "email": [person.email() for _ in range(COUNT)],
        "tier": tier,
        "region": chosen(shop.REGIONS, COUNT),
        "created_at": [
            times.date(start=end.year - 2, end=start.year) for _ in range(COUNT)
        ],
    }
)
weights = np.array([shop.WEIGHTS[name] for name in tier], float)
customer = rng.choice(COUNT, ORDERS, p=weights / weights.sum())
mean = np.array([shop.log_mean(name) for name in tier])[customer]
sigma = np.array([shop.AMOUNT[name][1] for name in tier])[customer]
orders = pl.DataFrame(
    {
        "order_id": [f"ORD-{i:06d}" for i in range(1, ORDERS + 1)],
        "customer_id": customers["customer_id"].gather(customer),
        "ordered_at": [
            times.datetime(start=start.year, end=end.year) for _ in range(ORDERS)
        ],
        "status": chosen(shop.STATUS, ORDERS),
        "amount": rng.lognormal(mean, sigma).round(2),
    }
)
customers.write_parquet(OUTPUT / "customers.parquet", compression="zstd")
orders.write_parquet(OUTPUT / "orders.parquet", compression="zstd")
