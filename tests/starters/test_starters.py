"""The starters compile without a warning, whatever is chosen."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from datetime import date

import pytest

from compiler.pipeline import Compiled
from compiler.starters.answers import Answers
from compiler.starters.checks import Wrong, check_format, in_batches
from compiler.starters.domain import DOMAINS, domain_of
from compiler.starters.render import description_of, drafted, surprise, written
from tests.support.hostile import TEXTS
from tests.support.surprises import PATH, of_seed, starter

END = date(2026, 6, 30)
in_each_domain = pytest.mark.parametrize("domain", DOMAINS)


def warned(found: Compiled) -> list[str]:
    return [f"{each.code} {each.message}" for each in found.diagnostics]


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
    for rows in (1, 10_000_000):
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


@pytest.mark.slow
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


@pytest.mark.parametrize("number", range(14))
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
    answers = Answers("first", "saas", description=text)
    found = tomllib.loads(written(answers, f"specs/{text}.toml", False, {}))
    assert (found["name"], found["description"]) == ("first", text)
    assert list(found["tables"]) == [
        "accounts",
        "sessions",
        "invoices",
        "cancellations",
    ]
