"""`by` and `cases`: each row's parameters are those of its own case."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats

from tests.support import Tree, built, module, seconds, spec, table, values
from tests.support.distributions import (
    assert_follows,
    assert_independent,
    assert_rate,
    assert_shares,
    cut,
)

ROWS = 100_000
TIER: Tree = {"kind": "choice", "weights": {"Free": 0.6, "Pro": 0.3, "Top": 0.1}}

NUMBERS: list[tuple[Tree, dict[str, Tree], dict[str, Any]]] = [
    (
        {"kind": "normal", "sd": 2},
        {"Free": {"mean": 5}, "Pro": {"mean": 5, "sd": 4}, "Top": {"mean": 9}},
        {"Free": stats.norm(5, 2), "Pro": stats.norm(5, 4), "Top": stats.norm(9, 2)},
    ),
    (
        {"kind": "lognormal", "sigma": 0.5},
        {"Free": {"mean": 5}, "Pro": {"median": 7}, "Top": {"mu": 3, "sigma": 1}},
        {
            "Free": stats.lognorm(0.5, scale=5 * np.exp(-0.125)),
            "Pro": stats.lognorm(0.5, scale=7),
            "Top": stats.lognorm(1, scale=np.exp(3)),
        },
    ),
    (
        {"kind": "exponential"},
        {"Free": {"scale": 1}, "Pro": {"scale": 2}, "Top": {"scale": 9}},
        {
            name: stats.expon(scale=n)
            for name, n in (("Free", 1), ("Pro", 2), ("Top", 9))
        },
    ),
    (
        {"kind": "pareto", "a": 2.5, "max": 1e6},
        {"Free": {"scale": 1}, "Pro": {"scale": 2}, "Top": {"scale": 9, "a": 3}},
        {
            "Free": stats.pareto(2.5, scale=1),
            "Pro": stats.pareto(2.5, scale=2),
            "Top": stats.pareto(3, scale=9),
        },
    ),
    (
        {"kind": "gamma", "scale": 2},
        {"Free": {"shape": 1}, "Pro": {"shape": 3}, "Top": {"shape": 0.5, "scale": 8}},
        {
            "Free": stats.gamma(1, scale=2),
            "Pro": stats.gamma(3, scale=2),
            "Top": stats.gamma(0.5, scale=8),
        },
    ),
    (
        {"kind": "beta", "a": 2},
        {"Free": {"b": 1}, "Pro": {"b": 5}, "Top": {"b": 0.5}},
        {name: stats.beta(2, b) for name, b in (("Free", 1), ("Pro", 5), ("Top", 0.5))},
    ),
    (
        {"kind": "triangular", "left": 0, "right": 10},
        {"Free": {"mode": 0}, "Pro": {"mode": 5}, "Top": {"mode": 10}},
        {
            name: stats.triang(mode, 0, 10)
            for name, mode in (("Free", 0), ("Pro", 0.5), ("Top", 1))
        },
    ),
    (
        {"kind": "uniform", "low": 0},
        {"Free": {"high": 1}, "Pro": {"high": 2}, "Top": {"high": 9, "low": 8}},
        {
            "Free": stats.uniform(0, 1),
            "Pro": stats.uniform(0, 2),
            "Top": stats.uniform(8, 1),
        },
    ),
    (
        {"kind": "quantiles", "shares": [0, 1]},
        {
            "Free": {"values": [0, 1]},
            "Pro": {"values": [0, 2]},
            "Top": {"shares": [0, 0.5, 1], "values": [8, 8.5, 9]},
        },
        {
            "Free": stats.uniform(0, 1),
            "Pro": stats.uniform(0, 2),
            "Top": stats.uniform(8, 1),
        },
    ),
]


def by_tier(parameters: Tree, cases: dict[str, Tree]) -> pl.DataFrame:
    value = {**parameters, "by": "tier", "cases": cases}
    return built(spec(things=table(ROWS, tier=TIER, value=value)))


@pytest.mark.parametrize(
    ("parameters", "cases", "laws"), NUMBERS, ids=[each[0]["kind"] for each in NUMBERS]
)
def test_each_case_has_its_own_law(
    parameters: Tree, cases: dict[str, Tree], laws: dict[str, Any]
) -> None:
    frame = by_tier(parameters, cases)
    assert_shares(values(frame["tier"]), TIER["weights"])
    for tier, law in laws.items():
        assert_follows(frame.filter(tier=tier)["value"].to_numpy(), law.cdf)


def test_each_case_has_its_own_bounds() -> None:
    cases = {"Free": {"min": 0}, "Pro": {"max": 0}, "Top": {"min": -1, "max": 1}}
    frame = by_tier({"kind": "normal", "mean": 0, "sd": 1}, cases)
    ends = {"Free": (0, np.inf), "Pro": (-np.inf, 0), "Top": (-1, 1)}
    for tier, (low, high) in ends.items():
        drawn = frame.filter(tier=tier)["value"].to_numpy()
        assert low <= drawn.min() <= drawn.max() <= high
        assert_follows(drawn, cut(stats.norm().cdf, low, high))


def test_poisson_counts_by_case() -> None:
    lams = {"Free": 1, "Pro": 4, "Top": 0.2}
    frame = by_tier({"kind": "poisson"}, {name: {"lam": n} for name, n in lams.items()})
    for tier, lam in lams.items():
        shares = {n: float(stats.poisson(lam).pmf(n)) for n in range(30)}
        assert_shares(frame.filter(tier=tier)["value"].to_numpy(), shares)


def test_choices_by_case_may_have_other_values_in_each() -> None:
    weights = {
        "Free": {"card": 0.9, "cash": 0.1},
        "Pro": {"invoice": 1.0},
        "Top": {"cash": 0.2, "invoice": 0.5, "card": 0.3},
    }
    cases = {name: {"weights": shares} for name, shares in weights.items()}
    frame = by_tier({"kind": "choice"}, cases)
    for tier, shares in weights.items():
        assert_shares(values(frame.filter(tier=tier)["value"]), shares)


def test_bools_by_case() -> None:
    chances = {"Free": 0.02, "Pro": 0.5, "Top": 1.0}
    frame = by_tier(
        {"kind": "bool"}, {name: {"chance": n} for name, n in chances.items()}
    )
    for tier, chance in chances.items():
        assert_rate(frame.filter(tier=tier)["value"].to_numpy(), chance)


@pytest.mark.parametrize(
    ("kind", "cases"),
    [
        ("constant", {"Free": {"value": 0}, "Pro": {"value": 5}, "Top": {"value": 9}}),
        ("constant", {t: {"value": t.upper()} for t in ("Free", "Pro", "Top")}),
        (
            "expr",
            {"Free": {"expr": "id"}, "Pro": {"expr": "-id"}, "Top": {"expr": "0"}},
        ),
        (
            "template",
            {
                "Free": {"text": "f{id}"},
                "Pro": {"text": "{tier|upper}"},
                "Top": {"text": "top"},
            },
        ),
    ],
)
def test_computed_columns_by_case(kind: str, cases: dict[str, Tree]) -> None:
    def ought(row: int, tier: str) -> object:
        case = cases[tier]
        if kind == "expr":
            return {"id": row, "-id": -row, "0": 0}[case["expr"]]
        if kind == "template":
            filled = case["text"].replace("{id}", str(row))
            return filled.replace("{tier|upper}", tier.upper())
        return case["value"]

    frame = by_tier({"kind": kind}, cases)
    wanted = [ought(row, tier) for row, tier in frame.select("id", "tier").iter_rows()]
    assert frame["value"].to_list() == wanted


def test_moments_by_case() -> None:
    periods = {
        "Free": {"start": "2025-01-01", "end": "2025-02-01"},
        "Pro": {"start": "2024-01-01", "end": "2024-01-02"},
        "Top": {"end": "2026-03-01"},
    }
    for kind in ("date", "timestamp"):
        frame = by_tier({"kind": kind}, periods)
        months = frame.group_by("tier").agg(pl.col("value").dt.year().unique())
        assert dict(months.iter_rows())["Free"] == [2025]
        assert dict(months.iter_rows())["Pro"] == [2024]
        top = frame.filter(tier="Top")["value"].dt.strftime("%Y-%m-%d")
        assert str(top.min()) >= "2026-01-01"
        assert str(top.max()) < "2026-03-01"


def test_offsets_by_case() -> None:
    scales = {"Free": "1d", "Pro": "2h", "Top": "30m"}
    paid: Tree = {"kind": "offset", "of": "at", "distribution": "exponential"}
    paid["by"] = "tier"
    paid["cases"] = {name: {"scale": scale} for name, scale in scales.items()}
    frame = built(
        spec(things=table(ROWS, tier=TIER, at={"kind": "timestamp"}, paid=paid))
    )
    frame = frame.with_columns(delay=seconds(frame["paid"]) - seconds(frame["at"]))
    for tier, scale in {"Free": 86_400, "Pro": 7_200, "Top": 1_800}.items():
        delay = frame.filter(tier=tier)["delay"].to_numpy()
        # The delay is in whole seconds: half of one is lost on average.
        assert_follows(delay + 0.5, stats.expon(scale=scale).cdf)


def test_ranges_take_the_first_match_at_exact_edges() -> None:
    hours = {"kind": "uniform", "low": 0, "high": 30, "integer": True}
    cases = {"< 4": "night", "<= 11": "morning", "12": "noon", "< 24": "day"}
    value: Tree = {"kind": "constant", "by": "hours", "otherwise": {"value": "late"}}
    value["cases"] = {test: {"value": name} for test, name in cases.items()}
    frame = built(spec(things=table(10_000, hours=hours, value=value)))

    def ought(hour: int) -> str:
        if hour < 4:
            return "night"
        if hour <= 11:
            return "morning"
        return "noon" if hour == 12 else "day" if hour < 24 else "late"

    assert frame["value"].to_list() == [ought(hour) for hour in frame["hours"]]


def test_ranges_of_a_law_over_a_drawn_number() -> None:
    score = {"kind": "normal", "mean": 0, "sd": 1}
    value: Tree = {"kind": "normal", "sd": 1, "by": "score", "otherwise": {"mean": 50}}
    value["cases"] = {"< -0.5": {"mean": -50}, ">= 1.25": {"mean": 0}}
    frame = built(spec(things=table(ROWS, score=score, value=value)))
    mean = np.select([frame["score"] < -0.5, frame["score"] >= 1.25], [-50, 0], 50)
    assert_follows(frame["value"].to_numpy() - mean, stats.norm().cdf)


@pytest.mark.parametrize("null_rate", [0, 0.3])
def test_cases_over_a_boolean(null_rate: float) -> None:
    vip = {"kind": "bool", "chance": 0.2, "null_rate": null_rate}
    value: Tree = {"kind": "normal", "sd": 1, "by": "vip"}
    value |= {"cases": {"true": {"mean": 90}}, "otherwise": {"mean": 10}}
    frame = built(spec(things=table(ROWS, vip=vip, value=value)))
    mean = np.where(frame["vip"].fill_null(False), 90, 10)
    assert_follows(frame["value"].to_numpy() - mean, stats.norm().cdf)


@pytest.mark.parametrize("name", ["other wise", "a b'c\"", "Ünï", "{x}", "1", "True"])
def test_a_category_may_have_any_name(name: str) -> None:
    tier = {"kind": "choice", "weights": {name: 0.5, "other": 0.3, "third": 0.2}}
    value: Tree = {"kind": "normal", "sd": 1, "by": "tier", "otherwise": {"mean": 90}}
    value["cases"] = {name: {"mean": 10}}
    frame = built(spec(things=table(20_000, tier=tier, value=value)))
    means = np.where(frame["tier"].cast(pl.String) == name, 10, 90)
    assert_follows(frame["value"].to_numpy() - means, stats.norm().cdf)


def test_a_path_over_several_hops_finds_the_case() -> None:
    tables = {
        "regions": table(
            50, climate={"kind": "choice", "weights": {"hot": 1, "cold": 1}}
        ),
        "shops": table(500, region={"kind": "ref", "table": "regions"}),
        "sales": table(
            ROWS,
            shop={"kind": "ref", "table": "shops"},
            amount={
                "kind": "normal",
                "sd": 1,
                "by": "shop.region.climate",
                "cases": {"hot": {"mean": 100}, "cold": {"mean": -100}},
            },
        ),
    }
    tree = spec(**tables)
    regions, shops, sales = (built(tree, name) for name in tables)
    region = shops["region"].to_numpy()[sales["shop"].to_numpy() - 1]
    climate = values(regions["climate"])[region - 1]
    amount = sales["amount"].to_numpy() - np.where(climate == "hot", 100, -100)
    assert_follows(amount, stats.norm().cdf)


def test_a_case_depends_on_its_column_alone() -> None:
    frame = by_tier(
        {"kind": "choice"},
        {name: {"weights": {"a": 1, "b": 1}} for name in ("Free", "Pro", "Top")},
    )
    assert_independent(values(frame["tier"]), values(frame["value"]))


@pytest.mark.parametrize(
    ("case", "said"),
    [("Pro", r"Prro.* never occur: .*'Pro'"), ("otherwise", "No case for 'Top'")],
)
def test_a_case_that_was_edited_to_name_nothing_is_told(case: str, said: str) -> None:
    cases = {"Pro": {"mean": 5}, "Free": {"mean": 9}}
    size = {
        "kind": "normal",
        "sd": 2,
        "by": "tier",
        "cases": cases,
        "otherwise": {"mean": 1},
    }
    script = module(spec(things=table(100, tier=TIER, size=size)))
    script.THINGS_SIZE["Prro"] = script.THINGS_SIZE.pop(case)
    with pytest.raises(RuntimeError, match=said):
        script.things(np.arange(100))
