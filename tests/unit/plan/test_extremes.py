"""Numbers as large and small as floats are, where the plan reckons and draws with them."""

from __future__ import annotations

import json
import tracemalloc
import warnings
from typing import Any

import pytest

from compiler.pipeline import plan_spec
from tests.support import spec, table

HUGE, TINY = 1.7e308, 5e-324

COLUMNS: list[dict[str, Any]] = [
    {"kind": "triangular", "left": -HUGE, "mode": TINY, "right": 1e-300, "min": -3},
    {"kind": "triangular", "left": -1, "mode": 1e18, "right": HUGE, "min": 1},
    {"kind": "triangular", "left": -HUGE, "mode": 0, "right": HUGE, "max": 1},
    {"kind": "pareto", "a": 0.002, "scale": 1e6, "max": 1e9},
    {"kind": "exponential", "scale": HUGE},
    {"kind": "normal", "mean": 0, "sd": HUGE},
    {"kind": "gamma", "shape": TINY, "scale": HUGE},
    {"kind": "beta", "a": TINY, "b": TINY},
    {"kind": "quantiles", "shares": [0, TINY, 1], "values": [-HUGE, TINY, HUGE]},
]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column["kind"])
def test_rows_by_numbers_at_the_ends(column: dict[str, Any]) -> None:
    """Rows that go by a number are counted in a sample: without a warning of numpy's."""
    ref = {"kind": "ref", "table": "parents"}
    tree = spec(
        parents=table(100, x=column),
        children=table({"per": "parents", "where": "x > 5"}, parent_id=ref),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plan_spec("spec.json", json.dumps(tree))


def test_a_long_text_is_no_sample() -> None:
    """A sample would hold it once a row, which are gigabytes."""
    ref = {"kind": "ref", "table": "parents"}
    weights = {"x" * 90_000: 1, "b": 2}
    tree = spec(
        parents=table(9_000, x={"kind": "choice", "weights": weights}),
        children=table({"per": "parents", "where": "x == 'b'"}, parent_id=ref),
    )
    tracemalloc.start()
    try:
        found = plan_spec("spec.json", json.dumps(tree))
        assert tracemalloc.get_traced_memory()[1] < 100e6
    finally:
        tracemalloc.stop()
    assert not found.failed


@pytest.mark.parametrize("outer", ["{}", "{} + 1", "2 ** {}", "1 / {}", "round({}, 2)"])
@pytest.mark.parametrize("inner", ["exp(1000)", "10 ** 400", "log(0)", "0 ** -1"])
def test_what_has_no_value_is_a_diagnostic(inner: str, outer: str) -> None:
    column = {"kind": "expr", "expr": outer.format(inner)}
    found = plan_spec("spec.json", json.dumps(spec(things=table(50, x=column))))
    assert [one.code for one in found.diagnostics][:1] == ["E304"]
