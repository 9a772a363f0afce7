"""How an emitted Spark script compares with native Spark expressions, on local Spark.

    python benchmarks/spark.py [--scale 200] [--orders 10] [--runs 3]

Writes the two tables of benchmarks/shop.toml (at scale 200: 1 M customers and 10 M orders) to
Parquet, in turn by the emitted script's blocks and by columns of Spark's own expressions, in one
warm session. The native columns are the cheapest that
look alike: each draw is a `rand()`, so that they have no calendar, no weights of customers, no
tier that agrees with the customer's, and other rows for another number of partitions. Prints the
medians, the ratio, and the peak memory of a Python worker at this and at a tenth of the rows.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import sys
import tempfile
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as f

from compiler.pipeline import compile_spec

SPEC = Path(__file__).parent / "shop.toml"
FIRST = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "Ken"]
LAST = ["Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Allen"]
WINDOW = 180 * 86_400


def chosen(seed: int, **shares: float) -> Column:
    """A category by its share: one draw for all of them."""
    u, below, found = f.rand(seed), sum(shares.values()), f.lit("")
    for name, share in reversed(shares.items()):
        found = f.when(u < below, name).otherwise(found)
        below -= share
    return found


def picked(names: list[str], seed: int) -> Column:
    place = (f.rand(seed) * len(names)).cast("int") + 1
    return f.element_at(f.array(*map(f.lit, names)), place)


def numbered(prefix: str, number: Column, width: int) -> Column:
    text = number.cast("string")
    short = f.length(text) < width
    return f.concat(
        f.lit(prefix), f.when(short, f.lpad(text, width, "0")).otherwise(text)
    )


def customers(spark: SparkSession, rows: int) -> DataFrame:
    named = spark.range(1, rows + 1).select(
        "id", picked(FIRST, 1).alias("first"), picked(LAST, 2).alias("last")
    )
    mail = f.lower(f.concat_ws(".", "first", "last", f.col("id").cast("string")))
    today = f.current_date()
    return named.select(
        numbered("CUST-", f.col("id"), 5).alias("customer_id"),
        f.concat_ws(" ", "first", "last").alias("name"),
        f.concat(mail, f.lit("@example.com")).alias("email"),
        chosen(3, Free=0.6, Pro=0.3, Enterprise=0.1).alias("tier"),
        chosen(4, North=0.4, South=0.25, East=0.2, West=0.15).alias("region"),
        f.date_sub(today, (f.rand(5) * 547 + 183).cast("int")).alias("created_at"),
    )


def orders(spark: SparkSession, rows: int, parents: int) -> DataFrame:
    drawn = spark.range(1, rows + 1).select(
        "id",
        chosen(6, Free=0.6, Pro=0.3, Enterprise=0.1).alias("tier"),
        f.randn(7).alias("z"),
    )
    tier = f.col("tier")
    mu = f.when(tier == "Enterprise", 7.2).when(tier == "Pro", 5.3).otherwise(3.8)
    sigma = f.when(tier == "Enterprise", 0.8).when(tier == "Pro", 0.7).otherwise(0.6)
    start = f.unix_timestamp(f.current_date().cast("timestamp")) - WINDOW
    shares = {"delivered": 0.65, "shipped": 0.15, "processing": 0.1, "pending": 0.05}
    return drawn.select(
        numbered("ORD-", f.col("id"), 6).alias("order_id"),
        numbered("CUST-", (f.rand(8) * parents).cast("long") + 1, 5).alias(
            "customer_id"
        ),
        f.timestamp_seconds(start + (f.rand(9) * WINDOW).cast("long")).alias(
            "ordered_at"
        ),
        chosen(10, **shares, cancelled=0.05).alias("status"),
        f.round(f.exp(mu + sigma * f.col("z")), 2).alias("amount"),
    )


def script(rows: dict[str, int], output: Path) -> Any:
    """The emitted script as a module, told what its options would tell it."""
    text = SPEC.read_text("utf-8")
    files = compile_spec(str(SPEC), text, engine="spark").files
    module: Any = types.ModuleType("generate_data")  # none that workers could import
    exec(compile(files["generate_data.py"], "generate_data.py", "exec"), vars(module))
    module.ROWS.update(rows)
    module.OUTPUT = str(output)
    return module


def peak_of_workers() -> float:
    """The largest memory that a Python worker of Spark had at once, in MB."""
    peaks = [0.0]
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"pyspark.daemon" in (process / "cmdline").read_bytes():
                status = (process / "status").read_text()
                peaks += [
                    int(line.split()[1]) / 1024
                    for line in status.splitlines()
                    if line.startswith("VmHWM")
                ]
    return max(peaks)


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scale", type=int, default=200, help="times 5,000 customers")
    parser.add_argument("--orders", type=int, default=10, help="for each customer")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    people = 5_000 * options.scale
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[*]")
    for key in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
        builder = builder.config(key, "false")
    spark = builder.getOrCreate()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def ours(people: int) -> None:
            rows = {"customers": people, "orders": options.orders * people}
            module = script(rows, folder / "ours")
            for table in module.TABLES:
                assert module.write_table(spark, table, 200)[0] == rows[table]

        def native(people: int) -> None:
            count = options.orders * people
            frames = (
                ("customers", customers(spark, people)),
                ("orders", orders(spark, count, people)),
            )
            for table, frame in frames:
                place = str(folder / "native" / table)
                writer = frame.write.mode("overwrite").option("compression", "zstd")
                writer.parquet(place)
                spark.read.parquet(place).count()

        ours(people // 10)  # which warms the session, as does
        native(people // 10)
        small = peak_of_workers()
        times: dict[str, list[float]] = {"ours": [], "native": []}
        for _ in range(options.runs):
            times["ours"].append(seconds(lambda: ours(people)))
            times["native"].append(seconds(lambda: native(people)))
        large = peak_of_workers()
    spark.stop()
    rows = people * (1 + options.orders)
    for what, took in times.items():
        median = statistics.median(took)
        print(f"{what:7} {median:6.1f} s   {rows / median / 1e6:5.2f} M rows/s")
    pairs = zip(times["native"], times["ours"], strict=True)
    ratio = statistics.median(native / ours for native, ours in pairs)
    print(f"ours is {ratio:.2f} times as fast as native expressions")
    print(
        f"peak of a worker: {small:.0f} MB at a tenth of the rows, {large:.0f} MB at all"
    )


if __name__ == "__main__":
    main()
