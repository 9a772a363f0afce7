"""specs/support.toml tells its story: each claim is a query, and a number that comes out."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.support.stories import (
    Story,
    assert_in_order,
    assert_keys_are_unique,
    assert_no_orphans,
    assert_past,
    told,
)

INCIDENT = "BETWEEN DATE '2026-05-26' AND DATE '2026-05-30'"
HOLIDAYS = "('2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19')"
DAYS = "(SELECT opened_at::DATE AS day, count(*) AS tickets FROM tickets GROUP BY 1)"
TIERS = "tickets JOIN contacts USING (contact_id) JOIN accounts USING (account_id)"


@pytest.fixture(scope="module")
def support(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return told("support", tmp_path_factory.mktemp("support"))


# ------------------------------------------------------------------- the data are whole


def test_keys_are_unique_and_no_ref_is_an_orphan(support: Story) -> None:
    assert_keys_are_unique(support)
    assert_no_orphans(support)


def test_nothing_comes_before_what_it_follows(support: Story) -> None:
    history = "interactions JOIN tickets USING (ticket_id)"
    assert_in_order(
        support,
        (TIERS, "signed_on", "opened_at"),
        ("tickets", "opened_at", "resolved_at"),
        (history, "opened_at", "happened_at"),
        (history, "happened_at", "resolved_at"),
    )
    assert_past(support, "tickets.resolved_at", "interactions.happened_at")


def test_there_are_as_many_rows_as_the_spec_asks_for(support: Story) -> None:
    for table, rows in (("accounts", 1_500), ("tickets", 30_000)):
        assert support.value(f"SELECT count(*) FROM {table}") == rows


# -------------------------------------------------------------------------- who asks


def test_enterprise_accounts_have_more_contacts(support: Story) -> None:
    contacts = support.by("""
        SELECT tier, count(contact_id) / count(DISTINCT accounts.account_id)
        FROM accounts LEFT JOIN contacts USING (account_id) GROUP BY 1""")
    wanted = {"Enterprise": 12, "Business": 4, "Starter": 1.6}
    assert contacts == pytest.approx(wanted, rel=0.06)
    none = "SELECT count(*) FROM accounts ANTI JOIN contacts USING (account_id)"
    assert support.value(none) == 0


def test_the_busiest_fifth_of_the_contacts_opens_three_fifths_of_the_tickets(
    support: Story,
) -> None:
    sql = """
        SELECT sum(tickets) FILTER (busy <= 0.2) / sum(tickets)
        FROM (SELECT count(ticket_id) AS tickets,
                     percent_rank() OVER (ORDER BY count(ticket_id) DESC, contact_id) AS busy
              FROM contacts LEFT JOIN tickets USING (contact_id) GROUP BY contact_id)"""
    assert support.value(sql) == pytest.approx(0.60, abs=0.03)


# ------------------------------------------------------------------------ the incident


def test_the_incident_s_days_have_three_times_the_tickets_of_like_days_around(
    support: Story,
) -> None:
    """Against the same weekdays up to three weeks before and after, holidays left out."""
    sql = f"""
        SELECT sum(tickets) / sum(usual) FROM (
            SELECT day.tickets, avg(other.tickets) AS usual
            FROM {DAYS} day JOIN {DAYS} other
              ON isodow(day.day) = isodow(other.day) AND abs(day.day - other.day) <= 21
            WHERE day.day {INCIDENT} AND NOT other.day {INCIDENT}
              AND other.day NOT IN {HOLIDAYS}
            GROUP BY day.day, day.tickets)"""
    assert support.value(sql) == pytest.approx(3.0, abs=0.2)


def test_most_tickets_of_the_incident_are_urgent_and_few_of_the_others(
    support: Story,
) -> None:
    wanted = {
        "incident": (0.55, 0.30, 0.12, 0.03),
        "Enterprise": (0.15, 0.35, 0.40, 0.10),
        "Business": (0.06, 0.22, 0.50, 0.22),
        "Starter": (0.03, 0.12, 0.50, 0.35),
    }
    sql = f"""
        SELECT CASE WHEN opened_at::DATE {INCIDENT} THEN 'incident' ELSE tier END AS queue,
               avg((priority = 'urgent')::INT), avg((priority = 'high')::INT),
               avg((priority = 'normal')::INT), avg((priority = 'low')::INT)
        FROM {TIERS} GROUP BY 1"""
    found = {queue: shares for queue, *shares in support.rows(sql)}
    assert found.keys() == wanted.keys()
    for queue, shares in wanted.items():
        assert found[queue] == pytest.approx(list(shares), abs=0.03)


def test_the_incident_is_an_outage_and_there_is_no_other(support: Story) -> None:
    sql = f"""SELECT opened_at::DATE {INCIDENT}, avg((topic = 'outage')::INT)
        FROM tickets GROUP BY 1"""
    outages = support.by(sql)
    assert outages[True] == pytest.approx(0.80, abs=0.03)
    assert outages[False] == 0
    usual = support.by(f"""SELECT topic, count(*) FROM tickets
        WHERE NOT opened_at::DATE {INCIDENT} GROUP BY 1 ORDER BY 2 DESC""")
    topics = ["billing", "login", "performance", "integration", "data", "other"]
    assert list(usual) == topics


def test_in_the_incident_all_wait_for_the_same_repair(support: Story) -> None:
    hours = support.by(f"""SELECT priority, median(hours_to_resolve) FROM tickets
        WHERE opened_at::DATE {INCIDENT} GROUP BY 1""")
    assert len(hours) == 4
    assert hours == pytest.approx(dict.fromkeys(hours, 48), rel=0.25)
    less = support.by(f"""SELECT opened_at::DATE {INCIDENT}, avg(csat) FROM tickets
        GROUP BY 1""")
    assert less[False] - less[True] > 0.3


# -------------------------------------------------------------- how long, and how happy


def test_the_more_urgent_a_ticket_is_the_sooner_it_is_resolved(support: Story) -> None:
    hours = support.by(f"""SELECT priority, median(hours_to_resolve) FROM tickets
        WHERE NOT opened_at::DATE {INCIDENT} AND opened_at < DATE '2026-05-31'
        GROUP BY 1""")
    wanted = {"urgent": 3, "high": 9, "normal": 26, "low": 72}
    assert hours == pytest.approx(wanted, rel=0.06)
    everywhere = "SELECT priority, median(hours_to_resolve) FROM tickets GROUP BY 1"
    order = sorted(support.rows(everywhere), key=lambda row: row[1])
    assert [priority for priority, _ in order] == list(wanted)


def test_the_longer_it_takes_the_less_happy_they_are(support: Story) -> None:
    rated = support.rows("""
        SELECT width_bucket, avg(csat) FROM (
            SELECT csat, CASE WHEN hours_to_resolve < 4 THEN 1
                WHEN hours_to_resolve < 12 THEN 2 WHEN hours_to_resolve < 24 THEN 3
                WHEN hours_to_resolve < 72 THEN 4 ELSE 5 END AS width_bucket
            FROM tickets WHERE csat IS NOT NULL) GROUP BY 1 ORDER BY 1""")
    scores = [score for _, score in rated]
    assert len(scores) == 5
    assert all(sooner - later > 0.2 for sooner, later in pairwise(scores))
    assert scores[0] > 4.5
    assert scores[-1] < 3
    related = "SELECT corr(csat, ln(1 + hours_to_resolve)) FROM tickets"
    assert support.value(related) < -0.6


def test_only_what_is_resolved_is_rated_by_six_of_ten_from_one_to_five(
    support: Story,
) -> None:
    ((rated, early, least, most),) = support.rows("""
        SELECT avg((csat IS NOT NULL)::INT) FILTER (resolved_at IS NOT NULL),
               count(csat) FILTER (resolved_at IS NULL), min(csat), max(csat)
        FROM tickets""")
    assert rated == pytest.approx(0.6, abs=0.01)
    assert (early, least, most) == (0, 1, 5)
    open_ = "SELECT min(opened_at)::VARCHAR FROM tickets WHERE resolved_at IS NULL"
    assert support.value(open_) > "2026-04-30", "what is open is not old"


def test_urgent_tickets_take_more_words(support: Story) -> None:
    sql = """SELECT priority, count(*) / count(DISTINCT ticket_id)
        FROM interactions JOIN tickets USING (ticket_id) GROUP BY 1"""
    wanted = {"urgent": 5, "high": 4, "normal": 2.4, "low": 2.4}
    assert support.by(sql) == pytest.approx(wanted, rel=0.02)
    minutes = support.by("SELECT author, median(minutes) FROM interactions GROUP BY 1")
    assert minutes == pytest.approx({"agent": 9, "customer": 4, "bot": 0.3}, rel=0.03)


# --------------------------------------------------------------------------- when it is


def test_the_desk_is_quiet_on_weekends_and_holidays_and_at_night(
    support: Story,
) -> None:
    ((weekend, holiday),) = support.rows(f"""
        SELECT avg(tickets) FILTER (isodow(day) >= 6) / avg(tickets) FILTER (
                   isodow(day) < 6 AND day NOT IN {HOLIDAYS}),
               avg(tickets) FILTER (day IN {HOLIDAYS}) / avg(tickets) FILTER (
                   isodow(day) < 6 AND day NOT IN {HOLIDAYS})
        FROM {DAYS} WHERE NOT day {INCIDENT}""")
    assert weekend == pytest.approx(0.35, abs=0.03)
    assert holiday == pytest.approx(0.4, abs=0.06)
    for table, moment in (("tickets", "opened_at"), ("interactions", "happened_at")):
        office = f"SELECT avg((hour({moment}) BETWEEN 7 AND 18)::INT) FROM {table}"
        assert support.value(office) > 0.95


def test_there_are_more_tickets_from_month_to_month(support: Story) -> None:
    """Thirty per cent a year: nine in the four months from winter to spring."""
    sql = f"""
        SELECT avg(tickets) FILTER (day >= '2026-05-01')
             / avg(tickets) FILTER (day < '2026-03-01')
        FROM {DAYS}
        WHERE isodow(day) < 6 AND day NOT IN {HOLIDAYS} AND NOT day {INCIDENT}"""
    assert support.value(sql) == pytest.approx(1.09, abs=0.05)
