"""Databases: what their catalogs know, and rows that are fetched as they are needed."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from compiler.sources.model import SourceTable
from tests.support.sources import problems_of, read, refs, rows, types

SCHEMA = """
create table customers (
  id integer primary key, email varchar(50) unique, tier text not null check (tier in ('a', 'b')),
  born date, seen timestamp, amount decimal(10,2) check (amount >= 0), active boolean, photo blob
);
create table orders (
  id integer, line integer, customer_id integer, seen timestamp,
  primary key (id, line), unique (customer_id, line),
  foreign key (customer_id) references customers (id)
);
create view active as select id from customers where active;
"""
CUSTOMERS = """
insert into customers values
  (1, 'x@y', 'a', '2020-02-29', '2026-06-30 08:15:00', 1.5, true, null),
  (2, null, 'b', null, null, 2, false, null)
"""
ORDERS = "insert into orders values (7, 1, 1, null), (7, 2, 2, '2026-06-30 08:15:00')"


@pytest.fixture(scope="module")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "shop.data"
    with sqlite3.connect(path) as connection:
        connection.executescript(SCHEMA)
        connection.execute(CUSTOMERS)
        connection.execute(ORDERS)
    connection.close()
    return path


@pytest.fixture(scope="module")
def duckdb_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path_factory.mktemp("duckdb") / "shop.data"
    connection = duckdb.connect(str(path))
    connection.execute(f"{SCHEMA}; {CUSTOMERS}; {ORDERS}")
    connection.execute("comment on table customers is 'People'")
    connection.execute("comment on column customers.tier is 'How they pay'")
    connection.close()
    return path


@pytest.fixture(params=["sqlite_file", "duckdb_file"])
def database(request: pytest.FixtureRequest) -> Path:
    """Files whose names do not say what they are."""
    path: Path = request.getfixturevalue(request.param)
    return path


def test_the_catalog_gives_keys_refs_and_checks(database: Path) -> None:
    source = read(database)
    customers, orders = source.table("customers"), source.table("orders")
    assert [table.name for table in source.tables] == ["customers", "orders"]
    assert customers.primary_key == ("id",)
    assert orders.primary_key == ("id", "line")
    assert orders.unique == (("customer_id", "line"),)
    assert refs(orders) == ["customer_id -> customers.id"]
    assert customers.column("email").unique
    assert not customers.column("tier").nullable
    assert not customers.column("id").nullable
    assert customers.column("tier").values == ("a", "b")
    assert customers.column("amount").minimum == 0
    assert customers.column("amount").decimals == 2
    assert types(customers) == {
        "id": "integer",
        "email": "text",
        "tier": "text",
        "born": "date",
        "seen": "timestamp",
        "amount": "number",
        "active": "boolean",
        "photo": "unknown",
    }
    assert "shop.data: left out the views active" in source.notes


def test_rows_are_in_the_types_of_a_source(database: Path) -> None:
    source = read(database)
    at = datetime(2026, 6, 30, 8, 15)
    assert [row[:7] for row in rows(source.table("customers"))] == [
        (1, "x@y", "a", date(2020, 2, 29), at, 1.5, True),
        (2, None, "b", None, None, 2.0, False),
    ]
    assert rows(source.table("orders")) == [(7, 1, 1, None), (7, 2, 2, at)]


def test_queries_of_a_database_are_lazy(database: Path) -> None:
    scan = scan_of(read(database).table("customers"))
    assert scan.select(pl.len()).collect().item() == 2
    assert scan.select("tier").filter(pl.col("tier") == "b").collect().rows() == [
        ("b",)
    ]
    assert scan.head(1).select("id").collect().item() == 1
    late = scan.filter(pl.col("id") == 2).head(1).select("amount")
    assert late.collect().item() == 2.0


def scan_of(table: SourceTable) -> pl.LazyFrame:
    assert table.scan is not None
    return table.scan()


def test_descriptions_of_duckdb(duckdb_file: Path) -> None:
    customers = read(duckdb_file).table("customers")
    assert customers.description == "People"
    assert customers.column("tier").description == "How they pay"


def test_nothing_is_written_beside_a_database(database: Path) -> None:
    before = database.read_bytes()
    found = read(database).table("customers")
    scan_of(found).collect()
    assert [path.name for path in database.parent.iterdir()] == [database.name]
    assert database.read_bytes() == before


def test_a_log_of_sqlite_is_read_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    writer = sqlite3.connect(path)
    writer.execute("pragma journal_mode = wal")
    writer.execute("create table t (id integer)")
    writer.execute("insert into t values (1)")
    writer.commit()
    assert rows(read(path).table("t")) == [(1,)]
    writer.execute("insert into t values (2)")  # nothing is locked
    writer.commit()
    assert rows(read(path).table("t")) == [(1,), (2,)]
    writer.close()


def test_cells_of_sqlite_decide_types_whatever_was_declared(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table t (n integer, x, code text, at text, b blob)")
        connection.executemany(
            "insert into t values (?, ?, ?, ?, ?)",
            [
                ("many", 1, "007", "2026-06-30T08:15:00Z", b"\0"),
                (2, 1.5, "8", None, b"1"),
            ],
        )
    connection.close()
    found = read(path).table("t")
    assert types(found) == {
        "n": "text",
        "x": "number",
        "code": "text",
        "at": "timestamp",
        "b": "unknown",
    }
    assert rows(found)[0][:4] == ("many", 1.0, "007", datetime(2026, 6, 30, 8, 15))


def test_refs_of_sqlite_without_columns_point_at_the_key(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table a (k text primary key)")
        connection.execute("create table b (a_k text references a, c references gone)")
    connection.close()
    source = read(path)
    assert refs(source.table("b")) == ["a_k -> a.k"]
    assert any("left out the ref of c to gone" in note for note in source.notes)


def test_a_database_that_someone_writes_to_is_a_mistake(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "t.duckdb"
    writer = duckdb.connect(str(path))
    writer.execute("create table t (id integer)")
    [problem] = problems_of(path)
    writer.close()
    assert problem.code == "E703"


def test_a_database_without_tables_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "t.db").write_bytes(b"")
    [problem] = problems_of(tmp_path / "t.db")
    assert problem.code == "E701"
