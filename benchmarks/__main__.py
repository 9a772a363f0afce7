"""Measure parts of the benchmark, and write the report: python -m benchmarks [PART…]."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks import machine
from benchmarks.measure import BUILD, Failed, Settings
from benchmarks.report import PARTS, load, save


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--runs", type=int, default=5, help="of each command")
    parser.add_argument("--quick", action="store_true", help="small sizes, elsewhere")
    parser.add_argument("--out", type=Path, help="the folder of the report")
    parser.add_argument("--render", action="store_true", help="only the report, again")
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no part is named {', '.join(sorted(unknown))}")
    settings = Settings(options.runs, options.quick)
    folder = options.out or (BUILD if options.quick else Path(__file__).parent)
    results = load(folder / "results.json")
    failed = []
    for name in [] if options.render else options.parts or PARTS:
        print(f"{name} …", end=" ", file=sys.stderr, flush=True)
        facts, start = machine.facts(), time.perf_counter()
        try:
            found = PARTS[name].measure(settings)
        except Failed as error:
            failed.append(name)
            print(f"failed: {error}", file=sys.stderr)
            continue
        seconds = time.perf_counter() - start
        print(f"{seconds:.0f} s", file=sys.stderr)
        results[name] = {
            "settings": {"runs": settings.runs, "quick": settings.quick},
            "machine": facts,
            "seconds": round(seconds),
            "found": found,
        }
        results = {name: results[name] for name in PARTS if name in results}
        save(results, folder)  # what follows may fail, or be stopped
    save(results, folder)
    print(f"see {folder / 'RESULTS.md'}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
