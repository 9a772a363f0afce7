"""Many mutants, in processes of their own."""

from __future__ import annotations

import faulthandler
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

from tests.support.fuzz.check import HANG, fault_of
from tests.support.fuzz.mutate import mutant

RUN_EACH = 40
CHUNK = 20


def tried(seed: int, number: int) -> tuple[int, str | None, float]:
    """A mutant's number, what does not hold, and the seconds that it took."""
    faulthandler.dump_traceback_later(HANG * 30, exit=True)  # a hang outside of Python
    start = time.perf_counter()
    fault = fault_of(mutant(seed, number), run=number % RUN_EACH == 0)
    faulthandler.cancel_dump_traceback_later()
    return number, fault, time.perf_counter() - start


def all_tried(
    seed: int, numbers: range, jobs: int
) -> Iterator[tuple[int, str | None, float]]:
    if jobs == 1:
        yield from map(tried, repeat(seed), numbers)
        return
    with ProcessPoolExecutor(jobs, max_tasks_per_child=2_000) as pool:
        yield from pool.map(tried, repeat(seed), numbers, chunksize=CHUNK)
