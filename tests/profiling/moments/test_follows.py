"""Which moments follow others, where the truth is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import numpy as np
import polars as pl
import pytest

from compiler.profiling.model import Key, Options, Ref, TableRelations
from compiler.profiling.moments import Moments, describe
from compiler.profiling.moments.clock import DAY, epoch
from tests.support.drafted import plans
from tests.support.frames import tables_of
from tests.support.moment_domains import days

START, END = epoch(date(2026, 1, 1)), epoch(date(2026, 6, 30))
ROWS = 8_000
RNG = np.random.default_rng


def moments(seconds: np.ndarray) -> pl.Series:
    whole = pl.Series(np.floor(seconds), nan_to_null=True).cast(pl.Int64)
    return (whole * 1_000_000).cast(pl.Datetime("us", "UTC"))


def of_one(**columns: np.ndarray | pl.Series) -> Moments:
    """What is found of one table of these columns."""
    frame = pl.DataFrame(
        {
            name: moments(each) if isinstance(each, np.ndarray) else each
            for name, each in columns.items()
        }
    ).with_row_index("id")
    relations = {"things": TableRelations(Key(("id",), ""))}
    found = describe(tables_of({"things": frame}), relations, Options())
    plans_of(found)
    return found


def plans_of(found: Moments) -> None:
    own = found.columns["things"]
    assert not found.columns.get("others"), "compile these yourself"
    plans(own, {"window": found.window, "calendars": found.calendars})


def anywhere(seed: int, rows: int = ROWS) -> np.ndarray:
    return RNG(seed).uniform(START, END, rows)


@pytest.mark.parametrize("seed", range(20))
def test_unrelated_moments_follow_nothing(seed: int) -> None:
    found = of_one(one=anywhere(seed, 300), other=anywhere(seed + 100, 300)).columns
    for draft in found["things"].values():
        assert draft.settings["kind"] == "timestamp"
        assert not {"after", "before"} & draft.settings.keys()


def test_unrelated_periods_follow_nothing() -> None:
    """That one always lies before the other shows nothing."""
    middle = (START + END) / 2
    first, second = RNG(1).uniform(START, middle, ROWS), RNG(2).uniform(
        middle, END, ROWS
    )
    for draft in of_one(one=first, other=second).columns["things"].values():
        assert draft.settings["kind"] == "timestamp" and "after" not in draft.settings


def test_after_in_the_rest_of_the_period() -> None:
    first = anywhere(1)
    found = of_one(one=first, other=RNG(2).uniform(first, END)).columns["things"]
    assert found["other"].settings["kind"] == "timestamp"
    assert found["other"].settings["after"] == "one"
    assert "after" not in found["one"].settings


HOUR = 3_600.0


@pytest.mark.parametrize(
    ("draw", "distribution", "parameters"),
    [
        (lambda rng: rng.exponential(9 * HOUR, ROWS), "exponential", {"scale": 9}),
        (
            lambda rng: rng.gamma(3, 10 * HOUR, ROWS),
            "gamma",
            {"scale": 10},
        ),
        (
            lambda rng: np.exp(rng.normal(np.log(20 * HOUR), 0.6, ROWS)),
            "lognormal",
            {"median": 20},
        ),
        (
            lambda rng: rng.normal(48 * HOUR, 6 * HOUR, ROWS),
            "normal",
            {"mean": 48, "sd": 6},
        ),
        (
            lambda rng: rng.uniform(2 * HOUR, 30 * HOUR, ROWS),
            "uniform",
            {"low": 2, "high": 30},
        ),
        (lambda rng: np.full(ROWS, 36 * HOUR), "uniform", {"low": 36, "high": 36}),
    ],
)
def test_delays(
    draw: Callable[[np.random.Generator], np.ndarray],
    distribution: str,
    parameters: dict[str, float],
) -> None:
    first = anywhere(1)
    found = of_one(one=first, other=np.floor(first) + draw(RNG(2))).columns["things"]
    settings = found["other"].settings
    assert (settings["kind"], settings["of"]) == ("offset", "one")
    assert settings["distribution"] == distribution
    seen = {name: 24 * days(settings[name]) for name in parameters}
    assert seen == pytest.approx(parameters, rel=0.06)


def test_a_delay_that_is_truncated() -> None:
    first, gaps = anywhere(1, 30_000), RNG(2).exponential(10 * HOUR, 30_000)
    kept = gaps < 12 * HOUR
    found = of_one(one=first[kept], other=first[kept] + gaps[kept]).columns["things"]
    settings = found["other"].settings
    assert settings["distribution"] == "exponential"
    assert 24 * days(settings["max"]) == pytest.approx(12, abs=1)
    assert 24 * days(settings["scale"]) == pytest.approx(10, rel=0.15)


def test_null_until_now_and_null_at_any_time() -> None:
    first = anywhere(1)
    second = first + RNG(2).exponential(5 * DAY, ROWS)
    second[second >= END] = np.nan
    settings = of_one(one=first, other=second).columns["things"]["other"].settings
    assert settings["until_now"] is True and "null_rate" not in settings
    assert days(settings["scale"]) == pytest.approx(5, rel=0.05)
    second[RNG(3).random(ROWS) < 0.2] = np.nan
    settings = of_one(one=first, other=second).columns["things"]["other"].settings
    assert settings["until_now"] is True
    assert settings["null_rate"] == pytest.approx(0.2, abs=0.02)


def test_nulls_of_a_future_that_is_known_are_no_until_now() -> None:
    first = anywhere(1)
    due = first + 30 * DAY
    due[RNG(3).random(ROWS) < 0.1] = np.nan
    found = of_one(one=first, due=due)
    settings = found.columns["things"]["due"].settings
    assert "until_now" not in settings
    assert settings["null_rate"] == pytest.approx(0.1, abs=0.01)
    assert found.window["end"] == date(2026, 6, 30)


def test_a_chain_of_delays() -> None:
    first = anywhere(1)
    second = first + RNG(2).gamma(2, 5 * HOUR, ROWS)
    third = second + RNG(3).exponential(2 * DAY, ROWS)
    found = of_one(third=third, second=second, first=first).columns["things"]
    assert found["second"].settings["of"] == "first"
    assert found["third"].settings["of"] == "second"
    assert found["first"].settings["kind"] == "timestamp"


def test_equal_moments_do_not_follow_each_other_in_a_circle() -> None:
    found = of_one(one=anywhere(1), other=anywhere(1)).columns["things"]
    assert found["one"].settings["kind"] == "timestamp"
    assert found["other"].settings["of"] == "one"
    assert (found["other"].settings["low"], found["other"].settings["high"]) == (
        "0s",
        "0s",
    )


def test_delays_of_dates_are_whole_days() -> None:
    first = anywhere(1) // DAY * DAY
    second = first + DAY * RNG(2).integers(1, 31, ROWS)
    dates = {"one": moments(first).dt.date(), "other": moments(second).dt.date()}
    settings = of_one(**dates).columns["things"]["other"].settings
    assert settings["distribution"] == "uniform"
    assert (days(settings["low"]), days(settings["high"])) == (1, 31)


def test_delay_by_a_boolean() -> None:
    first, fast = anywhere(1), RNG(4).random(ROWS) < 0.4
    gaps = RNG(2).exponential(1, ROWS) * np.where(fast, 2 * HOUR, 30 * HOUR)
    frame = pl.DataFrame(
        {"one": moments(first), "other": moments(first + gaps), "fast": fast}
    )
    found = describe(tables_of({"things": frame}), {}, Options())
    settings = found.columns["things"]["other"].settings
    assert settings["by"] == "fast"
    assert 24 * days(settings["cases"]["true"]["scale"]) == pytest.approx(2, rel=0.1)
    assert 24 * days(settings["cases"]["false"]["scale"]) == pytest.approx(30, rel=0.1)


def test_delays_in_an_event_are_others_even_without_names() -> None:
    outage = START + 100 * DAY, START + 104 * DAY
    first = np.append(anywhere(1), RNG(5).uniform(*outage, 1_000))
    slow = (first >= outage[0]) & (first < outage[1])
    gaps = RNG(2).exponential(1, len(first)) * np.where(slow, 40 * HOUR, 3 * HOUR)
    frame = pl.DataFrame({"one": moments(first), "other": moments(first + gaps)})
    tables = tables_of({"things": frame})
    found = describe(tables, {}, Options(names_values=False))
    plans_of(found)
    settings = found.columns["things"]["other"].settings
    seen = {name: 24 * days(case["scale"]) for name, case in settings["cases"].items()}
    assert seen == pytest.approx({"event_1": 40, "usual": 3}, rel=0.1)
    case = found.columns["things"][settings["by"]].settings
    assert case["expr"] == "'event_1' if during('event_1', one) else 'usual'"


def test_values_of_few_rows_are_not_named() -> None:
    first = anywhere(1)
    kinds = np.where(RNG(4).random(ROWS) < 0.5, "usual", "slow").astype(object)
    kinds[:15] = "secret"
    gaps = RNG(2).exponential(1, ROWS) * np.where(kinds == "slow", 50 * HOUR, 2 * HOUR)
    frame = pl.DataFrame(
        {"one": moments(first), "other": moments(first + gaps), "sort": kinds.tolist()}
    ).with_row_index("id")
    relations = {"things": TableRelations(Key(("id",), ""))}
    found = describe(tables_of({"things": frame}), relations, Options())
    settings = found.columns["things"]["other"].settings
    assert set(settings["cases"]) == {"usual", "slow"}
    assert "otherwise" in settings and "secret" not in str(found)


def related(parents: np.ndarray, children: np.ndarray, of: np.ndarray) -> Moments:
    """What is found of children that point at parents."""
    frames = {
        "others": pl.DataFrame({"at": moments(parents)}).with_row_index("id"),
        "things": pl.DataFrame({"at": moments(children), "other_id": of}),
    }
    relations = {
        "others": TableRelations(Key(("id",), "")),
        "things": TableRelations(refs=(Ref("other_id", "others", "id", ""),)),
    }
    return describe(tables_of(frames), relations, Options())


def test_after_a_moment_of_another_table() -> None:
    parents, of = anywhere(1, 500), RNG(2).integers(0, 500, ROWS)
    children = RNG(3).uniform(parents[of], END)
    settings = related(parents, children, of).columns["things"]["at"].settings
    assert settings["after"] == "other_id.at"
    unrelated = related(parents, anywhere(4), of).columns["things"]["at"].settings
    assert "after" not in unrelated


def test_never_after_a_moment_that_may_be_null() -> None:
    parents, of = anywhere(1, 500), RNG(2).integers(0, 500, ROWS)
    children = RNG(3).uniform(parents[of], END)
    parents[np.setdiff1d(np.arange(500), of)[:1]] = np.nan
    parents[0] = np.nan
    settings = related(parents, children, of).columns["things"]["at"].settings
    assert "after" not in settings and settings["kind"] == "timestamp"


def test_faults_and_endless_moments_are_no_moments() -> None:
    first = anywhere(1)
    first[::100] = epoch(date(1900, 1, 1))
    last = [None if n % 3 else datetime(9999, 12, 31, tzinfo=UTC) for n in range(ROWS)]
    found = of_one(one=first, ends=pl.Series(last, dtype=pl.Datetime("us", "UTC")))
    assert found.window == {"start": date(2026, 1, 1), "end": date(2026, 6, 30)}
    one, ends = found.columns["things"]["one"], found.columns["things"]["ends"]
    assert "null_rate" not in one.settings
    assert any("80 at the start of 1900" in comment for comment in one.comments)
    assert ends.settings["null_rate"] == 1.0
    assert any("count as null" in comment for comment in ends.comments)


def test_faults_are_no_nulls_of_a_delay() -> None:
    first = anywhere(1)
    second = first + RNG(2).exponential(5 * HOUR, ROWS)
    second[::100] = epoch(date(1900, 1, 1))
    draft = of_one(one=first, other=second).columns["things"]["other"]
    assert draft.settings["of"] == "one" and "null_rate" not in draft.settings
    assert any("80 at the start of 1900" in comment for comment in draft.comments)


def test_a_few_wrong_delays_do_not_change_the_distribution() -> None:
    """As where keys repeat: a row then finds another parent than its own."""
    first = anywhere(1)
    second = first + RNG(2).exponential(5 * HOUR, ROWS)
    second[:12] = END - HOUR
    settings = of_one(one=first, other=second).columns["things"]["other"].settings
    assert settings["distribution"] == "exponential"
    assert 24 * days(settings["scale"]) == pytest.approx(5, rel=0.05)


def test_refs_to_no_row_are_no_cases() -> None:
    first, slow = anywhere(1), RNG(4).random(ROWS) < 0.5
    sorts = np.where(slow, "slow", "fast").astype(object)
    sorts[::50] = "fast-gone"
    gaps = RNG(2).exponential(1, ROWS) * np.where(slow, 50 * HOUR, 2 * HOUR)
    frames = {
        "sorts": pl.DataFrame({"sort": ["slow", "fast"]}),
        "things": pl.DataFrame(
            {
                "one": moments(first),
                "other": moments(first + gaps),
                "sort": sorts.tolist(),
            }
        ),
    }
    relations = {
        "sorts": TableRelations(Key(("sort",), "")),
        "things": TableRelations(refs=(Ref("sort", "sorts", "sort", ""),)),
    }
    found = describe(tables_of(frames), relations, Options()).columns["things"]
    assert found["other"].settings["by"] == "sort"
    assert set(found["other"].settings["cases"]) == {"slow", "fast"}


@pytest.mark.parametrize("rows", [1, 2, 30])
def test_tables_of_few_rows(rows: int) -> None:
    found = of_one(
        one=anywhere(1, rows),
        text=pl.Series(["2026-03-04"] * rows),
        none=pl.Series([None] * rows, dtype=pl.Date),
    )
    assert set(found.columns["things"]) == {"one", "none"}
    assert found.columns["things"]["none"].settings["null_rate"] == 1.0


def test_births_are_in_whole_years_and_follow_nothing() -> None:
    births = RNG(1).uniform(epoch(date(1950, 3, 4)), epoch(date(2004, 8, 9)), ROWS)
    found = of_one(at=anywhere(2), birth_date=moments(births).dt.date())
    assert found.columns["things"]["birth_date"].settings == {
        "kind": "date",
        "start": date(1950, 1, 1),
        "end": date(2005, 1, 1),
    }
    assert "after" not in found.columns["things"]["at"].settings


def test_tables_without_rows_have_guesses() -> None:
    from compiler.profiling.tables import Tables
    from compiler.sources.model import Source, SourceColumn, SourceTable
    from compiler.spec.types import Data

    columns = (
        SourceColumn("born_on", Data.DATE),
        SourceColumn("created_at", Data.TIMESTAMP),
        SourceColumn("hired_on", Data.DATE),
    )
    table = SourceTable("things", columns)
    found = describe(Tables(Source((table,))), {}, Options())
    assert found.window == {}
    drafts = found.columns["things"]
    assert drafts["born_on"].settings["end"] == "-18y"
    assert all("no data" in draft.comments[0] for draft in drafts.values())
    plans(drafts)
