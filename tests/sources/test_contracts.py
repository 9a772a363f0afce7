"""Schemas in YAML and JSON: dbt's, and data contracts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.sources import problems_of, read, refs, types, write

OLD = """
version: 2
models:
  - name: customers
    description: People
    columns:
      - name: id
        description: The key
        data_type: bigint
        tests: [unique, not_null]
      - name: tier
        tests:
          - accepted_values: {values: ['Free', 'Pro'], severity: warn}
      - name: rate
        data_type: numeric(5,2)
        tests:
          - dbt_utils.accepted_range: {min_value: 0, max_value: 100}
  - name: orders
    tests:
      - dbt_utils.unique_combination_of_columns: {combination_of_columns: [customer_id, at]}
    columns:
      - {name: id, data_type: integer, tests: [unique, not_null]}
      - {name: at, data_type: timestamp}
      - name: customer_id
        tests:
          - relationships: {to: ref('customers'), field: id}
"""
NEW = """
models:
  - name: customers
    description: People
    constraints: [{type: primary_key, columns: [id]}]
    columns:
      - {name: id, description: The key, data_type: bigint}
      - name: tier
        data_tests:
          - test_name: accepted_values
            name: tiers
            arguments: {values: ['Free', 'Pro']}
            config: {severity: warn}
      - name: rate
        data_type: numeric(5,2)
        constraints: [{type: check, expression: "rate >= 0 and rate <= 100"}]
  - name: orders
    data_tests:
      - dbt_utils.unique_combination_of_columns:
          arguments: {combination_of_columns: [customer_id, at]}
    columns:
      - {name: id, data_type: integer, constraints: [{type: not_null}, {type: primary_key}]}
      - {name: at, data_type: timestamp}
      - name: customer_id
        constraints: [{type: foreign_key, to: "ref('customers')", to_columns: [id]}]
"""


def node(kind: str, name: str, columns: dict[str, str], **more: Any) -> dict[str, Any]:
    described = {
        column: {"name": column, "data_type": type or None, "description": ""}
        for column, type in columns.items()
    }
    return {"resource_type": kind, "name": name, "columns": described, **more}


def attached(
    table: str, column: str | None, name: str, **kwargs: Any
) -> dict[str, Any]:
    return {
        "resource_type": "test",
        "name": f"{name}_{table}_{column}",
        "column_name": column,
        "attached_node": f"model.shop.{table}",
        "test_metadata": {"name": name, "kwargs": kwargs},
    }


TESTS = [
    attached("customers", "id", "unique"),
    attached("customers", "id", "not_null"),
    attached("customers", "tier", "accepted_values", values=["Free", "Pro"]),
    attached("customers", "rate", "accepted_range", min_value=0, max_value=100),
    attached("orders", "id", "unique"),
    attached("orders", "id", "not_null"),
    attached(
        "orders", "customer_id", "relationships", to="ref('customers')", field="id"
    ),
    attached(
        "orders",
        None,
        "unique_combination_of_columns",
        combination_of_columns=["customer_id", "at"],
    ),
]
CUSTOMERS = {"id": "bigint", "tier": "", "rate": "numeric(5,2)"}
ORDERS = {"id": "integer", "at": "timestamp", "customer_id": ""}
MANIFEST = {
    "metadata": {"dbt_schema_version": "v12"},
    "nodes": {
        "model.shop.customers": node(
            "model", "customers", CUSTOMERS, description="People"
        ),
        "model.shop.orders": node("model", "stg_orders", ORDERS, alias="orders"),
        **{f"test.shop.{n}": test for n, test in enumerate(TESTS)},
    },
    "sources": {},
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("schema.yml", OLD),
        ("schema.yaml", NEW),
        ("manifest.json", json.dumps(MANIFEST)),
        ("pretty.json", json.dumps(MANIFEST, indent=2)),
    ],
)
def test_all_forms_of_dbt_give_the_same_tables(
    tmp_path: Path, name: str, content: str
) -> None:
    source = read(write(tmp_path, {name: content}) / name)
    customers, orders = source.table("customers"), source.table("orders")
    assert types(customers) == {"id": "integer", "tier": "text", "rate": "number"}
    assert types(orders) == {
        "id": "integer",
        "at": "timestamp",
        "customer_id": "unknown",
    }
    assert customers.description == "People"
    assert (customers.primary_key, orders.primary_key) == (("id",), ("id",))
    assert not customers.column("id").nullable
    assert customers.column("tier").values == ("Free", "Pro")
    assert customers.column("rate").minimum == 0
    assert customers.column("rate").maximum == 100
    assert customers.column("rate").decimals == 2
    assert refs(orders) == ["customer_id -> customers.id"]
    assert orders.unique == (("customer_id", "at"),)


def test_sources_and_seeds_of_dbt_are_tables_too(tmp_path: Path) -> None:
    text = """
sources:
  - name: raw
    tables:
      - name: payments
        identifier: raw_payments
        columns: [{name: order_id, tests: [{relationships: {to: "source('raw', 'o')", field: id}}]}]
      - {name: o, columns: [{name: id}]}
      - {name: bare}
