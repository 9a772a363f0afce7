"""The two tables of benchmarks/shop.toml in Spark's own expressions.

The columns give what the emitted script's do: a draw is a hash of the column's name and the
row, so that the rows are the same for any number of partitions; a customer's tier is computed, not
read back; busy customers are 80 : 20 and tiers 5 : 2 : 1; days follow the calendar's volume. Which
customer has a rank among those of its tier is no expression: for that a join is needed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as f

from benchmarks.shop import (
    AMOUNT,
    DOMAINS,
    REGIONS,
    SKEW,
    STATUS,
    TIERS,
    WEIGHTS,
    log_mean,
)


def uniform(stream: str, row: Column) -> Column:
    """A draw between 0 and 1: the 52 low bits of a hash."""
    bits = f.xxhash64(f.lit(stream), row).bitwiseAND(f.lit((1 << 52) - 1))
    return (bits + 0.5) * 2.0**-52


def chosen(u: Column, shares: Mapping[str, float]) -> Column:
    """A category by its share: one draw for all of them."""
    found, below = f.lit(""), sum(shares.values())
    total = below
    for name, share in reversed(list(shares.items())):
        found = f.when(u < below / total, name).otherwise(found)
        below -= share
    return found


def by_tier(values: Mapping[str, float]) -> Column:
    tier, (other, *named) = f.col("tier"), values
    found = f.lit(values[other])
    for name in named:
        found = f.when(tier == name, values[name]).otherwise(found)
    return found


def numbered(prefix: str, number: Column, width: int) -> Column:
    """A key whose number is padded, and never cut."""
    text = number.cast("string")
    short = f.length(text) < width
    padded = f.when(short, f.lpad(text, width, "0")).otherwise(text)
    return f.concat(f.lit(prefix), padded)


def tier(customer: Column) -> Column:
    return chosen(uniform("customers.tier", customer), TIERS)


def customers(
    spark: SparkSession, rows: int, first: Sequence[str], last: Sequence[str]
) -> DataFrame:
    row = f.col("id")

    def picked(names: Sequence[str], stream: str) -> Column:
        place = (uniform(stream, row) * len(names)).cast("int") + 1
        return f.element_at(f.array(*map(f.lit, names)), place)

    name = f.concat_ws(" ", picked(first, "first"), picked(last, "last"))
    mailbox = f.regexp_replace(f.lower("name"), "[^a-z0-9]+", ".")
    domain = chosen(uniform("domain", row), DOMAINS)
    age = (uniform("created_at", row) * 547 + 183).cast("int")
    return (
        spark.range(rows)
        .select("id", name.alias("name"))
        .select(
            numbered("CUST-", row + 1, 5).alias("customer_id"),
            "name",
            f.concat(
                mailbox, f.lit("."), (row + 1).cast("string"), f.lit("@"), domain
            ).alias("email"),
            tier(row).alias("tier"),
            chosen(uniform("region", row), REGIONS).alias("region"),
            f.date_sub(f.current_date(), age).alias("created_at"),
        )
    )


def day(u: Column, volumes: Sequence[float]) -> Column:
    """A day, counted from 0, by its volume: Vose's alias method."""
    mean = sum(volumes) / len(volumes)
    own, other = [volume / mean for volume in volumes], list(range(len(volumes)))
    small = [n for n, share in enumerate(own) if share < 1]
    large = [n for n, share in enumerate(own) if share >= 1]
    while small and large:
        n, giver = small.pop(), large[-1]
        other[n] = giver
        own[giver] -= 1 - own[n]
        if own[giver] < 1:
            small.append(large.pop())
    place = u * len(volumes)
    slot = place.cast("int")
    stays = place - slot < f.element_at(f.array(*map(f.lit, own)), slot + 1)
    moved = f.element_at(f.array(*map(f.lit, other)), slot + 1)
    return f.when(stays, slot).otherwise(moved)


def orders(
    spark: SparkSession, rows: int, parents: int, volumes: Sequence[float]
) -> DataFrame:
    row = f.col("id")
    ranked = Window.partitionBy("tier").orderBy(f.xxhash64("customer"))
    people = (
        spark.range(parents)
        .select(f.col("id").alias("customer"), tier(f.col("id")).alias("tier"))
        .withColumn("rank", f.row_number().over(ranked) - 1)
    )
    expected = {name: share * parents for name, share in TIERS.items()}
    # A few less than there are, whatever the draws: a rank without a customer is lost.
    counts = {name: max(1, int(n - 5 * n**0.5)) for name, n in expected.items()}
    shares = {name: WEIGHTS[name] * share for name, share in TIERS.items()}
    rank = (f.pow(uniform("customer", row), f.lit(SKEW)) * by_tier(counts)).cast("int")
    drawn = (
        spark.range(rows)
        .select("id", chosen(uniform("tier", row), shares).alias("tier"))
        .withColumn("rank", rank)
        .join(f.broadcast(people), ["tier", "rank"])
    )
    z = f.sqrt(-2 * f.log(uniform("z", row))) * f.cos(
        2 * math.pi * uniform("angle", row)
    )
    mu = {name: log_mean(name) for name in AMOUNT}
    sigma = {name: sd for name, (_, sd) in AMOUNT.items()}
    start = f.unix_timestamp(f.current_date().cast("timestamp")) - len(volumes) * 86_400
    second = (uniform("second", row) * 86_400).cast("long")
    moment = start + day(uniform("day", row), volumes) * 86_400 + second
    return drawn.select(
        numbered("ORD-", row + 1, 6).alias("order_id"),
        numbered("CUST-", f.col("customer") + 1, 5).alias("customer_id"),
        f.timestamp_seconds(moment).alias("ordered_at"),
        chosen(uniform("status", row), STATUS).alias("status"),
        f.round(f.exp(by_tier(mu) + by_tier(sigma) * z), 2).alias("amount"),
    )
