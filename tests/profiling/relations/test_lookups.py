"""Which columns repeat what a row has that this one points at."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from compiler.profiling.model import Lookup, Relations
from compiler.profiling.relations import relations_of
from tests.support.frames import tables_of

GENERATOR = np.random.default_rng(5)
ROWS, CUSTOMERS = 3_000, 200
COUNTRIES = np.array(["DE", "FR", "US"])
BUYERS = GENERATOR.integers(0, CUSTOMERS, ROWS)
CUSTOMER = {
    "customer_id": np.arange(1, CUSTOMERS + 1),
    "country": COUNTRIES[GENERATOR.integers(0, 3, CUSTOMERS)],
    "is_firm": GENERATOR.random(CUSTOMERS) < 0.3,
    "planet": ["earth"] * CUSTOMERS,
    "is_banned": np.arange(CUSTOMERS) == 7,
    "limit": np.round(GENERATOR.lognormal(5, 1, CUSTOMERS), 2),
}


def orders(**columns: Any) -> Relations:
    order = {"order_id": np.arange(1, ROWS + 1), "customer_id": BUYERS + 1}
    return related(customers=CUSTOMER, orders={**order, **columns})


def related(**frames: dict[str, Any]) -> Relations:
    return relations_of(
        tables_of({name: pl.DataFrame(one) for name, one in frames.items()})
    )


def paths(relations: Relations, table: str) -> dict[str, str]:
    return {one.column: one.path for one in relations[table].lookups}


def test_copies_of_texts_numbers_and_booleans_are_lookups() -> None:
    found = orders(
        country=CUSTOMER["country"][BUYERS],
        credit=CUSTOMER["limit"][BUYERS],
        firm=CUSTOMER["is_firm"][BUYERS],
    )
    assert paths(found, "orders") == {
        "country": "customer_id.country",
        "credit": "customer_id.limit",
        "firm": "customer_id.is_firm",
    }
    assert found["orders"].lookups[0] == Lookup(
        "country", "customer_id.country", "equal in all 3,000 rows"
    )


def test_a_few_faults_are_allowed_and_many_are_not() -> None:
    def with_faults(count: int) -> Relations:
        copied = CUSTOMER["country"][BUYERS].astype(object)
        copied[:count] = "XX"
        return orders(country=copied)

    (one,) = with_faults(30)["orders"].lookups
    assert one.reason == "equal in all but 30 of 3,000 rows"
    assert with_faults(120)["orders"].lookups == ()


def test_a_constant_is_no_lookup() -> None:
    assert orders(planet=["earth"] * ROWS)["orders"].lookups == ()


def test_about_constant_columns_agree_by_chance() -> None:
    """Both are false in 99 of 100 rows, and never true together."""
    rare = (np.arange(ROWS) % 100 == 0) & (BUYERS != 7)
    assert orders(is_gift=rare)["orders"].lookups == ()


def test_another_draw_of_the_same_values_is_no_lookup() -> None:
    other = COUNTRIES[GENERATOR.integers(0, 3, ROWS)]
    assert orders(country=other)["orders"].lookups == ()


def test_the_column_is_null_where_the_ref_is() -> None:
    buyers = [None if n % 5 == 0 else int(n) + 1 for n in BUYERS]
    copied = [None if n % 5 == 0 else CUSTOMER["country"][n] for n in BUYERS]
    customers = CUSTOMER
    order = {"order_id": np.arange(ROWS), "customer_id": buyers}
    found = related(customers=customers, orders={**order, "country": copied})
    assert paths(found, "orders") == {"country": "customer_id.country"}
    gaps = [None if n % 7 == 0 else text for n, text in enumerate(copied)]
    found = related(customers=customers, orders={**order, "country": gaps})
    assert paths(found, "orders") == {}


def test_the_shortest_path_comes_first_and_then_the_same_name() -> None:
    order = {
        "order_id": np.arange(1, ROWS + 1),
        "customer_id": BUYERS + 1,
        "land": CUSTOMER["country"][BUYERS],
        "country": CUSTOMER["country"][BUYERS],
    }
    lines = GENERATOR.integers(0, ROWS, 2 * ROWS)
    item = {
        "item_id": np.arange(1, 2 * ROWS + 1),
        "order_id": lines + 1,
        "country": order["country"][lines],
        "limit": CUSTOMER["limit"][BUYERS[lines]],
    }
    found = related(items=item, orders=order, customers=CUSTOMER)
    assert paths(found, "items") == {
        "country": "order_id.country",
        "limit": "order_id.customer_id.limit",
    }


def test_a_ref_that_follows_from_another_is_a_lookup() -> None:
    order = {"order_id": np.arange(1, ROWS + 1), "customer_id": BUYERS + 1}
    paid = np.arange(0, ROWS, 2)
    payment = {
        "payment_id": np.arange(1, len(paid) + 1),
        "order_id": paid + 1,
        "customer_id": BUYERS[paid] + 1,
        "agent_customer_id": GENERATOR.integers(1, CUSTOMERS + 1, len(paid)),
    }
    found = related(payments=payment, orders=order, customers=CUSTOMER)
    assert paths(found, "payments") == {"customer_id": "order_id.customer_id"}
    refs = {ref.column for ref in found["payments"].refs}
    assert refs == {"order_id", "agent_customer_id"}
