"""The starters: each compiles, runs, and shows what its story says."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from compiler.pipeline import Compiled
from compiler.starters.answers import Answers
from compiler.starters.checks import Wrong, check_format, in_batches
from compiler.starters.domain import DOMAINS, domain_of
from compiler.starters.render import (
    cost_of,
    description_of,
    drafted,
    surprise,
)
from compiler.starters.story import in_dollars
from tests.support import run_script, start_script
from tests.support.hostile import TEXTS
from tests.support.surprises import PATH, Ran, of_seed, ran, starter

SEEDS = (3, 6, 12)
"""Seeds whose data are made here; `python -m tests.support.surprises` does more."""
END = date(2026, 6, 30)
in_each_domain = pytest.mark.parametrize("domain", DOMAINS)
Made = Callable[[Answers], Ran]


def warned(found: Compiled) -> list[str]:
    return [f"{each.code} {each.message}" for each in found.diagnostics]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A starter's data, checked and without orphans; each is made once."""
    known: dict[str, Ran] = {}

    def made(answers: Answers) -> Ran:
        key = repr(answers)
        if key not in known:
            known[key] = ran(answers, tmp_path_factory.mktemp(answers.domain))
        return known[key]

    return made


# ------------------------------------------------------------------- what they compile to


@in_each_domain
def test_the_usual_story_compiles_without_a_warning(domain: str) -> None:
    found = drafted(Answers("first", domain), PATH)
    assert warned(found) == []
    assert found.plan is not None
    rows = {table.name: table.rows for table in found.plan.tables}
    main = domain_of(domain)
    assert rows[main.main] == pytest.approx(main.usual, rel=0.02)


@in_each_domain
def test_any_number_of_rows_compiles_without_a_warning(domain: str) -> None:
    main = domain_of(domain).main
    for rows in (1, 30, 900, 10_000, 10_000_000):
        assert warned(drafted(Answers("first", domain, rows={main: rows}), PATH)) == []


@in_each_domain
def test_ten_thousand_rows_silence_nothing_about_the_main_table(domain: str) -> None:
    about = domain_of(domain)
    if domain == "iot":
        pytest.skip("its rows are on a grid")
    text = drafted(Answers("first", domain, rows={about.main: 10_000}), PATH).text
    assert text is not None
    below = text.split(f"[tables.{about.main}]\n")[1]
    assert not below.startswith("allow")


def test_few_rows_are_allowed_with_the_reason() -> None:
    text = drafted(Answers("first", "retail", rows={"orders": 500}), PATH).text
    assert text is not None
    assert 'allow = ["W405"] # fewer than 10,000 rows' in text
    assert 'allow = ["W406", "W407"] # few rows a day; a category of few rows' in text


def test_two_hundred_seeds_compile_without_a_warning() -> None:
    texts = set()
    for seed in range(200):
        found = drafted(of_seed(seed), PATH)
        assert warned(found) == [], seed
        texts.add(found.text)
    assert len(texts) == 200
    assert {surprise(seed) for seed in range(200)} == set(DOMAINS)


def test_a_seed_gives_the_same_text_again() -> None:
    assert drafted(of_seed(5), PATH).text == drafted(of_seed(5), PATH).text


def test_two_seeds_of_a_domain_differ_in_more_than_the_seed() -> None:
    one, other = (description_of(Answers("first", "saas", seed)) for seed in (1, 2))
    assert one != other


@pytest.mark.parametrize("number", range(28))
def test_choices_of_any_kind_go_together(number: int) -> None:
    draw = random.Random(number)
    domain = DOMAINS[number % len(DOMAINS)]
    answers = Answers(
        name="first",
        domain=domain,
        seed=draw.choice([None, number]),
        rows={domain_of(domain).main: draw.choice([500, 20_000, 10**6])},
        engine=draw.choice(["polars", "pandas", "spark"]),
        format=draw.choice(["parquet", "csv", "json", "delta"]),
        catalog=draw.choice([None, "main"]),
        schema=draw.choice([None, "demo"]),
        schedule=draw.choice([None, "0 0 6 * * ?", "0 0 6 ? * MON", "0 0 * * * ?"]),
        node_type=draw.choice([None, "i3.xlarge"]),
        skew=draw.random() < 0.5,
        joins=draw.random() < 0.5,
        bad_data=draw.random() < 0.5,
        languages=draw.random() < 0.5,
        append=draw.random() < 0.5,
    )
    if answers.format == "delta" and answers.has_job:
        answers = replace(answers, engine="spark")
    check_format(answers)
    assert warned(drafted(in_batches(answers, END), PATH)) == []


def test_what_was_chosen_is_in_the_spec() -> None:
    answers = Answers(
        *("first", "support"),
        description="Mine",
        rows={"tickets": 20_000, "accounts": 1_500},
        engine="spark",
        format="delta",
        catalog="main",
        schema="desk",
        schedule="0 0 6 * * ?",
        timezone="Europe/Berlin",
        node_type="i3.xlarge",
        bad_data=True,
        languages=True,
        append=True,
    )
    found = starter(in_batches(answers, END))
    plan, text = found.plan, found.text or ""
    assert plan is not None
    assert (plan.description, plan.end, plan.appends) == ("Mine", END, True)
    assert plan.output.unity_names("first")[:2] == ("main", "desk")
    assert (plan.job.compute, plan.job.node_type) == ("classic", "i3.xlarge")
    assert (plan.job.schedule, plan.job.timezone) == ("0 0 6 * * ?", "Europe/Berlin")
    assert plan.bad_data is not None
    assert set(plan.table("accounts").locales) == {"en_US", "de_DE", "fr_FR", "ja_JP"}
    assert (plan.table("tickets").rows, plan.table("accounts").rows) == (20_000, 1_500)
    assert "What it cost" not in text, "the story is not ours"


