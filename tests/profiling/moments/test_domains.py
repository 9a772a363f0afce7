"""The window, calendars, delays and limits of our own domains."""

from __future__ import annotations

from datetime import date

import pytest

from compiler.pipeline import plan_spec
from compiler.profiling.model import Options
from compiler.profiling.moments import describe
from compiler.render import to_text
from tests.support.drafted import domain
from tests.support.moment_domains import days, described, settings, with_drafts


@pytest.mark.xdist_group("ecom")
class TestEcom:
    def test_window(self) -> None:
        found = described("ecom").window
        assert found == {"start": date(2026, 1, 1), "end": date(2026, 6, 30)}

    def test_calendar(self) -> None:
        calendar = described("ecom").calendars["carts"]
        assert calendar["weekend"] == pytest.approx(1.3, abs=0.05)
        assert calendar["holidays"] == "US"
        assert calendar["holiday"] == pytest.approx(1.6, abs=0.15)
        assert calendar["noise"] == pytest.approx(0.05, abs=0.03)
        (sale,) = calendar["events"]
        assert (sale["start"], sale["end"]) == (date(2026, 5, 23), date(2026, 5, 26))
        assert sale["factor"] == pytest.approx(3, abs=0.3)

    def test_one_calendar_for_two_tables(self) -> None:
        assert list(described("ecom").calendars) == ["carts"]
        assert settings("ecom", "carts", "opened_at")["calendar"] == "carts"
        assert settings("ecom", "loyalty", "booked_at")["calendar"] == "carts"

    def test_hours_and_after(self) -> None:
        found = settings("ecom", "carts", "opened_at")
        assert found["hours"] == "evening"
        assert found["after"] == "customer_id.created_on"
        assert settings("ecom", "loyalty", "booked_at")["hours"] == "flat"

    def test_dates_before_the_window(self) -> None:
        found = settings("ecom", "customers", "created_on")
        assert found == {
            "kind": "date",
            "start": date(2024, 6, 30),
            "end": date(2025, 12, 30),
        }

    def test_delays(self) -> None:
        ordered = settings("ecom", "orders", "ordered_at")
        assert (ordered["of"], ordered["distribution"]) == (
            "cart_id.opened_at",
            "exponential",
        )
        assert days(ordered["scale"]) * 1_440 == pytest.approx(12, rel=0.05)
        shipped = settings("ecom", "orders", "shipped_at")
        assert (shipped["of"], shipped["distribution"]) == ("ordered_at", "gamma")
        assert shipped["shape"] == pytest.approx(2, rel=0.08)
        assert days(shipped["scale"]) * 24 == pytest.approx(14, rel=0.08)
        assert shipped["until_now"] is True and "null_rate" not in shipped

    def test_delay_by_region(self) -> None:
        found = settings("ecom", "orders", "delivered_at")
        assert found["of"] == "shipped_at" and found["until_now"] is True
        assert found["by"] == "cart_id.customer_id.region"
        assert found["distribution"] == "lognormal"
        assert found["sigma"] == pytest.approx(0.4, rel=0.05)
        truth = {"North America": 3, "Europe": 2, "Japan": 1.5, "Brazil": 6}
        seen = {name: days(case["median"]) for name, case in found["cases"].items()}
        assert seen == pytest.approx(truth, rel=0.05)

    def test_no_names_of_categories_unless_they_may(self) -> None:
        tables, relations = domain("ecom")
        found = describe(tables, relations, Options(names_values=False))
        column = found.columns["orders"]["delivered_at"]
        assert "by" not in column.settings
        assert not any("Europe" in comment for comment in column.comments)


