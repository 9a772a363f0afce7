"""Every number is drawn from the law that the spec names, cut exactly at its bounds."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats

from tests.support import built, column, module, spec, table, values
from tests.support.distributions import (
    assert_follows,
    assert_independent,
    assert_mean,
    assert_rate,
    assert_shares,
    cut,
)

ROWS = 200_000

LAWS: dict[str, tuple[dict[str, Any], Any]] = {
    "normal": ({"kind": "normal", "mean": 40, "sd": 12}, stats.norm(40, 12)),
    "lognormal mean": (
        {"kind": "lognormal", "mean": 245, "sigma": 0.7},
        stats.lognorm(0.7, scale=245 * np.exp(-(0.7**2) / 2)),
    ),
    "lognormal median": (
        {"kind": "lognormal", "median": 55, "sigma": 1.2},
        stats.lognorm(1.2, scale=55),
    ),
    "lognormal mu": (
        {"kind": "lognormal", "mu": 3, "sigma": 0.5},
        stats.lognorm(0.5, scale=np.exp(3)),
    ),
    "exponential": ({"kind": "exponential", "scale": 6}, stats.expon(scale=6)),
    "pareto": ({"kind": "pareto", "a": 1.5, "scale": 20}, stats.pareto(1.5, scale=20)),
    "gamma": ({"kind": "gamma", "shape": 2.5, "scale": 3}, stats.gamma(2.5, scale=3)),
    "gamma peak at 0": (
        {"kind": "gamma", "shape": 0.4, "scale": 3},
        stats.gamma(0.4, scale=3),
    ),
    "beta": ({"kind": "beta", "a": 2, "b": 5}, stats.beta(2, 5)),
    "triangular": (
        {"kind": "triangular", "left": 2, "mode": 3, "right": 10},
        stats.triang(1 / 8, 2, 8),
    ),
    "triangular from its mode": (
        {"kind": "triangular", "left": -1, "mode": -1, "right": 4},
        stats.triang(0, -1, 5),
    ),
    "triangular to its mode": (
        {"kind": "triangular", "left": -1, "mode": 4, "right": 4},
        stats.triang(1, -1, 5),
    ),
    "uniform": ({"kind": "uniform", "low": -3, "high": 9}, stats.uniform(-3, 12)),
    "quantiles": (
        {"kind": "quantiles", "shares": [0, 0.5, 0.9, 1], "values": [2, 20, 60, 400]},
        stats.rv_histogram(
            (np.array([0.5, 0.4, 0.1]), np.array([2, 20, 60, 400])), density=False
        ),
    ),
    "quantiles on a log scale": (
        {"kind": "quantiles", "scale": "log", "shares": [0, 1], "values": [1, 1_000]},
        stats.loguniform(1, 1_000),
    ),
    "histogram": (
        {"kind": "histogram", "edges": [-5, 0, 10, 100], "weights": [5, 4, 1]},
        stats.rv_histogram(
            (np.array([5, 4, 1]), np.array([-5, 0, 10, 100])), density=False
        ),
    ),
    "histogram on a log scale": (
        {"kind": "histogram", "scale": "log", "edges": [1, 1_000], "weights": [3]},
        stats.loguniform(1, 1_000),
    ),
}
SHARES = {
    "min": (0.1, None),
    "max": (None, 0.8),
    "both": (0.3, 0.7),
    "tail": (0.99, 0.999),
}


@pytest.mark.parametrize("name", LAWS)
def test_values_follow_the_law(name: str) -> None:
    parameters, law = LAWS[name]
    drawn = column(ROWS, **parameters)
    assert_follows(drawn, law.cdf)
    assert np.isfinite(drawn).all()
    if np.isfinite(law.var()):
        assert_mean(drawn, law.mean())


@pytest.mark.parametrize("ends", SHARES)
@pytest.mark.parametrize("name", LAWS)
def test_a_cut_law_is_the_law_between_its_bounds(name: str, ends: str) -> None:
    parameters, law = LAWS[name]
    low, high = (
        None if share is None else float(law.ppf(share)) for share in SHARES[ends]
    )
    bounds = {"min": low, "max": high}
    given = {key: end for key, end in bounds.items() if end is not None}
    drawn = column(ROWS, **parameters, **given)
    first = law.support()[0] if low is None else low
    last = law.support()[1] if high is None else high
    assert first <= drawn.min()
    assert drawn.max() <= last
    assert_follows(drawn, cut(law.cdf, first, last))
    assert np.isin(drawn, [first, last]).sum() <= 3, "values pile up at the edge"


def test_bounds_outside_of_the_law_change_nothing() -> None:
    law = {"kind": "beta", "a": 2, "b": 5}
    np.testing.assert_allclose(
        column(1_000, **law, min=-1, max=2), column(1_000, **law), rtol=1e-12
    )


@pytest.mark.parametrize(
    ("parameters", "law"),
    [
        ({"kind": "normal", "mean": 4.3, "sd": 2}, stats.norm(4.3, 2)),
        ({"kind": "exponential", "scale": 3}, stats.expon(scale=3)),
        ({"kind": "gamma", "shape": 4, "scale": 1}, stats.gamma(4)),
        ({"kind": "lognormal", "median": 5, "sigma": 0.5}, stats.lognorm(0.5, scale=5)),
    ],
)
@pytest.mark.parametrize("bounds", [{}, {"min": 2}, {"min": 2, "max": 7}])
def test_whole_numbers_follow_the_rounded_law(
    parameters: dict[str, Any], law: Any, bounds: dict[str, int]
) -> None:
    drawn = column(ROWS, **parameters, **bounds, integer=True)
    assert drawn.dtype == np.int64
    numbers = np.arange(bounds.get("min", -200), bounds.get("max", 200) + 1)
    shares = law.cdf(numbers + 0.5) - law.cdf(numbers - 0.5)
    assert_shares(drawn, dict(zip(numbers.tolist(), shares.tolist(), strict=True)))


def test_decimals_follow_the_rounded_law() -> None:
    drawn = column(ROWS, kind="normal", mean=1, sd=1, decimals=1)
    steps = np.round(drawn * 10).astype(int)
    np.testing.assert_array_equal(drawn, steps / 10)
    numbers = np.arange(-60, 81)
    law = stats.norm(10, 10)
    shares = law.cdf(numbers + 0.5) - law.cdf(numbers - 0.5)
    assert_shares(steps, dict(zip(numbers.tolist(), shares.tolist(), strict=True)))


@pytest.mark.parametrize(
    ("low", "high", "form"),
    [
        (0.004, 9.996, {"decimals": 2}),
        (1, 2, {"decimals": 1}),
        (0.5, 9.5, {"integer": True}),
        (1.2, 3.7, {"integer": True}),
    ],
)
def test_bounds_hold_after_rounding(low: float, high: float, form: Any) -> None:
    drawn = column(50_000, kind="normal", mean=3, sd=5, min=low, max=high, **form)
    assert low <= drawn.min()
    assert drawn.max() <= high


def test_quantiles_that_repeat_are_the_value_of_all_rows_between() -> None:
    points = {"shares": [0, 0.3, 0.3, 0.8, 1], "values": [0, 0, 5, 5, 9]}
    drawn = column(ROWS, kind="quantiles", integer=True, **points)
    assert drawn.dtype == np.int64
    assert_shares(drawn, {0: 0.3, 5: 0.525, 6: 0.05, 7: 0.05, 8: 0.05, 9: 0.025})


def test_quantiles_with_bounds_keep_the_value_at_a_bound() -> None:
    points = {"shares": [0, 0.3, 0.3, 0.8, 1], "values": [0, 0, 5, 5, 9]}
    assert set(column(1_000, kind="quantiles", max=3, **points)) == {0}
    drawn = column(ROWS, kind="quantiles", min=5, max=7, **points)
    assert_rate(drawn == 5, 0.5 / 0.6)
    assert_follows(drawn[drawn > 5], stats.uniform(5, 2).cdf)


@pytest.mark.parametrize("lam", [0.3, 3, 40, 1_000])
def test_poisson_counts_follow_the_law(lam: float) -> None:
    drawn = column(ROWS, kind="poisson", lam=lam)
    law = stats.poisson(lam)
    numbers = np.arange(law.ppf(1 - 1e-12) + 1).astype(int)
    assert drawn.dtype == np.int64
    assert_shares(drawn, dict(zip(numbers.tolist(), law.pmf(numbers), strict=True)))


@pytest.mark.parametrize("bounds", [{"min": 2}, {"max": 4}, {"min": 1, "max": 5}])
def test_a_cut_poisson_law_keeps_its_proportions(bounds: dict[str, int]) -> None:
    drawn = column(ROWS, kind="poisson", lam=3, **bounds)
    numbers = np.arange(bounds.get("min", 0), bounds.get("max", 30) + 1)
    shares = stats.poisson(3).pmf(numbers)
    assert_shares(drawn, dict(zip(numbers.tolist(), shares.tolist(), strict=True)))


@pytest.mark.parametrize("bounds", [{}, {"min": 3}, {"min": 2, "max": 5}])
def test_uniform_whole_numbers_reach_both_ends_alike(bounds: dict[str, int]) -> None:
    drawn = column(ROWS, kind="uniform", low=1, high=6, integer=True, **bounds)
    numbers = range(bounds.get("min", 1), bounds.get("max", 6) + 1)
    assert_shares(drawn, dict.fromkeys(numbers, 1.0))


@pytest.mark.parametrize("more", [{}, {"integer": True}, {"min": 5, "max": 5}])
def test_uniform_with_both_ends_alike_is_one_number(more: dict[str, int]) -> None:
    assert set(column(1_000, kind="uniform", low=5, high=5, **more)) == {5}


def test_a_lognormal_mean_is_the_mean_and_a_median_the_median() -> None:
    by_mean = column(ROWS, kind="lognormal", mean=1_800, sigma=0.8)
    by_median = column(ROWS, kind="lognormal", median=1_800, sigma=0.8)
    by_mu = column(ROWS, kind="lognormal", mu=np.log(1_800), sigma=0.8)
    assert_mean(by_mean, 1_800)
    assert_rate(by_median < 1_800, 0.5)
    np.testing.assert_allclose(by_mu, by_median, rtol=1e-9)


def test_a_choice_has_its_weights_from_one_draw() -> None:
    weights = {"Free": 0.6, "Pro": 0.3, "Enterprise": 0.1}
    assert_shares(column(ROWS, kind="choice", weights=weights), weights)


def test_weights_need_not_add_up_to_one_and_zero_is_never() -> None:
    weights = {"a": 30, "b": 0, "c": 1, "d": 9, "e": 0}
    assert_shares(column(ROWS, kind="choice", weights=weights), weights)


def test_values_alone_fall_as_zipf_has_it() -> None:
    names = [f"v{n}" for n in range(1, 41)]
    shares = {name: 1 / n for n, name in enumerate(names, start=1)}
    assert_shares(column(ROWS, kind="choice", values=names), shares)


@pytest.mark.parametrize("chance", [0.0, 0.013, 0.5, 1.0])
def test_a_bool_is_true_with_its_chance(chance: float) -> None:
    drawn = column(ROWS, kind="bool", chance=chance)
    assert drawn.dtype == bool
    assert_rate(drawn, chance)


@pytest.mark.parametrize("rate", [0.02, 0.5])
@pytest.mark.parametrize(
    "kind",
    [
        {"kind": "normal", "mean": 0, "sd": 1},
        {"kind": "poisson", "lam": 2},
        {"kind": "choice", "weights": {"a": 1, "b": 2}},
        {"kind": "bool", "chance": 0.5},
        {"kind": "timestamp"},
    ],
)
def test_nulls_are_as_many_as_told_and_fall_anywhere(kind: Any, rate: float) -> None:
    whole = built(spec(things=table(ROWS, value=kind)))["value"]
    holed = built(spec(things=table(ROWS, value={**kind, "null_rate": rate})))["value"]
    null = holed.is_null().to_numpy()
    assert_rate(null, rate)
    assert values(holed.filter(~null)).tolist() == values(whole.filter(~null)).tolist()
    drawn = whole.to_physical().cast(pl.Float64).to_numpy()
    assert_independent(null, np.searchsorted(np.quantile(drawn, [0.3, 0.6]), drawn))


def test_the_last_of_many_values_has_its_share_too() -> None:
    names = [f"v{n}" for n in range(2_500)]
    things = table(9, v={"kind": "choice", "values": names})
    weights = module(spec(things=things)).THINGS_V
    assert weights == {name: 1 / n for n, name in enumerate(names, start=1)}
