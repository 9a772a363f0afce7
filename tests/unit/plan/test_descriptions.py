"""What the plan says of a column: every kind, with `by` and without, and no word dropped."""

from __future__ import annotations

import re
from typing import Any

import pytest

from compiler.plan.assumptions import describe_calendars
from compiler.spec.columns import KINDS
from tests.support import Tree, spec, table
from tests.support.plans import planned

STATES: Tree = {
    "new": {
        "to": {"old": 0.5},
        "after": {"distribution": "constant", "value": "3d"},
    },
    "old": {
        "to": {"gone": 1},
        "after": {"distribution": "uniform", "low": "1h", "high": "2h"},
    },
}
PLAIN: dict[str, tuple[Tree, str]] = {
    "key": ({"format": "C-{:05d}", "start": 7}, "C-{:05d} from 7"),
    "ref": (
        {"table": "targets", "weights": {"vip": {"true": 4.5, "false": 1}}},
        "vip true : false as 4.5 : 1, the busiest 20% of targets get 80%",
    ),
    "position": ({}, "1, 2, 3, … within the parent"),
    "faker": (
        {"provider": "bothify", "args": {"text": "?-##"}, "pool": 3_000},
        'Faker\'s bothify(text="?-##"), a pool of 3,000',
    ),
    "email": (
        {"of": "name", "domains": {"a.com": 3, "b.com": 1}},
        "of name, a.com 75%, b.com 25%",
    ),
    "template": ({"text": "{name} of {parent.id}"}, "{name} of {parent.id}"),
    "choice": (
        {"weights": dict.fromkeys("abcdefgh", 1)},
        ", ".join(f"{x} 12.5%" for x in "abcdefgh"),
    ),
    "bool": ({"chance": 0.0625}, "true in 6.25%"),
    "constant": ({"value": 1.5}, "1.5"),
    "normal": (
        {"mean": 1234567.5, "sd": 2},
        "normal, mean 1234567.5, sd 2 (99% under 1234572.2)",
    ),
    "lognormal": (
        {"median": 9, "sigma": 0.5, "min": 2, "max": 900, "decimals": 1},
        "log-normal, median 9, sigma 0.5, min 2, max 900, 1 decimal (mean 10.2, 99% "
        "under 28.8)",
    ),
    "exponential": (
        {"scale": 3, "integer": True},
        "exponential, mean 3, whole numbers (99% under 13.8)",
    ),
    "pareto": (
        {"a": 1.4, "scale": 20},
        "power law from 20, a 1.4 (mean 70, median 32.8, 99% under 537)",
    ),
    "gamma": (
        {"shape": 2, "scale": 3},
        "gamma, shape 2, scale 3 (mean 6, median 5.04, 99% under 19.9)",
    ),
    "beta": (
        {"a": 2, "b": 5},
        "beta, a 2, b 5 (mean 0.286, median 0.264, 99% under 0.706)",
    ),
    "poisson": (
        {"lam": 4, "min": 1},
        "Poisson, lam 4, min 1 (mean 4.07, 99% under 10)",
    ),
    "triangular": (
        {"left": 1, "mode": 2, "right": 9},
        "triangular, 1 to 9, most often 2 (mean 4, median 3.71, 99% under 8.25)",
    ),
    "uniform": ({"low": -1, "high": 1}, "uniform, -1 to 1"),
    "quantiles": (
        {"shares": [0, 0.5, 0.9, 1], "values": [2, 20, 60, 400], "scale": "log"},
        "quantiles, 2 to 400, 50% up to 20, 90% up to 60, on a log scale (mean 36.4, "
        "99% up to 331)",
    ),
    "histogram": (
        {"edges": [0, 10, 50, 100], "weights": [5, 3, 1]},
        "histogram, 0 to 10 55.6%, 10 to 50 33.3%, 50 to 100 11.1% (mean 21.1, median "
        "9, 99% up to 95.5)",
    ),
    "date": ({"start": "-85y", "end": "-18y"}, "85 to 18 years before the end"),
    "timestamp": (
        {"calendar": "shop", "after": "moment", "hours": "business"},
        "in the window, calendar shop, after moment, business hours",
    ),
    "offset": (
        {
            "of": "moment",
            "distribution": "lognormal",
            "median": "36h",
            "sigma": 0.7,
            "min": "10m",
            "max": "9d",
            "until_now": True,
        },
        "after moment, log-normal, median 36 hours, sigma 0.7, min 10 minutes, max 9 "
        "days, null where after the window's end (mean 45 hours, 99% under 6.8 days)",
    ),
    "lookup": ({"path": "parent.id"}, "parent.id"),
    "expr": ({"expr": "size * 2\n  if size > 1 else 0"}, "size * 2 if size > 1 else 0"),
    "lifecycle": (
        {"start": "moment", "states": STATES, "max": 1},
        "new from moment on, new → old 50% after 3 days, "
        "old → gone 100% after uniform 1 hour to 2 hours, "
        "ever reached: old 50%, gone 0%, at most 1 move",
    ),
    "entered": ({"of": "status", "state": "old"}, "when status was first old"),
    "tick": ({}, "the moment on the grid"),
    "series": (
        {
            "base": "size",
            "trend": 0.25,
            "cycles": [{"period": "24h", "amplitude": 3, "peak": "15h"}],
            "noise": 0.4,
            "shift": {"when": "size > 3", "by": 8},
            "min": 0,
            "max": 99,
            "decimals": 2,
        },
        "about size, 0.25 more a day, ±3 every day with its peak at 15 hours, noise 0.4, "
        "off by 8 where size > 3, min 0, max 99, 2 decimals",
    ),
    "running": (
        {"change": "size", "start": "parent.opening", "floor": -5, "decimals": 3},
        "the sum of size, from parent.opening on, never under -5, in the order of moment, "
        "3 decimals",
    ),
    "progression": (
        {"states": ["a", "b"], "chance": 0.08, "order": "moment"},
        "a → b, moving on with 8% at each row, in the order of moment",
    ),
    "share": (
        {"of": "parent.opening", "decimals": 1, "evenness": 2.5},
        "a part of parent.opening, evenness 2.5, 1 decimal",
    ),
}

