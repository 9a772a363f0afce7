"""How near an emitted script comes to the speed of merely writing its frames.

The rivals build one block of each table by the script, and then only write it as often as the
script writes blocks: by the plain call of its library, or by the script's own function, which may
ask for another level of compression. They are started as processes of their own:

    python -m benchmarks.parts.writing SCRIPT OUTPUT plain|own
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import shop
from benchmarks.measure import (
    Settings,
    Tree,
    cpu,
    in_turn,
    medians,
    ratio,
    wall,
)
from benchmarks.prepare import emitted, scratch, shop_spec
from benchmarks.tables import mib, per_cent, table, times

TITLE = "A script, and only writing its frames"
ENGINES = ("polars", "pandas")
WAYS = {
    "plain": "writing alone, by the library's plain call",
    "own": "writing alone, by the script's function",
}


def write_only(script: str, output: Path, way: str) -> None:
    """Build one block of each table, and write it as often as the script would."""
    import numpy as np

    module = runpy.run_path(script)
    block = module["BLOCK"]
    as_written = module.get("as_written", lambda frame: frame)
    for table_, (build, root, per_row, *_) in module["TABLES"].items():
        size, total = max(1, block // per_row), module["ROWS"][root]
        frame = build(np.arange(min(size, total)))
        if way == "plain":
            frame = as_written(frame)
        (output / table_).mkdir(parents=True)
        for start in range(0, total, size):
            part = frame.head(min(size, total - start) * per_row)
            one = write if way == "plain" else module["write_block"]
            one(part, output / table_ / f"part-{start // size:05d}.parquet")


def write(frame: Any, path: Path) -> None:
    """The plain call of a library of frames, with zstd."""
    if hasattr(frame, "write_parquet"):
        frame.write_parquet(path, compression="zstd")
    else:
        frame.to_parquet(path, engine="pyarrow", compression="zstd", index=False)


def measure(settings: Settings) -> Tree:
    found: Tree = {"customers": settings.size(shop.CUSTOMERS, 5_000), "engines": {}}
    found["orders"] = 10 * found["customers"]
    rows = found["customers"] + found["orders"]
    with scratch() as folder:
        for engine in settings.first(ENGINES):
            spec = shop_spec(found["customers"], folder)
            script, output = emitted(spec, engine, folder), folder / "out"
            alone = [sys.executable, "-m", __spec__.name, script, output]
            commands = {
                "script": [sys.executable, script, "--output", output],
                **{way: [*alone, way] for way in WAYS},
            }
            made = in_turn(commands, settings, output)
            found["engines"][engine] = {
                **{name: medians(runs) for name, runs in made.items()},
                "speed": {way: ratio(made[way], made["script"], wall) for way in WAYS},
                "cpu": {way: ratio(made["script"], made[way], cpu) for way in WAYS},
                "rows": rows,
            }
    return found


def render(found: Tree) -> Iterator[str]:
    yield (
        f"{found['customers']:,} customers and {found['orders']:,} orders"
        " ([shop.toml](shop.toml)) as Parquet with zstd."
        " *Speed* is that of the script compared with writing alone, by wall time;"
        " *CPU* is the CPU time of the script divided by that of writing alone."
        " Both are medians of the ratios of runs made in turn."
    )
    lines = []
    for engine, each in found["engines"].items():
        for name, what in {"script": "the script", **WAYS}.items():
            took, shares = each[name], ["", ""]
            if name != "script":
                shares = [per_cent(each["speed"][name]), times(each["cpu"][name])]
            micro = f"{took['cpu'] / each['rows'] * 1e6:.2f}"
            cells = [f"{took['wall']:.2f}", f"{took['cpu']:.2f}", micro]
            lines.append([engine, what, *cells, mib(took["peak"]), *shares])
    head = ["engine", "", "wall s", "CPU s", "µs of CPU a row", "peak MiB"]
    yield table([*head, "speed", "CPU"], lines)


if __name__ == "__main__":
    write_only(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
