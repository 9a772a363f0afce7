"""What is changed in data like the source lowers its measure, and no other that it leaves alone."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from compiler.compare.model import BETWEEN, CARDINALITY, PAIRS, SHAPES, Comparison
from tests.support.compared import Frames, held
from tests.support.shop_frames import ORDERS, RELATIONS, START, shop, shuffled

SOURCE = shop(1)
CHANCE = 0.03
"""What another seed makes of a score, at most."""


def beside(generated: Frames) -> Comparison:
    return held(generated, SOURCE, RELATIONS)


def with_orders(*changes: pl.Expr | pl.Series) -> Frames:
    return {**SOURCE, "orders": SOURCE["orders"].with_columns(*changes)}


def column(found: Comparison, name: str) -> float:
    (score,) = [one.score for one in found.columns if one.name == name]
    return score


def pair(found: Comparison, name: str) -> float:
    (score,) = [one.score for one in (*found.pairs, *found.between) if one.name == name]
    return score


def test_the_same_data_is_alike() -> None:
    found = beside(SOURCE)
    assert found.total == 1
    assert {one.score for some in found.scores.values() for one in some} == {1.0}
    assert found.coverage == 1
    assert not found.missing
    assert not found.lowest(10)


def test_another_seed_is_alike_but_for_chance() -> None:
    found = beside(shop(2))
    assert found.total is not None
    assert 0.97 <= found.total < 1
    assert set(found.groups) == {SHAPES, PAIRS, CARDINALITY, BETWEEN}
    assert min(found.groups.values()) > 1 - CHANCE


def test_keys_and_names_are_not_compared_by_their_values() -> None:
    found = beside(shop(2))
    skipped = {one.name for one in found.skipped}
    assert skipped == {"customers.id", "orders.id", "orders.customer"}
    assert column(found, "customers.name") > 1 - CHANCE
    longer = SOURCE["customers"].with_columns(
        name=pl.lit("a much longer name than these")
    )
    assert column(beside({**SOURCE, "customers": longer}), "customers.name") == 0


def test_wrong_shares_lower_their_column() -> None:
    found = beside(with_orders(pl.lit("phone").alias("device")))
    phones = (SOURCE["orders"]["device"] == "phone").mean()
    assert column(found, "orders.device") == pytest.approx(phones)
    assert column(found, "orders.amount") == 1
    assert found.groups[CARDINALITY] == 1
    lowest, *_ = [one for one in found.lowest(10) if one.name == "orders.device"]
    assert lowest.difference == "desktop 0% beside 49%"


def test_wrong_sizes_lower_their_column() -> None:
    found = beside(with_orders(pl.col("amount") * 2))
    assert column(found, "orders.amount") < 0.8
    assert pair(found, "orders.at × amount") == 1
    (amount,) = [one for one in found.columns if one.column == "amount"]
    own = SOURCE["orders"]["amount"].median()
    assert isinstance(own, float)
    assert amount.difference == f"median {own * 2:.1f} beside {own:.1f}"


def test_the_shares_of_nulls_are_compared_apart() -> None:
    half = pl.when(pl.col("id") % 2 == 0).then(pl.lit(0.5))
    found = beside(with_orders(half.alias("note")))
    (note,) = [one for one in found.columns if one.column == "note"]
    nulls = SOURCE["orders"]["note"].null_count() / ORDERS
    assert note.nulls == pytest.approx(1 - abs(0.5 - nulls))
    assert note.shape == pytest.approx(0.5, abs=0.02)
    assert note.score == pytest.approx(note.nulls * note.shape)


def test_values_without_the_nulls_are_as_before() -> None:
    some = pl.when(pl.col("id") % 2 == 0).then("amount").alias("amount")
    (amount,) = [
        one for one in beside(with_orders(some)).columns if one.column == "amount"
    ]
    assert amount.shape > 1 - CHANCE
    assert amount.nulls == pytest.approx(0.5)
    assert amount.difference == "null 50% beside 0%"


def test_shuffled_columns_lower_their_pairs_alone() -> None:
    mixed = {
        name: shuffled(frame, "income") if name == "customers" else frame
        for name, frame in SOURCE.items()
    }
    found = beside(mixed)
    assert pair(found, "customers.age × income") == pytest.approx(0.55, abs=0.03)
    assert found.groups[SHAPES] == 1
    assert found.groups[CARDINALITY] == 1
    lowest, *_ = found.lowest(1)
    assert lowest.name == "customers.age × income"
    assert lowest.difference.startswith("correlation")
    assert lowest.difference.endswith("beside 0.88")


def test_lost_dependency_of_categories_lowers_its_pair() -> None:
    found = beside({**SOURCE, "orders": shuffled(SOURCE["orders"], "paid")})
    # Of phones 30% are paid, of desktops 70%: each of four cells is off by about 10 points.
    assert pair(found, "orders.device × paid") == pytest.approx(0.8, abs=0.02)
    assert pair(found, "orders.at × device") == 1
    assert found.groups[SHAPES] == 1
    assert found.groups[CARDINALITY] == 1


def test_lost_dependency_over_a_ref_lowers_what_is_between_tables() -> None:
    found = beside({**SOURCE, "orders": shuffled(SOURCE["orders"], "amount")})
    assert pair(found, "orders.amount × customer.tier") < 0.9
    assert pair(found, "orders.device × customer.tier") == 1
    assert found.groups[SHAPES] == found.groups[CARDINALITY] == 1


def test_other_numbers_of_children_lower_the_cardinality_alone() -> None:
    rng = np.random.default_rng(4)
    tiers = SOURCE["customers"]["tier"].to_numpy()
    held_by = tiers[SOURCE["orders"]["customer"].to_numpy()]
    some = {tier: np.flatnonzero(tiers == tier)[::2] for tier in np.unique(tiers)}
    # Half of the customers of each tier have all its orders: nothing else changes but ages.
    customers = [rng.choice(some[tier]) for tier in held_by]
    found = beside(with_orders(pl.Series("customer", customers)))
    assert found.groups[CARDINALITY] < 0.75
    assert found.groups[SHAPES] == found.groups[PAIRS] == 1
    assert found.groups[BETWEEN] > 1 - CHANCE
    (ref,) = found.refs
    assert ref.name == "orders per customers (customer)"
    assert ref.difference.startswith("none: 5")


def test_parents_without_children_count() -> None:
    parents = pl.DataFrame({"id": [1, 2, 3, 4]})
    source = {
        "customers": parents,
        "orders": pl.DataFrame({"id": [1, 2], "customer": [1, 2]}),
    }
    other = {
        "customers": parents,
        "orders": pl.DataFrame({"id": [1, 2], "customer": [3, 3]}),
    }
    (ref,) = held(other, source, RELATIONS).refs
    assert ref.score == 0.75  # none: 3 of 4 beside 2 of 4
    (same,) = held(source, source, RELATIONS).refs
    assert same.score == 1


@pytest.mark.parametrize("years", [-3, 3])
def test_moments_of_another_window_are_compared_from_its_start(years: int) -> None:
    found = beside(shop(1, START + timedelta(days=365 * years)))
    assert found.is_aligned
    assert found.lag == 365 * years
    assert found.total == 1


def test_a_window_that_overlaps_is_compared_as_it_is() -> None:
    found = beside(shop(1, START + timedelta(days=50)))
    assert not found.is_aligned
    assert found.lag == 50
    assert column(found, "orders.at") == pytest.approx(0.5, abs=0.02)


def test_one_column_of_another_time_is_not_moved() -> None:
    both = [
        {
            "orders": shop(1)["orders"].with_columns(
                by=pl.col("at") + later, born=pl.col("at")
            )
        }
        for later in (timedelta(0), timedelta(days=500))
    ]
    found = held(both[1], both[0])
    assert not found.is_aligned
    assert column(found, "orders.by") == 0
    assert column(found, "orders.at") == 1
