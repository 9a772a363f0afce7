"""Which columns name a row."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from compiler.profiling.model import Key
from compiler.profiling.relations import relations_of
from compiler.profiling.tables import Tables
from compiler.sources.model import Source, SourceColumn, SourceTable
from compiler.spec.types import Data
from tests.support.frames import schema_of, table_of, tables_of

ROWS = 500
NUMBERS = np.arange(1, ROWS + 1)
MOMENTS = [datetime(2026, 1, 1) + timedelta(minutes=7 * int(n)) for n in NUMBERS]
MAIL = [f"user.{n}@example.com" for n in NUMBERS]
CODES = [f"CUST-{n:05d}" for n in NUMBERS]
GENERATOR = np.random.default_rng(7)


def key_of(name: str, **columns: object) -> Key | None:
    return relations_of(tables_of({name: pl.DataFrame(columns)}))[name].key


def columns_of(name: str, **columns: object) -> tuple[str, ...]:
    key = key_of(name, **columns)
    return key.columns if key else ()


def test_an_id_is_the_key_though_a_mail_address_is_unique() -> None:
    assert columns_of("customers", email=MAIL, customer_id=CODES) == ("customer_id",)
    assert columns_of("users", email=MAIL, created=MOMENTS, id=NUMBERS) == ("id",)


def test_a_mail_address_alone_is_no_key() -> None:
    assert columns_of("users", note=["x"] * ROWS, email=MAIL) == ()


def test_the_own_id_is_the_key_and_not_that_of_another_table() -> None:
    columns = {"customer_id": CODES, "card_id": NUMBERS}
    assert columns_of("loyalty_cards", **columns) == ("card_id",)


def test_a_code_named_after_its_table_is_a_key() -> None:
    names = [f"name {n}" for n in range(30)]
    regions = [f"region {chr(65 + n)}" for n in range(30)]
    assert columns_of("regions", label=names, region=regions) == ("region",)


@pytest.mark.parametrize("name", ["sku", "invoice_no", "code", "product_key"])
def test_words_of_keys(name: str) -> None:
    values = [f"{n * 37 % 1009}-{n % 7}" for n in NUMBERS]
    columns = {"price": NUMBERS * 1.5, "label": MAIL, name: values}
    assert columns_of("products", **columns) == (name,)


def test_moments_and_floats_are_no_keys() -> None:
    assert columns_of("events", at=MOMENTS, amount=NUMBERS * 1.25) == ()


def test_a_number_that_is_unique_by_chance_is_no_key() -> None:
    amounts = GENERATOR.permutation(100_000)[:ROWS]
    assert columns_of("sales", day=MOMENTS, note=["x"] * ROWS, amount=amounts) == ()


def test_a_column_with_a_null_or_a_repeat_is_no_key() -> None:
    assert columns_of("things", thing_id=[None, *NUMBERS[1:]]) == ()
    assert columns_of("things", thing_id=[2, *NUMBERS[1:]]) == ()


def test_the_reason_counts_the_rows() -> None:
    key = key_of("things", id=NUMBERS)
    assert key == Key(("id",), "unique in 500 rows")


def test_two_columns_are_a_key_where_no_single_one_is() -> None:
    orders, lines = np.repeat(NUMBERS, 3), np.tile([1, 2, 3], ROWS)
    amount = GENERATOR.lognormal(size=3 * ROWS)
    columns = {"order_id": orders, "line": lines, "amount": amount}
    key = key_of("order_items", **columns)
    assert key == Key(("order_id", "line"), "together unique in 1,500 rows")


def test_sensors_and_moments_are_a_key() -> None:
    sensors, at = np.repeat(["S1", "S2", "S3"], ROWS), MOMENTS * 3
    columns = {"sensor_id": sensors, "at": at, "value": GENERATOR.normal(size=3 * ROWS)}
    assert columns_of("readings", **columns) == ("sensor_id", "at")


def test_amounts_do_not_make_a_key() -> None:
    people = GENERATOR.integers(1, 50, ROWS)
    amounts = GENERATOR.lognormal(size=ROWS)
    assert columns_of("gifts", person_id=people, amount=amounts) == ()


def test_a_declared_key_is_taken() -> None:
    frame = pl.DataFrame({"id": NUMBERS, "email": MAIL})
    table = table_of("users", frame, primary_key=("email",))
    found = relations_of(Tables(Source((table,))))["users"].key
    assert found == Key(("email",), "declared", is_declared=True)


def test_a_declared_unique_column_is_taken() -> None:
    columns = (
        SourceColumn("email", Data.TEXT, unique=True, nullable=False),
        SourceColumn("user_id", Data.INTEGER, unique=True, nullable=False),
    )
    table = SourceTable("users", columns)
    key = relations_of(Tables(Source((table,))))["users"].key
    assert key == Key(("user_id",), "declared unique", is_declared=True)


def test_names_alone_give_the_key_of_a_schema() -> None:
    tables = (
        schema_of("customers", name=Data.TEXT, customer_id=Data.INTEGER),
        schema_of("orders", id=Data.INTEGER, customer_id=Data.INTEGER),
        schema_of("log_lines", at=Data.TIMESTAMP, text=Data.TEXT),
    )
    found = relations_of(Tables(Source(tables)))
    assert found["customers"].key == Key(("customer_id",), "by name")
    assert found["orders"].key == Key(("id",), "by name")
    assert found["log_lines"].key is None


def test_tables_without_rows_or_columns_have_no_key() -> None:
    empty = pl.DataFrame({"id": []}, schema={"id": pl.Int64})
    tables = Tables(Source((table_of("things", empty), SourceTable("none", ()))))
    assert all(one.refs == () for one in relations_of(tables).values())
