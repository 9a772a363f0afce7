"""The two tables of benchmarks/shop.toml by `mapInPandas`, and by a `pandas_udf` a column.

Written as an expert would: arrays for whole batches, and what all batches need is made once in a
worker. A batch's draws depend on where it starts, so the rows depend on the size of batches; a
customer's tier does not, because orders read it, too.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

import numpy as np
import pandas as pd
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as f
from pyspark.sql.pandas.functions import pandas_udf

from benchmarks import shop

Array = np.ndarray
Names = tuple[Sequence[str], Sequence[str]]
CUSTOMERS = (
    "customer_id string, name string, email string, tier string, region string,"
    " created_at date"
)
ORDERS = (
    "order_id string, customer_id string, ordered_at timestamp, status string,"
    " amount double"
)


# ------------------------------------------------------------------------ columns as arrays


def draws(stream: int, ids: Array) -> np.random.Generator:
    """The random numbers of a column and a batch."""
    return np.random.default_rng([stream, int(ids[0]) if len(ids) else 0])


def chosen(u: Array, shares: Mapping[str, float]) -> Array:
    """Positions of categories by their shares."""
    edges = np.cumsum(list(shares.values()))
    found: Array = np.searchsorted(edges[:-1], u * edges[-1], side="right")
    return found


def texts(names: Sequence[str], index: Array) -> Array:
    found: Array = np.array(names, dtype=object)[index]
    return found


def category(stream: int, ids: Array, shares: Mapping[str, float]) -> Array:
    return texts(list(shares), chosen(draws(stream, ids).random(len(ids)), shares))


def numbered(prefix: str, number: Array, width: int) -> list[str]:
    return [f"{prefix}{n:0{width}d}" for n in number.tolist()]


@functools.cache
def tiers(count: int) -> Array:
    """The tier of each customer, as its position."""
    return chosen(np.random.default_rng(42).random(count), shop.TIERS)


@functools.cache
def by_tier(count: int) -> tuple[Array, Array, Array]:
    """The customers of each tier, busy ones first; how many there are, and where they start."""
    rng, tier = np.random.default_rng(43), tiers(count)
    people = [rng.permutation(np.flatnonzero(tier == n)) for n in range(3)]
    sizes = np.array([len(each) for each in people])
    return np.concatenate(people), sizes, np.cumsum(sizes) - sizes


@functools.cache
def volumes(end: date) -> Array:
    return np.cumsum(shop.volumes(end))


def names(ids: Array, pools: Names) -> Array:
    rng = draws(1, ids)
    first, last = (
        texts(pool, rng.integers(len(pool), size=len(ids))) for pool in pools
    )
    joined: Array = first + " " + last
    return joined


def emails(name: pd.Series, ids: Array) -> pd.Series:
    mailbox = name.str.lower().str.replace(r"[^a-z0-9]+", ".", regex=True)
    number = pd.Series(ids + 1, index=name.index).astype(str)
    domain = pd.Series(category(2, ids, shop.DOMAINS), index=name.index)
    found: pd.Series = mailbox + "." + number + "@" + domain
    return found


def created(ids: Array, end: date) -> Array:
    age = draws(3, ids).integers(183, 730, size=len(ids))
    found: Array = (np.datetime64(end) - age).astype("datetime64[ns]")
    return found


def customer(ids: Array, count: int) -> Array:
    """The customer of each order."""
    rng, (people, sizes, starts) = draws(4, ids), by_tier(count)
    shares = {name: share * shop.WEIGHTS[name] for name, share in shop.TIERS.items()}
    tier = chosen(rng.random(len(ids)), shares)
    rank = (rng.random(len(ids)) ** shop.SKEW * sizes[tier]).astype(np.int64)
    found: Array = people[starts[tier] + rank]
    return found


def moments(ids: Array, end: date) -> Array:
    rng, edges = draws(5, ids), volumes(end)
    day = np.searchsorted(edges, rng.random(len(ids)) * edges[-1], side="right")
    second = day * 86_400 + rng.integers(86_400, size=len(ids))
    start = datetime.combine(end, time(), UTC) - timedelta(days=shop.DAYS)
    found: Array = (second + int(start.timestamp())).astype("datetime64[s]")
    return found.astype("datetime64[ns]")


def amounts(ids: Array, customers: Array, count: int) -> Array:
    tier = tiers(count)[customers]
    mean = np.array([shop.log_mean(name) for name in shop.TIERS])
    sigma = np.array([shop.AMOUNT[name][1] for name in shop.TIERS])
    found: Array = draws(6, ids).lognormal(mean[tier], sigma[tier]).round(2)
    return found


# ----------------------------------------------------------------------------- mapInPandas


LARGE = 1 << 15


def larger(batches: Iterable[pd.DataFrame]) -> Iterator[Array]:
    """The ids of several batches at a time: those of a server may be small."""
    waiting: list[Array] = []
    for batch in batches:
        waiting.append(batch["id"].to_numpy())
        if sum(map(len, waiting)) >= LARGE:
            yield np.concatenate(waiting)
            waiting = []
    if waiting:
        yield np.concatenate(waiting)


def mapped_customers(spark: SparkSession, rows: int, pools: Names) -> DataFrame:
    end = datetime.now(UTC).date()

    def made(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for ids in larger(batches):
            name = pd.Series(names(ids, pools))
            yield pd.DataFrame(
                {
                    "customer_id": numbered("CUST-", ids + 1, 5),
                    "name": name,
                    "email": emails(name, ids),
                    "tier": texts(list(shop.TIERS), tiers(rows)[ids]),
                    "region": category(7, ids, shop.REGIONS),
                    "created_at": created(ids, end),
                }
            )

    return spark.range(rows).mapInPandas(made, CUSTOMERS)


def mapped_orders(spark: SparkSession, rows: int, parents: int) -> DataFrame:
    end = datetime.now(UTC).date()

    def made(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for ids in larger(batches):
            of = customer(ids, parents)
            yield pd.DataFrame(
                {
                    "order_id": numbered("ORD-", ids + 1, 6),
                    "customer_id": numbered("CUST-", of + 1, 5),
                    "ordered_at": moments(ids, end),
                    "status": category(8, ids, shop.STATUS),
                    "amount": amounts(ids, of, parents),
                }
            )

    return spark.range(rows).mapInPandas(made, ORDERS)


# ------------------------------------------------------------------- a pandas_udf a column


def key(prefix: str, number: Column, width: int) -> Column:
    """A key by Spark's own expressions: no udf is needed for it."""
    text = number.cast("string")
    padded = f.when(f.length(text) < width, f.lpad(text, width, "0")).otherwise(text)
    return f.concat(f.lit(prefix), padded)


