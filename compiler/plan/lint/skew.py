"""The highest share that a few parents with weights can give to their busiest fifth."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import NormalDist

from compiler.plan.model import Column, Table, Variant
from compiler.plan.rows.shares import shares_of
from compiler.spec.columns import Ref

STANDARD = NormalDist()
FEW = 1_000
"""Above so many parents any share can be reached."""
MARGIN = 1.1
"""A script's spread is at most so many times what many parents without weights need."""


def reachable_skew(
    table: Table, variant: Variant, distinct: float | None = None
) -> float:
    """The share of the rows that the busiest 20 % of a ref's parents can have at most.

    Within a group of n parents of one weight, activity is log-normal: the first k have
    Φ(Φ⁻¹(k/n) + spread) of its rows (Gastwirth 1971). Of under five parents one counts.
    `distinct` is how many different ones are drawn at a time, where they are.
    """
    spec = variant.spec
    assert isinstance(spec, Ref) and spec.skew
    groups = groups_of(table, spec.weights)
    spread = MARGIN * (STANDARD.inv_cdf(spec.skew) - STANDARD.inv_cdf(0.2))
    rates = sorted(
        (
            weight * size * (above - below)
            for size, weight in groups
            for below, above in pairwise(lorenz(size, spread))
        ),
        reverse=True,
    )
    if distinct:
        rates = inclusions(rates, distinct)
    whole, part = divmod(max(0.2 * len(rates), 1.0), 1)
    # Of a table of one row there is no next one.
    busiest = sum(rates[: int(whole)]) + part * sum(rates[int(whole) :][:1])
    return busiest / (sum(rates) or 1.0)


def inclusions(rates: Sequence[float], drawn: float) -> list[float]:
    """How probably each is among so many that are drawn without replacement.

    About 1 - exp(-t rate), for the t at which these add up (Rosén 1997).
    """
    if drawn >= sum(rate > 0 for rate in rates):
        return [float(rate > 0) for rate in rates]
    low, high = -60.0, 60.0
    for _ in range(60):
        t = math.exp((low + high) / 2)
        expected = sum(-math.expm1(-t * rate) for rate in rates)
        low, high = (
            ((low + high) / 2, high) if expected < drawn else (low, (low + high) / 2)
        )
    return [-math.expm1(-t * rate) for rate in rates]


def lorenz(size: int, spread: float) -> list[float]:
    """The share of a group's rows that its busiest parents have: 0, 1, 2 … of them."""
    inner = [STANDARD.cdf(STANDARD.inv_cdf(n / size) + spread) for n in range(1, size)]
    return [0.0, *inner, 1.0]


def groups_of(
    table: Table, weights: Mapping[str, Mapping[str, float]]
) -> list[tuple[int, float]]:
    """How many parents have each combination of weighted values, and their weight."""
    if table.data and all(name in table.data[0] for name in weights):
        rows = [tuple(text_of(row[name]) for name in weights) for row in table.data]
        products = {row: product_of(weights, row) for row in rows}
        return [(count, products[row]) for row, count in Counter(rows).items()]
    groups: list[tuple[float, float]] = [(table.rows, 1.0)]
    for name, values in weights.items():
        shares = shares_of(table.columns[name])
        groups = [
            (size * shares.get(value, 0.0), weight * more)
            for size, weight in groups
            for value, more in values.items()
        ]
    return [(max(round(size), 1), weight) for size, weight in groups if size]


def product_of(
    weights: Mapping[str, Mapping[str, float]], row: tuple[str, ...]
) -> float:
    product = 1.0
    for values, value in zip(weights.values(), row, strict=True):
        product *= values.get(value, 0.0)
    return product


def text_of(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def unreachable(
    table: Table, column: Column, target: Table
) -> list[tuple[Variant, float]]:
    """The cases of a ref whose skew was asked for and cannot be, with what can."""
    if target.rows > FEW or column.parent:
        return []
    apart = table.draws_apart(column) and table.children is not None
    distinct = table.children.mean if apart and table.children else None
    found = [
        (variant, reachable_skew(target, variant, distinct))
        for variant in column.variants
        if isinstance(variant.spec, Ref)
        and variant.spec.skew
        and "skew" in variant.spec.model_fields_set
    ]
    return [
        (variant, most)
        for variant, most in found
        if isinstance(variant.spec, Ref) and most < variant.spec.skew - 0.01
    ]
