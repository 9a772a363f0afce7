"""What to change in a spec for more rows, or fewer: never the number of a table that has none."""

from __future__ import annotations

import json
import re

import pytest

from compiler.pipeline import plan_spec
from tests.support import Tree, spec, table

AT: Tree = {"kind": "timestamp"}
KIND: Tree = {"kind": "choice", "weights": {"a": 0.99, "b": 0.01}}
VIP: Tree = {"kind": "bool", "chance": 0.5}
TO_ORDER: Tree = {"kind": "ref", "table": "orders"}
ORDERS = table(10_000, at=AT, vip=VIP)


def events_of(**tables: Tree) -> Tree:
    """A spec over half a year, in which warnings count."""
    return spec({"allow": [], "window": {"days": 180, "end": "2026-06-30"}}, **tables)


def helps(tree: Tree, code: str) -> list[str]:
    """The helps of a warning."""
    found = plan_spec("spec.json", json.dumps(tree)).diagnostics
    assert all(one.severity == "warning" for one in found), found
    return [
        (one.help or "").partition("; or allow")[0] for one in found if one.code == code
    ]


CHILDREN: dict[str, tuple[Tree, str]] = {
    "where": ({"where": "vip"}, "let `where` hold for more rows of `orders`, or "),
    "chance": ({"chance": 0.5}, "raise its `chance`, or "),
    "mean": ({"mean": 0.5}, "raise its `mean`, or "),
    "a large share": ({"chance": 0.01}, ""),
}


@pytest.mark.parametrize("case", CHILDREN)
def test_a_per_table_has_more_rows_with_those_of_its_parent(case: str) -> None:
    rows, way = CHILDREN[case]
    if case == "a large share":  # of 800 parents, not 9,000 have one
        orders, number = table(800, at=AT, vip=VIP), "900,000"
    else:
        orders, number = ORDERS, "18,000"
    events = table({"per": "orders", **rows}, order=TO_ORDER, at=AT)
    tree = events_of(orders=orders, events=events)
    grows = f"{way}give `orders` {number} rows, or make the window shorter"
    assert grows in helps(tree, "W406")


def test_of_a_chain_the_first_table_has_more_rows() -> None:
    events = table({"per": "orders", "chance": 0.5}, order=TO_ORDER)
    notes = table(
        {"per": "events", "chance": 0.25},
        event={"kind": "ref", "table": "events"},
        at=AT,
    )
    tree = events_of(orders=table(8_000), events=events, notes=notes)
    assert helps(tree, "W406") == [
        "give `orders` 72,000 rows, or make the window shorter"
    ]


def test_rows_over_a_grid_are_no_more_in_a_shorter_window() -> None:
    grid = table({"per": "orders", "every": "30d"}, order=TO_ORDER, kind=KIND)
    alerts = table(
        {"per": "grid", "chance": 0.1}, reading={"kind": "ref", "table": "grid"}, at=AT
    )
    tree = events_of(orders=table(100), grid=grid, alerts=alerts)
    (alert,) = helps(tree, "W406")
    assert alert.startswith("give `orders` ") and "window" not in alert
    assert helps(tree, "W407")[0].startswith("shorten its `every`, or give `orders` ")


def test_data_has_more_rows_in_the_spec() -> None:
    days: Tree = {"data": [{"day": "a"}, {"day": "b"}], "columns": {"at": AT}}
    assert helps(events_of(days=days), "W405") == [
        "add rows to the `data` of `days`, so that a GROUP BY shows patterns"
    ]
    assert helps(events_of(days=days), "W406") == [
        "add rows to the `data` of `days`, or make the window shorter"
    ]
    assert helps(events_of(days=days, more=table(5)), "W405")[0].startswith(
        "set rows = 10_000 in"
    )


def test_both_tables_of_a_ref_may_change() -> None:
    tree = events_of(
        rooms=table(180),
        bookings=table(40_000, room={"kind": "ref", "table": "rooms"}, at=AT),
    )
    assert helps(tree, "W408") == [
        "give `bookings` 900 to 3,600 rows, or `rooms` 2,000 to 8,000"
    ]


def test_of_two_tables_of_one_source_the_share_changes() -> None:
    """More orders would give both tables more rows."""
    calls = table({"per": "orders", "mean": 2}, order=TO_ORDER)
    events = table(
        {"per": "orders", "mean": 3},
        order=TO_ORDER,
        call={"kind": "ref", "table": "calls"},
        at=AT,
    )
    tree = events_of(orders=table(8_000), calls=calls, events=events)
    assert helps(tree, "W408") == [
        "change the `rows` of `events`, so that each of `calls` has 5 to 20"
    ]


def test_no_help_gives_rows_to_a_table_that_has_none_of_its_own() -> None:
    events = table({"per": "orders", "chance": 0.1}, order=TO_ORDER, at=AT, kind=KIND)
    days: Tree = {"data": [{"day": "a"}], "columns": {"at": AT, "kind": KIND}}
    tree = events_of(orders=ORDERS, events=events, days=days)
    found = " ".join(
        one.help or "" for one in plan_spec("s.json", json.dumps(tree)).diagnostics
    )
    assert set(re.findall(r"give `(\w+)` [\d,]+ rows", found)) == {"orders"}
