"""The formulas, on samples that are small enough to compute by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from compiler.compare.measures import (
    correlation_similarity,
    ks_complement,
    rank_correlations,
    tv_complement,
    widest_gap,
)
from compiler.compare.refs import nearly


def floats(*numbers: float) -> np.ndarray:
    return np.array(numbers, dtype=float)


@pytest.mark.parametrize(
    ("first", "second", "score"),
    [
        ((1, 2, 3, 4), (1, 2, 3, 4), 1.0),
        ((4, 2, 3, 1), (1, 2, 3, 4), 1.0),
        ((1, 2), (3, 4), 0.0),
        ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10), (4, 5, 6, 7, 8, 9, 10, 11, 12, 13), 0.7),
        ((1, 1, 1, 2), (1, 2, 2, 2), 0.5),
        ((5,), (5, 5, 5), 1.0),
        ((), (1,), 0.0),
        ((), (), 1.0),
    ],
)
def test_ks_is_the_widest_gap_of_two_cumulative_shares(
    first: tuple[float, ...], second: tuple[float, ...], score: float
) -> None:
    assert ks_complement(floats(*first), floats(*second)) == pytest.approx(score)
    assert ks_complement(floats(*second), floats(*first)) == pytest.approx(score)


def test_ks_is_that_of_scipy() -> None:
    from scipy.stats import ks_2samp

    rng = np.random.default_rng(3)
    first, second = rng.normal(0, 1, 500), rng.normal(0.3, 1.2, 800).round(1)
    assert 1 - ks_complement(first, second) == pytest.approx(
        ks_2samp(first, second).statistic
    )


def test_the_widest_gap_is_where_it_is() -> None:
    assert widest_gap(floats(1, 1, 1, 5), floats(1, 5, 5, 5)) == (0.5, 1.0)


def test_large_counts_that_differ_by_little_are_alike() -> None:
    first, second = floats(4319, 4319), floats(4320, 4320)
    assert widest_gap(first, second)[0] == 1
    assert widest_gap(first, second, nearly)[0] == 0
    assert widest_gap(floats(4000), floats(4320), nearly)[0] == 1


def test_small_counts_that_differ_by_one_are_not_alike() -> None:
    rng = np.random.default_rng(1)
    first, second = rng.poisson(3, 99).astype(float), rng.poisson(4, 99).astype(float)
    assert max(first.max(), second.max()) < 20
    assert widest_gap(first, second, nearly) == widest_gap(first, second)


@pytest.mark.parametrize(
    ("first", "second", "score"),
    [
        ((60, 40), (3, 2), 1.0),
        ((60, 40), (40, 60), 0.8),
        ((1, 0), (0, 1), 0.0),
        ((5, 3, 2), (2, 3, 5), 0.7),
        ((0, 0), (1, 1), 0.0),
        ((0, 0), (0, 0), 1.0),
    ],
)
def test_tv_is_half_the_sum_of_differences_of_shares(
    first: tuple[int, ...], second: tuple[int, ...], score: float
) -> None:
    assert tv_complement(np.array(first), np.array(second)) == pytest.approx(score)


def test_correlations_are_as_far_apart_as_from_minus_one_to_one() -> None:
    assert correlation_similarity(1, -1) == 0
    assert correlation_similarity(0.75, 0.25) == 0.75
    assert correlation_similarity(0.3, 0.3) == 1


def test_rank_correlations_are_those_of_scipy() -> None:
    from scipy.stats import spearmanr

    rng = np.random.default_rng(2)
    x = rng.normal(size=300).round(1)  # with ties
    frame = pl.DataFrame({"x": x, "y": np.exp(x) + rng.normal(size=300), "z": -x})
    found = rank_correlations(frame, frame)
    assert found[0, 1] == pytest.approx(spearmanr(frame["x"], frame["y"]).statistic)
    assert found[0, 2] == pytest.approx(-1)
    assert found[0, 0] == pytest.approx(1)


def test_a_correlation_counts_the_rows_that_have_both() -> None:
    frame = pl.DataFrame({"x": [1, 2, 3, 4, None], "y": [1, 2, 3, None, -9]})
    assert rank_correlations(frame, frame)[0, 1] == pytest.approx(1)


def test_a_constant_has_no_correlation() -> None:
    frame = pl.DataFrame({"x": [1.0, 2.0, 3.0], "y": [7.0, 7.0, 7.0], "z": [None] * 3})
    found = rank_correlations(frame, frame.cast(pl.Float64))
    assert np.isnan(found[0, 1:]).all()
    assert np.isnan(found[1, 1])
