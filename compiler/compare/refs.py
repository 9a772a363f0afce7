"""Refs: how many children each parent has, and how children depend on their parent."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from compiler.compare import words
from compiler.compare.matching import Matched, Side
from compiler.compare.measures import widest_gap
from compiler.compare.model import Kind, PairScore, RefScore
from compiler.compare.pairs import Columns, paired, sampled, scores
from compiler.compare.values import as_texts, of_one_side
from compiler.profiling.model import Ref

if TYPE_CHECKING:
    import polars as pl

    from compiler.compare.measures import Numbers

NEARLY = 1.05
"""Numbers of children that differ by 5 % are alike. Below 20 it makes no difference; without
it, devices with 4,319 readings each would be nothing like those with 4,320."""


def ref_score(child: Matched, parent: Matched, ref: Ref) -> RefScore | None:
    """CardinalityShapeSimilarity: KSComplement of the numbers of children per parent.

    Parents without any count, too. None for refs into a few rows that both sides have, which
    are compared as categories: how many children these have is a matter of scale.
    """
    if child.kinds.get(ref.column) is Kind.REF:
        return None
    generated, source = (
        children_of(one, other, ref)
        for one, other in (
            (child.generated, parent.generated),
            (child.source, parent.source),
        )
    )
    gap, at = widest_gap(generated, source, nearly=nearly)
    difference = words.of_children(generated, source, at)
    return RefScore(child.name, ref.column, ref.table, 1 - gap, difference)


def nearly(counts: Numbers) -> Numbers:
    """The largest counts that are taken for these."""
    return np.floor(counts * NEARLY)


def children_of(child: Side, parent: Side, ref: Ref) -> Numbers:
    """The number of children of each parent. What points at no parent is not counted."""
    import polars as pl

    keys = parent.scan().select(key=pl.col(ref.target)).unique()
    counts = (
        child.scan().group_by(key=pl.col(ref.column)).agg(pl.len().alias("children"))
    )
    key, held = keys.collect()["key"].drop_nulls(), counts.collect()
    joined = pl.DataFrame({"key": as_texts(key)}).join(
        held.with_columns(as_texts(held["key"])), on="key", how="left"
    )
    return joined["children"].fill_null(0).cast(pl.Float64).to_numpy()


def between_scores(
    child: Matched, parent: Matched, ref: Ref, shift: int
) -> list[PairScore]:
    """A score for each pair of a column of the child and one of its parent."""
    kinds = paired(child), paired(parent)
    if not all(kinds):
        return []
    sides = [
        joined(one, other, ref, kinds)
        for one, other in (
            (child.generated, parent.generated),
            (child.source, parent.source),
        )
    ]
    (own, held), (own_source, held_source) = sides
    left = Columns(
        child.name,
        kinds[0],
        of_one_side(own, kinds[0], child.families, shift),
        of_one_side(own_source, kinds[0], child.families, 0),
    )
    right = Columns(
        parent.name,
        kinds[1],
        of_one_side(held, kinds[1], parent.families, shift),
        of_one_side(held_source, kinds[1], parent.families, 0),
    )
    return scores(left, right, product(*kinds), ref.column)


def joined(
    child: Side, parent: Side, ref: Ref, kinds: tuple[dict[str, Kind], dict[str, Kind]]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of the child that have a parent, and the parent of each, in the same order."""
    import polars as pl

    rows = sampled(child.sample.filter(pl.col(ref.column).is_not_null()))
    own = rows.select(*kinds[0])
    wanted = rows.select(as_texts(rows[ref.column]).alias("/key"))
    found = parent.scan().select(pl.col(ref.target).alias("/key"), *kinds[1])
    same = rows[ref.column].dtype == found.collect_schema()["/key"]
    if same:  # so that only the rows of these parents are read
        keys = rows.select(pl.col(ref.column).alias("/key")).unique()
        found = found.join(keys.lazy(), on="/key", how="semi")
    parents = found.collect()
    parents = parents.with_columns(as_texts(parents["/key"])).unique("/key")
    both = (
        wanted.with_row_index("/row").join(parents, on="/key", how="inner").sort("/row")
    )
    return own[both["/row"].to_list()], both.select(*kinds[1])
