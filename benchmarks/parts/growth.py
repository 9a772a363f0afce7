"""How time and memory grow with a spec and its rows, one kind of size at a time.

Each kind of size is measured as a command that is run for several sizes. A line is fitted to what
it takes, and the sizes are named at which the line bends.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.fit import fit
from benchmarks.measure import Command, Failed, Run, Settings, Tree, in_turn, medians
from benchmarks.prepare import emitted, scratch
from benchmarks.tables import figure, mib, short, table

TITLE = "Growth"
LONG, FEW = 20, 3
"""A command that takes more seconds than this is run so many times at most."""
Made = tuple[Command, Path]
"""A command, and the folder that it writes."""


def spec(tables: Tree) -> Tree:
    return {
        "name": "growth",
        "description": "A spec of some size.",
        "window": {"start": "2026-01-01", "end": "2026-06-30"},
        "allow": ["*"],
        "tables": tables,
    }


def some(count: int) -> Tree:
    """So many columns, of kinds in turn, below a key."""
    kinds: tuple[Tree, ...] = (
        {"kind": "normal", "mean": 10, "sd": 2},
        {"kind": "choice", "weights": {"a": 5, "b": 3, "c": 2}},
        {"kind": "timestamp"},
        {"kind": "poisson", "lam": 5},
    )
    columns = {f"c{n}": kinds[n % len(kinds)] for n in range(count - 1)}
    return {"id": {"kind": "key"}, **columns}


def rows(size: int) -> Tree:
    return spec({"things": {"rows": size, "columns": some(3)}})


def columns(size: int) -> Tree:
    return spec({"things": {"rows": 100_000, "columns": some(size)}})


def tables(size: int, width: int = 10) -> Tree:
    """So many tables, each with a ref to the one before."""
    made: Tree = {}
    for n in range(size):
        ref = {"ref": {"kind": "ref", "table": f"t{n - 1}"}} if n else {}
        made[f"t{n}"] = {"rows": 1_000, "columns": {**some(width - len(ref)), **ref}}
    return spec(made)


def targets(size: int) -> Tree:
    """A million rows that point at so many others, by weight."""
    ref = {"kind": "ref", "table": "many", "weights": {"c1": {"a": 5, "b": 2, "c": 1}}}
    few = {"id": {"kind": "key"}, "to": ref}
    return spec(
        {
            "many": {"rows": size, "columns": some(3)},
            "few": {"rows": 1_000_000, "columns": few},
        }
    )


def build(tree: Tree, folder: Path) -> Made:
    """The command that builds a spec into a new folder."""
    path, output = folder / "growth.json", folder / "built"
    path.write_text(json.dumps(tree, indent=1), encoding="utf-8")
    command = [sys.executable, "-m", "compiler", "build", path, "--yes"]
    return [*command, "--out", output], output


def script(tree: Tree, folder: Path, *options: str) -> Made:
    """The command that runs the script of a spec."""
    path, output = folder / "growth.json", folder / "out"
    path.write_text(json.dumps(tree, indent=1), encoding="utf-8")
    written = emitted(path, "polars", folder)
    return [sys.executable, written, "--output", output, *options], output


@dataclass(frozen=True)
class Kind:
    """A kind of size."""

    what: str
    unit: str
    sizes: Sequence[int]
    quick: Sequence[int]
    command: Callable[[int, Path], Made]


KINDS = {
    "rows": Kind(
        "A run: rows of a table of three columns",
        "row",
        (10**5, 10**6, 10**7, 10**8),
        (10**3, 10**4, 10**5),
        lambda size, folder: script(rows(size), folder),
    ),
    "targets": Kind(
        "A run: rows of a table that a million others point at, by weight",
        "row",
        (10**3, 10**4, 10**5, 10**6, 10**7),
        (10**2, 10**3, 10**4),
        lambda size, folder: script(targets(size), folder, "--only", "few"),
    ),
    "columns": Kind(
        "A run: columns of a table of 100,000 rows",
        "column",
        (5, 20, 50, 100, 200),
        (2, 4, 8),
        lambda size, folder: script(columns(size), folder),
    ),
    "tables": Kind(
        "A run: tables of 1,000 rows and 10 columns",
        "table",
        (10, 50, 100, 200, 500),
        (1, 2, 4),
        lambda size, folder: script(tables(size), folder),
    ),
    "columns_built": Kind(
        "A build: columns of a table",
        "column",
        (5, 20, 50, 100, 200),
        (2, 4, 8),
        lambda size, folder: build(columns(size), folder),
    ),
    "tables_built": Kind(
        "A build: tables of 10 columns",
        "table",
        (10, 50, 100, 200, 500),
        (1, 2, 4),
        lambda size, folder: build(tables(size), folder),
    ),
    "wide_tables_built": Kind(
        "A build: tables of 50 columns",
        "table",
        (10, 50, 200),
        (1, 2, 4),
        lambda size, folder: build(tables(size, 50), folder),
    ),
}


def measure(settings: Settings) -> Tree:
    found: Tree = {}
    for name, kind in KINDS.items():
        found[name] = {"what": kind.what, "unit": kind.unit}
        try:
            found[name] |= grown(kind, settings)
        except Failed as error:
            found[name]["failed"] = str(error)
    return found


def grown(kind: Kind, settings: Settings) -> Tree:
    """What each size takes, and the lines through these."""
    points = []
    sizes = kind.quick if settings.quick else kind.sizes
    for size in sizes:
        with scratch() as folder:
            command, output = kind.command(size, folder)
            made = repeated(command, output, settings)
        points.append({"size": size, **medians(made)})
    lines = {
        name: asdict(
            fit(
                sizes,
                [point[name] for point in points],
                [high - low for low, high in (each["range"][name] for each in points)],
            )
        )
        for name in ("wall", "cpu", "peak")
    }
    return {"points": points, "fits": lines}


def repeated(command: Command, output: Path, settings: Settings) -> list[Run]:
    """Runs of a command: fewer of one that takes long, which noise moves less."""
    first = in_turn({"it": command}, replace(settings, runs=1), output)["it"]
    runs = min(settings.runs, FEW) if first[0].wall > LONG else settings.runs
    rest = replace(settings, runs=runs - 1)
    return first + in_turn({"it": command}, rest, output)["it"]


def render(found: Tree) -> Iterator[str]:
    yield (
        "Each size is a process of its own, start included. The line is"
        " *fixed + each × size*, by least squares of relative errors; the *slope* is that of"
        " the two largest sizes in log-log (1: in proportion). The line *bends* at a size"
        " from which one more costs over 1.5 times as much as before, or less than"
        " 1 / 1.5."
    )
    for each in found.values():
        yield f"**{each['what']}**"
        if "failed" in each:
            yield f"Failed: {each['failed']}"
            continue
        rows = [
            [
                f"{point['size']:,}",
                f"{point['wall']:.2f}",
                f"{point['cpu']:.2f}",
                mib(point["peak"]),
                str(point["runs"]),
            ]
            for point in each["points"]
        ]
        yield table([f"{each['unit']}s", "wall s", "CPU s", "peak MiB", "runs"], rows)
        yield table(
            ["", "fixed", f"a {each['unit']}", "slope", "bends at"],
            [line(name, each["fits"][name]) for name in each["fits"]],
        )


def line(name: str, found: Tree) -> list[str]:
    """A fitted line, in units that suit one more."""
    fixed, each = found["fixed"], found["each"]
    if name == "peak":
        texts = [f"{fixed:,.0f} MiB", in_bytes(each * 2**20)]
    else:
        texts = [f"{figure(max(fixed, 0))} s", in_seconds(each)]
    bends = ", ".join(f"{size:,}" for size in found["bends"]) or "–"
    label = {"peak": "peak", "wall": "wall", "cpu": "CPU"}[name]
    return [label, *texts, f"{found['slope']:.2f}", bends]


def in_seconds(seconds: float) -> str:
    for size, name in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if abs(seconds) >= size:
            return f"{seconds / size:.3g} {name}"
    return f"{seconds * 1e9:.3g} ns"


def in_bytes(count: float) -> str:
    return f"{short(count)}B" if count >= 1e3 else f"{count:.1f} B"
