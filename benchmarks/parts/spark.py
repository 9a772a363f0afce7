"""The two tables of shop.toml on Spark: a script's blocks, and three other ways.

On Spark itself where there is Java, and on a Sail server.
"""

from __future__ import annotations

import contextlib
import json
import statistics
import sys
from collections.abc import Iterator

from benchmarks.measure import Failed, Settings, Tree, run
from benchmarks.prepare import emitted, scratch, shop_spec
from benchmarks.tables import mib, short, table, times
from tests.support.servers import java, sail

TITLE = "On Spark"
CUSTOMERS = 200_000
WAYS = {
    "blocks": "the script's blocks",
    "expressions": "Spark's own expressions",
    "map_in_pandas": "`mapInPandas`",
    "pandas_udf": "a `pandas_udf` a column",
}


def measure(settings: Settings) -> Tree:
    customers = settings.size(CUSTOMERS, 2_000)
    found: Tree = {"customers": customers, "orders": 10 * customers, "servers": {}}
    servers = ["spark"] if java() else []
    for server in [*servers, "sail"]:
        try:
            found["servers"][server] = on(server, customers, settings)
        except Failed as error:
            found["servers"][server] = {"error": str(error)}
    return found


def on(server: str, customers: int, settings: Settings) -> Tree:
    """What each way takes on a server."""
    with scratch() as folder, contextlib.ExitStack() as stack:
        script = emitted(shop_spec(customers, folder), "spark", folder)
        address = [stack.enter_context(sail(folder))] if server == "sail" else []
        command = [sys.executable, "-m", "benchmarks.spark.session", script]
        words = [customers, settings.runs, folder / "out", *address]
        made = run([*command, *words], settings.seconds)
    measured = json.loads(made.output.strip().splitlines()[-1])
    ways: Tree = {}
    for name, taken in measured["taken"].items():
        wall, cpu, peak = (
            round(statistics.median(each), 3) for each in zip(*taken, strict=True)
        )
        tenth = round(measured["tenth"][name][2], 1)
        ways[name] = {"wall": wall, "cpu": cpu, "peak": peak, "tenth": tenth}
        pairs = list(zip(taken, measured["taken"]["blocks"], strict=True))
        for figure, place in (("speed", 0), ("less_cpu", 1)):
            ways[name][figure] = round(
                statistics.median(each[place] / ours[place] for each, ours in pairs), 3
            )
    about = {key: measured[key] for key in ("version", "failed")}
    return {**about, "ways": ways}


def render(found: Tree) -> Iterator[str]:
    yield (
        f"{found['customers']:,} customers and {found['orders']:,} orders, written as"
        " Parquet with zstd in one warm session, the ways in turn. *Ours*: how many times"
        " as fast the script is, by wall time and by the CPU time of all of Spark's"
        " processes. The peak is that of one Python worker (of the server, on Sail), at all"
        " the rows and at a tenth."
    )
    rows = found["customers"] + found["orders"]
    for server, each in found["servers"].items():
        if "error" in each:
            yield f"**{server}** did not run: {each['error']}"
            continue
        yield f"**{server}** {each['version']}"
        lines = []
        for name, made in each["ways"].items():
            took = [f"{made['wall']:.2f}", f"{made['cpu']:.2f}"]
            ours = [times(made["speed"]), times(made["less_cpu"])]
            peaks = [mib(made["peak"]), mib(made["tenth"])]
            speed = short(rows / made["wall"])
            lines.append([WAYS[name], *took, speed, *ours, *peaks])
        head = ["", "wall s", "CPU s", "rows/s", "ours, wall", "ours, CPU"]
        yield table([*head, "peak MiB", "at a tenth"], lines)
        if each["failed"]:
            yield "\n".join(
                f"- {WAYS[name]} failed: {why}" for name, why in each["failed"].items()
            )
