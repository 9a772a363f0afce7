"""Column shapes: the distribution of each column by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compiler.compare import words
from compiler.compare.matching import Matched
from compiler.compare.measures import tv_complement, widest_gap
from compiler.compare.model import ColumnScore, Kind
from compiler.compare.values import of_one_side

if TYPE_CHECKING:
    import polars as pl

    from compiler.compare.measures import Counts


def column_scores(table: Matched, shift: int) -> list[ColumnScore]:
    """A score for each column that is compared."""
    sides = (table.generated, shift), (table.source, 0)
    generated, source = (
        of_one_side(side.sample, table.kinds, table.families, days)
        for side, days in sides
    )
    return [
        score(table, name, kind, generated[name], source[name])
        for name, kind in table.kinds.items()
    ]


def score(
    table: Matched, name: str, kind: Kind, generated: pl.Series, source: pl.Series
) -> ColumnScore:
    if unlike := table.unlike.get(name):
        return ColumnScore(table.name, name, kind, 0.0, 1.0, unlike)
    if not len(generated):
        return ColumnScore(table.name, name, kind, 0.0, 1.0, "no rows")
    null_shares = [series.null_count() / len(series) for series in (generated, source)]
    nulls = 1 - abs(null_shares[0] - null_shares[1])
    shape, difference = 1.0, ""
    first, second = generated.drop_nulls(), source.drop_nulls()
    # Where one side has only nulls, their shares say it all.
    if kind is not Kind.NULLS and len(first) and len(second):
        if kind in (Kind.CATEGORY, Kind.REF):
            names, one, other = counted(first, second)
            shape = tv_complement(one, other)
            difference = words.of_counts(
                one, other, lambda at: words.category(names[at])
            )
        else:
            numbers = first.to_numpy(), second.to_numpy()
            gap, at = widest_gap(*numbers)
            shape, difference = 1 - gap, words.of_numbers(*numbers, kind, at)
    if nulls < shape:
        difference = words.of_nulls(*null_shares)
    return ColumnScore(table.name, name, kind, shape, nulls, difference)


def counted(first: pl.Series, second: pl.Series) -> tuple[list[str], Counts, Counts]:
    """All values of two columns of texts, and the rows of each with them."""
    import polars as pl

    rows = [
        pl.DataFrame({"value": series}).group_by("value").agg(pl.len().alias(side))
        for side, series in (("first", first), ("second", second))
    ]
    both = rows[0].join(rows[1], on="value", how="full", coalesce=True).sort("value")
    both = both.with_columns(pl.col("first", "second").fill_null(0).cast(pl.Int64))
    return (
        both["value"].to_list(),
        np.asarray(both["first"]),
        np.asarray(both["second"]),
    )
