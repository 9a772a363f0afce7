"""The four specs of `specs/`: how long they take to plan, to build and to run."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import ROOT, Run, Settings, Tree, in_turn, medians, run
from benchmarks.prepare import counted, emitted, scratch
from benchmarks.tables import mib, short, table

TITLE = "The four domains"
DOMAINS = ("ecom", "support", "iot", "finance")
ENGINES = ("polars", "pandas")
SCALE = 10
"""Times the rows of a spec: at 1 most of a run is its start."""


def measure(settings: Settings) -> Tree:
    found: Tree = {"scale": settings.size(SCALE, 1), "specs": {}}
    for name in settings.first(DOMAINS):
        spec = ROOT / "specs" / f"{name}.toml"
        with scratch() as folder:
            found["specs"][name] = {
                "compiler": compiled(spec, folder / "built", settings),
                "engines": {
                    engine: produced(spec, engine, folder, found["scale"], settings)
                    for engine in settings.first(ENGINES)
                },
            }
    return found


def compiled(spec: Path, output: Path, settings: Settings) -> Tree:
    """Plans, builds into a new folder, and builds again with nothing changed.

    The first build is with an empty cache: no spec was built on this machine before.
    """
    command = [sys.executable, "-m", "compiler"]
    build = [*command, "build", spec, "--yes", "--out", output]
    new = {"plan": [*command, "plan", spec], "build": build}
    made = in_turn(new, settings, output)
    first = []
    for _ in range(settings.runs):
        with scratch() as cache:
            first.append(run(build, env={"XDG_CACHE_HOME": str(cache)}))
        shutil.rmtree(output)
    run(build)
    again = [run(build) for _ in range(settings.runs)]
    made |= {"first": first, "again": again}
    return {name: medians(runs) for name, runs in made.items()}


def produced(
    spec: Path, engine: str, folder: Path, scale: int, settings: Settings
) -> Tree:
    """Runs of the script of a spec."""
    script, output = emitted(spec, engine, folder), folder / "out"
    command = [sys.executable, script, "--scale", scale, "--output", output]
    written: Tree = {}

    def count(_: str, made: Run) -> None:
        if not written:
            written.update(counted(output))

    runs = in_turn({"it": command}, settings, output, count)["it"]
    found = {**medians(runs), **written}
    return found | {"cells_a_second": round(found["cells"] / found["cpu"])}


def render(found: Tree) -> Iterator[str]:
    yield (
        "Wall seconds of the command, start included. *First*: a build with an empty cache;"
        " *build*: one into a new folder; *again*: one with nothing changed."
    )
    names = ("plan", "first", "build", "again")
    yield table(
        ["spec", *names, "peak MiB"],
        [
            [
                name,
                *(f"{each['compiler'][what]['wall']:.2f}" for what in names),
                mib(each["compiler"]["build"]["peak"]),
            ]
            for name, each in found["specs"].items()
        ],
    )
    yield f"Their scripts, with `--scale {found['scale']}`:"
    rows = []
    for name, each in found["specs"].items():
        for engine, made in each["engines"].items():
            took = [f"{made['wall']:.2f}", f"{made['cpu']:.2f}", mib(made["peak"])]
            counts = [f"{made['rows']:,}", short(made["cells"])]
            rows.append([name, engine, *counts, *took, short(made["cells_a_second"])])
    head = ["spec", "engine", "rows", "cells", "wall s", "CPU s", "peak MiB"]
    yield table([*head, "cells a CPU second"], rows)
