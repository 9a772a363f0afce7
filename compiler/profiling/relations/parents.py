"""The rows of a parent, each with the number of rows that point at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler.profiling.model import Ref
from compiler.profiling.relations.paths import Refs, reached
from compiler.profiling.relations.rows import Facts, Rows
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

MOST = 100_000
"""Parents that are looked at; of more, those with certain hashes of their keys."""
MOST_CATEGORIES = 20
"""Values of a column by which numbers of rows may differ."""


@dataclass(frozen=True)
class Category:
    """A column of few values."""

    values: tuple[str | bool | None, ...]
    codes: np.ndarray
    """Of each row, the number of its value."""

    def members(self, *numbers: int) -> np.ndarray:
        """Which rows have one of these values."""
        import numpy as np

        return np.isin(self.codes, numbers)

    @property
    def sizes(self) -> np.ndarray:
        """Rows of each value."""
        import numpy as np

        return np.bincount(self.codes, minlength=len(self.values))

    @property
    def is_boolean(self) -> bool:
        return set(self.values) <= {True, False, None}


@dataclass(frozen=True)
class Parents:
    """Rows of a parent, and the numbers of rows of the child that point at them."""

    counts: np.ndarray
    categories: dict[str, Category]
    """By paths."""
    every: int
    """One parent in how many is there."""
    filled: dict[str, np.ndarray]
    """Whether the parent has a value in a column that is null in some rows."""

    @property
    def is_sample(self) -> bool:
        return self.every > 1


def is_category(facts: Facts) -> bool:
    """Whether a column has few values, and more than one."""
    kind = facts.data in (Data.TEXT, Data.BOOLEAN)
    return kind and 2 <= facts.distinct + (facts.nulls > 0) <= MOST_CATEGORIES


@dataclass(frozen=True)
class Targets:
    """The rows of a parent, whichever rows point at them."""

    keys: pl.Series
    categories: dict[str, Category]
    filled: dict[str, np.ndarray]
    every: int


class Counter:
    """Counts rows by the parents that they point at; reads each parent once."""

    def __init__(self, rows: Rows, refs: Refs) -> None:
        self.rows = rows
        self.refs = refs
        """Of parents as they are when these are read: after their own lookups were found."""
        self.read: dict[tuple[str, str], Targets] = {}

    def parents(self, table: SourceTable, ref: Ref) -> Parents:
        """The parents that a ref points at, those without rows too, and their categories."""
        import polars as pl

        at = (ref.table, ref.target)
        if at not in self.read:
            self.read[at] = targets_of(self.rows, self.refs, ref)
        found = self.read[at]
        child = (
            self.rows.scan(table).select(pl.col(ref.column).alias("key")).drop_nulls()
        )
        if found.every > 1:
            child = child.filter(pl.col("key").hash() % found.every == 0)
        counted = child.group_by("key").len("rows").collect(engine="streaming")
        counts = pl.DataFrame({"key": found.keys}).join(
            counted, on="key", how="left", maintain_order="left"
        )["rows"]
        return Parents(
            counts.fill_null(0).cast(pl.Int64).to_numpy(),
            found.categories,
            found.every,
            found.filled,
        )


def targets_of(rows: Rows, refs: Refs, ref: Ref) -> Targets:
    """The rows of the table that a ref points at, and their categories over up to three refs."""
    import polars as pl

    parent = rows.source.table(ref.table)
    every = 1
    while rows.count(parent) > MOST * every:
        every *= 2
    facts = rows.facts(parent)
    partly = [
        one.name
        for one in facts.values()
        if 0 < one.nulls < one.rows and one.name != ref.target
    ]
    own = [one.name for one in facts.values() if is_category(one)]
    further = [one for one in refs[parent.name] if one.column != ref.target]
    names = dict.fromkeys([*own, *(one.column for one in further)])
    nulls = [pl.col(name).is_not_null().alias(f"/{name}") for name in partly]
    targets = rows.scan(parent).select(pl.col(ref.target).alias("/key"), *names, *nulls)
    if every > 1:
        targets = targets.filter(pl.col("/key").hash() % every == 0)
    frame = targets.collect(engine="streaming")
    series = {name: frame[name] for name in own}
    for one in further:
        for found in reached(rows, refs, one, frame[one.column], is_category):
            series.setdefault(found.text, found.values)
    categories = {path: category(values) for path, values in series.items()}
    filled = {name: frame[f"/{name}"].to_numpy() for name in partly}
    return Targets(frame["/key"], categories, filled, every)


def category(cells: pl.Series) -> Category:
    """The values of a column in order, null last, and which of them each row has."""
    import polars as pl

    values = cells.drop_nulls().unique().sort().to_list()
    # `rank` knows no booleans.
    ranked = cells.cast(pl.Int8) if cells.dtype == pl.Boolean else cells
    codes = (ranked.rank("dense").cast(pl.Int64) - 1).fill_null(len(values))
    if cells.null_count():
        values.append(None)
    return Category(tuple(values), codes.to_numpy())