CASES: dict[str, tuple[Tree, Tree, str]] = {
    "ref": (
        {"table": "targets"},
        {"a": {"skew": 0.5}, "else": {"skew": False}},
        "by tier: a: the busiest 20% of targets get 50%; else: no skew",
    ),
    "faker": (
        {},
        {"a": {"provider": "name"}, "else": {"provider": "company", "pool": 2_000}},
        "a pool of 2,000; by tier: a: Faker's name; else: Faker's company",
    ),
    "email": (
        {"of": "name"},
        {"a": {"domains": {"a.com": 1}}, "else": {"domains": {"b.com": 1}}},
        "of name; by tier: a: a.com 100%; else: b.com 100%",
    ),
    "template": (
        {},
        {"a": {"text": "A"}, "else": {"text": "{name}"}},
        "by tier: a: A; else: {name}",
    ),
    "choice": (
        {},
        {"a": {"weights": {"x": 1, "y": 3}}, "else": {"weights": {"x": 1}}},
        "by tier: a: x 25%, y 75%; else: x 100%",
    ),
    "bool": (
        {},
        {"a": {"chance": 0.5}, "else": {"chance": 0}},
        "by tier: a: true in 50%; else: true in 0%",
    ),
    "constant": (
        {},
        {"a": {"value": "A"}, "else": {"value": "B"}},
        "by tier: a: A; else: B",
    ),
    "normal": (
        {"sd": 1, "decimals": 2},
        {"a": {"mean": 1}, "else": {"mean": 2}},
        "normal, sd 1, 2 decimals; by tier: a: mean 1 (99% under 3.33); else: mean 2 "
        "(99% under 4.33)",
    ),
    "lognormal": (
        {"sigma": 1},
        {"a": {"mean": 20}, "else": {"mean": 300, "max": 900}},
        "log-normal, sigma 1; by tier: a: mean 20 (99% under 124); else: mean 300, "
        "max 900 (mean 230, 99% under 831)",
    ),
    "exponential": (
        {"scale": 3},
        {"a": {}, "else": {"max": 9}},
        "by tier: a: exponential, mean 3 (99% under 13.8); else: exponential, mean 3, "
        "max 9 (mean 2.53, 99% under 8.48)",
    ),
    "pareto": (
        {"a": 2},
        {"a": {"scale": 1}, "else": {"scale": 2}},
        "a 2; by tier: a: power law from 1 (mean 2, 99% under 10); else: power law "
        "from 2 (mean 4, 99% under 20)",
    ),
    "gamma": (
        {"shape": 2},
        {"a": {"scale": 1}, "else": {"scale": 2}},
        "gamma, shape 2; by tier: a: scale 1 (mean 2, 99% under 6.64); else: scale 2 "
        "(mean 4, 99% under 13.3)",
    ),
    "beta": (
        {"a": 2},
        {"a": {"b": 1}, "else": {"b": 2}},
        "beta, a 2; by tier: a: b 1 (mean 0.667, 99% under 0.995); else: b 2 (mean "
        "0.5, 99% under 0.941)",
    ),
    "poisson": (
        {},
        {"a": {"lam": 1}, "else": {"lam": 2}},
        "Poisson; by tier: a: lam 1 (99% under 5); else: lam 2 (99% under 7)",
    ),
    "triangular": (
        {"left": 0, "mode": 1},
        {"a": {"right": 2}, "else": {"right": 3}},
        "triangular, most often 1; by tier: a: 0 to 2 (mean 1, 99% under 1.86); else: "
        "0 to 3 (mean 1.33, 99% under 2.76)",
    ),
    "uniform": (
        {"low": 0},
        {"a": {"high": 2}, "else": {"high": 3}},
        "uniform; by tier: a: 0 to 2; else: 0 to 3",
    ),
    "quantiles": (
        {"shares": [0, 1]},
        {"a": {"values": [0, 2]}, "else": {"values": [0, 4]}},
        "quantiles; by tier: a: 0 to 2 (mean 1, 99% up to 1.98); else: 0 to 4 (mean "
        "2, 99% up to 3.96)",
    ),
    "histogram": (
        {"edges": [0, 1, 3]},
        {"a": {"weights": [1, 1]}, "else": {"weights": [1, 3]}},
        "histogram; by tier: a: 0 to 1 50%, 1 to 3 50% (mean 1.25, 99% up to 2.96); "
        "else: 0 to 1 25%, 1 to 3 75% (mean 1.62, 99% up to 2.97)",
    ),
    "date": (
        {},
        {"a": {"calendar": "shop"}, "else": {"start": "-1y", "end": "-6mo"}},
        "by tier: a: in the window, calendar shop; else: 1 year to 6 months before "
        "the end",
    ),
    "timestamp": (
        {"hours": "evening"},
        {"a": {"after": "moment"}, "else": {"before": "moment"}},
        "in the window, calendar default, evening hours; by tier: a: after moment; "
        "else: before moment",
    ),
    "offset": (
        {"of": "moment"},
        {
            "a": {"distribution": "gamma", "shape": 2, "scale": "1d"},
            "else": {"distribution": "exponential", "scale": "9d"},
        },
        "after moment; by tier: a: gamma, shape 2, scale 1 day (mean 2 days, 99% "
        "under 6.6 days); else: exponential, mean 9 days (99% under 41 days)",
    ),
    "lookup": (
        {},
        {"a": {"path": "parent.id"}, "else": {"path": "parent.opening"}},
        "by tier: a: parent.id; else: parent.opening",
    ),
    "expr": (
        {},
        {"a": {"expr": "size"}, "else": {"expr": "size * 2"}},
        "by tier: a: size; else: size * 2",
    ),
    "series": (
        {"base": 5},
        {"a": {"noise": 1}, "else": {"noise": 2}},
        "about 5; by tier: a: noise 1; else: noise 2",
    ),
    "lifecycle": (
        {"start": "moment", "states": STATES},
        {"a": {"max": 1}, "else": {}},
        "new from moment on, new → old 50% after 3 days, "
        "old → gone 100% after uniform 1 hour to 2 hours; by tier: "
        "a: ever reached: old 50%, gone 0%, at most 1 move; "
        "else: ever reached: old 50%, gone 50%",
    ),
    "running": (
        {"change": "size"},
        {"a": {"floor": 0}, "else": {"floor": 5}},
        "the sum of size, in the order of moment, 2 decimals; "
        "by parent.tier: a: never under 0; else: never under 5",
    ),
    "progression": (
        {"states": ["x", "y"]},
        {"a": {"chance": 0.1}, "else": {"chance": 0.2}},
        "x → y, in the order of moment; by tier: a: moving on with 10% at each row; "
        "else: moving on with 20% at each row",
    ),
    "share": (
        {"of": "parent.opening"},
        {"a": {"evenness": 9}, "else": {}},
        "a part of parent.opening, 2 decimals; by tier: a: evenness 9; else: evenness 1",
    ),
}