seeds:
  - {name: countries, columns: [{name: code, data_type: varchar(2)}]}
"""
    source = read(write(tmp_path, {"s.yml": text}) / "s.yml")
    assert {table.name for table in source.tables} == {"raw_payments", "o", "countries"}
    assert refs(source.table("raw_payments")) == ["order_id -> o.id"]
    assert source.notes == ("bare: left out, no columns are described",)


CONTRACT = """
apiVersion: v3.1.0
kind: DataContract
id: shop
schema:
  - id: cust_tbl
    name: customers
    description: People
    properties:
      - {id: cust_no, name: nr, logicalType: integer, primaryKey: true, primaryKeyPosition: 2}
      - {id: cust_land, name: land, logicalType: string, primaryKey: true, primaryKeyPosition: 1}
      - {name: mail, physicalType: varchar(20), unique: true, required: true,
         classification: restricted, description: Where to write}
      - name: tier
        logicalType: string
        quality:
          - {type: library, metric: invalidValues, mustBe: 0, arguments: {validValues: [Free, Pro]}}
      - {name: state, logicalType: string, enum: [{value: new}, {value: old}]}
      - {name: rate, logicalType: number, physicalType: "decimal(5,2)",
         logicalTypeOptions: {minimum: 0, maximum: 100}}
      - {name: steps, logicalType: integer, logicalTypeOptions: {exclusiveMinimum: 0}}
      - {name: seen, logicalType: timestamp}
      - {name: tags, logicalType: array, items: {logicalType: string}}
  - name: orders
    properties:
      - {name: id, logicalType: integer, primaryKey: true}
      - {name: nr, logicalType: integer}
      - {name: land, logicalType: string}
      - {name: shop, logicalType: string, relationships: [{to: "https://x/y.yaml#shops.id"}]}
      - {name: next_id, logicalType: integer, relationships: [{to: orders.id}]}
    relationships:
      - type: foreignKey
        from: [orders.land, orders.nr]
        to: [schema/cust_tbl/properties/cust_land, schema/cust_tbl/properties/cust_no]
"""


def test_a_data_contract_of_version_3(tmp_path: Path) -> None:
    source = read(write(tmp_path, {"c.yaml": CONTRACT}) / "c.yaml")
    customers, orders = source.table("customers"), source.table("orders")
    assert [*types(customers).values()] == [
        *("integer", "text", "text", "text", "text", "number", "integer"),
        *("timestamp", "unknown"),
    ]
    assert customers.primary_key == ("land", "nr")
    mail, rate = customers.column("mail"), customers.column("rate")
    assert (mail.unique, mail.nullable, mail.classification) == (
        *(True, False),
        "restricted",
    )
    assert mail.description == "Where to write"
    assert customers.column("tier").values == ("Free", "Pro")
    assert customers.column("state").values == ("new", "old")
    assert (rate.minimum, rate.maximum, rate.decimals) == (0, 100, 2)
    assert customers.column("steps").minimum == 1
    assert refs(orders) == [
        "next_id -> orders.id",
        "land,nr -> customers.land,nr",
    ]
    assert "c.yaml: left out 1 refs to other contracts" in source.notes


def test_a_data_contract_of_version_2(tmp_path: Path) -> None:
    text = """
apiVersion: v2.2.2
kind: DataContract
dataset:
  - table: tbl
    description: Payments
    columns:
      - {column: id, isPrimaryKey: true, logicalType: string, physicalType: varchar(18)}
      - {column: paid, logicalType: number, physicalType: "decimal(9,2)", isNullable: false}
      - {column: note, logicalType: string, isUnique: true, isNullable: true}
"""
    [found] = read(write(tmp_path, {"c.yaml": text}) / "c.yaml").tables
    assert (found.name, found.description) == ("tbl", "Payments")
    assert found.primary_key == ("id",)
    assert types(found) == {"id": "text", "paid": "number", "note": "text"}
    assert not found.column("paid").nullable
    assert found.column("note").nullable
    assert found.column("note").unique


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("models: [\nb: }", "not valid YAML", 2),
        ("a: 1", "is no schema that is known", None),
        ("just text", "is no schema that is known", None),
        ("", "is no schema that is known", None),
        ("models: [{name: a}]", "has no tables with columns", None),
        ("models: [1, {name: [x]}, {columns: 3}]", "has no tables with columns", None),
        ("kind: DataContract\nschema: {a: b}", "has no tables with columns", None),
    ],
)
def test_yaml_that_is_no_schema_is_a_mistake(
    tmp_path: Path, text: str, message: str, line: int | None
) -> None:
    [problem] = problems_of(write(tmp_path, {"t.yml": text}) / "t.yml")
    assert problem.code == "E708"
    assert message in problem.message
    assert (problem.span.line if problem.span else None) == line


def test_other_yaml_in_a_folder_is_noted(tmp_path: Path) -> None:
    write(tmp_path, {"dbt_project.yml": "name: shop", "m/schema.yml": OLD})
    source = read(tmp_path)
    assert [table.name for table in source.tables] == ["customers", "orders"]
    assert source.notes == ("dbt_project.yml: ignored, it is no schema that is known",)
