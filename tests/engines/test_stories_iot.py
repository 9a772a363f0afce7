"""specs/iot.toml tells its story: each claim is a query, and a number that comes out."""

from __future__ import annotations

import pytest

from tests.support.stories import (
    Story,
    assert_in_order,
    assert_keys_are_unique,
    assert_no_orphans,
    assert_past,
    told,
)

MEASURED = "readings JOIN sensors USING (sensor_id)"
AGE = "(DATE '2026-06-30' - installed_on) / 365"


@pytest.fixture(scope="module")
def iot(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return told("iot", tmp_path_factory.mktemp("iot"))


# ------------------------------------------------------------------- the data are whole


def test_keys_are_unique_and_no_ref_is_an_orphan(iot: Story) -> None:
    assert_keys_are_unique(iot)
    assert_no_orphans(iot)


def test_nothing_comes_before_what_it_follows(iot: Story) -> None:
    machines = "JOIN equipment USING (equipment_id)"
    assert_in_order(
        iot,
        (f"{MEASURED} {machines}", "installed_on", "read_at"),
        (f"maintenance_orders {machines}", "installed_on", "opened_at"),
        ("maintenance_orders", "opened_at", "closed_at"),
    )
    assert_past(iot, "readings.read_at", "maintenance_orders.closed_at")


def test_every_sensor_is_read_every_six_hours_of_sixty_days(iot: Story) -> None:
    sql = """
        SELECT count(*), min(n), max(n), min(first)::VARCHAR, max(last)::VARCHAR
        FROM (SELECT count(*) AS n, min(read_at) AS first, max(read_at) AS last
              FROM readings GROUP BY sensor_id)"""
    ((sensors, least, most, first, last),) = iot.rows(sql)
    assert sensors == iot.value("SELECT count(*) FROM sensors")
    assert (least, most) == (240, 240)
    assert (first, last) == ("2026-05-01 00:00:00+00", "2026-06-29 18:00:00+00")
    off_grid = "SELECT count(*) FROM readings WHERE epoch(read_at) % 21600 <> 0"
    assert iot.value(off_grid) == 0


def test_every_machine_has_temperature_and_vibration_and_most_have_pressure(
    iot: Story,
) -> None:
    sensors = iot.by("SELECT quantity, count(*) FROM sensors GROUP BY 1")
    assert (sensors["temperature"], sensors["vibration"]) == (1_000, 1_000)
    assert sensors["pressure"] / 1_000 == pytest.approx(0.7, abs=0.04)
    twice = (
        """SELECT count(*) - count(DISTINCT (equipment_id, quantity)) FROM sensors"""
    )
    assert iot.value(twice) == 0
    units = iot.by("SELECT DISTINCT quantity, unit FROM sensors")
    assert units == {"temperature": "°C", "vibration": "mm/s", "pressure": "bar"}


# -------------------------------------------------------------------- wear, and failure


def test_old_machines_fail_more_often(iot: Story) -> None:
    failing = iot.rows(f"""
        SELECT least(floor({AGE} / 3), 3), count(order_id) / count(*)
        FROM equipment LEFT JOIN maintenance_orders USING (equipment_id)
        GROUP BY 1 ORDER BY 1""")
    shares = [share for _, share in failing]
    assert shares == pytest.approx([0.06, 0.20, 0.40, 0.65], abs=0.06)
    twice = """SELECT count(*) - count(DISTINCT equipment_id) FROM maintenance_orders"""
    assert iot.value(twice) == 0


def test_readings_are_off_in_the_48_hours_before_a_maintenance_order_and_never_else(
    iot: Story,
) -> None:
    sql = f"""
        SELECT is_anomaly, coalesce(read_at < opened_at
            AND read_at >= opened_at - INTERVAL 48 HOUR, false) AS before, count(*)
        FROM {MEASURED} LEFT JOIN maintenance_orders USING (equipment_id) GROUP BY 1, 2"""
    counts = {(off, before): count for off, before, count in iot.rows(sql)}
    assert counts.keys() == {(True, True), (False, False)}
    orders = iot.value("""SELECT count(*) FROM maintenance_orders
        JOIN sensors USING (equipment_id)""")
    assert counts[True, True] == 8 * orders, "48 hours, four readings a day"


def test_what_is_off_can_be_seen(iot: Story) -> None:
    """Against the same sensor's other readings of up to three days before and after."""
    sql = f"""
        SELECT quantity, avg(off - usual) FROM (
            SELECT quantity, avg(value) FILTER (is_anomaly) AS off,
                   avg(value) FILTER (NOT is_anomaly) AS usual
            FROM {MEASURED} JOIN maintenance_orders USING (equipment_id)
            WHERE read_at BETWEEN opened_at - INTERVAL 4 DAY AND opened_at + INTERVAL 2 DAY
            GROUP BY sensor_id, quantity) GROUP BY 1"""
    jumps = iot.by(sql)
    assert jumps.pop("temperature") == pytest.approx(14, abs=0.3)
    assert jumps == pytest.approx({"vibration": 2.5, "pressure": -1.6}, rel=0.02)


def test_sensors_drift_by_a_hundredth_of_a_per_cent_a_day_for_each_year_of_age(
    iot: Story,
) -> None:
    sql = f"""
        SELECT regr_slope(drift, baseline * age), corr(drift, baseline * age) FROM (
            SELECT any_value(baseline) AS baseline, any_value({AGE}) AS age,
                   regr_slope(value, epoch(read_at) / 86400) AS drift
            FROM {MEASURED} JOIN equipment USING (equipment_id)
            WHERE quantity = 'vibration' AND NOT is_anomaly GROUP BY sensor_id)"""
    ((slope, related),) = iot.rows(sql)
    assert slope == pytest.approx(0.0001, rel=0.08)
    assert related > 0.6


# ----------------------------------------------------------------------------- the waves


def test_afternoons_are_warmer_than_nights(iot: Story) -> None:
    """A wave of 3 °C with its peak at 15 h is at ±2.1 °C at noon, 18 h, midnight and 6 h."""
    hours = iot.by(f"""SELECT hour(read_at), avg(value) FROM {MEASURED}
        WHERE quantity = 'temperature' AND NOT is_anomaly GROUP BY 1""")
    for warm, cold in ((12, 0), (18, 6)):
        assert hours[warm] - hours[cold] == pytest.approx(3 * 2**0.5, abs=0.1)
    flat = iot.by(f"""SELECT hour(read_at), avg(value) FROM {MEASURED}
        WHERE quantity = 'vibration' AND NOT is_anomaly GROUP BY 1""")
    assert max(flat.values()) - min(flat.values()) < 0.01
    noon = iot.by(f"""SELECT hour(read_at), avg(value) FROM {MEASURED}
        WHERE quantity = 'pressure' AND NOT is_anomaly GROUP BY 1""")
    assert noon[12] - noon[0] == pytest.approx(0.2, abs=0.01)


def test_the_summer_comes(iot: Story) -> None:
    """On new machines, that hardly drift: 5 °C above the year's middle in July, 2.4 in May."""
    sql = f"""
        SELECT avg(value) FILTER (read_at >= DATE '2026-06-20')
             - avg(value) FILTER (read_at < DATE '2026-05-11')
        FROM {MEASURED} JOIN equipment USING (equipment_id)
        WHERE quantity = 'temperature' AND NOT is_anomaly AND {AGE} < 2"""
    assert iot.value(sql) == pytest.approx(2.9, abs=0.4)


# ------------------------------------------------------------------------------- repairs


def test_repairs_take_and_cost_what_their_cause_asks_for(iot: Story) -> None:
    found = iot.rows("""
        SELECT cause, median(epoch(closed_at - opened_at)) / 3600, avg(cost)
        FROM maintenance_orders GROUP BY 1""")
    hours = {cause: each for cause, each, _ in found}
    wanted = {"bearing": 20, "seal": 9, "motor": 60, "control": 5}
    assert hours == pytest.approx(wanted, rel=0.25)
    costs = {cause: each for cause, _, each in found}
    euros = {"bearing": 2_400, "seal": 700, "motor": 9_000, "control": 1_500}
    assert costs == pytest.approx(euros, rel=0.2)