WITHOUT_CASES = {"key", "position", "tick", "entered", "state"}
OF_LOGS = {"state"}
"""See test_lifecycles.py."""


def described(kind: str, column: Tree) -> str:
    """What the plan says of a column that has all kinds of columns beside it."""
    parents = table(
        50,
        opening={"kind": "poisson", "lam": 9},
        tier={"kind": "choice", "weights": {"a": 1, "b": 2}},
    )
    targets = table(50, vip={"kind": "bool", "chance": 0.5})
    children = table(
        {"per": "parents", "every": "1d"},
        parent={"kind": "ref", "table": "parents"},
        tier={"kind": "choice", "weights": {"a": 1, "b": 2}},
        name={"kind": "faker", "provider": "name"},
        moment={"kind": "timestamp"},
        size={"kind": "normal", "mean": 2, "sd": 1, "decimals": 2},
        status={"kind": "lifecycle", "start": "moment", "states": STATES},
        subject={"kind": kind, **column},
    )
    calendars = {"shop": {"weekend": 2}}
    tree = spec(
        {"calendars": calendars}, parents=parents, targets=targets, children=children
    )
    return planned(tree).assumptions["children"].columns["subject"]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("+1d", "+60d", "1 to 60 days after the end"),
        ("+1w", "+2mo", "1 week to 2 months after the end"),
        ("-30d", "+1d", "30 days before the end to 1 day after the end"),
        ("now", "+1y", "the end to 1 year after the end"),
    ],
)
def test_moments_after_the_end_in_words(start: str, end: str, words: str) -> None:
    assert described("date", {"start": start, "end": end}) == words


