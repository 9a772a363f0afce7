"""Which columns hold the key of another row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from compiler.profiling.model import Ref, Relations
from compiler.profiling.relations import relations_of
from compiler.profiling.tables import Tables
from compiler.sources.model import Source, SourceRef
from compiler.spec.types import Data
from tests.support.frames import schema_of, table_of, tables_of

GENERATOR = np.random.default_rng(11)
ROWS = 2_000
CUSTOMERS = 300


def codes(numbers: Any, prefix: str = "CUST-") -> list[str]:
    return [f"{prefix}{number:05d}" for number in numbers]


def drawn(targets: int, rows: int = ROWS) -> np.ndarray:
    """Numbers of targets from 1, some more often than others."""
    return 1 + (targets * GENERATOR.random(rows) ** 2).astype(np.int64)


def related(**frames: dict[str, Any]) -> Relations:
    return relations_of(
        tables_of({name: pl.DataFrame(one) for name, one in frames.items()})
    )


def refs_of(relations: Relations, table: str) -> dict[str, str]:
    return {ref.column: ref.table for ref in relations[table].refs}


def only(relations: Relations, table: str) -> Ref:
    (found,) = relations[table].refs
    return found


def numbered(rows: int = ROWS) -> np.ndarray:
    return np.arange(1, rows + 1)


def test_numbers_need_a_name_that_agrees() -> None:
    found = related(
        customers={"id": numbered(CUSTOMERS)},
        orders={
            "id": numbered(),
            "customer_id": drawn(CUSTOMERS),
            "quantity": GENERATOR.integers(1, 10, ROWS),
            "score_id": GENERATOR.integers(1, 10, ROWS),
        },
    )
    ref = only(found, "orders")
    assert (ref.column, ref.table, ref.target) == ("customer_id", "customers", "id")
    assert ref.reason.endswith("distinct values are keys of customers; the name agrees")


def test_the_shape_of_texts_is_enough() -> None:
    found = related(
        customers={"cid": codes(numbered(CUSTOMERS)), "name": ["x"] * CUSTOMERS},
        orders={"id": numbered(), "buyer": codes(drawn(CUSTOMERS))},
    )
    ref = only(found, "orders")
    assert (ref.column, ref.table) == ("buyer", "customers")
    assert ref.reason.endswith("so does the shape: a prefix and a number")


def test_roles_point_at_the_same_table() -> None:
    found = related(
        accounts={"account_id": numbered(CUSTOMERS)},
        transfers={
            "transfer_id": numbered(),
            "from_account": drawn(CUSTOMERS),
            "to_account": drawn(CUSTOMERS),
            "account_to_charge_id": drawn(CUSTOMERS),
        },
    )
    assert refs_of(found, "transfers") == dict.fromkeys(
        ("from_account", "to_account", "account_to_charge_id"), "accounts"
    )


def test_a_small_table_with_a_text_key_is_a_parent() -> None:
    regions = ["North", "South", "East", "West"]
    found = related(
        regions={"region": regions, "tax": [0.1, 0.2, 0.3, 0.4]},
        shops={"shop_id": numbered(100), "region": regions * 25},
        orders={"order_id": numbered(), "sold_in": regions * (ROWS // 4)},
    )
    assert refs_of(found, "shops") == {"region": "regions"}
    assert refs_of(found, "orders") == {"sold_in": "regions"}


def test_a_few_orphans_are_faults_and_many_are_no_ref() -> None:
    def with_orphans(share: float) -> Relations:
        buyers = codes(drawn(CUSTOMERS))
        count = int(share * ROWS)
        buyers[:count] = [f"{text}-gone" for text in buyers[:count]]
        return related(
            customers={"customer_id": codes(numbered(CUSTOMERS))},
            orders={"order_id": numbered(), "customer_id": buyers},
        )

    ref = only(with_orphans(0.01), "orders")
    assert ref.reason == (
        "20 of 2,000 values are not keys of customers, all others are; the name agrees"
    )
    assert with_orphans(0.1)["orders"].refs == ()


def test_nulls_are_counted() -> None:
    buyers: list[str | None] = [*codes(drawn(CUSTOMERS))]
    buyers[::4] = [None] * (ROWS // 4)
    found = related(
        customers={"customer_id": codes(numbered(CUSTOMERS))},
        orders={"order_id": numbered(), "customer_id": buyers},
    )
    assert only(found, "orders").null_share == 0.25


def test_a_manager_is_a_row_of_the_same_table() -> None:
    bosses = [None, *(int(GENERATOR.integers(1, n)) for n in range(2, ROWS + 1))]
    found = related(employees={"employee_id": numbered(), "manager_id": bosses})
    assert refs_of(found, "employees") == {"manager_id": "employees"}
    chained = related(
        employees={"id": codes(numbered()), "lead": [None, *codes(numbered()[:-1])]}
    )
    assert refs_of(chained, "employees") == {"lead": "employees"}


def test_numbers_in_a_circle_are_no_managers() -> None:
    found = related(
        items={"item_id": numbered(), "manager_id": GENERATOR.integers(1, 100, ROWS)}
    )
    assert found["items"].refs == ()


def test_one_to_one_is_told_apart() -> None:
    found = related(
        users={"user_id": numbered(), "email": [f"{n}@x.org" for n in numbered()]},
        profiles={
            "user_id": GENERATOR.permutation(numbered())[:1500],
            "bio": ["x"] * 1500,
        },
        posts={"post_id": numbered(), "user_id": drawn(ROWS)},
    )
    assert only(found, "profiles").is_unique
    assert only(found, "profiles").table == "users"
    # A profile has the key of a user, so posts point at users.
    assert only(found, "posts").table == "users"
    assert not only(found, "posts").is_unique
    assert found["users"].refs == ()


def test_ids_of_unrelated_tables_are_no_refs() -> None:
    found = related(
        cats={"id": numbered(500), "name": ["x"] * 500},
        dogs={"id": numbered(900), "name": ["y"] * 900},
    )
    assert all(not one.refs for one in found.values())


def test_tables_of_the_same_prefix_keep_apart() -> None:
    found = related(
        customers={"customer_id": numbered(CUSTOMERS)},
        orders={"order_id": numbered(), "customer_id": drawn(CUSTOMERS)},
        repair_orders={"order_id": numbered(700), "cost": drawn(700, 700) * 1.5},
        shipments={"shipment_id": numbered(), "order_id": drawn(600)},
    )
    assert refs_of(found, "shipments") == {"order_id": "orders"}


def test_a_cycle_of_refs_is_broken() -> None:
    found = related(
        teams={"team_id": numbered(50), "lead_id": codes(drawn(CUSTOMERS, 50), "P-")},
        people={
            "person_id": codes(numbered(CUSTOMERS), "P-"),
            "team_id": drawn(50, CUSTOMERS),
        },
    )
    assert refs_of(found, "teams") == {"lead_id": "people"}
    assert refs_of(found, "people") == {"team_id": "teams"}
    first = next(iter(found))
    assert only(found, first).reason.endswith("; it closes a cycle of refs")


def test_declared_refs_are_taken_and_compared() -> None:
    people = pl.DataFrame({"id": numbered(100)})
    visits = pl.DataFrame({"id": numbered(), "who": [*drawn(100)[:-100], *[-1] * 100]})
    declared = (SourceRef(("who",), "people", ("id",)),)
    source = Source(
        (table_of("people", people), table_of("visits", visits, refs=declared))
    )
    ref = only(relations_of(Tables(source)), "visits")
    assert ref.is_declared and (ref.table, ref.target) == ("people", "id")
    assert ref.reason == (
        "declared; but 100 of 2,000 values are not keys of people, all others are"
    )


def test_a_declared_ref_of_several_columns_gives_those_of_its_target() -> None:
    parts = schema_of("parts", part=Data.INTEGER)
    offers = schema_of("offers", part=Data.INTEGER, seller=Data.INTEGER)
    lines = schema_of("lines", part=Data.INTEGER, seller=Data.INTEGER)
    offers = replace(offers, refs=(SourceRef(("part",), "parts", ("part",)),))
    keys = ("part", "seller")
    lines = replace(lines, refs=(SourceRef(keys, "offers", keys),))
    found = relations_of(Tables(Source((lines, offers, parts))))
    ref = only(found, "lines")
    assert (ref.column, ref.table, ref.reason) == (
        "part",
        "parts",
        "declared, over offers",
    )
    assert next(iter(found)) == "parts"


def test_names_and_types_give_the_refs_of_a_schema() -> None:
    source = Source(
        (
            schema_of(
                "orders", id=Data.INTEGER, customer_id=Data.INTEGER, shop_id=Data.TEXT
            ),
            schema_of("customers", id=Data.INTEGER, name=Data.TEXT),
            schema_of("shops", id=Data.INTEGER),
        )
    )
    ref = only(relations_of(Tables(source)), "orders")
    assert ref == Ref("customer_id", "customers", "id", "by name")


@pytest.mark.parametrize("kind", [pl.Int32, pl.UInt16, pl.Decimal(18, 0)])
def test_types_of_numbers_may_differ(kind: Any) -> None:
    customers = pl.DataFrame({"id": numbered(CUSTOMERS)})
    orders = pl.DataFrame({"id": numbered(), "customer_id": drawn(CUSTOMERS)})
    orders = orders.with_columns(pl.col("customer_id").cast(kind))
    table = table_of("orders", orders)
    columns = tuple(type(one)(one.name, Data.INTEGER) for one in table.columns)
    source = Source((table_of("customers", customers), replace(table, columns=columns)))
    assert refs_of(relations_of(Tables(source)), "orders") == {
        "customer_id": "customers"
    }


def test_numbers_with_a_point_are_refs_too() -> None:
    """As pandas writes whole numbers where some are null."""
    buyers = [None, *map(float, drawn(CUSTOMERS, ROWS - 1))]
    found = related(
        customers={"id": numbered(CUSTOMERS)},
        orders={"id": numbered(), "customer_id": buyers, "price_no": drawn(9) * 0.5},
    )
    assert refs_of(found, "orders") == {"customer_id": "customers"}


def test_rows_point_at_a_table_that_is_only_a_schema() -> None:
    orders = pl.DataFrame({"id": numbered(), "customer_id": drawn(CUSTOMERS)})
    source = Source(
        (table_of("orders", orders), schema_of("customers", id=Data.INTEGER))
    )
    ref = only(relations_of(Tables(source)), "orders")
    assert (ref.table, ref.reason) == ("customers", "by name")


def test_two_tables_of_the_same_rows_own_each_other_once() -> None:
    users = {"user_id": codes(numbered(), "U-"), "profile_id": codes(numbered(), "P-")}
    profiles = {"profile_id": users["profile_id"], "user_id": users["user_id"]}
    found = related(users=users, profiles=profiles)
    assert sum(one.children is not None for one in found.values()) == 1


def test_no_column_repeats_the_one_of_another_row_of_its_table() -> None:
    """A spec has no lookup over a ref to the same table: it would follow itself."""
    parents = [None, *(int(GENERATOR.integers(1, n)) for n in range(2, ROWS + 1))]
    roots = list(range(ROWS))
    for row in range(20, ROWS):
        roots[row] = roots[(parents[row] or 1) - 1]
    kinds = [f"kind {root}" for root in roots]
    found = related(
        categories={"category_id": numbered(), "parent_id": parents, "kind": kinds}
    )
    assert refs_of(found, "categories") == {"parent_id": "categories"}
    assert found["categories"].lookups == ()
