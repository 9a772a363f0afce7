"""First specs of schemas without rows: what is declared is kept, the rest reads well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from compiler.profiling.model import Options
from compiler.profiling.spec import spec_from
from tests.support import module, whole
from tests.support.sources import write

GYM = """
CREATE TABLE members (
  member_id BIGINT PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
  full_name TEXT GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
  email VARCHAR(200) UNIQUE NOT NULL, birth_date DATE NOT NULL, joined_on DATE NOT NULL,
  left_on DATE, referred_by BIGINT REFERENCES members (member_id),
  status TEXT NOT NULL DEFAULT 'paused' CHECK (status IN ('active', 'paused', 'cancelled')),
  cancelled_at TIMESTAMP, weight_kg NUMERIC(5, 1) CHECK (weight_kg > 30 AND weight_kg < 250),
  locker CHAR(4), city VARCHAR(6), bio VARCHAR(30), prefs JSONB, CHECK (left_on >= joined_on)
);
CREATE TABLE plans (
  plan_id INT PRIMARY KEY, plan_name VARCHAR(60) NOT NULL, code CHAR(2) NOT NULL,
  currency CHAR(3) NOT NULL DEFAULT 'EUR'
);
CREATE TABLE classes (
  class_id INT PRIMARY KEY, name TEXT NOT NULL, starts_at TIMESTAMP NOT NULL,
  ends_at TIMESTAMP NOT NULL, CHECK (ends_at > starts_at)
);
CREATE TABLE bookings (
  booking_id BIGINT PRIMARY KEY, member_id BIGINT NOT NULL REFERENCES members,
  class_id INT NOT NULL REFERENCES classes, booked_at TIMESTAMP NOT NULL,
  cancelled_at TIMESTAMP, class_name TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'new',
  CHECK (cancelled_at IS NULL OR cancelled_at >= booked_at)
);
CREATE TABLE payments (
  payment_id BIGINT PRIMARY KEY, member_id BIGINT NOT NULL REFERENCES members,
  plan_id INT REFERENCES plans, net NUMERIC(10, 2) NOT NULL CHECK (net > 0),
  gross NUMERIC(10, 2) GENERATED ALWAYS AS (net * 1.2) STORED,
  odd TEXT GENERATED ALWAYS AS (regexp_replace(currency, 'a', 'b')) STORED,
  paid_at TIMESTAMP NOT NULL, refunded_at TIMESTAMP, currency CHAR(3) NOT NULL DEFAULT 'EUR'
);
"""
DBT = """
models:
  - name: customers
    columns:
      - {name: customer_id, tests: [unique, not_null]}
      - {name: email, tests: [unique]}
      - {name: name}
      - {name: is_active}
      - {name: opted_in, tests: [{accepted_values: {values: [true, false]}}]}
      - {name: created_at, tests: [not_null]}
      - {name: birth_date}
      - {name: lifetime_value}
      - {name: order_count}
      - {name: meta, data_type: json}
      - {name: external_id}
  - name: orders
    columns:
      - {name: order_id, tests: [unique, not_null]}
      - {name: customer_id, tests: [{relationships: {to: ref('customers'), field: customer_id}}]}
      - {name: status, tests: [{accepted_values: {values: [placed, shipped]}}]}
      - {name: price}
      - {name: stars, tests: [{dbt_utils.accepted_range: {min_value: 1, max_value: 5}}]}
      - {name: shipped_on}
      - {name: notes}
"""


def drafted(
    folder: Path, name: str, text: str, **options: Any
) -> tuple[dict[str, Any], str]:
    """The tables of the first spec of a file, with the plan's columns as it has them; its text."""
    import tomllib

    write(folder, {name: text})
    found = spec_from([folder / name], "shop", "shop.toml", Options(**options))
    assert found.compiled is not None and found.compiled.text is not None
    assert not found.compiled.failed and "made plain" not in found.compiled.text
    tables = tomllib.loads(found.compiled.text)["tables"]
    columns = {name: table["columns"] for name, table in tables.items()}
    return columns, found.compiled.text


@pytest.fixture(scope="module")
def gym(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str]:
    return drafted(tmp_path_factory.mktemp("gym"), "gym.sql", GYM)


