"""specs/ecom.toml tells its story: each claim is a query, and a number that comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import tree_of
from tests.support.stories import (
    AS_OF,
    Story,
    assert_in_order,
    assert_keys_are_unique,
    assert_no_orphans,
    assert_past,
    told,
)

SALE = "BETWEEN DATE '2026-05-23' AND DATE '2026-05-25'"
DAYS = "(SELECT opened_at::DATE AS day, count(*) AS carts FROM carts GROUP BY 1)"


@pytest.fixture(scope="module")
def ecom(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return told("ecom", tmp_path_factory.mktemp("ecom"))


# ------------------------------------------------------------------- the data are whole


def test_keys_are_unique_and_no_ref_is_an_orphan(ecom: Story) -> None:
    assert_keys_are_unique(ecom)
    assert_no_orphans(ecom)
    twice = "SELECT count(*) - count(DISTINCT (order_id, line)) FROM order_items"
    assert ecom.value(twice) == 0


def test_nothing_comes_before_what_it_follows(ecom: Story) -> None:
    assert_in_order(
        ecom,
        ("carts JOIN customers USING (customer_id)", "created_on", "opened_at"),
        ("orders JOIN carts USING (cart_id)", "opened_at", "ordered_at"),
        ("orders", "ordered_at", "shipped_at"),
        ("orders", "shipped_at", "delivered_at"),
        ("loyalty JOIN customers USING (customer_id)", "created_on", "booked_at"),
    )
    moments = ("orders.shipped_at", "orders.delivered_at", "loyalty.booked_at")
    assert_past(ecom, "carts.opened_at", *moments)


def test_there_are_as_many_rows_as_the_spec_asks_for(ecom: Story) -> None:
    for table, rows in (("customers", 5_000), ("carts", 50_000), ("products", 12)):
        assert ecom.value(f"SELECT count(*) FROM {table}") == rows


def test_columns_have_the_types_of_their_kinds(ecom: Story) -> None:
    moments = ("ordered_at", "shipped_at", "delivered_at")
    types = {row[0]: row[1] for row in ecom.rows("DESCRIBE orders")}
    assert types == {
        **dict.fromkeys(("order_id", "cart_id", "customer_id", "currency"), "VARCHAR"),
        **dict.fromkeys(moments, "TIMESTAMP WITH TIME ZONE"),
        "status": "VARCHAR",
    }
    types = {row[0]: row[1] for row in ecom.rows("DESCRIBE loyalty")}
    assert (types["points"], types["balance"]) == ("BIGINT", "BIGINT")


def test_the_same_run_gives_the_same_bytes(ecom: Story, tmp_path: Path) -> None:
    assert tree_of(told("ecom", tmp_path).data) == tree_of(ecom.data)


# ------------------------------------------------------------------------ who buys what


def test_seven_carts_of_ten_are_abandoned_and_most_of_them_on_phones(
    ecom: Story,
) -> None:
    share = "SELECT avg(abandoned::INT) FROM carts"
    assert ecom.value(share) == pytest.approx(0.70, abs=0.01)
    devices = ecom.by("SELECT device, avg(abandoned::INT) FROM carts GROUP BY 1")
    wanted = {"phone": 0.77, "tablet": 0.70, "desktop": 0.60}
    assert devices == pytest.approx(wanted, abs=0.015)


def test_each_cart_that_was_not_abandoned_is_one_order(ecom: Story) -> None:
    paid = """SELECT abandoned, count(*), count(order_id), count(DISTINCT order_id)
        FROM carts LEFT JOIN orders USING (cart_id) GROUP BY 1 ORDER BY 1"""
    (_, carts, *orders), (_, _, *none) = ecom.rows(paid)
    assert orders == [carts, carts]
    assert none == [0, 0]
    stranger = """SELECT count(*) FROM orders JOIN carts USING (cart_id)
        WHERE orders.customer_id <> carts.customer_id"""
    assert ecom.value(stranger) == 0


def test_the_busiest_fifth_of_the_customers_places_four_fifths_of_the_orders(
    ecom: Story,
) -> None:
    sql = """
        SELECT sum(orders) FILTER (place <= 1000) / sum(orders)
        FROM (SELECT count(order_id) AS orders,
                     row_number() OVER (ORDER BY count(order_id) DESC) AS place
              FROM customers LEFT JOIN orders USING (customer_id) GROUP BY customer_id)"""
    assert ecom.value(sql) == pytest.approx(0.80, abs=0.03)


def test_an_enterprise_customer_fills_five_carts_for_two_of_pro_and_one_of_free(
    ecom: Story,
) -> None:
    carts = ecom.by("""
        SELECT tier, count(cart_id) / count(DISTINCT customers.customer_id)
        FROM customers LEFT JOIN carts USING (customer_id) GROUP BY 1""")
    ratio = {tier: each / carts["Free"] for tier, each in carts.items()}
    assert ratio == pytest.approx({"Enterprise": 5, "Pro": 2, "Free": 1}, rel=0.03)


def test_larger_tiers_have_longer_orders(ecom: Story) -> None:
    lines = ecom.by("""
        SELECT tier, count(*) / count(DISTINCT order_id)
        FROM order_items JOIN orders USING (order_id) JOIN customers USING (customer_id)
        GROUP BY 1""")
    assert lines == pytest.approx({"Free": 1.6, "Pro": 2.5, "Enterprise": 5}, rel=0.03)
    gaps = """SELECT count(*) FROM (SELECT count(*) AS n, max(line) AS last
        FROM order_items GROUP BY order_id) WHERE n <> last"""
    assert ecom.value(gaps) == 0


def test_customers_have_their_tiers_and_regions_each_apart_from_the_other(
    ecom: Story,
) -> None:
    shares = "SELECT {0}, count(*) / 5000 FROM customers GROUP BY 1"
    tiers = {"Free": 0.6, "Pro": 0.3, "Enterprise": 0.1}
    assert ecom.by(shares.format("tier")) == pytest.approx(tiers, abs=0.02)
    regions = {"North America": 0.45, "Europe": 0.3, "Japan": 0.15, "Brazil": 0.1}
    assert ecom.by(shares.format("region")) == pytest.approx(regions, abs=0.02)
    for tier in tiers:
        found = ecom.by(f"""SELECT region, count(*) / sum(count(*)) OVER ()
            FROM customers WHERE tier = '{tier}' GROUP BY 1""")
        assert found == pytest.approx(regions, abs=0.06)


def test_products_sell_by_their_category(ecom: Story) -> None:
    sold = ecom.by("""
        SELECT category, count(*) / sum(count(*)) OVER ()
        FROM order_items JOIN products USING (sku) GROUP BY 1""")
    each = {"Office": 15, "Home": 9, "Audio": 6, "Travel": 6}  # 3 products; weight
    wanted = {category: weight / 36 for category, weight in each.items()}
    assert sold == pytest.approx(wanted, abs=0.01)


# --------------------------------------------------------------------------- when it is


def test_the_sale_triples_the_carts(ecom: Story) -> None:
    sql = f"""
        SELECT avg(carts) FILTER (day {SALE}) / avg(carts) FILTER (NOT day {SALE})
        FROM {DAYS} WHERE isodow(day) >= 6 AND abs(day - DATE '2026-05-23') <= 30"""
    assert ecom.value(sql) == pytest.approx(3.0, abs=0.3)


def test_holidays_are_busier_than_the_same_weekday_a_week_before_and_after(
    ecom: Story,
) -> None:
    sql = f"""
        SELECT sum(holiday.carts) / avg(plain.carts) / count(DISTINCT holiday.day)
        FROM {DAYS} holiday JOIN {DAYS} plain ON abs(plain.day - holiday.day) = 7
        WHERE holiday.day IN ('2026-01-19', '2026-02-16', '2026-06-19')"""
    assert ecom.value(sql) / 2 == pytest.approx(1.6, abs=0.15)


def test_weekends_are_busier_than_weekdays(ecom: Story) -> None:
    sql = f"""
        SELECT avg(carts) FILTER (isodow(day) >= 6) / avg(carts) FILTER (isodow(day) < 6)
        FROM {DAYS} WHERE day NOT IN (
            '2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19')
        AND NOT day {SALE}"""
    assert ecom.value(sql) == pytest.approx(1.3, abs=0.05)


def test_people_shop_in_the_evening(ecom: Story) -> None:
    sql = "SELECT avg((hour(opened_at) BETWEEN 18 AND 22)::INT) FROM carts"
    assert ecom.value(sql) == pytest.approx(0.55, abs=0.03)


def test_a_parcel_takes_as_long_as_its_region_is_far(ecom: Story) -> None:
    days = ecom.by(f"""
        SELECT region, median(epoch(delivered_at - shipped_at)) / 86400
        FROM orders JOIN customers USING (customer_id)
        WHERE ordered_at < DATE '{AS_OF}' - 30 GROUP BY 1""")
    wanted = {"Japan": 1.5, "Europe": 2, "North America": 3, "Brazil": 6}
    assert days == pytest.approx(wanted, rel=0.05)


def test_an_order_s_status_is_what_its_moments_say(ecom: Story) -> None:
    wrong = """SELECT count(*) FROM orders WHERE status <> CASE
        WHEN delivered_at IS NOT NULL THEN 'delivered'
        WHEN shipped_at IS NOT NULL THEN 'shipped' ELSE 'paid' END"""
    assert ecom.value(wrong) == 0
    old = f"""SELECT count(*) FROM orders
        WHERE status <> 'delivered' AND ordered_at < DATE '{AS_OF}' - 60"""
    assert ecom.value(old) == 0
    assert ecom.value("SELECT count(DISTINCT status) FROM orders") == 3


# ------------------------------------------------------------------------- what it costs


def test_prices_are_the_catalogue_s_at_the_level_of_the_customer_s_region(
    ecom: Story,
) -> None:
    sql = """
        SELECT currency, avg(unit_price / price), min(unit_price / price),
               max(unit_price / price), count(*) FILTER (unit_price <> round(unit_price, 2))
        FROM order_items JOIN orders USING (order_id) JOIN products USING (sku) GROUP BY 1"""
    levels = ecom.by("SELECT currency, price_level FROM regions")
    assert len(levels) == 4
    for currency, mean, least, most, bad in ecom.rows(sql):
        level = levels.pop(currency)
        assert (mean, least, most) == pytest.approx((level,) * 3, rel=0.002)
        assert bad == 0
    assert not levels
    yen = """SELECT count(*) FROM order_items JOIN orders USING (order_id)
        WHERE currency = 'JPY' AND unit_price <> floor(unit_price)"""
    assert ecom.value(yen) == 0
    elsewhere = """SELECT count(*) FROM orders JOIN customers USING (customer_id)
        JOIN regions USING (region) WHERE orders.currency <> regions.currency"""
    assert ecom.value(elsewhere) == 0


def test_all_is_a_fifth_off_in_the_sale_and_never_else(ecom: Story) -> None:
    sql = f"""SELECT ordered_at::DATE {SALE}, min(discount), max(discount)
        FROM order_items JOIN orders USING (order_id) GROUP BY 1 ORDER BY 1"""
    assert ecom.rows(sql) == [(False, 0.0, 0.0), (True, 0.2, 0.2)]


# -------------------------------------------------------------------------------- loyalty


def test_points_add_up_to_a_balance_that_is_never_negative(ecom: Story) -> None:
    sql = """
        SELECT count(*), count(*) FILTER (balance <> 250 + total), min(balance) FROM (
            SELECT balance, sum(points) OVER (
                PARTITION BY customer_id ORDER BY booked_at, entry_id
            ) AS total FROM loyalty)"""
    ((entries, wrong, least),) = ecom.rows(sql)
    assert entries > 35_000
    assert wrong == 0
    assert least == 0
    spent = "SELECT max(points) FROM loyalty WHERE reason = 'redeemed'"
    assert ecom.value(spent) == 0
    earned = "SELECT min(points) FROM loyalty WHERE reason <> 'redeemed'"
    assert ecom.value(earned) >= 10


def test_members_start_blue_move_up_at_one_entry_in_eight_and_never_down(
    ecom: Story,
) -> None:
    sql = """
        SELECT count(*) FILTER (before IS NULL AND step <> 0),
               count(*) FILTER (step - before NOT IN (0, 1)),
               avg(step - before) FILTER (before < 2)
        FROM (SELECT step, lag(step) OVER (
                  PARTITION BY customer_id ORDER BY booked_at, entry_id) AS before
              FROM (SELECT *, list_position(['Blue', 'Silver', 'Gold'], level) - 1 AS step
                    FROM loyalty))"""
    ((not_blue, jumps, moving),) = ecom.rows(sql)
    assert (not_blue, jumps) == (0, 0)
    assert moving == pytest.approx(0.12, abs=0.01)
