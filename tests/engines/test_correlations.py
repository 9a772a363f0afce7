"""Numbers that are correlated with others of their row; each keeps its own distribution."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats

from tests.support import Tree, built, module, spec, table
from tests.support.alike import assert_rows_are_the_same, by_pandas
from tests.support.distributions import assert_follows, assert_shares
from tests.support.plans import planned

ROWS = 200_000
CLOSE = 0.008
"""Four standard errors of a rank correlation of so many rows, about."""

HEIGHT: Tree = {"kind": "normal", "mean": 172, "sd": 9}
WEIGHT: Tree = {"kind": "lognormal", "median": 74, "sigma": 0.2}
LAWS: dict[str, tuple[Tree, Any]] = {
    "normal": (HEIGHT, stats.norm(172, 9)),
    "lognormal": (WEIGHT, stats.lognorm(0.2, scale=74)),
    "exponential": ({"kind": "exponential", "scale": 6}, stats.expon(scale=6)),
    "pareto": ({"kind": "pareto", "a": 2.5, "scale": 2}, stats.pareto(2.5, scale=2)),
    "gamma": ({"kind": "gamma", "shape": 2, "scale": 3}, stats.gamma(2, scale=3)),
    "beta": ({"kind": "beta", "a": 2, "b": 5}, stats.beta(2, 5)),
    "triangular": (
        {"kind": "triangular", "left": 2, "mode": 3, "right": 10},
        stats.triang(1 / 8, 2, 8),
    ),
    "uniform": ({"kind": "uniform", "low": -3, "high": 9}, stats.uniform(-3, 12)),
    "quantiles": (
        {"kind": "quantiles", "shares": [0, 0.5, 1], "values": [0, 10, 100]},
        stats.rv_histogram((np.array([5, 5]), np.array([0, 10, 100])), density=False),
    ),
    "histogram": (
        {"kind": "histogram", "edges": [0, 10, 100], "weights": [5, 4]},
        stats.rv_histogram((np.array([5, 4]), np.array([0, 10, 100])), density=False),
    ),
}


def people(rows: int = ROWS, **columns: Tree) -> Tree:
    return spec(people=table(rows, **columns))


def rank(frame: pl.DataFrame, first: str, other: str) -> float:
    found: Any = stats.spearmanr(frame[first].to_numpy(), frame[other].to_numpy())
    return float(found.statistic)


@pytest.mark.parametrize("rho", [0.7, -0.5, 0.2])
def test_weight_follows_height_and_both_keep_their_distribution(rho: float) -> None:
    frame = built(
        people(height=HEIGHT, weight={**WEIGHT, "correlated": {"height": rho}})
    )
    assert rank(frame, "height", "weight") == pytest.approx(rho, abs=CLOSE)
    assert_follows(frame["height"].to_numpy(), LAWS["normal"][1].cdf)
    assert_follows(frame["weight"].to_numpy(), LAWS["lognormal"][1].cdf)


@pytest.mark.parametrize("kind", LAWS)
def test_every_distribution_can_be_correlated(kind: str) -> None:
    column, law = LAWS[kind]
    frame = built(people(height=HEIGHT, x={**column, "correlated": {"height": 0.6}}))
    assert rank(frame, "height", "x") == pytest.approx(0.6, abs=CLOSE)
    assert_follows(frame["x"].to_numpy(), law.cdf)


@pytest.mark.parametrize("rho", [1, -1])
def test_full_correlation_is_the_same_order(rho: int) -> None:
    frame = built(
        people(height=HEIGHT, weight={**WEIGHT, "correlated": {"height": rho}})
    )
    assert rank(frame, "height", "weight") == pytest.approx(rho, abs=1e-9)
    assert_follows(frame["weight"].to_numpy(), LAWS["lognormal"][1].cdf)


def test_counts_keep_their_distribution_on_both_sides() -> None:
    visits = {"kind": "poisson", "lam": 12}
    calls = {"kind": "poisson", "lam": 9, "correlated": {"visits": 0.7}}
    frame = built(people(visits=visits, calls=calls))
    for name, lam in (("visits", 12), ("calls", 9)):
        law = stats.poisson(lam)
        shares = {n: float(law.pmf(n)) for n in range(60)}
        assert_shares(frame[name].to_numpy(), shares)
    # Rows of one count have one rank, which takes a little of the correlation.
    assert 0.67 < rank(frame, "visits", "calls") <= 0.7 + CLOSE


def chain() -> Tree:
    """A column that follows one that follows a third, and one that follows two."""
    return people(
        age={"kind": "uniform", "low": 18, "high": 80, "integer": True},
        height=HEIGHT,
        weight={**WEIGHT, "correlated": {"height": 0.7}, "max": 120},
        cost={"kind": "exponential", "scale": 3, "correlated": {"weight": 0.6}},
        pulse={"kind": "normal", "mean": 70, "sd": 9}
        | {"correlated": {"age": 0.4, "weight": -0.5}, "decimals": 1},
    )


def test_a_chain_and_several_partners_have_their_correlations() -> None:
    frame = built(chain())
    expected = {
        ("height", "weight"): 0.7,
        ("weight", "cost"): 0.6,
        ("age", "pulse"): 0.4,
        ("weight", "pulse"): -0.5,
        ("age", "height"): 0,
        ("age", "weight"): 0,
        ("age", "cost"): 0,
    }
    for (first, other), rho in expected.items():
        assert rank(frame, first, other) == pytest.approx(rho, abs=CLOSE), (
            first,
            other,
        )
    assert_follows(frame["cost"].to_numpy(), stats.expon(scale=3).cdf)
    # Of the normal numbers behind a chain, the correlations multiply.
    behind = [2 * np.sin(np.pi * rho / 6) for rho in (0.7, 0.6)]
    over = 6 / np.pi * np.arcsin(np.prod(behind) / 2)
    assert rank(frame, "height", "cost") == pytest.approx(over, abs=CLOSE)


def cased() -> Tree:
    """Cases on both sides, nulls, a hidden partner, and one that is renamed."""
    tier = {"kind": "choice", "weights": {"a": 1, "b": 2}}
    by = {"kind": "normal", "sd": 5, "by": "tier"}
    tall = {"a": {"mean": 190}, "b": {"mean": 160}}
    heavy = {"a": {"mean": 60, "max": 70}, "b": {"mean": 90}}
    return people(
        tier=tier,
        height={**by, "cases": tall, "null_rate": 0.2, "renamed_from": "size"},
        weight={**by, "cases": heavy, "correlated": {"height": 0.7}, "null_rate": 0.1},
        luck={"kind": "uniform", "low": 0, "high": 1, "hidden": True},
        joy={
            "kind": "beta",
            "a": 2,
            "b": 3,
            "correlated": {"luck": 0.6, "height": 0.3},
        },
    )


def test_within_a_case_the_correlation_is_that_of_the_spec() -> None:
    frame = built(cased())
    for tier, high in (("a", 70), ("b", 200)):
        rows = frame.filter(pl.col("tier") == tier).drop_nulls()
        assert rank(rows, "height", "weight") == pytest.approx(0.7, abs=2 * CLOSE)
        assert rows["weight"].max() <= high  # type: ignore[operator]
    rows = frame.drop_nulls()
    assert rank(rows.filter(pl.col("tier") == "b"), "height", "joy") == pytest.approx(
        0.3, abs=2 * CLOSE
    )


def test_nulls_and_faults_of_the_partner_change_nothing() -> None:
    weight = {**WEIGHT, "correlated": {"height": 0.7}}
    plain = people(5_000, id={"kind": "key"}, height=HEIGHT, weight=weight)
    holed = people(
        5_000, id={"kind": "key"}, height={**HEIGHT, "null_rate": 0.5}, weight=weight
    )
    wanted = built(plain)["weight"]
    assert built(holed)["weight"].equals(wanted)
    found = built({**plain, "bad_data": {"outlier_rate": 0.2}}, "people")
    same = found["weight"] == wanted
    assert 0.7 < same.mean() < 0.9  # type: ignore[operator]


def test_a_partner_stays_as_it_is() -> None:
    alone = built(people(height=HEIGHT))
    both = built(
        people(height=HEIGHT, weight={**WEIGHT, "correlated": {"height": 0.7}})
    )
    assert both["height"].equals(alone["height"])


@pytest.mark.parametrize("tree", [chain(), cased()], ids=["chain", "cased"])
def test_pandas_has_the_same_numbers(tree: Tree) -> None:
    tree["tables"]["people"]["rows"] = 5_000
    assert_rows_are_the_same(module(by_pandas(tree)), module(tree), "people")


def test_other_tables_read_the_same_numbers() -> None:
    tree = chain()
    tree["tables"]["people"]["rows"] = 2_000
    tree["tables"]["people"]["columns"]["id"] = {"kind": "key"}
    tree["tables"]["visits"] = table(
        {"per": "people", "mean": 2},
        person={"kind": "ref", "table": "people"},
        cost={"kind": "lookup", "path": "person.cost"},
        pulse={"kind": "lookup", "path": "person.pulse"},
    )
    people_, visits = built(tree, "people"), built(tree, "visits")
    both = visits.join(people_, left_on="person", right_on="id")
    assert both["cost"].equals(both["cost_right"])
    assert both["pulse"].equals(both["pulse_right"])


def test_batches_keep_the_correlation() -> None:
    tree = people(
        40_000, height=HEIGHT, weight={**WEIGHT, "correlated": {"height": 0.7}}
    )
    append = built({**tree, "output": {"mode": "append"}})
    assert append.equals(built(tree))


def test_settings_stay_true_when_edited() -> None:
    script = module(
        people(height=HEIGHT, weight={**WEIGHT, "correlated": {"height": 0.7}})
    )
    assert script.PEOPLE_WEIGHT_CORRELATED == {"height": 0.7}
    script.PEOPLE_WEIGHT_CORRELATED = {"height": -0.3}
    frame = script.TABLES["people"][0](np.arange(ROWS))
    assert rank(frame, "height", "weight") == pytest.approx(-0.3, abs=CLOSE)


def test_correlations_that_are_too_strong_are_an_error_of_the_run() -> None:
    script = module(chain())
    script.PEOPLE_PULSE_CORRELATED = {"age": 0.8, "weight": 0.8}
    with pytest.raises(RuntimeError, match="too strong"):
        script.TABLES["people"][0](np.arange(9))


def test_the_plan_names_partners_and_counts_with_them() -> None:
    tree = people(20_000, id={"kind": "key"}, height=HEIGHT)
    columns = tree["tables"]["people"]["columns"]
    columns["weight"] = {**HEIGHT, "correlated": {"height": 0.9}}
    where = {"per": "people", "where": "height > 181 and weight > 181"}
    tree["tables"]["heavy"] = table(where, person={"kind": "ref", "table": "people"})
    plan = planned(tree)
    words = plan.assumptions["people"].columns["weight"]
    assert "correlated with height (0.9)" in words
    r = 2 * np.sin(np.pi * 0.9 / 6)
    share = stats.multivariate_normal([0, 0], [[1, r], [r, 1]]).cdf([-1, -1])
    assert plan.table("heavy").rows == pytest.approx(20_000 * share, rel=0.07)
