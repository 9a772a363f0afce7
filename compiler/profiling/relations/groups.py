"""Categories of the parents by which their numbers of rows differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from compiler.profiling.model import Options
from compiler.profiling.relations.parents import Category, Parents

LEAST_P = 1e-6
"""Differences that chance gives more often are none; many columns are tried."""
EXPLAINED = 0.02
"""The share of the differences between parents that a category explains at least."""
MATERIAL = 1.2
"""The highest mean by the lowest one, at least: less makes no difference that people see."""


@dataclass(frozen=True)
class Grouping:
    """A category of the parents, and how much of the differences between them it explains."""

    path: str
    category: Category
    means: np.ndarray
    """Rows per parent, by value."""
    explained: float
    """The share of the variance between parents (eta squared, adjusted as omega squared)."""
    p: float
    """How often chance alone would give as much (one-way analysis of variance)."""

    @property
    def ratio(self) -> float:
        """The highest mean by the lowest."""
        low = self.means.min()
        return float(self.means.max() / low) if low > 0 else np.inf

    def members(self) -> list[np.ndarray]:
        """Which parents have each value."""
        return [self.category.members(code) for code in range(len(self.means))]


def grouping(parents: Parents, path: str) -> Grouping | None:
    """How the numbers of rows differ by a category; None where it has one value only."""
    from scipy import special

    counts, category = parents.counts.astype(float), parents.categories[path]
    sizes = category.sizes
    steps, left = len(sizes) - 1, len(counts) - len(sizes)
    if steps < 1 or not sizes.all():
        return None
    means = np.bincount(category.codes, counts, minlength=len(sizes)) / sizes
    between = float((sizes * (means - counts.mean()) ** 2).sum())
    total = float(((counts - counts.mean()) ** 2).sum())
    if total <= 0 or left < 1:
        return None
    noise = max(0.0, total - between) / left
    explained = max(0.0, (between - steps * noise) / (total + noise))
    p = float(special.fdtrc(steps, left, between / steps / noise)) if noise > 0 else 0.0
    return Grouping(path, category, means, explained, p)


def strongest(parents: Parents, options: Options) -> Grouping | None:
    """The category that explains most, if that is significant and material; near ones first."""
    found = [
        one
        for path, category in parents.categories.items()
        if may_name(category, options)
        and (one := grouping(parents, path)) is not None
        and is_clear(one)
        and one.ratio >= MATERIAL
    ]
    # A path that explains hardly more than a shorter one is a copy of it.
    return max(
        found,
        key=lambda one: (round(one.explained, 3), -one.path.count(".")),
        default=None,
    )


def is_clear(found: Grouping) -> bool:
    """Whether chance gives such differences hardly ever, and they are no small part of all."""
    return found.p < LEAST_P and found.explained >= EXPLAINED


def may_name(category: Category, options: Options) -> bool:
    """Whether the values of a column may be in a spec at all."""
    return options.names_values or category.is_boolean


def split(category: Category, options: Options) -> tuple[list[int], list[int]]:
    """The values that may be named, as enough rows have them; and the others, with null."""
    may = {
        code: value is not None
        and (isinstance(value, bool) or size >= options.least_rows)
        for code, (value, size) in enumerate(
            zip(category.values, category.sizes, strict=True)
        )
    }
    return [code for code in may if may[code]], [code for code in may if not may[code]]


def case_name(value: str | bool | None) -> str:
    """A value as the name of a case in a spec."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def quoted(values: Iterable[str | bool | None]) -> list[str]:
    """Values as they are in an expression of a spec."""
    return [repr(value) for value in values if value is not None]
