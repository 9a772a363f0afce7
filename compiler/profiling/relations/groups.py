"""Categories of the parents by which their numbers of rows differ."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from compiler.profiling.model import Options
from compiler.profiling.relations.parents import Parents

LEAST_P = 1e-6
"""Differences that chance gives more often are none; many columns are tried."""
MATERIAL = 1.2
"""The highest mean by the lowest one, at least: less makes no difference that people see."""


@dataclass(frozen=True)
class Group:
    """The parents with one value of a category."""

    value: str | bool | None
    """None for null."""
    members: np.ndarray
    """Which of the parents."""


@dataclass(frozen=True)
class Grouping:
    """A category of the parents, and how much of the differences between them it explains."""

    path: str
    groups: tuple[Group, ...]
    explained: float
    """The share of the variance between parents (eta squared, adjusted as omega squared)."""
    p: float
    """How often chance alone would give as much (one-way analysis of variance)."""
    ratio: float
    """The highest mean of a group by the lowest."""


def groups_of(parents: Parents, path: str) -> list[Group]:
    values = np.array(parents.frame[path].to_list(), dtype=object)
    found = parents.frame[path].unique().sort().to_list()
    return [Group(value, np.array([one == value for one in values])) for value in found]


def grouping(parents: Parents, path: str) -> Grouping | None:
    """How the numbers of rows differ by a category; None where it has one group only."""
    from scipy import stats

    counts = parents.counts.astype(float)
    groups = groups_of(parents, path)
    if len(groups) < 2:
        return None
    sizes = np.array([group.members.sum() for group in groups])
    means = np.array([counts[group.members].mean() for group in groups])
    all_, count = counts.mean(), len(counts)
    between = float((sizes * (means - all_) ** 2).sum())
    total = float(((counts - all_) ** 2).sum())
    within, left = total - between, count - len(groups)
    if total <= 0 or left < 1:
        return None
    noise = within / left
    steps = len(groups) - 1
    explained = max(0.0, (between - steps * noise) / (total + noise))
    p = float(stats.f.sf(between / steps / noise, steps, left)) if noise > 0 else 0.0
    ratio = float(means.max() / means.min()) if means.min() > 0 else np.inf
    return Grouping(path, tuple(groups), explained, p, ratio)


def strongest(
    parents: Parents, paths: Sequence[str], options: Options
) -> Grouping | None:
    """The category that explains most, if that is significant and material; near ones first."""
    found = [
        one
        for path in paths
        if may_name(parents, path, options)
        and (one := grouping(parents, path)) is not None
        and one.p < LEAST_P
        and one.ratio >= MATERIAL
    ]
    # A path that explains hardly more than a shorter one is a copy of it.
    return max(
        found, key=lambda one: (round(one.explained, 3), -one.path.count(".")), default=None
    )


def may_name(parents: Parents, path: str, options: Options) -> bool:
    """Whether the values of a column may be in a spec at all."""
    return options.names_values or parents.frame[path].dtype.is_(bool_type())


def bool_type() -> type:
    import polars as pl

    return pl.Boolean


def named(groups: Collection[Group], options: Options) -> tuple[list[Group], list[Group]]:
    """Groups that may be named: enough rows have them. And the others, with null."""
    yes = [
        group
        for group in groups
        if group.value is not None
        and (isinstance(group.value, bool) or group.members.sum() >= options.least_rows)
    ]
    return yes, [group for group in groups if all(group is not one for one in yes)]


def case_name(value: str | bool | None) -> str:
    """A value as the name of a case in a spec."""
    return str(value).lower() if isinstance(value, bool) else str(value)
