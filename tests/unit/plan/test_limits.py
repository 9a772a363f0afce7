"""No number of a spec makes the compiler work for long, or take much memory."""

from __future__ import annotations

import json
import time
import tracemalloc
from typing import Any

import pytest

from compiler.pipeline import plan_spec
from tests.support import Tree, spec, table

SECONDS, BYTES = 4, 200e6
CENTURY: Tree = {"window": {"start": "1926-06-30", "end": "2026-06-30"}}


def faker(provider: str, **args: Any) -> Tree:
    return table(1_000, v={"kind": "faker", "provider": provider, "args": args})


def measured(tree: Tree) -> list[str]:
    """The codes of what is wrong with a spec; fails where to find them takes too much."""
    tracemalloc.start()
    start = time.process_time()
    try:
        found = plan_spec("example.json", json.dumps(tree)).diagnostics
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - start < SECONDS
    assert peak < BYTES
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("provider", "args"),
    [
        ("binary", {"length": 2_000_000_000}),
        ("image", {"size": [9_000, 9_000]}),
        ("zip", {"uncompressed_size": 2_000_000_000}),
        ("pylist", {"nb_elements": 100_000_000}),
        ("text", {"max_nb_chars": 100_000_000}),
        ("texts", {"nb_texts": 9_000, "max_nb_chars": 9_000}),
        ("paragraph", {"nb_sentences": 9_000}),
        ("csv", {"num_rows": 9_000, "data_columns": ["{{text}}"] * 9_000}),
        ("json", {"num_rows": 3, "indent": 1_000_000_000}),
        ("random_number", {"digits": 1_000_000_000}),
        ("pydecimal", {"left_digits": 9_000, "right_digits": 9_000}),
        ("pystruct", {"count": 9_000}),
        ("uri_path", {"deep": 9_000}),
        ("domain_name", {"levels": 9_000}),
        ("bothify", {"text": "#" * 1_000_000}),
        ("random_element", {"elements": ["a"] * 11_000}),
        ("pyint", {"max_value": 10**400}),
    ],
)
def test_arguments_of_faker(provider: str, args: Tree) -> None:
    assert measured(spec(things=faker(provider, **args)))


def test_what_one_value_holds_is_bounded_with_its_pool() -> None:
    long: Tree = {
        "kind": "faker",
        "provider": "pystr",
        "args": {"min_chars": 9_000, "max_chars": 9_000},
    }
    assert not measured(spec(things=table(1_000, v=long)))
    assert measured(spec(things=table(1_000, v={**long, "pool": 12_000}))) == ["E104"]


@pytest.mark.parametrize("step", ["1s", "1m", "1d"])
def test_a_grid_of_seconds_over_a_century_is_sampled(step: str) -> None:
    readings = {
        "rows": {"per": "sensors", "every": step},
        "columns": {
            "id": {"kind": "key"},
            "sensor": {"kind": "ref", "table": "sensors"},
            "at": {"kind": "tick"},
            "heat": {"kind": "series", "base": 3, "noise": 2},
        },
    }
    alerts = {
        "rows": {"per": "readings", "where": "heat > 3"},
        "columns": {"reading": {"kind": "ref", "table": "readings"}},
    }
    assert not measured(
        spec(CENTURY, sensors=table(3), readings=readings, alerts=alerts)
    )


@pytest.mark.parametrize(
    ("column", "codes"),
    [
        ({"kind": "poisson", "lam": 1e12}, ["E104"]),
        ({"kind": "expr", "expr": "9 ** 9 ** 9 ** 9"}, ["E304"]),
        ({"kind": "template", "text": "{id:1000000000}"}, ["E108"]),
        ({"kind": "normal", "mean": 0, "sd": 1, "decimals": 10**9}, ["E104"]),
        ({"kind": "timestamp", "start": "-100y", "end": "now"}, []),
    ],
)
def test_columns(column: Tree, codes: list[str]) -> None:
    assert measured(spec(CENTURY, things=table(1_000, v=column))) == codes
