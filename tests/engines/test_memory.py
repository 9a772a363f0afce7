"""What a script holds of a table that rows point at: few bytes for each of its rows."""

from __future__ import annotations

import pytest

from benchmarks.memory import CASES, Case, bytes_a_row, spec_of
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
