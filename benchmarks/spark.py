"""How an emitted Spark script compares with native Spark expressions, on local Spark.

    python -m benchmarks.spark [--scale 200] [--orders 10] [--runs 3]

Writes the two tables of benchmarks/shop.toml (at scale 200: 1 M customers and 10 M orders) to
Parquet, in turn by the emitted script and by the same columns in Spark's own expressions
(native_shop.py), in one warm session. Prints the medians, the ratio, and the peak memory of a
Python worker at this and at a tenth of the rows.
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
from datetime import timedelta
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from benchmarks import native_shop
from compiler.pipeline import compile_spec

SPEC = Path(__file__).parent / "shop.toml"


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
        module = script({}, folder)
        size = module.CUSTOMERS_NAME_POOL
        first, last = (
            module.faker_pool(piece, size, "en_US").to_list()
            for piece in ("first_name_female", "last_name")
        )
        start = module.at(module.START)
        volumes = [module.shop_calendar(start + timedelta(days=n)) for n in range(180)]

        def ours(people: int) -> None:
            rows = {"customers": people, "orders": options.orders * people}
            module = script(rows, folder / "ours")
            for table in module.TABLES:
                assert module.write_table(spark, table, 0)[0] == rows[table]

        def native(people: int) -> None:
            count = options.orders * people
            frames = (
                ("customers", native_shop.customers(spark, people, first, last)),
                ("orders", native_shop.orders(spark, count, people, volumes)),
            )
            for table, frame in frames:
                place = str(folder / "native" / table)
                writer = frame.write.mode("overwrite").option("compression", "zstd")
                writer.parquet(place)
                spark.read.parquet(place).count()

        ours(people // 10)  # which warms the session, as does the other
        small = peak_of_workers()
        native(people // 10)
        large = 0.0
        times: dict[str, list[float]] = {"ours": [], "native": []}
        for _ in range(options.runs):
            times["ours"].append(seconds(lambda: ours(people)))
            large = max(large, peak_of_workers())  # before idle ones are ended
            times["native"].append(seconds(lambda: native(people)))
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
