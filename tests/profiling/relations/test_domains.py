"""Relations of our four domains, from their rows alone, against what their specs say."""

from __future__ import annotations

import tomllib
from typing import Any

import polars as pl
import pytest

from compiler.profiling.model import Children
from tests.support import Tree
from tests.support.profiled import DOMAINS, SPECS, domain, domains

DEFAULT_SKEW = 0.8


def cases(kind: str) -> list[Any]:
    """Columns of a kind in all specs; a group for each spec, which is built once a worker."""
    return [
        pytest.param(
            name,
            table,
            column,
            id=f"{name}-{table}-{column}",
            marks=pytest.mark.xdist_group(name),
        )
        for name in DOMAINS
        for table, one in tomllib.loads((SPECS / f"{name}.toml").read_text("utf-8"))[
            "tables"
        ].items()
        for column, settings in one.get("columns", {}).items()
        if settings["kind"] == kind and not settings.get("hidden")
    ]


@pytest.mark.parametrize("name", domains)
def test_all_keys_are_found(name: str) -> None:
    one = domain(name)
    expected = {
        table.name: (table.key,) if table.key else table.primary_key
        for table in one.plan.tables
    }
    # A table of data has its key in its first column, as no other is given.
    for table in one.plan.tables:
        expected[table.name] = expected[table.name] or (next(iter(table.columns)),)
    found = {
        table: relations.key.columns if relations.key else ()
        for table, relations in one.relations.items()
    }
    assert found == expected


@pytest.mark.parametrize("name", domains)
def test_all_refs_are_found_and_no_others(name: str) -> None:
    one = domain(name)
    expected = {
        (table.name, column.name): column.table
        for table in one.plan.tables
        for column in table.columns.values()
        if column.kind == "ref"
    }
    found = {
        (table, ref.column): ref.table
        for table, relations in one.relations.items()
        for ref in relations.refs
    }
    assert found == expected


@pytest.mark.parametrize("name", domains)
def test_all_lookups_are_found_and_no_others(name: str) -> None:
    one = domain(name)
    hidden = {
        (table, column)
        for table, tree in one.tree["tables"].items()
        for column, settings in tree.get("columns", {}).items()
        if settings.get("hidden")
    }
    expected = {
        (table.name, column.name): column.spec.path  # type: ignore[attr-defined]
        for table in one.plan.tables
        for column in table.columns.values()
        if column.kind == "lookup"
        and not any(
            (path.table, path.column) in hidden
            for variant in column.variants
            for path in variant.paths.values()
        )
    }
    found = {
        (table, lookup.column): lookup.path
        for table, relations in one.relations.items()
        for lookup in relations.lookups
    }
    assert found == expected


@pytest.mark.parametrize("name", domains)
def test_parents_come_before_their_children(name: str) -> None:
    relations = domain(name).relations
    order = list(relations)
    for table, one in relations.items():
        for ref in one.refs:
            assert order.index(ref.table) < order.index(table)


@pytest.mark.parametrize("name", domains)
def test_per_tables_are_those_of_the_spec(name: str) -> None:
    one = domain(name)
    expected = {
        table.name: table.children.ref for table in one.plan.tables if table.children
    }
    found = {
        table: relations.children.ref
        for table, relations in one.relations.items()
        if relations.children
    }
    assert found == expected


@pytest.mark.parametrize(("name", "table", "column"), cases("position"))
def test_positions_are_found(name: str, table: str, column: str) -> None:
    children = domain(name).relations[table].children
    assert children is not None and children.position == column


@pytest.mark.parametrize(("name", "table", "column"), cases("ref"))
def test_skew_is_as_in_the_spec(name: str, table: str, column: str) -> None:
    one = domain(name)
    relations, settings = one.relations[table], one.tree["tables"][table]["columns"]
    ref = relations.ref(column)
    assert ref is not None
    if relations.children and relations.children.ref == column:
        assert (ref.skew, ref.weights) == (None, {})
        return
    skew = settings[column].get("skew", DEFAULT_SKEW)
    if skew is False:
        assert ref.skew is None
    else:
        assert ref.skew == pytest.approx(skew, abs=0.02)


