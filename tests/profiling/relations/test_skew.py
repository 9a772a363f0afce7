"""How skewed refs are."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from compiler.profiling.model import Options, Ref
from compiler.profiling.relations import relations_of
from compiler.profiling.relations.skew import share_of_busiest
from tests.support.frames import tables_of

ROWS = 20_000
TIERS = np.array(["Free", "Free", "Free", "Pro", "Top"])


def seeded() -> np.random.Generator:
    return np.random.default_rng(17)


def used(
    rates: np.ndarray, options: Options | None = None, **columns: Any
) -> tuple[Ref, np.ndarray]:
    """A ref into customers of these rates, and how many rows each got."""
    customers = {"customer_id": np.arange(len(rates)), **columns}
    cumulated = np.cumsum(rates) / rates.sum()
    drawn = np.searchsorted(cumulated, seeded().random(ROWS))
    orders = {"order_id": np.arange(ROWS), "customer_id": drawn}
    frames = {"customers": pl.DataFrame(customers), "orders": pl.DataFrame(orders)}
    (ref,) = relations_of(tables_of(frames), options)["orders"].refs
    return ref, np.bincount(drawn, minlength=len(rates))


def test_the_busiest_fifth_counts_part_of_a_target() -> None:
    assert share_of_busiest(np.array([5, 1, 1, 1, 1, 1])) == pytest.approx(5.2 / 10)
    assert share_of_busiest(np.array([3, 1])) == 0.75
    assert share_of_busiest(np.zeros(3)) == 0


def test_targets_that_are_never_used_count() -> None:
    ref, counts = used(seeded().lognormal(0, 2, 500))
    assert (counts == 0).any()
    assert ref.skew == pytest.approx(np.sort(counts)[::-1][:100].sum() / ROWS)


@pytest.mark.parametrize("targets", [3, 40, 5_000])
def test_even_refs_have_no_skew(targets: int) -> None:
    ref, counts = used(np.ones(targets))
    assert share_of_busiest(counts) > 0.2
    assert (ref.skew, ref.weights) == (None, {})


def test_weights_that_explain_all_leave_no_skew() -> None:
    tier = TIERS[np.arange(1_000) % 5]
    ref, _ = used(np.select([tier == "Top", tier == "Pro"], [6.0, 3.0], 1.0), tier=tier)
    assert ref.weights == {
        "tier": {
            "Free": 1,
            "Pro": pytest.approx(3, rel=0.06),
            "Top": pytest.approx(6, rel=0.06),
        }
    }
    assert ref.skew is None


def test_a_skew_is_that_of_all_targets_whatever_the_weights() -> None:
    tier = TIERS[np.arange(1_000) % 5]
    busy = seeded().lognormal(0, 1, 1_000)
    ref, counts = used(busy * np.where(tier == "Top", 6, 1), tier=tier)
    assert list(ref.weights) == ["tier"]
    assert ref.skew == pytest.approx(np.sort(counts)[::-1][:200].sum() / ROWS)


def test_a_category_without_effect_has_no_weights() -> None:
    tier = seeded().permutation(TIERS[np.arange(1_000) % 5])
    ref, _ = used(seeded().lognormal(0, 1, 1_000), tier=tier)
    assert ref.weights == {}


def test_values_that_may_not_be_named_have_no_weights() -> None:
    tier = TIERS[np.arange(1_000) % 5]
    rates = np.where(tier == "Top", 9.0, 1.0)
    assert used(rates, Options(names_values=False), tier=tier)[0].weights == {}
    rare = np.where(np.arange(1_000) < 3, "rare", tier)
    rates = np.where(rare == "rare", 0.0, rates)
    assert used(rates, tier=rare)[0].weights == {}
    assert set(used(rates, Options(least_rows=3), tier=rare)[0].weights["tier"]) == {
        "Free",
        "Pro",
        "Top",
        "rare",
    }


def test_all_rows_in_less_than_a_fifth_are_below_one() -> None:
    """A spec's skew is below 1."""
    ref, _ = used(np.where(np.arange(1_000) < 50, 1.0, 0.0))
    assert ref.skew == 0.99