def udf(kind: str) -> Callable[[Callable[..., pd.Series]], Callable[..., Column]]:
    """Spark's decorator, which carries no types."""
    decorator: Any = pandas_udf
    return lambda work: cast(Callable[..., Column], decorator(kind)(work))


def udf_customers(spark: SparkSession, rows: int, pools: Names) -> DataFrame:
    end = datetime.now(UTC).date()

    @udf("string")
    def name(ids: pd.Series) -> pd.Series:
        return pd.Series(names(ids.to_numpy(), pools))

    @udf("string")
    def email(of: pd.Series, ids: pd.Series) -> pd.Series:
        return emails(of, ids.to_numpy())

    @udf("string")
    def tier(ids: pd.Series) -> pd.Series:
        return pd.Series(texts(list(shop.TIERS), tiers(rows)[ids.to_numpy()]))

    @udf("string")
    def region(ids: pd.Series) -> pd.Series:
        return pd.Series(category(7, ids.to_numpy(), shop.REGIONS))

    @udf("date")
    def created_at(ids: pd.Series) -> pd.Series:
        return pd.Series(created(ids.to_numpy(), end))

    row = f.col("id")
    return (
        spark.range(rows)
        .withColumn("name", name(row))
        .select(
            key("CUST-", row + 1, 5).alias("customer_id"),
            "name",
            email(f.col("name"), row).alias("email"),
            tier(row).alias("tier"),
            region(row).alias("region"),
            created_at(row).alias("created_at"),
        )
    )


def udf_orders(spark: SparkSession, rows: int, parents: int) -> DataFrame:
    end = datetime.now(UTC).date()

    @udf("long")
    def of(ids: pd.Series) -> pd.Series:
        return pd.Series(customer(ids.to_numpy(), parents))

    @udf("timestamp")
    def ordered_at(ids: pd.Series) -> pd.Series:
        return pd.Series(moments(ids.to_numpy(), end))

    @udf("string")
    def status(ids: pd.Series) -> pd.Series:
        return pd.Series(category(8, ids.to_numpy(), shop.STATUS))

    @udf("double")
    def amount(ids: pd.Series, customers: pd.Series) -> pd.Series:
        return pd.Series(amounts(ids.to_numpy(), customers.to_numpy(), parents))

    row = f.col("id")
    return (
        spark.range(rows)
        .withColumn("customer", of(row))
        .select(
            key("ORD-", row + 1, 6).alias("order_id"),
            key("CUST-", f.col("customer") + 1, 5).alias("customer_id"),
            ordered_at(row).alias("ordered_at"),
            status(row).alias("status"),
            amount(row, f.col("customer")).alias("amount"),
        )
    )
