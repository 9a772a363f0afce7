"""How near an emitted script comes to the speed of merely writing its frames.

    python -m benchmarks.writing [SPEC] [--scale 200] [--runs 3]

Runs the script of a spec and, in turn, a program that builds one block of each table and writes it
as often as the script writes blocks. Prints the medians, CPU time a row, peak memory, and the ratio
of the two, which holds on a noisy machine where single times do not.
"""

from __future__ import annotations

import argparse
import resource
import runpy
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from compiler.pipeline import compile_spec


def write_only(script: str, scale: float, output: Path) -> None:
    """Build one block of each table, and write it as often as the script would."""
    import numpy as np

    module = runpy.run_path(script)
    rows, block = module["ROWS"], module["BLOCK"]
    for table, (build, root, per_row, *_) in module["TABLES"].items():
        if table in rows:
            rows[table] = max(1, round(rows[table] * scale))
        size, total = max(1, block // per_row), rows[root]
        frame = build(np.arange(min(size, total)))
        (output / table).mkdir(parents=True)
        for start in range(0, total, size):
            part = frame.head(min(size, total - start) * per_row)
            module["write_block"](part, output / table / f"part-{start // size:05d}")


def measured(command: list[str]) -> tuple[float, float]:
    """Wall seconds and CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, used


def compare(spec: Path, scale: float, runs: int) -> None:
    compiled = compile_spec(str(spec), spec.read_text("utf-8"))
    assert compiled.plan is not None, "the spec is wrong"
    rows = sum(table.rows for table in compiled.plan.tables) * scale
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "generate_data.py"
        script.write_text(compiled.files["generate_data.py"], encoding="utf-8")
        output, size = folder / "out", f"{scale:g}"
        whole = [sys.executable, str(script), "--scale", size, "--output", str(output)]
        alone = [sys.executable, __file__, "--write-only", str(script)]
        alone += ["--scale", size, "--output", str(output)]
        times: dict[str, list[tuple[float, float]]] = {
            "script": [],
            "writing alone": [],
        }
        for _ in range(runs):
            for what, command in (("script", whole), ("writing alone", alone)):
                shutil.rmtree(output, ignore_errors=True)
                times[what].append(measured(command))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{spec}, {rows:,.0f} rows, median of {runs} runs")
    for what, taken in times.items():
        wall = statistics.median(pair[0] for pair in taken)
        cpu = statistics.median(pair[1] for pair in taken)
        print(f"  {what:14} {wall:6.2f} s  {cpu / rows * 1e6:5.2f} µs of CPU a row")
    pairs = zip(times["writing alone"], times["script"], strict=True)
    ratio = statistics.median(alone[1] / script[1] for alone, script in pairs)
    print(f"  the script has {ratio:.0%} of the speed of writing alone (CPU)")
    print(f"  peak memory {peak:,.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "spec", nargs="?", type=Path, default=Path(__file__).with_name("shop.toml")
    )
    parser.add_argument("--scale", type=float, default=200.0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write-only", help=argparse.SUPPRESS)
    parser.add_argument("--output", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write_only:
        write_only(options.write_only, options.scale, options.output)
    else:
        compare(options.spec, options.scale, options.runs)


if __name__ == "__main__":
    main()
