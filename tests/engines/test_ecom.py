"""specs/ecom.toml, run as a person would, holds what its spec says."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from compiler.pipeline import Compiled
from tests.engines.laws import (
    assert_counts,
    assert_mean,
    assert_shares,
    bands,
    days_from,
    volumes,
)
from tests.support import answer, compiled, fetched, query, read, run_script, tree_of

SPEC = Path(__file__).parents[2] / "specs" / "ecom.toml"
AS_OF = "2026-06-30"
END = date(2026, 6, 30)
ORDERS = "orders JOIN customers USING (customer_id)"


@pytest.fixture(scope="module")
def ecom() -> Compiled:
    return compiled(SPEC.read_text("utf-8"), "specs/ecom.toml")


@pytest.fixture(scope="module")
def data(ecom: Compiled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run at twenty times the rows: 100,000 customers, 300,000 orders."""
    folder = tmp_path_factory.mktemp("ecom")
    return run_script(ecom.files, folder, "--as-of", AS_OF, "--scale", "20")


def test_the_same_run_gives_the_same_bytes(ecom: Compiled, tmp_path: Path) -> None:
    runs = [
        tree_of(run_script(ecom.files, tmp_path / name, "--as-of", AS_OF))
        for name in ("one", "two")
    ]
    assert runs[0] == runs[1]
    assert sorted(runs[0]) == [
        "customers/part-00000.parquet",
        "orders/part-00000.parquet",
    ]


def test_rows_and_keys(data: Path) -> None:
    for table, key, rows in (
        ("customers", "customer_id", 100_000),
        ("orders", "order_id", 300_000),
    ):
        found = answer(f"SELECT count(*), count(DISTINCT {key}) FROM {table}", data)
        assert found == (rows, rows)


def test_columns_have_the_types_of_their_kinds(data: Path) -> None:
    types = {
        table: {row[0]: row[1] for row in query(f"DESCRIBE {table}", data).fetchall()}
        for table in ("customers", "orders")
    }
    assert types["customers"] == {
        **dict.fromkeys(("customer_id", "name", "email", "tier", "region"), "VARCHAR"),
        "created_at": "DATE",
    }
    assert types["orders"] == {
        **dict.fromkeys(("order_id", "customer_id", "status"), "VARCHAR"),
        "ordered_at": "TIMESTAMP WITH TIME ZONE",
        "amount": "DOUBLE",
    }


def test_every_order_has_a_customer_who_was_there_before(data: Path) -> None:
    orphans = "SELECT count(*) FROM orders ANTI JOIN customers USING (customer_id)"
    assert answer(orphans, data) == (0,)
    early = f"SELECT count(*) FROM {ORDERS} WHERE ordered_at < created_at"
    assert answer(early, data) == (0,)


def test_nothing_is_null_and_all_lies_in_its_period(data: Path) -> None:
    for table in ("customers", "orders"):
        for name, column in read(data, table).items():
            assert not np.ma.getmaskarray(column).any(), f"{table}.{name}"
    created = "SELECT min(created_at)::VARCHAR, max(created_at)::VARCHAR FROM customers"
    assert answer(created, data) == ("2024-06-30", "2025-12-28")
    ordered = "SELECT min(ordered_at)::VARCHAR, max(ordered_at)::VARCHAR FROM orders"
    first, last = answer(ordered, data)
    assert first.startswith("2026-01-01 00:")
    assert last.startswith("2026-06-29 23:")


def test_days_follow_the_shop_s_calendar(data: Path) -> None:
    sql = """SELECT datediff('day', DATE '2026-01-01', ordered_at::DATE) AS day FROM orders"""
    found = np.bincount(fetched(sql, data)["day"], minlength=180)
    event = {
        "first": END - timedelta(days=31),
        "after": END - timedelta(days=21),
        "factor": 3.0,
    }
    calendar = {"weekend": 1.3, "holidays": "US", "holiday": 1.6, "yearly": 0.15}
    days = days_from(date(2026, 1, 1), END)
    assert_counts(found, volumes(days, {**calendar, "events": [event]}))
    usual = found / volumes(days, calendar)
    outage = [event["first"] <= day < event["after"] for day in days]  # type: ignore[operator]
    assert usual[outage].mean() / usual[~np.array(outage)].mean() == pytest.approx(
        3, rel=0.02
    )


def test_categories_have_their_shares(data: Path) -> None:
    customers, orders = read(data, "customers"), read(data, "orders")
    assert_shares(customers["tier"], {"Free": 0.6, "Pro": 0.3, "Enterprise": 0.1})
    regions = {"North": 0.4, "South": 0.25, "East": 0.2, "West": 0.15}
    assert_shares(customers["region"], regions)
    status = {
        "delivered": 0.65,
        "shipped": 0.15,
        "processing": 0.10,
        "pending": 0.05,
        "cancelled": 0.05,
    }
    assert_shares(orders["status"], status)
    late = bands(orders["ordered_at"].astype("datetime64[s]").astype(float), 4)
    for band in range(4):
        assert_shares(orders["status"][late == band], status)


def test_amounts_have_the_mean_of_their_tier(data: Path) -> None:
    means = {"Enterprise": 1_800, "Pro": 245, "Free": 55}
    for tier, mean in means.items():
        sql = f"SELECT amount FROM {ORDERS} WHERE tier = '{tier}'"
        assert_mean(fetched(sql, data)["amount"], mean)
    whole_cents = "SELECT count(*) FROM orders WHERE amount <> round(amount, 2)"
    assert answer(whole_cents, data) == (0,)


def test_tiers_order_as_five_to_two_to_one(data: Path) -> None:
    sizes = dict(
        query("SELECT tier, count(*) FROM customers GROUP BY 1", data).fetchall()
    )
    weights = {"Enterprise": 5, "Pro": 2, "Free": 1}
    tiers = fetched(f"SELECT tier FROM {ORDERS}", data)["tier"]
    assert_shares(tiers, {tier: sizes[tier] * weights[tier] for tier in weights})


def test_the_busiest_fifth_of_the_customers_has_four_fifths_of_the_orders(
    data: Path,
) -> None:
    sql = """SELECT sum(n) FROM (
        SELECT count(*) AS n FROM orders GROUP BY customer_id ORDER BY n DESC LIMIT 20000)"""
    (busiest,) = answer(sql, data)
    assert float(busiest) / 300_000 == pytest.approx(0.8, abs=0.03)


def test_addresses_are_unique_and_made_of_their_names(data: Path) -> None:
    customers = read(data, "customers")
    assert len(set(customers["email"])) == 100_000
    pairs = list(zip(customers["name"], customers["email"], strict=True))
    for name, email in pairs[::23]:
        words = ".".join(re.findall("[a-z0-9]+", str(name).lower()))
        assert re.fullmatch(re.escape(words) + r"\.\d+@example\.(com|org|net)", email)


def test_regions_are_in_all_tiers_alike(data: Path) -> None:
    customers = read(data, "customers")
    regions = {"North": 0.4, "South": 0.25, "East": 0.2, "West": 0.15}
    for tier in ("Free", "Pro", "Enterprise"):
        assert_shares(customers["region"][customers["tier"] == tier], regions)