@pytest.fixture(scope="module")
def rows(gym: tuple[dict[str, Any], str]) -> dict[str, pl.DataFrame]:
    """The rows that the first spec gives."""
    script = module(gym[1])
    return {table: whole(script, table) for table in script.TABLES}


@pytest.fixture(scope="module")
def dbt(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str]:
    return drafted(tmp_path_factory.mktemp("dbt"), "schema.yml", DBT)


def test_columns_without_a_type_have_that_of_their_name(
    dbt: tuple[dict[str, Any], str],
) -> None:
    customers, orders = dbt[0]["customers"], dbt[0]["orders"]
    kinds = {name: column["kind"] for name, column in {**customers, **orders}.items()}
    assert customers["email"] == {"kind": "email", "of": "name"}
    assert customers["name"]["provider"] == "name"
    assert customers["birth_date"]["start"] == "-80y"
    assert kinds["is_active"] == kinds["opted_in"] == "bool"
    assert kinds["created_at"] == "timestamp"
    assert orders["shipped_on"]["after"] == "customer_id.created_at"
    assert kinds["lifetime_value"] == kinds["price"] == "lognormal"
    assert kinds["order_count"] == "poisson"
    assert orders["status"]["values"] == ["placed", "shipped"]
    assert (orders["stars"]["left"], orders["stars"]["right"]) == (1, 5)
    assert orders["notes"]["provider"] == "text"
    assert customers["external_id"]["provider"] == "bothify"
    assert "# no type is declared: boolean, by its name\nis_active" in dbt[1]


def test_a_declared_type_without_a_counterpart_stays_hidden(
    dbt: tuple[dict[str, Any], str],
) -> None:
    assert dbt[0]["customers"]["meta"]["hidden"] is True
    assert "# customers: the types of meta have no counterpart in a spec" in dbt[1]


def test_nothing_follows_a_birth(gym: tuple[dict[str, Any], str]) -> None:
    members = gym[0]["members"]
    assert members["birth_date"] == {"kind": "date", "start": "-80y", "end": "-18y"}
    assert members["joined_on"] == {"kind": "date", "start": "-2y", "end": "-180d"}
    assert ".birth_date" not in gym[1] and '"birth_date"' not in gym[1]


def test_declared_orders_hold(rows: dict[str, pl.DataFrame]) -> None:
    for table, earlier, later in (
        ("members", "joined_on", "left_on"),
        ("classes", "starts_at", "ends_at"),
        ("bookings", "booked_at", "cancelled_at"),
    ):
        known = rows[table].drop_nulls([earlier, later])
        assert known.height
        assert (known[later] >= known[earlier]).all()
    assert (rows["classes"]["ends_at"] > rows["classes"]["starts_at"]).all()


def test_generated_columns_follow_their_formula(
    gym: tuple[dict[str, Any], str], rows: dict[str, pl.DataFrame]
) -> None:
    members, payments = rows["members"], rows["payments"]
    names = members["first_name"] + " " + members["last_name"]
    assert members["full_name"].equals(names.alias("full_name"))
    assert ((payments["gross"] - payments["net"] * 1.2).abs() < 0.0051).all()
    assert "# generated as REGEXP_REPLACE(currency, 'a', 'b'), which has no" in gym[1]


def test_defaults_are_the_most_frequent_values(rows: dict[str, pl.DataFrame]) -> None:
    assert rows["plans"]["currency"].unique().to_list() == ["EUR"]
    assert rows["bookings"]["state"].unique().to_list() == ["new"]
    assert rows["members"]["status"].mode().to_list() == ["paused"]


def test_without_values_no_default_is_named(tmp_path: Path) -> None:
    columns, text = drafted(tmp_path, "gym.sql", GYM, names_values=False)
    assert columns["plans"]["currency"]["kind"] == "faker"
    assert "EUR" not in text and '"new"' not in text


def test_texts_are_as_short_as_their_type(rows: dict[str, pl.DataFrame]) -> None:
    for table, column, length in (
        ("members", "locker", 4),
        ("members", "city", 6),
        ("members", "bio", 30),
        ("plans", "plan_name", 60),
        ("plans", "code", 2),
    ):
        texts = rows[table][column].drop_nulls()
        longest = texts.str.len_chars().max()
        assert texts.len() and isinstance(longest, int) and longest <= length, column


