"""The order of tables, and how many rows each has."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.spec.columns.children import most_children
from tests.support import Tree, spec, table
from tests.support.plans import planned

KEY = {"kind": "key"}


def ref(name: str) -> Tree:
    return {"kind": "ref", "table": name}


def per(parent: str, **more: Any) -> Tree:
    rows = {"per": parent, "mean": 2.5, **more}
    return table(rows, id=KEY, **{f"{parent}_id": ref(parent)})


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_every_table_comes_after_those_that_it_points_at(data: st.DataObject) -> None:
    """Whatever the order in the spec; refs here only point back in `names`."""
    names = [f"t{n}" for n in range(data.draw(st.integers(1, 6)))]
    tables: Tree = {}
    for n, name in enumerate(names):
        earlier = st.sets(st.sampled_from(names[:n])) if n else st.just(set[str]())
        targets = data.draw(earlier)
        hangs: bool = data.draw(st.booleans())
        if targets and hangs:
            tables[name] = per(min(targets))
            targets -= {min(targets)}
        else:
            tables[name] = table(100, id=KEY)
        for target in targets:
            tables[name]["columns"][f"to_{target}"] = ref(target)
    shuffled = dict(data.draw(st.permutations(list(tables.items()))))
    order = [table.name for table in planned(spec(**shuffled)).tables]
    assert sorted(order) == names
    for name, tree in shuffled.items():
        for column in tree["columns"].values():
            if column["kind"] == "ref":
                assert order.index(column["table"]) < order.index(name)


def test_tables_that_do_not_depend_stay_in_the_specs_order() -> None:
    for names in itertools.permutations(["a", "b", "c"]):
        plan = planned(spec(**{name: table(10) for name in names}))
        assert [table.name for table in plan.tables] == list(names)


def test_tables_that_point_at_each_other_are_laid_out_too() -> None:
    tree = spec(a=table(10, id=KEY, b_id=ref("b")), b=table(10, id=KEY, a_id=ref("a")))
    assert sorted(table.name for table in planned(tree).tables) == ["a", "b"]


def test_a_column_comes_after_those_that_it_reads() -> None:
    tree = spec(
        a=table(
            10,
            c={"kind": "expr", "expr": "b + 1"},
            b={"kind": "expr", "expr": "a * 2"},
            a={"kind": "normal", "mean": 4, "sd": 1},
        )
    )
    (found,) = planned(tree).tables
    assert list(found.columns) == ["id", "c", "b", "a"]
    order = found.order
    assert order.index("a") < order.index("b") < order.index("c")


def test_rows_of_a_chain_of_parents_multiply() -> None:
    tree = spec(
        lines=per("orders", max=8), parts=per("lines", max=5), orders=table(100, id=KEY)
    )
    plan = planned(tree)
    orders, lines, parts = (plan.table(name) for name in ("orders", "lines", "parts"))
    assert [orders.rows, lines.rows, parts.rows] == [100, 250, 625]
    assert {table.root for table in plan.tables} == {"orders"}
    assert (orders.max_row, lines.max_row) == (99, 99 * 8 + 7)
    assert parts.max_row == lines.max_row * 5 + 4
    assert lines.children is not None
    assert (lines.children.parent, lines.children.ref) == ("orders", "orders_id")


@pytest.mark.parametrize("mean", [0.01, 0.5, 2.5, 30, 1_000, 50_000])
def test_hardly_any_parent_misses_children_where_there_is_no_max(mean: float) -> None:
    scipy_stats = pytest.importorskip("scipy.stats")
    most = most_children(mean, 0)
    assert scipy_stats.poisson.sf(most, mean) < 2e-9
    assert scipy_stats.poisson.sf(most * 0.8 - 3, mean) > 1e-12  # and not far too many


def test_rows_where_a_boolean_holds_are_its_chance_by_its_cases() -> None:
    weights = {"kind": "choice", "weights": {"phone": 0.5, "desktop": 0.5}}
    cases = {"phone": {"chance": 0.8}, "desktop": {"chance": 0.6}}
    left = {"kind": "bool", "by": "device", "cases": cases}
    carts = table(1_000, id=KEY, device=weights, left=left)
    tree = spec(carts=carts, reminders=per("carts"), orders=per("carts"))
    tree["tables"]["reminders"]["rows"] = {"per": "carts", "where": "left"}
    tree["tables"]["orders"]["rows"] = {"per": "carts", "where": "not left"}
    plan = planned(tree)
    assert [plan.table(name).rows for name in ("reminders", "orders")] == [700, 300]


def test_a_ref_to_the_one_row_of_a_table_has_any_skew() -> None:
    """W415 looks at the busiest fifth of its rows."""
    one = {"data": [{"sku": "A"}]}
    sku = {"kind": "ref", "table": "products", "skew": 0.9}
    assert not lint_codes(spec(products=one, sales=table(20_000, sku=sku)))


def lint_codes(tree: Tree) -> set[str]:
    from compiler.pipeline import plan_spec

    tree = {**tree, "allow": []}
    found = plan_spec("spec.json", json.dumps(tree)).diagnostics
    return {one.code for one in found}
