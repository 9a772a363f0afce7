"""What names of columns say about tables."""

from __future__ import annotations

import pytest

from compiler.profiling.relations import naming


@pytest.mark.parametrize(
    ("column", "table", "key", "least"),
    [
        ("customer_id", "customers", "id", 1),
        ("customer", "customers", "customer_id", 1),
        ("ship_customer_id", "customers", "customer_id", 0.7),
        ("account_from", "accounts", "account_id", 0.6),
        ("category_id", "categories", "id", 1),
        ("person_id", "people", "id", 1),
        ("address_id", "addresses", "id", 1),
        ("o_custkey", "customer", "c_custkey", 0.9),
        ("cust_no", "customers", "id", 0.9),
        ("acct_id", "accounts", "id", 0.9),
        ("sku", "products", "sku", 0.9),
        ("order_id", "maintenance_orders", "order_id", 0.9),
        ("order_id", "maintenance_orders", "id", 0.8),
        ("bill_cdemo_sk", "customer_demographics", "demo_sk", 0.7),
    ],
)
def test_names_that_agree(column: str, table: str, key: str, least: float) -> None:
    prefix = "o_" if column.startswith("o_") else ""
    key_prefix = "c_" if key.startswith("c_") else ""
    found = naming.agreement(column, prefix, table, key, key_prefix)
    assert least <= found <= 1


@pytest.mark.parametrize(
    ("column", "table", "key"),
    [
        ("id", "customers", "id"),
        ("quantity", "orders", "order_id"),
        ("store_id", "customers", "id"),
        ("bill_hdemo_sk", "customer_demographics", "cd_sk"),
        ("customized", "custodians", "id"),
        ("paid", "payments", "id"),
    ],
)
def test_names_that_do_not(column: str, table: str, key: str) -> None:
    assert naming.agreement(column, "", table, key, "") < 0.5


def test_the_table_itself_is_before_others_of_that_kind() -> None:
    orders = naming.agreement("order_id", "", "orders", "order_id", "")
    repairs = naming.agreement("order_id", "", "repair_orders", "order_id", "")
    assert orders > repairs


@pytest.mark.parametrize(
    ("names", "prefix"),
    [
        (["l_orderkey", "l_tax"], "l_"),
        (["order_id", "order_date"], ""),
        (["id"], ""),
        ([], ""),
        (["web_site", "name"], ""),
    ],
)
def test_prefixes_of_all_columns(names: list[str], prefix: str) -> None:
    assert naming.prefix_of(names) == prefix