@pytest.mark.xdist_group("ecom")
@pytest.mark.parametrize(
    ("name", "table", "column"),
    [("ecom", "carts", "customer_id"), ("ecom", "customers", "region")],
)
def test_weights_are_as_in_the_spec(name: str, table: str, column: str) -> None:
    one = domain(name)
    expected = one.tree["tables"][table]["columns"][column]["weights"]
    ref = one.relations[table].ref(column)
    assert ref is not None and ref.weights.keys() == expected.keys()
    for by, weights in expected.items():
        least = min(weights.values())
        found = ref.weights[by]
        assert found == pytest.approx(
            {value: weight / least for value, weight in weights.items()}, rel=0.1
        )


def children_of(name: str, table: str) -> tuple[Children, Tree]:
    one = domain(name)
    children = one.relations[table].children
    assert children is not None
    return children, one.tree["tables"][table]["rows"]


NUMBERS = [
    ("ecom", "loyalty"),
    ("ecom", "order_items"),
    ("support", "contacts"),
    ("support", "interactions"),
    ("iot", "sensors"),
    ("finance", "transactions"),
]


@pytest.mark.parametrize(
    ("name", "table"),
    [pytest.param(*one, marks=pytest.mark.xdist_group(one[0])) for one in NUMBERS],
)
def test_numbers_of_children_are_as_in_the_spec(name: str, table: str) -> None:
    children, expected = children_of(name, table)
    assert children.settings.get("by") == expected.get("by")
    otherwise = expected.get("otherwise")
    parts = [(children.settings, expected)]
    if "by" in expected:
        parts = [
            (found, expected["cases"].get(value, otherwise))
            for value, found in children.settings["cases"].items()
        ]
    for found, wanted in parts:
        assert found["mean"] == pytest.approx(wanted["mean"], rel=0.05)
        # Bounds that hardly any number reaches are those of the rows.
        low, high = wanted.get("min", 0), wanted["max"]
        assert low <= found.get("min", 0) <= found["mean"] <= found["max"] <= high


@pytest.mark.xdist_group("iot")
def test_a_grid_has_its_step() -> None:
    children, _ = children_of("iot", "readings")
    assert children.settings == {"every": "6h"}


@pytest.mark.xdist_group("ecom")
def test_a_condition_of_one_column_is_found() -> None:
    children, expected = children_of("ecom", "orders")
    assert children.settings == {"where": expected["where"]}


@pytest.mark.xdist_group("finance")
def test_a_condition_of_two_columns_is_found() -> None:
    """The spec's condition on the amount, as the status repeats it."""
    children, _ = children_of("finance", "payments")
    assert children.settings == {"where": "status == 'posted' and type == 'card'"}


@pytest.mark.xdist_group("finance")
def test_chances_by_a_category_are_found() -> None:
    children, expected = children_of("finance", "fraud_flags")
    assert children.settings["by"] == expected["by"]
    for value, case in expected["cases"].items():
        found = children.settings["cases"][value]["chance"]
        assert found == pytest.approx(case["chance"], rel=0.1)


@pytest.mark.xdist_group("iot")
def test_a_condition_that_is_hidden_is_a_chance() -> None:
    """Which machines fail is not in the data, but how many."""
    one = domain("iot")
    children, _ = children_of("iot", "maintenance_orders")
    share = one.frames["maintenance_orders"].height / one.frames["equipment"].height
    assert children.settings == {"chance": pytest.approx(share, abs=0.001)}


@pytest.mark.parametrize("name", domains)
def test_reasons_have_no_values_of_the_source(name: str) -> None:
    """Keys and texts of rows are in no reason."""
    one = domain(name)
    reasons = " ".join(
        part.reason
        for relations in one.relations.values()
        for part in (
            *((relations.key,) if relations.key else ()),
            *relations.refs,
            *relations.lookups,
            *((relations.children,) if relations.children else ()),
        )
    )
    for table, relations in one.relations.items():
        assert relations.key is not None
        for column in relations.key.columns:
            cells = one.frames[table][column]
            if cells.dtype == pl.String:
                assert not any(text in reasons for text in cells.head(50).to_list())
