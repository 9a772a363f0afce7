"""Tables whose rows belong to those of a parent: `rows = { per = … }`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compiler.profiling.draft import Settings
from compiler.profiling.model import Children, Options, Ref
from compiler.profiling.relations.conditions import condition
from compiler.profiling.relations.grids import step_of
from compiler.profiling.relations.groups import case_name, split, strongest
from compiler.profiling.relations.numbers import rounded
from compiler.profiling.relations.parents import Category, Parents
from compiler.profiling.relations.poisson import variance
from compiler.profiling.relations.rows import Rows
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

LEAST_ROWS = 20
"""Children, and parents of children whose numbers vary; fewer show nothing."""
COLLISIONS = 10
"""Pairs of rows with the same parent that chance would give, at least, where there are none."""
POISSON = 1.3
"""The variance of the numbers of rows by that of a Poisson number; with more, some parents are
busy."""
COUNTED = 3.0
"""The same where rows are numbered in their parents: only a `per` table has that."""
WITHOUT = 5
"""Parents without rows that chance would give, at least, where there are none."""
GROUPED = 1.2
"""Rows per parent at least, for their order to show that they belong to parents."""
ALIKE = 20
"""The same number of rows for all parents is no grid of two categories up to here."""
IN_ORDER = 100_000
"""Rows whose order is looked at."""
SPLIT = 0.03
"""The share of the rows that may separate others of one parent: orphans do."""
EXACT = 0.9
"""The share of the parents of several rows in which these are numbered without gaps."""


@dataclass(frozen=True)
class Found:
    """A parent that a table may belong to, and how clear that is."""

    children: Children
    clarity: float


def children_of(
    rows: Rows,
    table: SourceTable,
    counted: Mapping[str, tuple[Ref, Parents]],
    options: Options,
) -> Children | None:
    """The parent whose children the rows are, if that is clear."""
    found = [
        one
        for ref, parents in counted.values()
        if ref.table != table.name
        and parents.counts.sum() >= LEAST_ROWS
        and (one := of_parent(rows, table, ref, parents, options)) is not None
    ]
    # max takes the first of equals: the ref that comes first in the table.
    best = max(found, key=lambda one: one.clarity, default=None)
    return best.children if best else None


def of_parent(
    rows: Rows, table: SourceTable, ref: Ref, parents: Parents, options: Options
) -> Found | None:
    """The rows as children of this parent, by the first kind of `rows` that fits."""
    counts = parents.counts
    if counts.max() == 1:
        return at_most_one(ref, parents, options)
    grid = step_of(rows, table, ref, parents)
    if grid is not None:
        moment, step = grid
        why = f"{int(np.median(counts)):,} rows each, one every {step} in {moment}"
        return Found(Children(ref.column, {"every": step}, why), 5.0)
    return several(rows, table, ref, parents, options)


def at_most_one(ref: Ref, parents: Parents, options: Options) -> Found | None:
    """A row for each parent, for some by a condition, or for a share of them."""
    counts = parents.counts
    count, own = len(counts), int(counts.sum())
    of = f"{count:,} {'sampled ' if parents.is_sample else ''}{ref.table}"
    if own == count:
        one: Settings = {"mean": 1, "min": 1, "max": 1}
        return Found(Children(ref.column, one, f"each of {of} has one row"), 4.0)
    expression = condition(parents, options)
    if expression is not None:
        right = int((expression.met == (counts > 0)).sum())
        share = "all" if right == count else f"{right:,}"
        why = f"one row where this is true and none elsewhere, for {share} of {of}"
        return Found(Children(ref.column, {"where": expression.text}, why), 4.0)
    groups = strongest(parents, options)
    members = groups.members() if groups else [counts >= 0]
    if sum(pairs(counts[which]) for which in members) < COLLISIONS:
        return None  # that no two rows have the same parent may be chance
    settings: Settings = {"chance": rounded(own / count)}
    why = f"{own:,} of {of} have one row, and none has two"
    if groups is not None:
        cases = by_case(
            groups.category,
            options,
            lambda which: {"chance": rounded(counts[which].mean())},
        )
        if cases:
            settings = {"by": groups.path, **cases}
            why += f"; the share depends on {groups.path}"
    return Found(Children(ref.column, settings, why), 2.0)


def pairs(counts: np.ndarray) -> float:
    """Pairs of rows with the same parent that are expected if each row draws one."""
    own = float(counts.sum())
    return own * (own - 1) / (2 * len(counts))


def several(
    rows: Rows, table: SourceTable, ref: Ref, parents: Parents, options: Options
) -> Found | None:
    """A Poisson number of rows, truncated, whose mean may depend on a category."""
    counts = parents.counts
    position = position_of(rows, table, ref, int(counts.max()), parents.every)
    if len(counts) < LEAST_ROWS and position is None:
        return None
    groups = strongest(parents, options) if len(counts) >= LEAST_ROWS else None
    members = groups.members() if groups else [counts >= 0]
    spread = dispersion(counts, members)
    if spread > (POISSON if position is None else COUNTED):
        return None
    clues = clues_of(rows, table, ref, counts, members, position)
    if not clues:
        return None
    settings: Settings = numbers(counts)
    why = f"{counts.min():,} to {counts.max():,} rows each, on average {rounded(counts.mean())}"
    if counts.min() == counts.max():
        why = f"{counts.min():,} rows each"
    if groups is not None:
        cases = by_case(groups.category, options, lambda which: numbers(counts[which]))
        if cases:
            settings = {"by": groups.path, **cases}
            why += f", depending on {groups.path}"
    if spread > POISSON:
        why += "; they vary more than a Poisson number"
    reason = f"{why}; {', '.join(clues)}"
    clarity = 3.0 + 1.5 * (position is not None) + 0.1 * len(clues)
    return Found(Children(ref.column, settings, reason, position), clarity)


def dispersion(counts: np.ndarray, members: list[np.ndarray]) -> float:
    """The variance within the groups by that of truncated Poisson numbers with their means."""
    squares, expected = 0.0, 0.0
    for which in members:
        own = counts[which]
        squares += float(((own - own.mean()) ** 2).sum())
        expected += len(own) * variance(
            float(own.mean()), int(own.min()), int(own.max())
        )
    if expected > 0:
        return squares / expected
    return 0.0 if squares == 0 else np.inf


def clues_of(
    rows: Rows,
    table: SourceTable,
    ref: Ref,
    counts: np.ndarray,
    members: list[np.ndarray],
    position: str | None,
) -> list[str]:
    """What says that rows belong to a parent, in words; else it is a ref like any other."""
    found: list[str] = []
    if position is not None:
        found.append(f"{position} numbers them")
    if counts.mean() >= GROUPED and are_grouped(rows, table, ref.column):
        found.append("they follow each other in the table")
    without = sum(
        len(own) * np.exp(-own.mean()) for which in members if len(own := counts[which])
    )
    if counts.min() >= 1 and without >= WITHOUT:
        found.append("none is without")
    if counts.min() == counts.max() <= ALIKE:
        found.append("all have the same number")
    return found


def are_grouped(rows: Rows, table: SourceTable, column: str) -> bool:
    """Whether the rows of each parent follow each other, in the first rows of the table."""
    first = rows.scan(table).select(column).head(IN_ORDER).collect()
    cells = first.to_series().drop_nulls()
    runs, distinct = int(cells.ne_missing(cells.shift(1)).sum()), cells.n_unique()
    return distinct > 1 and runs - distinct <= SPLIT * cells.len()


def position_of(
    rows: Rows, table: SourceTable, ref: Ref, most: int, every: int
) -> str | None:
    """The column that counts 1, 2, 3 … in each parent."""
    import polars as pl

    facts = rows.facts(table)
    names = [
        one.name
        for one in facts.values()
        if one.data is Data.INTEGER
        and one.nulls == 0
        and one.low == 1
        and one.high >= most
        and one.distinct >= 2
        and one.name != ref.column
    ]
    if not names:
        return None
    cells = rows.scan(table).select(ref.column, *names).drop_nulls()
    if every > 1:
        cells = cells.filter(pl.col(ref.column).hash() % every == 0)
    counts: list[pl.Expr] = [
        (
            (pl.col(name).min() == 1)
            & (pl.col(name).max() == pl.len())
            & (pl.col(name).n_unique() == pl.len())
        ).alias(name)
        for name in names
    ]
    each = cells.group_by(ref.column).agg(*counts, pl.len().alias("/rows"))
    each = each.filter(pl.col("/rows") > 1).select(names).mean()
    shares = each.collect(engine="streaming").row(0, named=True)
    return next((name for name in names if (shares[name] or 0) >= EXACT), None)


def numbers(counts: np.ndarray) -> Settings:
    """`mean`, `min` and `max` of numbers of rows."""
    low, high, mean = int(counts.min()), int(counts.max()), float(counts.mean())
    near = rounded(mean)
    if low < mean < high and not low < near < high:
        near = round(mean, 6)
    settings: Settings = {"mean": near}
    if low:
        settings["min"] = low
    return {**settings, "max": max(high, 1)}


def by_case(
    category: Category, options: Options, settings: Callable[[np.ndarray], Settings]
) -> Settings:
    """`cases` by the values that may be named, and `otherwise` for all others."""
    named, others = split(category, options)
    if not named:
        return {}
    found: Settings = {
        "cases": {
            case_name(category.values[code]): settings(category.members(code))
            for code in named
        }
    }
    if others:
        found["otherwise"] = settings(category.members(*others))
    return found