@pytest.mark.xdist_group("support")
class TestSupport:
    def test_incident(self) -> None:
        calendar = described("support").calendars["tickets"]
        assert calendar["weekend"] == pytest.approx(0.35, abs=0.03)
        assert calendar["holidays"] == "US"
        assert calendar["growth"] == pytest.approx(0.3, abs=0.15)
        (incident,) = calendar["events"]
        assert incident["start"] == date(2026, 5, 26)
        assert incident["end"] == date(2026, 5, 31)
        assert incident["factor"] == pytest.approx(3, abs=0.3)

    def test_delay_by_priority_and_in_the_incident(self) -> None:
        found = settings("support", "tickets", "resolved_at")
        case = described("support").columns["tickets"][found["by"]]
        assert case.settings == {
            "kind": "expr",
            "expr": "'event_1' if during('event_1', opened_at) else priority",
            "hidden": True,
        }
        assert (found["of"], found["until_now"]) == ("opened_at", True)
        assert found["sigma"] == pytest.approx(0.9, rel=0.05)
        truth = {
            "urgent": 0.125,
            "high": 0.375,
            "normal": 26 / 24,
            "low": 3,
            "event_1": 2,
        }
        seen = {name: days(case["median"]) for name, case in found["cases"].items()}
        assert seen == pytest.approx(truth, rel=0.1)

    def test_between_two_moments_of_another_table(self) -> None:
        found = settings("support", "interactions", "happened_at")
        assert found["kind"] == "timestamp"
        assert found["after"] == "ticket_id.opened_at"
        limit = described("support").columns["interactions"][found["before"]]
        assert limit.settings == {
            "kind": "expr",
            "expr": "coalesce(ticket_id.resolved_at, now())",
            "hidden": True,
        }
        assert (found["calendar"], found["hours"]) == ("tickets", "business")


@pytest.mark.xdist_group("iot")
class TestIot:
    def test_grid(self) -> None:
        assert settings("iot", "readings", "read_at") == {"kind": "tick"}
        found = described("iot").window
        assert found == {"start": date(2026, 5, 1), "end": date(2026, 6, 30)}

    def test_shorter_than_the_window(self) -> None:
        found = settings("iot", "maintenance_orders", "opened_at")
        assert found["start"] == date(2026, 5, 6) and found["end"] == date(2026, 6, 28)

    def test_delay_by_cause(self) -> None:
        found = settings("iot", "maintenance_orders", "closed_at")
        assert (found["of"], found["by"]) == ("opened_at", "cause")
        assert found["until_now"] is True
        truth = {"bearing": 20, "seal": 9, "motor": 60, "control": 5}
        seen = {
            name: 24 * days(case["median"]) for name, case in found["cases"].items()
        }
        assert seen == pytest.approx(truth, rel=0.25)  # some dozens of rows each


@pytest.mark.xdist_group("finance")
class TestFinance:
    def test_default_calendar(self) -> None:
        calendar = described("finance").calendars["transactions"]
        assert calendar["weekend"] == pytest.approx(0.6, abs=0.05)
        assert (calendar["holidays"], calendar.get("events")) == ("US", None)
        assert calendar["holiday"] == pytest.approx(0.3, abs=0.05)
        assert calendar["noise"] == pytest.approx(0.1, abs=0.03)

    def test_own_hours(self) -> None:
        hours = settings("finance", "transactions", "posted_at")["hours"]
        assert len(hours) == 24 and sum(hours) == pytest.approx(100, abs=1)
        assert max(hours) == hours[20]

    def test_delays(self) -> None:
        settled = settings("finance", "payments", "settled_at")
        assert settled["of"] == "transaction_id.posted_at"
        assert settled["distribution"] == "gamma"
        assert settled["shape"] == pytest.approx(3, rel=0.05)
        flagged = settings("finance", "fraud_flags", "flagged_at")
        assert flagged["distribution"] == "exponential"
        assert days(flagged["scale"]) * 24 == pytest.approx(4, rel=0.15)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xdist_group(name))
        for name in ("ecom", "support", "iot", "finance")
    ],
)
def test_drafts_compile(name: str) -> None:
    """In place of the moments of the spec itself."""
    text = with_drafts(name)
    found = plan_spec(f"{name}.json", text)
    assert not found.failed, to_text(
        found.diagnostics, {f"{name}.json": text}, color=False
    )
