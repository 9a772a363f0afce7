"""The two tables of shop.toml by other means: cells for each second of CPU.

Each peer is a program of its own in `benchmarks/peers/`, which names its packages at the top. They
are installed into an environment of its own, below `build/bench/`.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import shop
from benchmarks.measure import (
    BUILD,
    ROOT,
    Command,
    Failed,
    Run,
    Settings,
    Tree,
    in_turn,
    medians,
    run,
)
from benchmarks.prepare import counted, emitted, scratch, shop_spec
from benchmarks.tables import mib, short, table, times

TITLE = "The same tables by other means"


@dataclass(frozen=True)
class Peer:
    """A program that makes the two tables, and how many rows suit it."""

    program: str
    what: str
    package: str
    """Whose version is shown."""
    licence: str
    kind: str
    customers: int
    lacks: str = ""
    """What the spec asks for and this leaves out."""


PEERS = (
    Peer(
        "faker_pools",
        "Faker's names in pools, numpy and Polars by hand",
        "faker",
        "MIT",
        "by hand",
        shop.CUSTOMERS,
        "rows that do not depend on the size of a block",
    ),
    Peer(
        "guide",
        "a call of Faker a row, a loop over orders (the usual guide)",
        "faker",
        "MIT",
        "by hand",
        2_500,
        "busy customers, the calendar",
    ),
    Peer(
        "faker_rows",
        "a call of Faker a row, numpy for the rest",
        "faker",
        "MIT",
        "by hand",
        10_000,
        "busy customers, the calendar",
    ),
    Peer(
        "mimesis_fields",
        "a call of Mimesis a row, numpy for the rest",
        "mimesis",
        "MIT",
        "by hand",
        20_000,
        "busy customers, the calendar, e-mails of the names",
    ),
    Peer(
        "misata_schema",
        "Misata: declared, generated as a stream",
        "misata",
        "MIT",
        "declared",
        100_000,
        "text in keys, orders by tier, amounts by tier, the calendar, times of day",
    ),
    Peer(
        "duckdb_range",
        "DuckDB: SQL over `range()`, Faker's names in pools",
        "duckdb",
        "MIT",
        "by hand",
        shop.CUSTOMERS,
        "rows that are the same on every run",
    ),
    Peer(
        "tpch",
        "tpchgen: customers and orders of TPC-H",
        "tpchgen-cli",
        "Apache-2.0",
        "fixed schema",
        shop.CUSTOMERS,
        "any schema but its own",
    ),
)
NAMED = {"dbldatagen": "its licence (Databricks License) is not a permissive one"}
"""Peers that are not run, and why."""
OURS = ("polars",)


def needs(program: str) -> list[str]:
    """The packages that a program names at its top (PEP 723)."""
    path = ROOT / "benchmarks" / "peers" / f"{program}.py"
    block = path.read_text("utf-8").split("# ///")[1].splitlines()[1:]
    header = "\n".join(line.removeprefix("#").strip() for line in block)
    return list(tomllib.loads(header)["dependencies"])


def environment(peer: Peer) -> Path:
    """The Python of a peer's environment, which is made unless it has all that it needs."""
    folder = BUILD / "peers" / peer.program
    python, stamp = folder / "bin" / "python", folder / "installed.json"
    wanted = json.dumps(needs(peer.program))
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", "--without-pip", folder])
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        install = [*pip, "--python", python, "install", "--quiet"]
        try:
            run([*install, *needs(peer.program)], seconds=600)
        except Failed as error:
            raise Failed(without_addresses(str(error))) from error
        stamp.write_text(wanted, encoding="utf-8")
    return python


def without_addresses(text: str) -> str:
    """The last line of what pip prints, which may name the index of this machine."""
    last = text.strip().splitlines()[-1]
    return "not installed: " + re.sub(r"\S+://\S+|host='[^']*'", "…", last)


def version_of(python: Path, package: str) -> str:
    code = f"import importlib.metadata as m; print(m.version({package!r}), end='')"
    return run([python, "-c", code]).output


