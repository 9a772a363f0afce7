"""A ref's skew: the spread of activity that gives the busiest fifth its share of the rows."""

from __future__ import annotations

import numpy as np
import pytest

from compiler.plan.skew import activities, counted_share, more_than, spread_for

PARENTS = 60_000
Groups = list[tuple[float, float]]

ONE: Groups = [(1.0, 1.0)]
TIERS: Groups = [(0.6, 1.0), (0.3, 2.0), (0.1, 5.0)]


def simulated(sigma: float, rows_per_parent: float, groups: Groups) -> float:
    """The share of the rows that the 20 % of the parents with most rows have, by drawing."""
    random = np.random.default_rng(7)
    weights = np.concatenate(
        [np.full(round(size * PARENTS), weight) for size, weight in groups]
    )
    activity = np.exp(sigma * random.standard_normal(len(weights)) - sigma**2 / 2)
    chances = weights * activity
    rates = chances / chances.sum() * rows_per_parent * PARENTS
    counts = np.sort(random.poisson(rates))[::-1]
    return float(counts[: PARENTS // 5].sum() / counts.sum())


@pytest.mark.parametrize("groups", [ONE, TIERS], ids=["even", "tiers"])
@pytest.mark.parametrize("rows_per_parent", [1.5, 3, 20])
@pytest.mark.parametrize("share", [0.7, 0.8, 0.9])
def test_the_busiest_fifth_gets_its_share(
    share: float, rows_per_parent: float, groups: Groups
) -> None:
    sigma = spread_for(share, rows_per_parent, groups)
    assert 0 < sigma < 4
    assert simulated(sigma, rows_per_parent, groups) == pytest.approx(share, abs=0.012)


@pytest.mark.parametrize("groups", [ONE, TIERS], ids=["even", "tiers"])
@pytest.mark.parametrize("rows_per_parent", [0.5, 3, 50])
@pytest.mark.parametrize("sigma", [0.0, 0.5, 1.5])
def test_the_share_is_reckoned_as_counted_in_data(
    sigma: float, rows_per_parent: float, groups: Groups
) -> None:
    reckoned = counted_share(activities(sigma), rows_per_parent, groups)
    drawn = simulated(sigma, rows_per_parent, groups)
    assert reckoned == pytest.approx(drawn, abs=0.012)


def test_there_is_no_spread_where_weights_give_the_share_already() -> None:
    strong: Groups = [(0.1, 100.0), (0.9, 1.0)]
    assert simulated(0, 20, strong) > 0.8
    assert spread_for(0.8, 20, strong) == 0.0


def test_there_is_no_spread_where_chance_gives_the_share_already() -> None:
    assert spread_for(0.8, 0.1, ONE) == 0.0  # at most one row in nearly every parent


def test_more_skew_is_more_spread() -> None:
    spreads = [spread_for(share, 10, ONE) for share in (0.3, 0.5, 0.7, 0.9, 0.99)]
    assert spreads == sorted(set(spreads))


def test_the_mean_activity_is_one() -> None:
    for sigma in (0.0, 0.7, 2.5):
        assert np.mean(activities(sigma)) == pytest.approx(1)


def test_a_count_is_exceeded_as_often_as_poisson_says() -> None:
    counts = np.random.default_rng(3).poisson(4, 200_000)
    for most in range(9):
        drawn = float(np.mean(counts > most))
        assert more_than(most, 4) == pytest.approx(drawn, abs=0.01)
    assert more_than(-1, 4) == 1
    assert more_than(0, 0) == 0
