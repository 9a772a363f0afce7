"""Compiles mutated specs and shows those on which something does not hold.

    python -m tests.support.fuzz --count 10000 --jobs 2
    python -m tests.support.fuzz --seed 7 --number 4711     one of them again, with its text

A share of the accepted ones is run too, with few rows, and checked by `--check`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.support.fuzz.check import fault_of
from tests.support.fuzz.mutate import mutant
from tests.support.fuzz.trials import all_tried


def report(seed: int, number: int, fault: str) -> None:
    again = f"python -m tests.support.fuzz --seed {seed} --number {number}"
    steps = "\n  ".join(mutant(seed, number).steps)
    print(f"--- {again}\n  {steps!r}\n{fault}", flush=True)


def again(seed: int, number: int) -> int:
    """One mutant, with its text and what does not hold."""
    one = mutant(seed, number)
    print(one.text.encode("utf-8", "backslashreplace").decode())
    print(f"# {one.path}\n# " + "\n# ".join(map(repr, one.steps)))
    fault = fault_of(one, run=True)
    print(fault or "all is well")
    return 1 if fault else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--start", type=int, default=0, help="the first number")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--number", type=int, help="one mutant again")
    options = parser.parse_args()
    if options.number is not None:
        return again(options.seed, options.number)
    numbers = range(options.start, options.start + options.count)
    faults: Counter[str] = Counter()
    slowest, start = (0.0, 0), time.perf_counter()
    for number, fault, seconds in all_tried(options.seed, numbers, options.jobs):
        slowest = max(slowest, (seconds, number))
        if fault is not None:
            faults[fault.strip().split("\n")[-1][:100]] += 1
            report(options.seed, number, fault)
        if (number + 1) % 500 == 0:
            took = time.perf_counter() - start
            print(
                f"{number + 1:,}: {sum(faults.values())} faults, {took:.0f} s",
                flush=True,
            )
    for last, times in faults.most_common():
        print(f"{times:6} x {last}")
    print(f"{len(numbers):,} specs, {sum(faults.values())} faults", end="; ")
    print(f"the slowest was {slowest[1]}: {slowest[0]:.1f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
