"""Tables that are too large to be kept or compared as a whole."""

from __future__ import annotations

import re

import pytest

from compiler.profiling.relations import (
    evidence,
    lookups,
    parents,
    relations_of,
    rows,
)
from tests.support.frames import tables_of
from tests.support.profiled import domain


@pytest.mark.xdist_group("ecom")
def test_samples_of_large_tables_show_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if a thousand rows were many: nothing is kept, and hashes are sampled."""
    one = domain("ecom")
    monkeypatch.setattr(rows, "IN_MEMORY", 1_000)
    monkeypatch.setattr(rows, "FEW", 1_000)
    monkeypatch.setattr(evidence, "SCARCE", 20)
    monkeypatch.setattr(lookups, "COMPARED", 1_000)
    monkeypatch.setattr(parents, "MOST", 4_000)
    sampled = relations_of(tables_of(one.frames))
    assert list(sampled) == list(one.relations)
    for table, found in sampled.items():
        exact = one.relations[table]
        assert found.key == exact.key
        for ref, other in zip(found.refs, exact.refs, strict=True):
            assert (ref.column, ref.table) == (other.column, other.table)
            assert ref.skew == pytest.approx(other.skew, abs=0.04)
        assert [(each.column, each.path) for each in found.lookups] == [
            (each.column, each.path) for each in exact.lookups
        ]
        assert (found.children is None) == (exact.children is None)
        if found.children and exact.children:
            assert found.children.ref == exact.children.ref
            assert found.children.position == exact.children.position
            assert found.children.settings.keys() == exact.children.settings.keys()
    (ref,) = sampled["orders"].refs
    assert re.match(
        r"all of \d{3} sampled distinct values are keys of carts", ref.reason
    )
