"""Keys and refs of data that others designed: TPC-H and TPC-DS, without any constraint."""

from __future__ import annotations

import functools

import pytest

from compiler.profiling.model import Relations
from compiler.profiling.relations import relations_of
from tests.support.frames import tables_of_folder
from tests.support.tpc import tpc
from tests.support.tpc_keys import KEYS, TARGETS

UNDECIDED_KEYS = {
    # There is one warehouse at this scale, so the day and the item name a row.
    "inventory",
}
UNDECIDED_REFS = {
    # No call center and no site is closed at this scale: all values are null.
    ("call_center", "cc_closed_date_sk"),
    ("web_site", "web_close_date_sk"),
}


@functools.cache
def found(name: str) -> Relations:
    return relations_of(tables_of_folder(tpc(name)))


def targets(relations: Relations) -> set[tuple[str, str, str]]:
    """Every reference: refs, and lookups of refs."""
    refs = {
        (table, ref.column, ref.table)
        for table, one in relations.items()
        for ref in one.refs
    }
    assert not any(one.lookups for one in relations.values())
    return refs


def published(name: str) -> set[tuple[str, str, str]]:
    return {
        (table, column, target)
        for table, columns in TARGETS[name].items()
        for column, target in columns.items()
    }


pytestmark = pytest.mark.xdist_group("tpc")


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_those_that_are_published(name: str) -> None:
    keys = {
        table: one.key.columns if one.key else () for table, one in found(name).items()
    }
    wrong = {table for table, key in KEYS[name].items() if keys[table] != key}
    assert wrong == UNDECIDED_KEYS & set(keys)


@pytest.mark.parametrize("name", KEYS)
def test_refs_are_those_that_are_published(name: str) -> None:
    refs = targets(found(name))
    assert refs - published(name) == set()
    missing = {(table, column) for table, column, _ in published(name) - refs}
    assert missing == {one for one in UNDECIDED_REFS if one[0] in found(name)}


def test_lines_belong_to_orders_and_suppliers_to_parts() -> None:
    relations = found("tpch")
    lines = relations["lineitem"].children
    assert lines is not None
    assert (lines.ref, lines.position) == ("l_orderkey", "l_linenumber")
    assert lines.settings == {"mean": 4.01, "min": 1, "max": 7}
    supplied = relations["partsupp"].children
    assert supplied is not None
    assert supplied.settings == {"mean": 4, "min": 4, "max": 4}
    assert relations["orders"].children is None


def test_a_third_of_the_customers_orders_nothing() -> None:
    ref = found("tpch")["orders"].ref("o_custkey")
    assert ref is not None and ref.skew is not None
    assert 0.4 < ref.skew < 0.5
