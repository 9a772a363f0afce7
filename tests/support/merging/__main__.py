"""Merges many pairs of an edit and a change of the spec, and prints how many have conflicts.

python -m tests.support.merging
python -m tests.support.merging --show    with the conflicts, and what both sides did
"""

from __future__ import annotations

import argparse

from tests.support.merging.outcome import Outcome, outcomes
from tests.support.merging.pairs import EDITIONS, SEED, VERSIONS
from tests.support.merging.table import table


def show(one: Outcome) -> None:
    if not one.clean or one.lost:
        print(f"--- {one.pair.name} on {one.pair.engine}: {one.pair.what}")
    for conflict in one.merge.conflicts:
        print(conflict)
    for what in (*one.lost, *one.faults):
        print("   ", what)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--versions", type=int, default=VERSIONS)
    parser.add_argument("--editions", type=int, default=EDITIONS)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    found = outcomes(options.versions, options.editions, options.seed)
    if options.show:
        for one in found:
            show(one)
    print(table(found))


if __name__ == "__main__":
    main()
