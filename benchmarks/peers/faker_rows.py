# /// script
# requires-python = ">=3.11"
# dependencies = ["faker>=40,<41", "numpy>=2,<3", "polars>=1"]
# ///
"""Faker, a call a row for texts and times; numpy draws all else a column at a time."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
from faker import Faker

from benchmarks import shop
from benchmarks.peers.arguments import arguments

COUNT, ORDERS, OUTPUT = arguments()
rng = np.random.default_rng(42)
Faker.seed(42)
fake = Faker(use_weighting=False)  # several times as fast
end = date.today()
start = end - timedelta(days=shop.DAYS)


def chosen(shares: dict[str, float], count: int) -> np.ndarray:
    return rng.choice(list(shares), count, p=list(shares.values()))


tier = chosen(shop.TIERS, COUNT)
customer_ids = [f"CUST-{i:05d}" for i in range(1, COUNT + 1)]
customers = pl.DataFrame(
    {
        "customer_id": customer_ids,
        "name": [fake.name() for _ in range(COUNT)],
        "email": [fake.email() for _ in range(COUNT)],
        "tier": tier,
        "region": chosen(shop.REGIONS, COUNT),
        "created_at": [fake.date_between("-2y", "-180d") for _ in range(COUNT)],
    }
)
weights = np.array([shop.WEIGHTS[name] for name in tier], float)
customer = rng.choice(COUNT, ORDERS, p=weights / weights.sum())
mean, sigma = (
    np.array([value[name] for name in tier])[customer]
    for value in (
        {name: shop.log_mean(name) for name in shop.TIERS},
        {name: shop.AMOUNT[name][1] for name in shop.TIERS},
    )
)
orders = pl.DataFrame(
    {
        "order_id": [f"ORD-{i:06d}" for i in range(1, ORDERS + 1)],
        "customer_id": customers["customer_id"].gather(customer),
        "ordered_at": [fake.date_time_between(start, end) for _ in range(ORDERS)],
        "status": chosen(shop.STATUS, ORDERS),
        "amount": rng.lognormal(mean, sigma).round(2),
    }
)
customers.write_parquet(OUTPUT / "customers.parquet", compression="zstd")
orders.write_parquet(OUTPUT / "orders.parquet", compression="zstd")
