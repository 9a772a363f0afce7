"""What a script holds of a table that rows point at: few bytes for each of its rows."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from benchmarks.memory import CASES, Case, bytes_a_row, script, spec_of
from compiler.plan.held import held_by
from tests.support import compiled

ROWS = 600_000
WIDE = {"batches: a ref to a grid": (8, 16), "batches: a ref to its own grid": (12, 16)}
"""Grids of batches number their rows up to the year 2200: four bytes cannot hold that."""
BY_NAME = {case.what: case for case in CASES}


@pytest.mark.parametrize("what", BY_NAME)
def test_a_ref_holds_few_bytes_a_row_of_its_target(what: str) -> None:
    assert_few_bytes(BY_NAME[what], "polars")


@pytest.mark.parametrize("engine", ["pandas", "spark"])
@pytest.mark.parametrize("what", ["a weighted ref", "a ref to children"])
def test_so_does_a_ref_on_other_engines(what: str, engine: str) -> None:
    assert_few_bytes(BY_NAME[what], engine)


def assert_few_bytes(case: Case, engine: str) -> None:
    """As many as the limits say, and as the plan counts."""
    kept, peak = bytes_a_row(case, engine, ROWS)
    plan = compiled(spec_of(case, engine, ROWS)).plan
    assert plan is not None
    rows = {table.name: float(table.rows) for table in plan.tables}
    held = sum(each.bytes for each in held_by(plan, rows)) / rows[case.target]
    assert kept == pytest.approx(held, abs=0.2)
    most_kept, most_at_peak = WIDE.get(case.what, (5, 10))
    assert kept <= most_kept + 0.1
    assert peak <= most_at_peak + 0.5


def peak_of_a_block(scale: int) -> dict[str, int]:
    """By table: the bytes that the first rows of an answer key, a grid and children take."""
    module = script(BY_NAME["duplicate keys"], "polars", 1_000)
    for table, rows in module.ROWS.items():
        module.ROWS[table] = rows * scale
    peaks = {}
    for name, table in module.TABLES.items():
        tracemalloc.start()
        assert name != "_bad_data" or len(module.bad_data_blocks()) > scale / 1e4
        table.build(np.arange(1))
        peaks[name] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peaks


def test_at_a_scale_of_a_billion_the_first_block_takes_no_more_memory() -> None:
    some, many = peak_of_a_block(1_000), peak_of_a_block(1_000_000_000)
    assert set(some) == {"many", "few", "_bad_data"}
    for name, peak in many.items():
        assert peak < 2 * some[name] + 1e6


@pytest.mark.parametrize(
    "what", ["a weighted ref", "a ref to children", "batches: a weighted ref"]
)
def test_a_ref_that_would_keep_too_many_rows_says_so_at_once(what: str) -> None:
    module = script(BY_NAME[what], "polars", 1_000)
    module.ROWS["many"] = 5 * 10**9
    with pytest.raises(
        RuntimeError, match="many has over 4,294,967,296 rows, too many"
    ):
        module.TABLES["few"].build(np.arange(1))
