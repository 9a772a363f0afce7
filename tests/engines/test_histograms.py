"""Numbers by the histogram of others: production's shape, as far as its bins show it."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tests.support import Tree, built, column, module, spec, table
from tests.support.alike import assert_rows_are_the_same, by_pandas
from tests.support.distributions import assert_rate, assert_shares
from tests.support.plans import planned

ROWS = 400_000


def test_quantiles_of_production_are_met_within_a_percent() -> None:
    rng = np.random.default_rng(7)
    production = np.concatenate(
        [rng.lognormal(3, 0.6, 70_000), rng.lognormal(4, 0.3, 30_000)]
    )
    weights, edges = np.histogram(production, bins=400)
    bins = {"edges": edges.tolist(), "weights": [float(one) for one in weights]}
    drawn = column(ROWS, kind="histogram", **bins)
    shares = np.arange(0.02, 1, 0.02)
    wanted = np.quantile(production, shares)
    np.testing.assert_allclose(np.quantile(drawn, shares), wanted, rtol=0.01)


def test_an_empty_bin_has_no_rows() -> None:
    drawn = column(ROWS, kind="histogram", edges=[0, 1, 5, 6, 9], weights=[0, 3, 0, 1])
    assert drawn.min() >= 1
    assert_rate(drawn > 6, 0.25)
    assert not ((drawn > 5) & (drawn < 6)).any()


def test_whole_numbers_follow_the_bins() -> None:
    bins = {"edges": [0.5, 2.5, 3.5], "weights": [2, 3]}
    drawn = column(ROWS, kind="histogram", integer=True, **bins)
    assert drawn.dtype == np.int64
    assert_shares(drawn, {1: 1, 2: 1, 3: 3})


def both() -> Tree:
    """Bins by case, cut and rounded, and on a log scale."""
    cases = {"a": {"weights": [1, 2, 3]}, "b": {"weights": [3, 2, 0], "max": 40}}
    edges = {"kind": "histogram", "edges": [1, 10, 50, 100]}
    return spec(
        things=table(
            50_000,
            tier={"kind": "choice", "weights": {"a": 1, "b": 2}},
            cost={**edges, "by": "tier", "cases": cases, "decimals": 2},
            size={**edges, "weights": [5, 3, 1], "scale": "log", "min": 5},
        )
    )


def test_cases_have_their_own_bins() -> None:
    frame = built(both())
    for tier, shares in (("a", [1, 2, 3]), ("b", [3, 1.5, 0])):
        cost = frame.filter(pl.col("tier") == tier)["cost"].to_numpy()
        found = np.searchsorted([10, 50], cost, side="left")
        assert_shares(found, dict(enumerate(shares)))
    assert frame["size"].min() >= 5  # type: ignore[operator]


def test_pandas_has_the_same_numbers() -> None:
    tree = both()
    assert_rows_are_the_same(module(by_pandas(tree)), module(tree), "things")


def test_the_settings_hold_what_the_spec_has() -> None:
    bins = {"edges": [0, 10, 50], "weights": [5, 3]}
    script = module(spec(things=table(1_000, x={"kind": "histogram", **bins})))
    assert script.THINGS_X == {"edges": (0, 10, 50), "weights": (5, 3)}
    script.THINGS_X = {"edges": (0, 10, 50), "weights": (0, 3)}
    drawn = script.TABLES["things"][0](np.arange(1_000))["x"]
    assert drawn.min() >= 10
    script.THINGS_X = {"edges": (0, 10, 50), "weights": (0, 0)}
    with pytest.raises(RuntimeError, match="Weights must be 0 or more"):
        script.TABLES["things"][0](np.arange(9))


def test_the_plan_counts_rows_by_a_histogram() -> None:
    tree = both()
    rows = {"per": "things", "where": "tier == 'a' and cost > 50"}
    tree["tables"]["notes"] = table(rows, thing={"kind": "ref", "table": "things"})
    assert planned(tree).table("notes").rows == pytest.approx(50_000 / 6, rel=0.05)