def measure(settings: Settings) -> Tree:
    found: Tree = {"ours": {}, "peers": {}, "named": NAMED}
    commands: dict[str, Command] = {}
    with scratch() as folder:
        output = folder / "out"
        customers = settings.size(shop.CUSTOMERS, 5_000)
        for engine in OURS:
            script = emitted(shop_spec(customers, folder), engine, folder)
            commands[engine] = [sys.executable, script, "--output", output]
            found["ours"][engine] = {}
        for peer in PEERS:
            about = {"what": peer.what, "kind": peer.kind, "lacks": peer.lacks}
            about |= {"licence": peer.licence, "package": peer.package}
            rows = settings.size(peer.customers, min(peer.customers, 1_000))
            try:
                python = environment(peer)
                about["version"] = version_of(python, peer.package)
                module = f"benchmarks.peers.{peer.program}"
                words = [python, "-m", module, rows, 10 * rows, output]
                commands[peer.program] = words
            except Failed as error:
                about["failed"] = str(error)
            found["peers"][peer.program] = about
        for name, taken in measured(commands, settings, output).items():
            found["ours" if name in OURS else "peers"][name] |= taken
    for each in found["ours"].values():
        if "failed" in each:
            raise Failed(each["failed"])
    return found


def measured(
    commands: Mapping[str, Command], settings: Settings, output: Path
) -> dict[str, Tree]:
    """What each program takes, in turn, and its cells for each second of CPU.

    One that fails is left out from then on.
    """
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    written: dict[str, Tree] = {}
    failed: dict[str, str] = {}

    def count(name: str, made: Run) -> None:
        runs[name].append(made)
        if name not in written:  # each run writes as much
            written[name] = counted(output)

    for _ in range(settings.runs):
        for name in [name for name in commands if name not in failed]:
            try:
                once = replace(settings, runs=1)
                in_turn({name: commands[name]}, once, output, count)
            except Failed as error:
                failed[name] = str(error)
    return {
        name: (
            {"failed": failed[name]}
            if name in failed
            else with_cells(medians(runs[name]), written[name])
        )
        for name in commands
    }


def with_cells(taken: Tree, written: Tree) -> Tree:
    cells_a_second = round(written["cells"] / taken["cpu"])
    return {**taken, **written, "cells_a_second": cells_a_second}


def render(found: Tree) -> Iterator[str]:
    yield (
        "Customers and ten times as many orders, as in [shop.toml](shop.toml), written as"
        " Parquet with zstd: cells for each second of CPU, start included. Each peer in an"
        " environment of its own, by the quickest of its ways, at a size that suits it."
        " *Ours* is how many times as many cells the script makes on Polars."
    )
    best = found["ours"]["polars"]["cells_a_second"]
    lines = []
    for engine, each in found["ours"].items():
        lines.append([f"**the script, {engine}**", "declared", *figures(each), ""])
    for each in found["peers"].values():
        package = f"{each['package']} {each.get('version', '')}".strip()
        name = f"{each['what']} ({package})"
        if "failed" in each:
            lines.append([f"{name}: failed", each["kind"], *[""] * 6])
        else:
            ratio = times(best / each["cells_a_second"])
            lines.append([name, each["kind"], *figures(each), ratio])
    head = ["", "kind", "rows", "CPU s", "wall s", "peak MiB", "cells a CPU second"]
    yield table([*head, "ours"], lines)
    yield "What they leave out, of what the spec asks for:\n\n" + "\n".join(
        f"- {each['what']}: {each['lacks']}" for each in found["peers"].values()
    )
    failed = [
        f"- {each['what']}: {each['failed']}"
        for each in found["peers"].values()
        if "failed" in each
    ]
    not_run = [f"- {name}: {why}" for name, why in found["named"].items()]
    yield "Not run:\n\n" + "\n".join([*failed, *not_run])


def figures(each: Tree) -> list[str]:
    took = [f"{each['cpu']:.2f}", f"{each['wall']:.2f}", mib(each["peak"])]
    return [f"{each['rows']:,}", *took, short(each["cells_a_second"])]
