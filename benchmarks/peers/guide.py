# /// script
# requires-python = ">=3.11"
# dependencies = ["faker>=40,<41", "numpy>=2,<3", "pandas>=2.2,<4", "pyarrow>=17"]
# ///
"""The way of the guides: a call of Faker a row, and a loop that draws each order by itself."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from faker import Faker

from benchmarks import shop
from benchmarks.peers.arguments import arguments

COUNT, ORDERS, OUTPUT = arguments()
np.random.seed(42)
Faker.seed(42)
fake = Faker()
end = date.today()
start = end - timedelta(days=shop.DAYS)
tiers, regions = list(shop.TIERS), list(shop.REGIONS)

customers = pd.DataFrame(
    {
        "customer_id": [f"CUST-{i:05d}" for i in range(COUNT)],
        "name": [fake.name() for _ in range(COUNT)],
        "email": [fake.email() for _ in range(COUNT)],
        "tier": np.random.choice(tiers, COUNT, p=list(shop.TIERS.values())),
        "region": np.random.choice(regions, COUNT, p=list(shop.REGIONS.values())),
        "created_at": [fake.date_between("-2y", "-180d") for _ in range(COUNT)],
    }
)

keys = customers["customer_id"].tolist()
tier_of = dict(zip(customers["customer_id"], customers["tier"], strict=True))
weights = customers["tier"].map(shop.WEIGHTS)
share = (weights / weights.sum()).tolist()
rows = []
for i in range(ORDERS):
    customer = np.random.choice(keys, p=share)
    tier = tier_of[customer]
    amount = np.random.lognormal(shop.log_mean(tier), shop.AMOUNT[tier][1])
    rows.append(
        {
            "order_id": f"ORD-{i:06d}",
            "customer_id": customer,
            "ordered_at": fake.date_time_between(start, end),
            "status": np.random.choice(list(shop.STATUS), p=list(shop.STATUS.values())),
            "amount": round(amount, 2),
        }
    )

customers.to_parquet(OUTPUT / "customers.parquet", compression="zstd")
pd.DataFrame(rows).to_parquet(OUTPUT / "orders.parquet", compression="zstd")
