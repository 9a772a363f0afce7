"""What a distribution comes to: mean, median and 99 %, against a large sample of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from compiler.plan.figures import describe_figures, figures_of
from compiler.spec.columns.distributions import NUMERIC

SIZE = 400_000
COLUMNS: list[dict[str, Any]] = [
    {"kind": "normal", "mean": 10, "sd": 2.5},
    {"kind": "lognormal", "median": 60, "sigma": 0.7},
    {"kind": "lognormal", "mu": 4, "sigma": 0.7},
    {"kind": "exponential", "scale": 3},
    {"kind": "pareto", "a": 2.5, "scale": 2},
    {"kind": "gamma", "shape": 2, "scale": 3},
    {"kind": "beta", "a": 2, "b": 5},
    {"kind": "poisson", "lam": 4},
    {"kind": "triangular", "left": -3, "mode": 1, "right": 8},
    {"kind": "uniform", "low": -5, "high": 20},
    {"kind": "quantiles", "shares": [0, 0.2, 0.2, 0.5, 1], "values": [-4, -4, 1, 2, 9]},
    {"kind": "quantiles", "shares": [0, 1], "values": [1, 100], "scale": "log"},
    {"kind": "histogram", "edges": [-4, 1, 4, 6, 9], "weights": [2, 3, 0, 1]},
    {"kind": "uniform", "low": 4, "high": 4},
    {"kind": "uniform", "low": 1, "high": 9, "integer": True},
    {"kind": "pareto", "a": 0.7, "scale": 2, "max": 90},
    {"kind": "pareto", "a": 1, "scale": 2, "max": 90},
]
BOUNDS: list[dict[str, float]] = [
    {},
    {"min": 0.1, "max": 0.6},
    {"min": 2},
    {"max": 5},
    {"min": 3, "max": 9},
]


@pytest.mark.parametrize("bounds", BOUNDS, ids=str)
@pytest.mark.parametrize("column", COLUMNS, ids=lambda one: one["kind"])
def test_figures_are_those_of_a_sample(
    column: dict[str, Any], bounds: dict[str, float]
) -> None:
    try:
        spec = NUMERIC[column["kind"]].model_validate({**column, **bounds})
    except ValueError:
        pytest.skip("no such column: nothing lies between the bounds")
    rng = np.random.default_rng(1)
    low, high = spec.bounds
    drawn = spec.draw(rng, SIZE)
    while len(inside := drawn[(drawn >= low) & (drawn <= high)]) < SIZE / 4:
        drawn = np.append(inside, spec.draw(rng, 4 * SIZE))
    found = figures_of(spec)
    assert found is not None
    error = 5 * inside.std() / np.sqrt(len(inside))
    assert found.mean == pytest.approx(inside.mean(), abs=error)
    for share, value in ((0.5, found.median), (0.99, found.high)):
        if spec.discrete:  # the least number that so many are under
            assert (inside < value - 1).mean() <= share <= (inside < value).mean()
        else:
            under, up_to = (inside < value).mean(), (inside <= value).mean()
            assert under - 0.005 <= share <= up_to + 0.005


def test_a_tail_without_a_mean_has_no_mean() -> None:
    spec = NUMERIC["pareto"].model_validate({"kind": "pareto", "a": 0.9, "scale": 2})
    assert describe_figures(spec) == "median 4.32, 99% under 334"


def test_what_the_parameters_state_is_not_repeated() -> None:
    texts = {
        "mean 77, sigma 0.7": {"kind": "lognormal", "mean": 77, "sigma": 0.7},
        "median 60, sigma 0.7": {"kind": "lognormal", "median": 60, "sigma": 0.7},
    }
    found = [
        describe_figures(NUMERIC["lognormal"].model_validate(each))
        for each in texts.values()
    ]
    assert found == ["median 60.3, 99% under 307", "mean 76.7, 99% under 306"]
