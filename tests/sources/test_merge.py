"""Schemas and data complete each other."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from compiler.sources.model import Source
from tests.support.sources import read, refs, rows, types, write

DDL = """
CREATE TABLE shop.CUSTOMERS (
  ID int PRIMARY KEY, ZIP varchar(5), TIER varchar(9) CHECK (TIER IN ('Free', 'Pro')),
  PRICE numeric(10,2) NOT NULL, SEEN timestamp, ACTIVE boolean, PHONE varchar(20), FAX varchar(9)
);
COMMENT ON COLUMN shop.CUSTOMERS.TIER IS 'How they pay';
CREATE TABLE shop.ORDERS (ID int, CUSTOMER_ID int REFERENCES shop.CUSTOMERS (ID));
CREATE TABLE shop.RETURNS (ID int, ORDER_ID int REFERENCES shop.GONE (ID));
"""
DATA = {
    "data/Customers.csv": "id,zip,tier,price,seen,active,phone,extra\n"
    "1,10115,Free,2,2026-06-30,1,,a\n2,20095,Pro,3,2026-07-01,0,,b\n",
    "data/orders.csv": "id,customer_id\n1,2\n2,yes\n",
    "data/visits.csv": "at\n2026-06-30T08:15:00Z\n",
}


@pytest.fixture(params=["schema first", "data first"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Source:
    write(tmp_path, {"shop.sql": DDL, **DATA})
    paths = [tmp_path / "shop.sql", tmp_path / "data"]
    return read(*(paths if request.param == "schema first" else reversed(paths)))


def test_a_table_has_the_rows_of_the_data_and_the_facts_of_the_schema(
    source: Source,
) -> None:
    customers = source.table("Customers")
    assert customers.primary_key == ("id",)
    assert customers.column("tier").values == ("Free", "Pro")
    assert customers.column("tier").description == "How they pay"
    assert customers.column("price").decimals == 2
    assert not customers.column("price").nullable
    assert refs(source.table("orders")) == ["customer_id -> Customers.id"]


def test_data_takes_the_types_of_the_schema_where_it_fits(source: Source) -> None:
    customers = source.table("Customers")
    assert types(customers) == {
        "id": "integer",
        "zip": "text",
        "tier": "text",
        "price": "number",
        "seen": "timestamp",
        "active": "boolean",
        "phone": "text",
        "extra": "text",
    }
    at = datetime(2026, 6, 30)
    assert rows(customers)[0] == (1, "10115", "Free", 2.0, at, True, None, "a")


def test_tables_of_only_one_of_them_stay(source: Source) -> None:
    assert {table.name: table.rows for table in source.tables} == {
        "Customers": 2,
        "orders": 2,
        "visits": 1,
        "RETURNS": None,
    }


def test_notes_say_where_they_disagree(source: Source) -> None:
    assert {
        "Customers.extra is in the data, but not in the schema",
        "Customers.FAX is in the schema, but not in the data",
        "orders.customer_id is text in the data, but integer in the schema",
        "RETURNS: left out the ref of ORDER_ID to shop.GONE, which is not there",
    } <= set(source.notes)


def test_two_schemas_of_one_table_add_up(tmp_path: Path) -> None:
    yaml = """
models:
  - name: t
    columns:
      - {name: id, description: The key}
      - {name: tier, tests: [{accepted_values: {values: [a]}}]}
"""
    write(tmp_path, {"t.sql": "CREATE TABLE t (id int PRIMARY KEY);", "t.yml": yaml})
    [found] = read(tmp_path).tables
    assert types(found) == {"id": "integer", "tier": "text"}
    assert found.primary_key == ("id",)
    assert found.column("id").description == "The key"
    assert found.column("tier").values == ("a",)


def test_a_file_without_rows_has_the_types_of_the_schema(tmp_path: Path) -> None:
    write(tmp_path, {"t.sql": "CREATE TABLE t (id int, at date);", "t.csv": "id,at\n"})
    [found] = read(tmp_path).tables
    assert types(found) == {"id": "integer", "at": "date"}
    assert rows(found) == []


def test_the_same_table_twice_is_noted(tmp_path: Path) -> None:
    write(tmp_path, {"t.csv": "id\n1\n", "t.jsonl": '{"id": 2}'})
    source = read(tmp_path)
    assert [rows(table) for table in source.tables] == [[(1,)]]
    assert source.notes == ("t is there 2 times; the first is used",)
