"""Write the two tables of benchmarks/shop.toml on Spark in each way, in one warm session.

    python -m benchmarks.spark.session SCRIPT CUSTOMERS RUNS FOLDER [ADDRESS]

Prints JSON: what each run took. Without an address Spark is started in this process.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import types
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from faker import Faker
from pyspark.sql import DataFrame, SparkSession

from benchmarks import shop
from benchmarks.spark import in_pandas, native
from benchmarks.spark.processes import cpu_seconds, forget_peaks, peak_of_workers


def script(path: Path) -> Any:
    """The emitted script as a module."""
    module: Any = types.ModuleType("generate_data")  # none that workers could import
    exec(compile(path.read_text("utf-8"), "generate_data.py", "exec"), vars(module))
    return module


def session(address: str | None) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    if address:
        os.environ["SPARK_REMOTE"] = address  # which the script reads
        return SparkSession.builder.remote(address).getOrCreate()
    builder = SparkSession.builder.master("local[*]")
    for key in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
        builder = builder.config(key, "false")
    return builder.getOrCreate()


def ways(
    spark: SparkSession, path: Path, folder: Path
) -> dict[str, Callable[[int], None]]:
    """Each way to write so many customers, and ten times as many orders."""
    volumes = shop.volumes(datetime.now(UTC).date())
    Faker.seed(42)
    fake = Faker()
    first, last = (
        [make() for _ in range(shop.POOL)] for make in (fake.first_name, fake.last_name)
    )
    names = (first, last)
    module = script(path)
    full = module.ROWS["customers"]
    where = [] if "SPARK_REMOTE" in os.environ else ["--target", "local"]

    def blocks(people: int) -> None:
        scale = people / full
        module.main(["--output", str(folder), "--scale", str(scale), *where])

    def write(table: str, frame: DataFrame, rows: int) -> None:
        place = str(folder / table)
        writer = frame.write.mode("overwrite").option("compression", "zstd")
        writer.parquet(place)
        found = spark.read.parquet(place).count()
        assert found == rows, f"{table}: {found:,} of {rows:,} rows"

    def by_expressions(people: int) -> None:
        write("customers", native.customers(spark, people, first, last), people)
        made = native.orders(spark, 10 * people, people, volumes)
        write("orders", made, 10 * people)

    def by_map(people: int) -> None:
        write("customers", in_pandas.mapped_customers(spark, people, names), people)
        made = in_pandas.mapped_orders(spark, 10 * people, people)
        write("orders", made, 10 * people)

    def by_udf(people: int) -> None:
        write("customers", in_pandas.udf_customers(spark, people, names), people)
        made = in_pandas.udf_orders(spark, 10 * people, people)
        write("orders", made, 10 * people)

    return {
        "blocks": blocks,
        "expressions": by_expressions,
        "map_in_pandas": by_map,
        "pandas_udf": by_udf,
    }


def measured(way: Callable[[int], None], people: int, folder: Path) -> list[float]:
    """Wall seconds, CPU seconds, and the peak of a worker in MiB."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    forget_peaks()
    used, start = cpu_seconds(), time.perf_counter()
    way(people)
    wall = time.perf_counter() - start
    return [wall, cpu_seconds() - used, peak_of_workers()]


def main() -> None:
    path, people, runs, place, *address = sys.argv[1:]
    folder = Path(place)
    spark = session(address[0] if address else None)
    made = ways(spark, Path(path), folder)
    found: dict[str, Any] = {"version": spark.version, "failed": {}, "tenth": {}}
    taken: dict[str, list[list[float]]] = {}
    for name, way in made.items():
        try:  # which warms the session
            found["tenth"][name] = measured(way, int(people) // 10, folder)
            taken[name] = []
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            found["failed"][name] = text.split("\n", 1)[0][:300]
    for _ in range(int(runs)):
        for name, each in taken.items():
            each.append(measured(made[name], int(people), folder))
    shutil.rmtree(folder, ignore_errors=True)
    spark.stop()
    print(json.dumps(found | {"taken": taken}))


if __name__ == "__main__":
    main()