def test_without_skew_no_ref_is_busier() -> None:
    found = starter(Answers("first", "retail", skew=False))
    assert found.plan is not None
    ref = found.plan.table("orders").columns["customer_id"].spec
    assert (getattr(ref, "skew", None), getattr(ref, "weights", None)) == (False, {})
    assert "as often" not in description_of(Answers("first", "retail", skew=False))


def test_without_joins_some_refs_have_no_row() -> None:
    found = starter(Answers("first", "retail", joins=False))
    assert found.plan is not None and found.plan.bad_data is not None
    assert found.plan.bad_data.rates == {"orphan_ref": 0.05}


@pytest.mark.parametrize(
    ("schedule", "batch"),
    [
        ("0 0 6 * * ?", "1d"),
        ("0 0 6 ? * MON", "7d"),
        ("0 0 * * * ?", "1h"),
        ("0 0 0/6 * * ?", "6h"),
    ],
)
def test_a_batch_fits_the_schedule(schedule: str, batch: str) -> None:
    answers = Answers("first", schedule=schedule, append=True)
    assert in_batches(answers, END).batch == batch


def test_a_schedule_without_a_batch_is_refused() -> None:
    with pytest.raises(Wrong, match="does not run once in each"):
        in_batches(Answers("first", schedule="0 0 6 1 * ?", append=True), END)


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_description_stays_text(text: str) -> None:
    found = drafted(Answers("first", "saas", description=text), f"specs/{text}.toml")
    assert warned(found) == []
    assert found.plan is not None and found.plan.description == text
    lines = (found.text or "").splitlines()
    assert [line for line in lines if line.startswith("name = ")] == ['name = "first"']


# --------------------------------------------------------------------- what the data show


@in_each_domain
def test_the_data_of_the_usual_story_show_its_cost(domain: str, made: Made) -> None:
    assert abs(made(Answers("first", domain)).off()) < 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_data_of_a_surprise_show_its_cost(seed: int, made: Made) -> None:
    one = made(of_seed(seed))
    assert abs(one.off()) < 0.1
    assert in_dollars(cost_of(one.answers)) in one.story.plan.description


@in_each_domain
def test_the_events_of_the_incident_are_more_or_fewer(domain: str, made: Made) -> None:
    about, one = domain_of(domain), made(Answers("first", domain))
    incident = about.story(ran_choices()).incident
    moments = {
        **{"retail": "ordered_at", "support": "opened_at", "iot": "opened_at"},
        **{"finance": "paid_at", "healthcare": "started_at", "saas": "started_at"},
        **{"logistics": "picked_up_at"},
    }
    table = "repairs" if domain == "iot" else about.main
    moment = moments[domain]
    during = f"""{moment} >= DATE '{END}' - {incident.since}
        AND {moment} < DATE '{END}' - {incident.until}"""
    days = 60 if domain == "iot" else 180
    inside, others = one.story.rows(
        f"SELECT count(*) FILTER ({during}), count(*) FILTER (NOT ({during})) FROM {table}"
    )[0]
    ratio = (inside / incident.days) / (others / (days - incident.days))
    assert ratio == pytest.approx(incident.factor, rel=0.45)
    assert (ratio > 1) == (incident.factor > 1)


def ran_choices():  # type: ignore[no-untyped-def]
    from compiler.starters.choices import Choices

    return Choices()


def test_parcels_of_the_closed_hub_take_twelve_days(made: Made) -> None:
    story = made(Answers("first", "logistics")).story
    days = story.by(
        """SELECT c.hub = 'Riverport',
            median(hours_late) FROM (SELECT customer_id,
                date_diff('hour', picked_up_at, delivered_at) / 24 AS hours_late
                FROM shipments WHERE service = 'standard'
                AND picked_up_at >= DATE '2026-06-30' - 33
                AND picked_up_at < DATE '2026-06-30' - 27) s
            JOIN customers c USING (customer_id) GROUP BY 1"""
    )
    assert days[True] == pytest.approx(12, rel=0.1)
    assert days[False] == pytest.approx(62 / 24, rel=0.1)


def test_what_is_recalled_comes_back_after_the_recall(made: Made) -> None:
    story = made(Answers("first", "retail")).story
    since = story.value(
        "SELECT min(returned_at) FROM returns WHERE reason = 'recall'"
    )
    assert since.date() >= date(2026, 6, 6)
    reasons = story.by("SELECT reason, count(*) FROM returns GROUP BY 1")
    assert reasons["recall"] > sum(reasons.values()) / 3


@pytest.mark.parametrize("domain", ["finance", "iot"])
def test_batches_are_appended(domain: str, tmp_path: Path) -> None:
    main = domain_of(domain).main
    answers = in_batches(
        Answers("first", domain, rows={main: 12_000}, append=True), END
    )
    result = starter(answers)
    for batch in ("0", "1"):
        run_script(result.files, tmp_path, "--batch", batch)
    check = start_script(result.files, tmp_path, "--output", "out", "--check")
    found, _ = check.communicate(timeout=120)
    assert check.returncode == 0, found
    assert list((tmp_path / "out" / main / "batch=1").iterdir())
    shutil.rmtree(tmp_path)


def test_languages_give_names_of_each_country(tmp_path: Path) -> None:
    answers = Answers("first", "retail", rows={"orders": 3_000}, languages=True)
    story = ran(answers, tmp_path).story
    names = story.rows("SELECT name FROM customers WHERE country = 'JP'")
    assert names and not any(re.search("[A-Za-z]", name) for (name,) in names)
