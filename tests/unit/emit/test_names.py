"""Constants: no two of one name, whatever columns, cases, calendars and events are called."""

from __future__ import annotations

import ast
from collections import Counter

from tests.support import Tree, compiled, spec, table

NORMAL: Tree = {"kind": "normal", "mean": 0, "sd": 1, "null_rate": 0.5}
DATE: Tree = {"kind": "date"}


def constants(tree: Tree) -> list[str]:
    """The names that the script gives at its top level, each as often as it does."""
    source = compiled(tree).files["generate_data.py"]
    return [
        part.id
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        for part in node.targets
        if isinstance(part, ast.Name)
    ]


def assert_distinct(found: list[str]) -> None:
    assert [name for name, count in Counter(found).items() if count > 1] == []


def test_a_column_that_is_named_like_another_s_nulls() -> None:
    found = constants(spec(things=table(9, size=NORMAL, size_nulls=NORMAL)))
    assert_distinct(found)
    assert {"THINGS_SIZE_NULLS", "THINGS_SIZE__NULLS"} <= set(found)


def test_names_are_plain_where_nothing_stands_in_the_way() -> None:
    found = constants(spec(things=table(9, size=NORMAL, size_net=NORMAL)))
    assert {"THINGS_SIZE", "THINGS_SIZE_NULLS", "THINGS_SIZE_NET_NULLS"} <= set(found)


def test_cases_whose_names_differ_in_what_no_constant_can_hold() -> None:
    names = ["a b", "a-b", "A_B", "日本", "é", "", "2", "a b 2"]
    cases = {
        name: {"start": f"-{n + 2}d", "end": f"-{n + 1}d"}
        for n, name in enumerate(names)
    }
    kind = {"kind": "choice", "weights": dict.fromkeys(names, 1)}
    at = {**DATE, "by": "kind", "cases": cases}
    found = constants(spec(things=table(9, kind=kind, at=at, at_a_b=NORMAL)))
    assert_distinct(found)
    assert len([name for name in found if name.startswith("THINGS_AT")]) == 10


def test_columns_named_like_parts_of_calendars_and_events() -> None:
    events = [{"name": "sale", "days_ago": [9, 2], "factor": 2}]
    calendars: Tree = {"shop": {"weekend": 2, "events": events}}
    shop = table(9, weekend=NORMAL, at={**DATE, "calendar": "shop"})
    sale = table(9, start=NORMAL, factor=NORMAL)
    assert_distinct(constants(spec({"calendars": calendars}, shop=shop, sale=sale)))


def test_a_table_named_like_a_unit_of_time() -> None:
    sent = {"kind": "offset", "of": "at", "distribution": "exponential", "scale": "3h"}
    tables = {"hour": {"data": [{"n": 1}]}, "things": table(9, at=DATE, sent=sent)}
    assert_distinct(constants(spec(**tables)))
