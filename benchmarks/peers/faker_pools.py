# /// script
# requires-python = ">=3.11"
# dependencies = ["faker>=40,<41", "holidays", "numpy>=2,<3", "polars>=1"]
# ///
"""Pools of Faker's names, all else in numpy and polars: what an expert writes for these two tables.

The rows depend on the size of a block and on the order of the draws.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from faker import Faker

from benchmarks import shop
from benchmarks.peers.arguments import arguments

BLOCK = 1_000_000
rng = np.random.default_rng(42)


def chosen(shares: dict[str, float], count: int) -> np.ndarray:
    """Positions of categories by their shares."""
    edges = np.cumsum(list(shares.values()))
    u = rng.random(count) * edges[-1]
    found: np.ndarray = np.searchsorted(edges[:-1], u, side="right")
    return found


def texts(names: list[str], index: np.ndarray) -> pl.Series:
    return pl.Series(names, dtype=pl.String).gather(index)


def numbered(prefix: str, number: np.ndarray, width: int) -> pl.Series:
    return prefix + pl.Series(number).cast(pl.String).str.zfill(width)


def customers(first: int, count: int, tier: np.ndarray, end: date) -> pl.DataFrame:
    names = [texts(pool, rng.integers(len(pool), size=count)) for pool in (FIRST, LAST)]
    name = names[0] + " " + names[1]
    number = np.arange(first + 1, first + count + 1)
    mailbox = name.str.to_lowercase().str.replace_all("[^a-z0-9]+", ".")
    domain = texts(list(shop.DOMAINS), chosen(shop.DOMAINS, count))
    age = rng.integers(183, 730, size=count).astype("timedelta64[D]")
    return pl.DataFrame(
        {
            "customer_id": numbered("CUST-", number, 5),
            "name": name,
            "email": mailbox + "." + pl.Series(number).cast(pl.String) + "@" + domain,
            "tier": texts(list(shop.TIERS), tier),
            "region": texts(list(shop.REGIONS), chosen(shop.REGIONS, count)),
            "created_at": np.datetime64(end) - age,
        }
    )


def orders(
    first: int, count: int, people: list[np.ndarray], days: np.ndarray, start: datetime
) -> pl.DataFrame:
    shares = {name: share * shop.WEIGHTS[name] for name, share in shop.TIERS.items()}
    tier = chosen(shares, count)
    sizes = np.array([len(each) for each in people])
    rank = (rng.random(count) ** shop.SKEW * sizes[tier]).astype(np.int64)
    offset = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    customer = np.concatenate(people)[offset[tier] + rank]
    day = np.searchsorted(days, rng.random(count) * days[-1], side="right")
    second = day * 86_400 + rng.integers(86_400, size=count)
    mean = np.array([shop.log_mean(name) for name in shop.TIERS])
    sigma = np.array([shop.AMOUNT[name][1] for name in shop.TIERS])
    moment = pl.Series((second + int(start.timestamp())) * 1_000_000)
    return pl.DataFrame(
        {
            "order_id": numbered("ORD-", np.arange(first + 1, first + count + 1), 6),
            "customer_id": numbered("CUST-", customer + 1, 5),
            "ordered_at": moment.cast(pl.Datetime("us", "UTC")),
            "status": texts(list(shop.STATUS), chosen(shop.STATUS, count)),
            "amount": rng.lognormal(mean[tier], sigma[tier]).round(2),
        }
    )


def write(frame: pl.DataFrame, folder: Path, number: int) -> None:
    folder.mkdir(exist_ok=True)
    frame.write_parquet(folder / f"part-{number:05d}.parquet", compression="zstd")


COUNT, ORDERS, OUTPUT = arguments()
Faker.seed(42)
fake = Faker()
FIRST = [fake.first_name() for _ in range(shop.POOL)]
LAST = [fake.last_name() for _ in range(shop.POOL)]
today = datetime.now(UTC).date()
midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
tiers = chosen(shop.TIERS, COUNT)
for start in range(0, COUNT, BLOCK):
    size = min(BLOCK, COUNT - start)
    made = customers(start, size, tiers[start : start + size], today)
    write(made, OUTPUT / "customers", start // BLOCK)
by_tier = [rng.permutation(np.flatnonzero(tiers == n)) for n in range(len(shop.TIERS))]
edges = np.cumsum(shop.volumes(today))
for start in range(0, ORDERS, BLOCK):
    size = min(BLOCK, ORDERS - start)
    made = orders(start, size, by_tier, edges, midnight - timedelta(days=shop.DAYS))
    write(made, OUTPUT / "orders", start // BLOCK)
