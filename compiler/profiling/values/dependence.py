"""Whether a column depends on a category: how strongly, and whether by more than chance."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from compiler.profiling.values.sample import Array
from compiler.profiling.values.view import Labels

LEAST_ETA = 0.02
"""The share of the variance of a number that a category explains (η²), to be worth cases."""
LEAST_V = 0.1
"""Cramér's V between two categories: below, the association is small (Cohen, 1988)."""
LEAST_P = 1e-6
"""So small is the chance of such a dependence where there is none: a table of a hundred columns
and sixty paths is tested six thousand times."""
TESTED = 20_000
"""Rows that a dependence is tested on: an effect that matters shows in so many."""
NEAR = 0.85
"""A dependence of this part of the strongest is near it; the nearest category is taken."""


@dataclass(frozen=True)
class Dependence:
    """A column depends on a category."""

    labels: Labels
    measure: str
    """`η²` or `Cramér's V`."""
    effect: float
    p: float
    rows: int

    def __str__(self) -> str:
        return f"{self.measure} {self.effect:.2f} over {self.rows:,} rows"


def of_numbers(values: Array, candidates: Iterable[Labels]) -> Dependence | None:
    """The category that a number depends on most: by ranks, so that long tails do no harm."""
    import numpy as np

    rows = np.flatnonzero(~np.isnan(values))
    rows = rows[:: max(len(rows) // TESTED, 1)]
    ranks = _ranks(values[rows])
    found = []
    for labels in candidates:
        used = labels.codes[rows] >= 0
        if one := _by_variance(ranks[used], labels, rows[used]):
            found.append(one)
    return chosen(found)


def of_codes(
    codes: Array, count: int, candidates: Iterable[Labels]
) -> Dependence | None:
    """The category that another category, of `count` values, depends on most."""
    import numpy as np

    rows = np.flatnonzero(codes >= 0)
    rows = rows[:: max(len(rows) // TESTED, 1)]
    found = []
    for labels in candidates:
        used = rows[labels.codes[rows] >= 0]
        if one := _by_counts(codes[used], count, labels, used):
            found.append(one)
    return chosen(found)


def chosen(found: list[Dependence]) -> Dependence | None:
    """The strongest; of near-equals that of the nearest row, then of the fewest values."""
    if not found:
        return None
    strongest = max(one.effect for one in found)
    near = [one for one in found if one.effect >= NEAR * strongest]
    return min(near, key=lambda one: (one.labels.hops, len(one.labels.values)))


def _by_variance(values: Array, labels: Labels, used: Array) -> Dependence | None:
    """η², adjusted for the number of groups (ε² of Kelley, 1935), and the p of its F test."""
    from scipy.special import fdtrc

    codes = labels.codes[used]
    rows = len(values)
    explained, within, groups = _squares(values, codes)
    if groups < 2 or rows <= groups or explained + within <= 0:
        return None
    total = explained + within
    effect = 1 - (within / (rows - groups)) / (total / (rows - 1))
    if effect < LEAST_ETA:
        return None
    f = (explained / (groups - 1)) / max(within / (rows - groups), 1e-300)
    p = float(fdtrc(groups - 1, rows - groups, f))
    p = max(p, _p_of_owners(values, codes, labels.owners, used))
    return Dependence(labels, "η²", effect, p, rows) if p < LEAST_P else None


def _p_of_owners(
    values: Array, codes: Array, owners: Array | None, used: Array
) -> float:
    """The p of a category of rows that many rows of the sample point at.

    These rows are not independent: what each parent has of its own looks like an effect of its
    category. So categories are compared with parents within them (nested analysis of variance).
    """
    import numpy as np
    from scipy.special import fdtrc

    if owners is None:
        return 0.0
    parents = np.unique(owners[used], return_inverse=True)[1]
    by_parent, _, count = _squares(values, parents)
    by_category, _, groups = _squares(values, codes)
    if count <= groups:
        return 1.0
    between = max(by_parent - by_category, 0.0) / (count - groups)
    f = (by_category / (groups - 1)) / max(between, 1e-300)
    return float(fdtrc(groups - 1, count - groups, f))


def _squares(values: Array, codes: Array) -> tuple[float, float, int]:
    """The squares between groups and within them, and the number of groups."""
    import numpy as np

    counts = np.bincount(codes)
    sums = np.bincount(codes, values)
    there = counts > 0
    mean = values.mean() if len(values) else 0.0
    total = float(((values - mean) ** 2).sum())
    means = sums[there] / counts[there]
    between = float((counts[there] * (means - mean) ** 2).sum())
    return between, max(total - between, 0.0), int(there.sum())


def _by_counts(
    codes: Array, count: int, labels: Labels, used: Array
) -> Dependence | None:
    """Cramér's V, corrected for bias (Bergsma, 2013), and the p of Pearson's χ²."""
    import numpy as np
    from scipy.special import chdtrc

    rows = len(codes)
    groups = labels.codes[used]
    table = cross(groups, len(labels.values), codes, count)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    r, k = table.shape
    if min(r, k) < 2:
        return None
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / rows
    chi = float(((table - expected) ** 2 / expected).sum())
    freedom = (r - 1) * (k - 1)
    phi = max(chi / rows - freedom / (rows - 1), 0.0)
    least = min(r - (r - 1) ** 2 / (rows - 1), k - (k - 1) ** 2 / (rows - 1)) - 1
    effect = min(math.sqrt(phi / max(least, 1e-300)), 1.0)
    if effect < LEAST_V:
        return None
    p = float(chdtrc(freedom, chi))
    if labels.owners is not None:
        whole = cross(groups, len(labels.values), codes, count)
        shares = whole.sum(axis=0) / rows
        off = (
            (whole / np.maximum(whole.sum(axis=1, keepdims=True), 1) - shares) ** 2
        ).T
        busiest = int((off @ whole.sum(axis=1) / np.maximum(shares, 1e-9)).argmax())
        is_it = (codes == busiest).astype(float)
        p = max(p, _p_of_owners(is_it, groups, labels.owners, used))
    return Dependence(labels, "Cramér's V", effect, p, rows) if p < LEAST_P else None


def cross(rows: Array, height: int, columns: Array, width: int) -> Array:
    """How often each pair of codes occurs."""
    import numpy as np

    return np.bincount(rows * width + columns, minlength=height * width).reshape(
        height, width
    )


def _ranks(values: Array) -> Array:
    """The mean rank of each value: ties share it."""
    import numpy as np

    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    upto = np.cumsum(counts)
    return (upto - (counts - 1) / 2)[places]
