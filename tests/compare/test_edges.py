"""Sides that are not alike in what they have: tables, columns, types, rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from time import process_time

import numpy as np
import polars as pl
import pytest

from compiler.compare.comparing import compare
from compiler.compare.model import Kind, Missing
from compiler.profiling.model import Lookup
from compiler.sources.model import Source, SourceColumn, SourceTable
from compiler.spec.types import Data
from tests.support.compared import held, relations, source_of

ROWS = pl.DataFrame({"a": [1, 2, 3, 4], "b": ["x", "x", "y", "y"]})


def test_what_one_side_lacks_is_listed_and_lowers_the_coverage_alone() -> None:
    other = pl.DataFrame({"c": [1]})
    found = held(
        {"things": ROWS.drop("b").with_columns(new=1), "extra": other},
        {"things": ROWS, "lost": other},
    )
    assert set(found.missing) == {
        Missing("generated", "things", "b"),
        Missing("source", "things", "new"),
        Missing("generated", "lost"),
        Missing("source", "extra"),
    }
    assert found.coverage == 1 / 5
    assert found.total == 1


def test_nothing_in_common_has_no_total() -> None:
    found = held({"a": ROWS}, {"b": ROWS})
    assert found.total is None
    assert found.coverage == 0


def test_names_are_matched_as_those_of_a_spec() -> None:
    found = held(
        {"order_items": ROWS}, {"OrderItems": ROWS.rename({"a": "A", "b": "B "})}
    )
    assert found.coverage == found.total == 1


@pytest.mark.parametrize("column", [[None, None, None, None], [5, 5, 5, 5]])
def test_a_column_of_one_value_is_compared_and_has_no_pairs(
    column: list[int | None],
) -> None:
    rows = ROWS.with_columns(pl.Series("a", column, dtype=pl.Int64))
    found = held({"things": rows}, {"things": rows})
    assert [one.score for one in found.columns] == [1, 1]
    assert not found.pairs


def test_a_constant_beside_values_that_depend_on_each_other() -> None:
    source = pl.DataFrame({"a": range(100), "b": range(100)})
    (pair,) = held({"things": source.with_columns(a=7)}, {"things": source}).pairs
    assert pair.score == pytest.approx(0.5)
    assert pair.difference == "correlation 0.00 beside 1.00"


def test_only_nulls_beside_values() -> None:
    none = ROWS.with_columns(a=pl.lit(None, dtype=pl.Int64))
    column, _ = held({"things": none}, {"things": ROWS}).columns
    assert (column.shape, column.nulls, column.score) == (1, 0, 0)
    assert column.difference == "null 100% beside 0%"


def test_a_table_without_rows_is_not_alike() -> None:
    found = held({"things": ROWS.clear()}, {"things": ROWS})
    assert found.total == 0
    assert {one.difference for one in found.columns} == {"no rows"}


def test_a_source_without_rows_is_left_out() -> None:
    found = held({"things": ROWS}, {"things": ROWS.clear()})
    assert found.total is None
    assert [one.reason for one in found.skipped] == ["no rows in the source"]


def test_a_schema_has_nothing_to_compare() -> None:
    columns = (SourceColumn("a", Data.INTEGER), SourceColumn("b", Data.TEXT))
    schema = Source((SourceTable("things", columns),))
    assert compare(source_of({"things": ROWS}), schema, {}).total is None
    assert compare(schema, source_of({"things": ROWS}), {}).total == 0


def test_another_type_is_not_alike() -> None:
    texts = ROWS.with_columns(pl.col("a").cast(pl.String))
    column, _ = held({"things": texts}, {"things": ROWS}).columns
    assert column.score == 0
    assert column.difference == "text beside number"


def test_types_of_one_family_are_alike() -> None:
    day, now = date(2026, 1, 2), datetime(2026, 1, 2, tzinfo=UTC)
    generated = pl.DataFrame({"n": [1.0, 2.0], "at": [day, day], "is": [True, False]})
    source = pl.DataFrame({"n": [1, 2], "at": [now, now], "is": [True, False]})
    assert held({"t": generated}, {"t": source}).total == 1


def test_texts_are_read_as_the_declared_type() -> None:
    """As in a database without types of its own."""
    columns = tuple(
        SourceColumn(*each)
        for each in (("n", Data.NUMBER), ("at", Data.TIMESTAMP), ("is", Data.BOOLEAN))
    )
    texts = pl.DataFrame(
        {
            "n": ["1.5", "2.5"],
            "at": ["2026-01-02 00:00:00", "2026-01-03 00:00:00"],
            "is": ["1", "0"],
        }
    )
    source = Source((SourceTable("t", columns, scan=texts.lazy),))
    generated = pl.DataFrame(
        {
            "n": [1.5, 2.5],
            "at": [date(2026, 1, 2), date(2026, 1, 3)],
            "is": [True, False],
        }
    )
    assert compare(source_of({"t": generated}), source, {}).total == 1


def test_what_has_no_counterpart_is_left_out() -> None:
    lists = ROWS.with_columns(a=pl.lit([1, 2]))
    found = held({"things": lists}, {"things": lists})
    assert [one.column for one in found.columns] == ["b"]
    assert [one.reason for one in found.skipped] == ["of types that are not compared"]


def test_refs_into_a_few_rows_of_both_sides_are_categories() -> None:
    regions = pl.DataFrame({"code": ["EU", "US"], "size": [1, 2]})
    codes = ["EU"] * 60 + ["US"] * 40
    source = {"regions": regions, "people": pl.DataFrame({"region": codes})}
    other = {
        "regions": regions,
        "people": pl.DataFrame({"region": codes[::-1] + ["US"] * 100}),
    }
    own = {
        "regions": relations("code"),
        "people": relations(region=("regions", "code")),
    }
    found = held(other, source, own)
    (region,) = [one for one in found.columns if one.column == "region"]
    assert region.kind is Kind.REF
    assert not found.pairs
    assert region.score == pytest.approx(0.7)
    assert region.difference == "EU 30% beside 60%"
    assert not found.refs


def test_refs_into_numbered_rows_are_not_compared_as_values() -> None:
    """Whether the first or the second shop is the busy one means nothing."""
    shops = pl.DataFrame({"code": ["SHOP-1", "SHOP-2"]})
    busy = {
        "shops": shops,
        "sales": pl.DataFrame({"shop": ["SHOP-1"] * 60 + ["SHOP-2"] * 40}),
    }
    other = {
        "shops": shops,
        "sales": pl.DataFrame({"shop": ["SHOP-1"] * 40 + ["SHOP-2"] * 60}),
    }
    own = {"shops": relations("code"), "sales": relations(shop=("shops", "code"))}
    found = held(other, busy, own)
    assert found.groups == {"cardinality": 1}


def test_nulls_of_refs_are_compared() -> None:
    parents = pl.DataFrame({"id": range(200)})
    source = {"parents": parents, "things": pl.DataFrame({"parent": range(200)})}
    half = [None if row % 2 else row for row in range(200)]
    other = {"parents": parents, "things": pl.DataFrame({"parent": half})}
    own = {"parents": relations("id"), "things": relations(parent=("parents", "id"))}
    (column,) = held(other, source, own).columns
    assert column.kind is Kind.NULLS
    assert column.score == 0.5


def test_refs_of_another_type_than_their_key_are_followed() -> None:
    parents = pl.DataFrame({"id": ["1", "2", "3"], "size": [1, 2, 3]})
    children = pl.DataFrame({"parent": [1.0, 2.0, 2.0, None], "own": [1, 2, 2, 9]})
    own = {"parents": relations("id"), "children": relations(parent=("parents", "id"))}
    both = {"parents": parents, "children": children}
    found = held(
        both,
        {**both, "parents": parents.with_columns(id=pl.Series(["1", "2", "9"]))},
        own,
    )
    assert found.between
    assert held(both, both, own).total == 1


def test_a_lookup_of_a_key_is_a_ref() -> None:
    own = {
        "people": relations("id"),
        "carts": relations("id", person=("people", "id")),
        "orders": replace(
            relations(cart=("carts", "id")),
            lookups=(
                Lookup("person", "cart.person", "in a test"),
                Lookup("age", "cart.person.age", "in a test"),
                Lookup("lost", "cart.nowhere.age", "in a test"),
            ),
        ),
    }
    people = pl.DataFrame({"id": range(9), "age": range(20, 29)})
    carts = pl.DataFrame({"id": range(9), "person": [*range(9)]})
    columns = {"person": [4] * 9, "age": [24] * 9, "lost": range(9)}
    orders = pl.DataFrame({"cart": range(9), **columns})
    found = held(
        {"people": people, "carts": carts, "orders": orders.with_columns(person=8)},
        {"people": people, "carts": carts, "orders": orders},
        own,
    )
    assert {one.column for one in found.columns} == {"age", "lost"}
    assert {one.name for one in found.refs} == {
        "carts per people (person)",
        "orders per carts (cart)",
        "orders per people (person)",
    }
    assert found.groups["cardinality"] == 1


def test_a_ref_to_a_table_that_is_missing_is_left_out() -> None:
    own = {"things": relations(b=("lost", "id"))}
    found = held({"things": ROWS}, {"things": ROWS}, own)
    assert not found.refs and not found.between


def test_wide_tables_take_seconds() -> None:
    rng, rows = np.random.default_rng(1), 5_000
    wide = pl.DataFrame(
        {f"n{number}": rng.normal(size=rows) for number in range(50)}
        | {f"c{number}": rng.choice(["a", "b", "c"], rows) for number in range(60)}
    )
    start = process_time()  # this machine may do other things, too
    found = held({"wide": wide}, {"wide": wide})
    assert process_time() - start < 20
    assert len(found.pairs) == 100 * 99 / 2
    assert found.total == 1
    (skipped,) = found.skipped
    assert skipped.reason == "only its first 100 columns are paired"