def test_every_kind_is_described() -> None:
    assert set(PLAIN) == set(KINDS) - OF_LOGS
    assert set(CASES) == set(KINDS) - WITHOUT_CASES


@pytest.mark.parametrize("kind", PLAIN)
def test_a_column_in_words(kind: str) -> None:
    column, words = PLAIN[kind]
    assert described(kind, column) == words


@pytest.mark.parametrize("kind", CASES)
def test_every_case_of_a_column_in_words(kind: str) -> None:
    column, cases, words = CASES[kind]
    by: dict[str, Any] = {
        "by": "parent.tier" if kind == "running" else "tier",
        "cases": {"a": cases["a"]},
        "otherwise": cases["else"],
    }
    found, _, apart = described(kind, {**column, **by}).partition("; on average ")
    assert found == words
    assert not apart or re.fullmatch(r"the others are [0-9.]+ times tier a", apart)


def test_nulls_come_last() -> None:
    column = {"chance": 0.5, "null_rate": 0.035}
    assert described("bool", column) == "true in 50%; null in 3.5% of the rows"


@pytest.mark.parametrize(
    ("rate", "words"), [(0, ""), (0.25, ", and in 25% of those rows")]
)
def test_nulls_are_those_of_a_condition(rate: float, words: str) -> None:
    column = {"chance": 0.5, "when": "size <\n 3", "null_rate": rate}
    text = f"true in 50%; null unless size < 3{words}"
    assert described("bool", column) == text


def test_nulls_may_differ_by_case() -> None:
    cases = {"a": {"null_rate": 0.25}, "b": {}}
    column = {"chance": 0.5, "by": "tier", "cases": cases}
    text = described("bool", column)
    assert text.endswith("; null by tier (a 25%, b 0%) of the rows")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1990-01-01", "2008-06-30", "1990-01-01 to 2008-06-30"),
        ("-2y", "-6mo", "2 years to 6 months before the end"),
        ("-1y", "-1mo", "1 year to 1 month before the end"),
        ("-2y", "now", "2 years before the end to the end"),
        (
            "2020-01-01T12:30:00",
            "-1.5d",
            "2020-01-01 12:30:00 to 1.5 days before the end",
        ),
        ("-36h", None, "36 hours before the end to the end"),
        (None, "-3d", "the window's start to 3 days before the end"),
    ],
)
def test_moments_are_shown_as_they_were_written(
    start: str | None, end: str | None, words: str
) -> None:
    column = {key: each for key, each in (("start", start), ("end", end)) if each}
    assert described("date", column) == words


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"mean": 2.5, "max": 8}, "for each row of parents: mean 2.5, max 8"),
        ({"mean": 2.5}, "for each row of parents: mean 2.5"),
        (
            {
                "by": "tier",
                "cases": {"a": {"mean": 2, "min": 1}},
                "otherwise": {"mean": 5, "max": 9},
            },
            "for each row of parents by tier: a: mean 2, min 1; else: mean 5, max 9",
        ),
        ({"chance": 0.125}, "one for 12.5% of parents"),
        (
            {"by": "tier", "cases": {"a": {"chance": 1}}, "otherwise": {"chance": 0.5}},
            "one for a part of parents by tier: a: 100%; else: 50%",
        ),
        ({"where": "tier == 'a'"}, "one for each row of parents where tier == 'a'"),
        ({"every": "6h"}, "one every 6 hours for each row of parents"),
    ],
)
def test_the_rows_of_a_per_table_in_words(rows: Tree, words: str) -> None:
    tree = spec(
        parents=table(50, tier={"kind": "choice", "weights": {"a": 1, "b": 2}}),
        children=table(
            {"per": "parents", **rows}, parent={"kind": "ref", "table": "parents"}
        ),
    )
    assert planned(tree).assumptions["children"].rows == words


def test_calendars_in_words() -> None:
    event = {"name": "sale", "days_ago": [38, 35], "factor": 3}
    calendars: Tree = {
        "shop": {"weekend": 1.3, "holidays": "US", "holiday": 1.6, "events": [event]},
        "plain": {},
        "unused": {"weekend": 9},
    }
    columns = {name: {"kind": "date", "calendar": name} for name in ("shop", "plain")}
    plan = planned(spec({"calendars": calendars}, things=table(9, **columns)))
    assert describe_calendars(plan) == {
        "shop": "weekend 1.3; US holidays 1.6; event sale 3, 38 to 35 days before the "
        "end",
        "plain": "every day alike",
    }
