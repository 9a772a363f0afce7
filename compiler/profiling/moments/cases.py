"""The category by which the time between two moments differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compiler.profiling.model import Options
from compiler.profiling.moments.clock import Floats

if TYPE_CHECKING:
    import polars as pl

LEAST_SHARE = 0.04
"""Share of the variance of log gaps that a category explains (η²), at least."""
MOST_VALUES = 12
EQUAL = 0.01
"""Categories that explain as much but for this share are equal: then the nearest counts."""


@dataclass(frozen=True)
class Category:
    """A column by which gaps differ: its path, its values, and the rows of each."""

    path: str
    explained: float
    groups: dict[str, Floats]
    rest: Floats
    """The gaps of the rows without a value of the groups."""


def explained_share(gaps: Floats, codes: np.ndarray) -> float:
    """η² of the logarithms of gaps: the variance between groups as a share of all."""
    logs = np.log1p(gaps)
    sizes = np.bincount(codes).astype(float)
    sums = np.bincount(codes, weights=logs)
    used = sizes > 0
    between = (sums[used] ** 2 / sizes[used]).sum() - logs.sum() ** 2 / len(logs)
    total = ((logs - logs.mean()) ** 2).sum()
    if total <= 0:
        return 0.0
    share = between / total
    # Chance alone gives k - 1 of n - 1 degrees of freedom: ε² takes them out.
    chance = (used.sum() - 1) / max(len(logs) - 1, 1)
    return float((share - chance) / max(1 - chance, 1e-9))


def category(
    gaps: Floats,
    frame: pl.DataFrame,
    options: Options,
) -> Category | None:
    """The category that explains most of the gaps; None if none explains enough.

    `frame` has the rows of the gaps, with a column for each path.
    """
    import polars as pl

    found: list[tuple[float, str]] = []
    for path in frame.columns:
        values = frame[path].cast(pl.String)
        if not 2 <= values.drop_nulls().n_unique() <= MOST_VALUES:
            continue
        codes = values.fill_null("").rank("dense").to_numpy() - 1
        share = explained_share(gaps, codes.astype(np.int64))
        if share >= LEAST_SHARE:
            found.append((share, path))
    if not found:
        return None
    best = max(share for share, _ in found)
    equal = [(share, path) for share, path in found if share >= (1 - EQUAL) * best]
    share, path = min(equal, key=lambda one: (" " in one[1], one[1].count("."), one[1]))
    values = frame[path].cast(pl.String)
    counts = values.drop_nulls().value_counts(sort=True, name="/rows")
    named = [
        value for value, count in counts.iter_rows() if count >= options.least_rows
    ]
    if len(named) < 2:
        return None
    groups = {
        value: gaps[(values == value).fill_null(False).to_numpy()] for value in named
    }
    rest = gaps[~values.is_in(named).fill_null(False).to_numpy()]
    return Category(path, share, groups, rest)
