"""How skewed a ref is: whether few of the rows that it points at are used most."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from compiler.profiling.model import Options
from compiler.profiling.relations.groups import (
    LEAST_P,
    Grouping,
    case_name,
    grouping,
    is_clear,
    may_name,
)
from compiler.profiling.relations.numbers import rounded
from compiler.profiling.relations.parents import Parents

BUSIEST = 0.2
"""The share of the targets that counts as the busiest: as in a spec."""
MOST = 0.99
"""The highest skew that is reported: in a spec it is below 1."""
CHANCE = 0.005
"""A share that is larger than that by chance by no more than this is even."""
DRAWS = 20
"""How often the numbers of rows by chance are drawn; they vary little in large tables."""
LARGE = 5_000
MATERIAL = 1.25
"""The highest number of rows per target by the lowest, at least, for weights."""
SMALL = 50
"""Targets of a table that is not a sample of others like it: its differences are facts."""
ROWS_EACH = 100
"""Rows per target of such a table, at least."""
OF_FEW = 0.25
"""The share of the differences between such targets that a category must explain."""
LISTED = 10
"""A table of so few rows, each with a value of its own, has a weight for each."""

Weights = Mapping[str, Mapping[str, float]]


def share_of_busiest(counts: np.ndarray) -> float:
    """The share of the rows that the busiest fifth of the targets gets, one at least.

    As a spec counts it: of 12 targets, the busiest two and 0.4 of the third.
    """
    total = counts.sum()
    if not total:
        return 0.0
    busiest = max(BUSIEST * len(counts), 1.0)
    ordered = np.sort(counts)[::-1]
    whole = int(busiest)
    part = (busiest - whole) * ordered[whole] if whole < len(ordered) else 0
    return float((ordered[:whole].sum() + part) / total)


def skew_of(parents: Parents, rates: np.ndarray) -> float | None:
    """The share of the busiest fifth; None if chance gives as much at these rates."""
    counts = parents.counts
    found = share_of_busiest(counts)
    if not counts.sum() or len(counts) < 2:
        return None
    generator = np.random.default_rng(0)
    draws = DRAWS if len(counts) < LARGE else 2
    shares = [share_of_busiest(generator.poisson(rates)) for _ in range(draws)]
    margin = max(CHANCE, 3 * float(np.std(shares)))
    if found <= float(np.mean(shares)) + margin:
        return None
    return min(found, MOST)


def weights_of(
    parents: Parents, target: str, options: Options
) -> tuple[Weights, np.ndarray]:
    """Rows per target by a category of it, if it matters; and the rows that each then expects."""
    counts = parents.counts
    even = np.full(len(counts), counts.mean() if len(counts) else 0.0)
    best = category(parents, target, options)
    if best is None or not counts.sum():
        return {}, even
    least = best.means[best.means > 0].min()
    weights = {
        case_name(value): rounded(mean / least)
        for value, mean in zip(best.category.values, best.means, strict=True)
    }
    return {best.path: weights}, best.means[best.category.codes]


def category(parents: Parents, target: str, options: Options) -> Grouping | None:
    """The column of the targets itself that matters most."""
    found = [
        one
        for path in parents.categories
        if "." not in path
        and may_name(parents.categories[path], options)
        and (one := grouping(parents, path)) is not None
        and may_weigh(parents, one, options)
        and matters(parents, one)
    ]
    if found:
        return max(found, key=lambda one: one.explained)
    return each_of_few(parents, target, options)


def may_weigh(parents: Parents, one: Grouping, options: Options) -> bool:
    """Whether all its values may be named, as weights require: enough rows have each."""
    if None in one.category.values:
        return False
    rows = np.maximum(one.category.sizes, one.means * one.category.sizes)
    return one.category.is_boolean or bool((rows >= options.least_rows).all())


def matters(parents: Parents, one: Grouping) -> bool:
    """Whether numbers of rows differ by it, more than by chance and enough to be seen."""
    if one.ratio < MATERIAL:
        return False
    if is_clear(one):
        return True
    few = len(parents.counts) <= SMALL and parents.counts.mean() >= ROWS_EACH
    return few and one.explained >= OF_FEW


def each_of_few(parents: Parents, target: str, options: Options) -> Grouping | None:
    """The key of a small table as its category: a weight for each row of it."""
    from scipy import special

    counts = parents.counts
    if target not in parents.categories or len(counts) > LISTED or not counts.sum():
        return None
    own = parents.categories[target]
    mean = counts.mean()
    # Pearson's test of even shares.
    p = float(special.chdtrc(len(counts) - 1, ((counts - mean) ** 2 / mean).sum()))
    means = np.bincount(own.codes, counts, minlength=len(own.values))
    found = Grouping(target, own, means, 1.0, p)
    is_sure = p < LEAST_P and found.ratio >= MATERIAL
    may = may_name(own, options) and may_weigh(parents, found, options)
    return found if is_sure and may else None