def test_a_range_is_a_bell_within_it(rows: dict[str, pl.DataFrame]) -> None:
    weights = rows["members"]["weight_kg"].drop_nulls()
    assert weights.min() > 30 and weights.max() < 250  # type: ignore[operator]
    assert weights.std() < 50  # type: ignore[operator]


def test_ends_and_own_refs_are_mostly_null(rows: dict[str, pl.DataFrame]) -> None:
    def share(table: str, column: str) -> float:
        return rows[table][column].null_count() / rows[table].height

    assert share("members", "left_on") > 0.7
    assert share("bookings", "cancelled_at") > 0.7
    assert share("payments", "refunded_at") > 0.7
    assert 0.5 < share("members", "referred_by") < 0.7


def test_a_status_decides_where_its_end_is(rows: dict[str, pl.DataFrame]) -> None:
    members = rows["members"]
    ended = members.filter(pl.col("cancelled_at").is_not_null())
    assert ended.height
    assert ended["status"].unique().to_list() == ["cancelled"]


def test_things_have_no_names_of_people(
    gym: tuple[dict[str, Any], str], rows: dict[str, pl.DataFrame]
) -> None:
    assert rows["plans"]["plan_name"][0] == "Plan 1"
    assert rows["classes"]["name"][0] == "Class 1"
    assert gym[0]["bookings"]["class_name"]["values"][0] == "Class 1"


@pytest.mark.parametrize(
    ("table", "column", "provider"),
    [
        ("members", "name", "name"),
        ("patients", "full_name", "name"),
        ("orders", "customer_name", "name"),
        ("orders", "city_name", "city"),
        ("stores", "name", "company"),
        ("orders", "supplier_name", "company"),
        ("members", "user_name", "user_name"),
        ("members", "first_name", "first_name"),
    ],
)
def test_names_by_what_they_are_of(
    tmp_path: Path, table: str, column: str, provider: str
) -> None:
    sql = f"CREATE TABLE {table} (id INT PRIMARY KEY, {column} TEXT NOT NULL);"
    columns, _ = drafted(tmp_path, "t.sql", sql)
    assert columns[table][column]["provider"] == provider


def test_bookings_come_before_their_class(rows: dict[str, pl.DataFrame]) -> None:
    joined = rows["bookings"].join(rows["classes"], on="class_id")
    assert joined.height == rows["bookings"].height
    assert (joined["booked_at"] <= joined["starts_at"]).all()
    people = rows["bookings"].join(rows["members"], on="member_id")
    assert (people["booked_at"].dt.date() >= people["joined_on"]).all()


def test_what_others_read_is_never_null(tmp_path: Path) -> None:
    sql = """
    CREATE TABLE users (id INT PRIMARY KEY, created_at TIMESTAMP, seen_at TIMESTAMP,
      left_at TIMESTAMP, CHECK (left_at > seen_at));
    CREATE TABLE visits (id INT PRIMARY KEY, user_id INT REFERENCES users, at TIMESTAMP);
    """
    columns, _ = drafted(tmp_path, "t.sql", sql)
    users = columns["users"]
    assert columns["visits"]["at"]["after"] == "user_id.created_at"
    assert users["left_at"]["of"] == "seen_at"
    assert not {"null_rate", "until_now"} & {*users["created_at"], *users["seen_at"]}


def test_a_moment_keeps_its_type_and_its_description(tmp_path: Path) -> None:
    sql = """
    CREATE TABLE events (id INT PRIMARY KEY, event_date DATE NOT NULL,
      created_at TIMESTAMP NOT NULL, ended_on DATE NOT NULL, CHECK (ended_on > event_date));
    COMMENT ON COLUMN events.ended_on IS 'The last day';
    """
    columns, text = drafted(tmp_path, "t.sql", sql)
    events = columns["events"]
    assert events["event_date"] == {"kind": "date", "after": "created_at"}
    assert (events["ended_on"]["of"], events["ended_on"]["min"]) == ("event_date", "1d")
    assert events["ended_on"]["description"] == "The last day"
    rows = whole(module(text), "events")
    assert rows["event_date"].dtype == rows["ended_on"].dtype == pl.Date
    assert (rows["event_date"] >= rows["created_at"].dt.date()).all()
    assert (rows["ended_on"] > rows["event_date"]).all()
