"""What the data of the starters show: the incident, what it cost, and no orphans."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from compiler.starters.answers import Answers
from compiler.starters.choices import Choices
from compiler.starters.domain import DOMAINS, domain_of
from compiler.starters.render import cost_of, query_of, story_of, surprise
from compiler.starters.story import in_dollars
from tests.support import Script, module, run_script, start_script, whole
from tests.support.surprises import of_seed, ran, starter

END = date(2026, 6, 30)
SEEDS = {
    **{"retail": 5, "support": 4, "iot": 7, "finance": 3, "healthcare": 0},
    **{"saas": 8, "logistics": 1},
}
"""A surprise of each domain; `python -m tests.support.surprises` does many."""
in_each_domain = pytest.mark.parametrize("domain", DOMAINS)
MOMENTS = {
    "retail": ("orders", "ordered_at"),
    "support": ("tickets", "opened_at"),
    "iot": ("repairs", "opened_at"),
    "finance": ("card_payments", "paid_at"),
    "healthcare": ("visits", "started_at"),
    "saas": ("sessions", "started_at"),
    "logistics": ("shipments", "picked_up_at"),
}
"""The events of a domain that the incident makes more or fewer."""


@functools.cache
def script_of(seed: int | None, domain: str) -> Script:
    """The script of a starter, with the window of a fixed day."""
    compiled = starter(Answers("first", domain, seed))
    script = module(compiled)
    script.END = END
    return script


@functools.cache
def table_of(seed: int | None, domain: str, table: str) -> Any:
    """All rows of a table, made in this process."""
    return whole(script_of(seed, domain), table).to_arrow()


def counted(sql: str, domain: str, *tables: str, seed: int | None = None) -> Any:
    """The rows that a query over these tables gives."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for table in tables:
        connection.register(table, table_of(seed, domain, table))
    return connection.execute(sql).fetchall()


@in_each_domain
@pytest.mark.parametrize("drawn", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_the_data_show_the_cost(domain: str, drawn: bool) -> None:
    seed = SEEDS[domain] if drawn else None
    answers = Answers("first", domain, seed)
    sql = query_of(answers)
    table = sql.split("FROM ")[1].split()[0]
    ((amount,),) = counted(sql, domain, table, seed=seed)
    assert amount == pytest.approx(cost_of(answers), rel=0.1)


@pytest.mark.parametrize(
    "domain",
    [
        pytest.param(
            domain, marks=[] if domain in ("iot", "finance") else pytest.mark.slow
        )
        for domain in DOMAINS
    ],
)
def test_a_surprise_runs_without_an_orphan(domain: str, tmp_path: Path) -> None:
    answers = of_seed(SEEDS[domain])
    assert answers.domain == surprise(SEEDS[domain]) == domain
    found = ran(answers, tmp_path, "--scale", "0.05")
    assert in_dollars(cost_of(answers)) in found.story.plan.description


@in_each_domain
def test_the_incident_makes_events_more_or_fewer(domain: str) -> None:
    story = story_of(Answers("first", domain))
    incident, (table, moment) = story.incident, MOMENTS[domain]
    rows_of, tables = table, [table]
    if domain == "iot":  # only in one place
        joined = "repairs JOIN units USING (unit_id)"
        rows_of = f"(SELECT * FROM {joined} WHERE site = '{story.facts['site']}')"
        tables = ["repairs", "units"]
    within = f"""{moment} >= DATE '{END}' - {incident.since}
        AND {moment} < DATE '{END}' - {incident.until}"""
    sql = f"SELECT count(*) FILTER ({within}), count(*) FROM {rows_of}"
    ((during, rows),) = counted(sql, domain, *tables)
    days = 60 if domain == "iot" else 180
    ratio = during / incident.days / ((rows - during) / (days - incident.days))
    # Weekends, seasons and noise make days differ, too; few repairs are a small number.
    assert ratio == pytest.approx(incident.factor, rel=0.4)
    assert (ratio > 1) == (incident.factor > 1)


def test_parcels_of_the_closed_hub_take_twelve_days_instead_of_three() -> None:
    days = dict(
        counted(
            """SELECT hub = 'Riverport', median(epoch(delivered_at - picked_up_at)) / 86400
            FROM shipments JOIN customers USING (customer_id)
            WHERE service = 'standard' AND picked_up_at >= DATE '2026-06-30' - 33
            AND picked_up_at < DATE '2026-06-30' - 27 GROUP BY 1""",
            *("logistics", "shipments", "customers"),
        )
    )
    assert days[True] == pytest.approx(12, rel=0.1)
    assert days[False] == pytest.approx(62 / 24, rel=0.1)


def test_what_is_recalled_comes_back_after_the_recall() -> None:
    sql = "SELECT reason, count(*), min(returned_at) FROM returns GROUP BY 1"
    found = {reason: more for reason, *more in counted(sql, "retail", "returns")}
    number, first = found["recall"]
    assert first.date() >= date(2026, 6, 6)
    assert number > sum(count for count, _ in found.values()) / 3


def test_nothing_comes_back_before_it_was_delivered() -> None:
    sql = """SELECT count(*) FILTER (returned_at <= delivered_at OR delivered_at IS NULL),
        count(returned_at)
        FROM returns JOIN order_items USING (item_id) JOIN orders USING (order_id)"""
    ((early, all_of_them),) = counted(sql, "retail", "returns", "order_items", "orders")
    assert all_of_them > 1_000
    assert early == 0


def test_thieves_pay_mostly_at_one_merchant() -> None:
    sql = "SELECT is_fraud, avg((merchant = 'Volt Electronics')::int) FROM card_payments GROUP BY 1"
    shares = dict(counted(sql, "finance", "card_payments"))
    assert shares[True] > 0.5
    assert shares[False] < 0.1


def test_who_pays_least_cancels_most() -> None:
    sql = """SELECT plan, avg((cancellation_id IS NOT NULL)::int)
        FROM accounts LEFT JOIN cancellations USING (account_id) GROUP BY 1"""
    shares = dict(counted(sql, "saas", "accounts", "cancellations"))
    story = domain_of("saas").story(Choices())
    for tier, leaving in zip(story.tiers, story.facts["leaving"], strict=True):
        assert shares[tier.name] == pytest.approx(leaving, abs=0.03)


def test_batches_are_appended(tmp_path: Path) -> None:
    rows = {"card_payments": 12_000}
    answers = Answers("first", "finance", None, None, rows, append=True, end=END)
    result = starter(answers)
    for batch in ("0", "1"):
        run_script(result.files, tmp_path, "--batch", batch)
    check = start_script(result.files, tmp_path, "--output", "out", "--check")
    found, _ = check.communicate(timeout=120)
    assert check.returncode == 0, found
    assert list((tmp_path / "out/card_payments/batch=1").iterdir())


def test_languages_give_names_of_each_country(tmp_path: Path) -> None:
    rows = {"orders": 2_000}
    answers = Answers("first", "retail", None, None, rows, languages=True)
    frame = whole(module(starter(answers)), "customers")
    names = frame.filter(frame["country"] == "JP")["name"].to_list()
    assert names and not any(name.isascii() for name in names)
