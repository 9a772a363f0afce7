"""The registries of `--check`: what can be told of the written data, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from compiler.emit.checks.registry import Checks, checks_of
from compiler.emit.checks.sql import Condition
from compiler.emit.kinds import constant_endings
from compiler.emit.naming import script_names
from tests.support import Tree, compiled, spec, table

OFFSET: Tree = {"kind": "offset", "distribution": "exponential", "scale": "3d"}
REF: Tree = {"kind": "ref", "table": "customers"}


def registries(tree: Tree) -> Checks:
    plan = compiled(tree).plan
    assert plan is not None
    return checks_of(plan, script_names(plan, constant_endings()))


def shop(top: Tree | None = None, /, **columns: Any) -> Tree:
    """Customers, and orders with these columns."""
    customers = table(
        9,
        code={"kind": "key", "format": "C-{}"},
        since={"kind": "date", "start": "-2y", "end": "-1y"},
        born={"kind": "date", "start": "-70y", "end": "-20y", "hidden": True},
        seen={"kind": "timestamp", "null_rate": 0.5},
        friend={"kind": "ref", "table": "customers"},
    )
    return spec(top, customers=customers, orders=table(50, **columns))


def test_keys_are_the_key_column_or_else_the_columns_that_the_spec_names() -> None:
    tree = shop(n={"kind": "position"}, by=REF)
    orders = tree["tables"]["orders"]
    orders["rows"] = {"per": "customers", "mean": 5}
    assert registries(tree).keys == {"customers": ("code",), "orders": ("id",)}
    orders["primary_key"] = ["by", "n"]
    assert registries(tree).keys["orders"] == ("id",)
    del orders["columns"]["id"]
    assert registries(tree).keys["orders"] == ("by", "n")
    orders["columns"]["n"]["hidden"] = True
    assert "orders" not in registries(tree).keys
    orders["primary_key"] = []
    assert "orders" not in registries(tree).keys


@pytest.mark.parametrize(
    ("rows", "keys"),
    [([{"a": "x"}, {"a": "y"}], {"things": ("a",)}), ([{"a": "x"}, {"a": "x"}], {})],
)
def test_given_rows_have_a_key_where_their_first_column_can_be_one(
    rows: list[Tree], keys: Tree
) -> None:
    assert registries(spec(things={"data": rows})).keys == keys


def test_refs_are_those_that_are_written_to_keys_that_are_written() -> None:
    tree = shop(by=REF, unseen={**REF, "hidden": True})
    found = registries(tree).refs
    assert found == {
        ("customers", "friend"): ("customers", "code"),
        ("orders", "by"): ("customers", "code"),
    }
    tree["tables"]["customers"]["columns"]["code"]["hidden"] = True
    assert registries(tree).refs == {}


def test_nulls_are_those_of_the_rate_alone() -> None:
    rate = {"null_rate": 0.2}
    tree = shop(
        size={"kind": "normal", "mean": 0, "sd": 1, **rate},
        by={**REF, **rate},
        seen={"kind": "lookup", "path": "by.seen", **rate},
        sent={**OFFSET, "of": "since", "until_now": True, **rate},
        since={"kind": "timestamp"},
        large={"kind": "expr", "expr": "size > 1", **rate},
        half={"kind": "expr", "expr": "size / 2", **rate},
        unseen={"kind": "bool", "chance": 0.1, "hidden": True, **rate},
    )
    found = registries(tree).nulls
    assert set(found) == {
        ("customers", "seen"),
        ("orders", "size"),
        ("orders", "by"),
        ("orders", "large"),  # a comparison with null is false
    }
    assert found["orders", "size"].text == "ORDERS_SIZE_NULLS"


def test_orders_in_time_are_between_moments_that_are_written() -> None:
    tree = shop(
        by=REF,
        at={"kind": "timestamp", "after": "by.since"},
        on={"kind": "date", "after": "by.born", "before": "at"},
        sent={**OFFSET, "of": "at"},
        back={**OFFSET, "of": "lost"},
        lost={**OFFSET, "of": "sent", "hidden": True},
    )
    found = registries(tree)
    assert found.not_before == [
        ("orders", "at", "by.since", "DATE"),
        ("orders", "at", "on", "DATE"),
        ("orders", "sent", "at", "TIMESTAMP"),
        ("orders", "back", "sent", "TIMESTAMP"),  # `lost` lies between
    ]
    assert [one.text for one in found.skipped] == [
        "on after by.born: not checked, by.born is hidden"
    ]


def test_a_moment_beyond_a_hidden_one_is_found_over_refs_and_lookups() -> None:
    tree = shop(
        by=REF,
        first={"kind": "lookup", "path": "by.since", "hidden": True},
        early={"kind": "timestamp", "hidden": True},
        at={"kind": "timestamp", "after": "first"},
        late={"kind": "timestamp", "after": "early"},
        on={"kind": "date", "hidden": True, "after": "at"},
        end={"kind": "timestamp", "after": "on"},
        hop={"kind": "ref", "table": "customers", "hidden": True},
        over={"kind": "timestamp", "after": "hop.since"},
    )
    found = registries(tree)
    assert found.not_before == [
        ("orders", "at", "by.since", "DATE"),
        ("orders", "end", "at", "DATE"),  # a day lies between
    ]
    assert [one.text for one in found.skipped] == [
        "late after early: not checked, early is hidden",
        "over after hop.since: not checked, orders.hop is hidden",
    ]


def test_cases_that_agree_on_what_comes_before_are_held_to_it() -> None:
    cases = {"true": {"hours": "flat"}, "false": {"hours": "evening"}}
    at: Tree = {"kind": "timestamp", "after": "by.since", "by": "late", "cases": cases}
    late = {"kind": "bool", "chance": 0.5}
    found = registries(shop(by=REF, late=late, at=at))
    assert found.not_before == [("orders", "at", "by.since", "DATE")]
    assert found.periods["orders", "at"].text == "WINDOW"
    cases = {"true": {"start": "-9d"}, "false": {}}
    found = registries(shop(by=REF, late=late, at={**at, "cases": cases}))
    assert ("orders", "at") not in found.periods
    cases_of = {
        column: (period.text, case) for _, column, period, case in found.case_periods
    }
    assert cases_of["at"] == ("WINDOW", Condition("NOT {}", ("late",)))
    first, _ = found.case_periods
    assert first[2].text == "(ORDERS_AT_TRUE, timedelta(0))"
    assert first[3] == Condition("{}", ("late",))


def test_periods_are_what_the_configuration_says() -> None:
    tree = shop(
        at={"kind": "timestamp"},
        early={"kind": "timestamp", "end": "-9d"},
        late={"kind": "timestamp", "start": "-9d"},
    )
    periods = registries(tree).periods.items()
    assert {cell: code.text for cell, code in periods} == {
        ("customers", "since"): "CUSTOMERS_SINCE",
        ("customers", "seen"): "WINDOW",
        ("orders", "at"): "WINDOW",
        ("orders", "early"): "(START, ORDERS_EARLY)",
        ("orders", "late"): "(ORDERS_LATE, timedelta(0))",
    }


def test_what_follows_a_moment_may_leave_a_period_in_which_time_stands_still() -> None:
    at = {"kind": "timestamp", "after": "by.since", "hours": [0.0] * 12 + [1.0] * 12}
    found = registries(shop(by=REF, at=at))
    assert ("orders", "at") not in found.periods
    assert found.not_before == [("orders", "at", "by.since", "DATE")]
    (skipped,) = found.skipped
    assert skipped.text == "at in its period: not checked, some hours have no volume"


def test_which_of_two_rows_with_one_key_is_meant_cannot_be_told() -> None:
    columns: Tree = {"at": {"kind": "timestamp", "after": "by.since"}, "by": REF}
    columns["sent"] = {**OFFSET, "of": "at"}
    doubled = registries(shop({"bad_data": {"duplicate_key_rate": 0.1}}, **columns))
    assert doubled.duplicates == ("customers", "orders")
    assert doubled.not_before == [("orders", "sent", "at", "TIMESTAMP")]
    bad = {"outlier_rate": 0.1}
    outlying = registries(shop({"bad_data": bad}, **columns))
    assert outlying.not_before[0] == ("orders", "at", "by.since", "DATE")
    assert outlying.outliers["orders", "at"].text == "OUTLIER_MOMENT"
    before: Tree = {"at": {"kind": "timestamp", "before": "by.since"}, "by": REF}
    found = registries(shop({"bad_data": bad}, **before))
    assert not found.not_before
    (skipped,) = found.skipped
    assert skipped.text == "by.since after at: not checked, by.since has outliers"


def test_nothing_stands_in_the_script_that_has_nothing_to_check() -> None:
    tree = spec(things=table(5, id={"kind": "bool", "chance": 0.5}))
    del tree["tables"]["things"]["columns"]["id"]
    tree["tables"]["things"]["columns"]["on"] = {"kind": "bool", "chance": 0.5}
    source = compiled(tree).files["generate_data.py"]
    for name in ("ref", "lookup", "values", "bounds", "period", "not_before"):
        assert f"    {name}: " not in source
    for name in ("key", "children", "every", "where", "conditions", "not_checked"):
        assert f"    {name}: " not in source
