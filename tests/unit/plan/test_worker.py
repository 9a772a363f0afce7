"""Whether a Spark worker has the memory that a script needs.

tests/engines/test_memory.py measures what scripts keep.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from compiler.plan.cost import cost_of
from tests.support import Tree, compiled, spec, table

WEIGHTS = {"tier": {"Free": 1, "Pro": 4}}
SPARK = {"output": {"engine": "spark"}, "allow": ["W407", "W408"]}


def shop(rows: int = 300_000_000, /, top: Tree = SPARK, **options: Any) -> Tree:
    tier = {"kind": "choice", "weights": {"Free": 0.7, "Pro": 0.3}}
    customer = {"kind": "ref", "table": "customers", **options}
    return spec(
        top, customers=table(rows, tier=tier), orders=table(9 * rows, customer=customer)
    )


def warned(tree: Tree) -> list[str]:
    found = compiled(tree).diagnostics
    assert {one.code for one in found} <= {"W417"}
    return [f"{one.message}; {one.help}" for one in found]


def test_a_weighted_ref_to_too_many_rows_is_warned_of() -> None:
    (text,) = warned(shop(weights=WEIGHTS))
    assert "1.2 GB for `customer`, 4 bytes for each of the 300,000,000 rows" in text


def test_with_as_many_rows_as_the_help_allows_there_is_no_warning() -> None:
    (text,) = warned(shop(weights=WEIGHTS))
    found = re.search(r"at most ([\d,]+) rows of `customers`", text)
    assert found is not None
    most = int(found[1].replace(",", ""))
    assert most > 90_000_000
    assert not warned(shop(most, weights=WEIGHTS))
    assert warned(shop(most * 5 // 4, weights=WEIGHTS))


@pytest.mark.parametrize(
    "other",
    [
        {"output": {"engine": "polars"}},
        {"job": {"compute": "classic", "cluster_id": "c"}},
    ],
)
def test_only_serverless_workers_have_so_little(other: Tree) -> None:
    assert not warned(shop(top={**SPARK, **other}, weights=WEIGHTS))


def test_a_ref_that_is_only_skewed_keeps_nothing() -> None:
    assert not warned(shop(skew=0.9))


def test_a_ref_to_children_keeps_their_numbers() -> None:
    tree = shop(40_000_000)
    order = {"kind": "ref", "table": "lines"}
    parent = {"kind": "ref", "table": "orders"}
    lines = {"per": "orders", "mean": 2, "max": 9}
    tree["tables"]["lines"] = table(lines, parent=parent)
    tree["tables"]["returns"] = table(1_000_000, line=order)
    (text,) = warned(tree)

    assert "4 bytes for each of the 720,000,000 rows of `lines`" in text


def test_local_engines_count_what_refs_keep() -> None:
    def memory(**options: Any) -> float:
        plan = compiled(shop(10_000_000, top={"allow": ["*"]}, **options)).plan
        assert plan is not None
        return cost_of(plan).memory or 0

    assert memory(weights=WEIGHTS) - memory() == pytest.approx(80e6)
