"""What emitted scripts hold of the tables that their rows point at: bytes for each of those rows.

    python -m benchmarks.memory [--rows 4_000_000]

Builds a few rows of a table in tables of this size and of half of it, for each engine: what more
is held, and what more at the peak, is in proportion to the target. Counted by tracemalloc, to
which numpy reports its arrays: the numbers are the same on every run and machine.
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import sys
import tracemalloc
import types
from dataclasses import dataclass
from typing import Any

import numpy as np

from compiler.pipeline import compile_spec

ENGINES = ("polars", "pandas", "spark")
WEIGHTS = {"tier": {"Top": 5, "Pro": 2, "Free": 0}}


@dataclass(frozen=True)
class Case:
    """A table whose rows point at many rows of another, or of itself."""

    what: str
    columns: dict[str, Any]
    """Of the table `few`, whose first rows are built; else of its target."""
    build: str = "few"
    target: str = "many"
    """The table whose rows count."""
    append: bool = False
    bad: bool = False


def ref(table: str, **options: Any) -> dict[str, Any]:
    return {"to": {"kind": "ref", "table": table, **options}}


CASES = (
    Case("a skewed ref", ref("many")),
    Case("a weighted ref", ref("many", weights=WEIGHTS)),
    Case("a ref to children", ref("children"), target="children"),
    Case(
        "a weighted ref to children",
        ref("children", weights=WEIGHTS),
        target="children",
    ),
    Case("a ref to a grid", ref("grid"), target="grid"),
    Case("a weighted ref to its own table", ref("many", weights=WEIGHTS), "many"),
    Case("a ref to its own children", ref("children"), "children", "children"),
    Case("a distinct ref", ref("many", weights=WEIGHTS, distinct=True), "pairs"),
    Case("duplicate keys", ref("many"), "_bad_data", bad=True),
    Case("duplicate keys of children", {}, "children", "children", bad=True),
    Case("batches: a skewed ref", ref("many"), append=True),
    Case("batches: a weighted ref", ref("many", weights=WEIGHTS), append=True),
    Case("batches: a ref to children", ref("children"), target="children", append=True),
    Case("batches: a ref to a grid", ref("grid"), target="grid", append=True),
    Case("batches: a ref to its own grid", ref("grid"), "grid", "grid", append=True),
    Case("batches: duplicate keys", {}, "children", "children", append=True, bad=True),
)
"""All that holds something of each row of a table, and what looks as if it did."""


def spec_of(case: Case, engine: str, rows: int) -> dict[str, Any]:
    """A spec in which the target has so many rows."""
    tier = {"kind": "choice", "weights": {"Free": 6, "Pro": 3, "Top": 1}}
    key = {"kind": "key"}
    tables: dict[str, Any] = {
        "many": {"rows": rows, "columns": {"id": key, "tier": tier}},
        "few": {"rows": 1_000, "columns": {"id": key}},
        "children": {
            "rows": {"per": "many", "mean": 2.5, "max": 8},
            "columns": {"id": key, "parent": ref("many")["to"], "tier": tier},
        },
        "grid": {
            "rows": {"per": "many", "every": "18h"},
            "columns": {"id": key, "parent": ref("many")["to"], "at": {"kind": "tick"}},
        },
        "pairs": {
            "rows": {"per": "few", "mean": 2.5, "max": 8},
            "columns": {"parent": ref("few")["to"]},
        },
    }
    tables["many"]["rows"] = rows * 2 // {"children": 5, "grid": 8}.get(case.target, 2)
    owner = case.build if case.build in tables else case.target
    tables[owner]["columns"] |= case.columns
    used = {case.target, owner, "few", *(["many"] if case.target != "many" else [])}
    mode = {"mode": "append"} if case.append else {}
    spec = {
        "name": "memory",
        "description": "Many rows that few others point at.",
        "window": {"start": "2026-06-27", "end": "2026-06-30"},
        "output": {"engine": engine, **mode},
        "allow": ["*"],
        "tables": {name: table for name, table in tables.items() if name in used},
    }
    return spec | ({"bad_data": {"duplicate_key_rate": 0.01}} if case.bad else {})


def script(case: Case, engine: str, rows: int) -> Any:
    """The script of a case as a module, in small blocks: these are not what is measured."""
    module: Any = types.ModuleType("generate_data")
    exec(compile(source(case.what, engine), "script", "exec"), vars(module))
    module.ROWS["many"] = spec_of(case, engine, rows)["tables"]["many"]["rows"]
    module.BLOCK = 1 << 14
    return module


@functools.cache
def source(what: str, engine: str) -> str:
    """The text of a case's script."""
    case = next(case for case in CASES if case.what == what)
    text = json.dumps(spec_of(case, engine, 1_000_000))
    compiled = compile_spec("memory.json", text)
    assert not compiled.failed, compiled.diagnostics
    return compiled.files["generate_data.py"]


def held(case: Case, engine: str, rows: int) -> np.ndarray:
    """Bytes that building the first rows of a table leaves, and takes at the peak."""
    module = script(case, engine, rows)
    vars(sys).pop("generate_data_runs", None)  # where Spark's workers keep things
    gc.collect()
    tracemalloc.start()
    try:
        module.TABLES[case.build].build(np.arange(2))
        if "pairs_to_row_next" in vars(module):  # which few rows need
            module.pairs_to_row_next(np.arange(2), np.arange(2))
        gc.collect()
        return np.array(tracemalloc.get_traced_memory())
    finally:
        tracemalloc.stop()


def bytes_a_row(case: Case, engine: str, rows: int) -> tuple[float, float]:
    """Bytes for each row of the target: kept, and at the peak."""
    kept, peak = (held(case, engine, rows) - held(case, engine, rows // 2)) / (rows / 2)
    return float(kept), float(peak)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=4_000_000)
    parser.add_argument("--engine", action="append", choices=ENGINES)
    options = parser.parse_args()
    print(f"{'bytes for each row of the target':36}{'engine':8}{'kept':>6}{'peak':>6}")
    for case in CASES:
        for engine in options.engine or ENGINES:
            kept, peak = bytes_a_row(case, engine, options.rows)
            print(f"{case.what:36}{engine:8}{kept:6.1f}{peak:6.1f}", flush=True)


if __name__ == "__main__":
    main()
