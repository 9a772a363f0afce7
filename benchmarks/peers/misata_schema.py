# /// script
# requires-python = ">=3.11"
# dependencies = ["misata>=0.9,<1", "pyarrow>=17"]
# ///
"""Misata: both tables declared, and generated as a stream of batches, its quickest way."""

from __future__ import annotations

from datetime import date, timedelta

import misata
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from benchmarks import shop
from benchmarks.peers.arguments import arguments

COUNT, ORDERS, OUTPUT = arguments()
end = date.today()


def choice(shares: dict[str, float]) -> dict[str, object]:
    choices, parts = list(shares), list(shares.values())
    return {"type": "categorical", "choices": choices, "probabilities": parts}


def days(oldest: int, newest: int) -> dict[str, object]:
    first, last = (end - timedelta(days=ago) for ago in (oldest, newest))
    return {"type": "date", "start": str(first), "end": str(last)}


SCHEMA = {
    "name": "shop",
    "seed": 42,
    "tables": {
        "customers": {
            "rows": COUNT,
            "columns": {
                "customer_id": {"type": "int", "unique": True, "min": 1, "max": COUNT},
                "name": {"type": "text", "text_type": "name"},
                "email": {"type": "text", "text_type": "email"},
                "tier": choice(shop.TIERS),
                "region": choice(shop.REGIONS),
                "created_at": days(730, 183),
            },
        },
        "orders": {
            "rows": ORDERS,
            "columns": {
                "order_id": {"type": "int", "unique": True, "min": 1, "max": ORDERS},
                "customer_id": {"type": "foreign_key"},
                "ordered_at": days(shop.DAYS, 1),
                "status": choice(shop.STATUS),
                "amount": {
                    "type": "float",
                    "distribution": "lognormal",
                    "mu": shop.log_mean("Free"),
                    "sigma": shop.AMOUNT["Free"][1],
                },
            },
        },
    },
    "relationships": ["customers.customer_id -> orders.customer_id"],
}

description = OUTPUT.with_suffix(".yaml")
description.write_text(yaml.safe_dump(SCHEMA, sort_keys=False), "utf-8")
schema = misata.load_yaml_schema(str(description))
description.unlink()
numbers: dict[str, int] = {}
for table, batch in misata.generate_stream(schema):
    number = numbers[table] = numbers.get(table, -1) + 1
    folder = OUTPUT / table
    folder.mkdir(exist_ok=True)
    made = pa.Table.from_pandas(batch, preserve_index=False)
    pq.write_table(made, folder / f"part-{number:05d}.parquet", compression="zstd")
