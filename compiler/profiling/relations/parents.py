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
class Parents:
    """Rows of a parent, and the numbers of rows of the child that point at them."""

    frame: pl.DataFrame
    """The categories of the parents, named by paths."""
    counts: np.ndarray
    every: int
    """One parent in how many is there."""
    nulls: dict[str, pl.Series]
    """Whether the parent has a value in a column that is null in some rows."""

    @property
    def is_sample(self) -> bool:
        return self.every > 1


def is_category(facts: Facts) -> bool:
    """Whether a column has few values, and more than one."""
    kind = facts.data in (Data.TEXT, Data.BOOLEAN)
    return kind and 2 <= facts.distinct + (facts.nulls > 0) <= MOST_CATEGORIES


def parents_of(rows: Rows, refs: Refs, table: SourceTable, ref: Ref) -> Parents:
    """The parents that a ref points at, those without rows too, and their categories."""
    import polars as pl

    parent = rows.source.table(ref.table)
    every = 1
    while rows.count(parent) > MOST * every:
        every *= 2
    child = rows.scan(table).select(pl.col(ref.column).alias("/key")).drop_nulls()
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
    targets = rows.scan(parent).select(
        pl.col(ref.target).alias("/key"), *names, *nulls
    )
    if every > 1:
        child = child.filter(pl.col("/key").hash() % every == 0)
        targets = targets.filter(pl.col("/key").hash() % every == 0)
    counted = child.group_by("/key").len("/rows").collect(engine="streaming")
    frame = targets.collect(engine="streaming").join(
        counted, on="/key", how="left", maintain_order="left"
    )
    categories = {name: frame[name] for name in own}
    for one in further:
        for found in reached(rows, refs, one, frame[one.column], is_category):
            categories.setdefault(found.text, found.values)
    return Parents(
        pl.DataFrame(categories),
        frame["/rows"].fill_null(0).cast(pl.Int64).to_numpy(),
        every,
        {name: frame[f"/{name}"] for name in partly},
    )
