"""Tables with a row for each parent and each step of a grid of moments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from compiler.profiling.model import Ref
from compiler.profiling.relations.parents import Parents
from compiler.profiling.relations.rows import APPROXIMATE, Rows
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

LEAST_STEPS = 5
"""Moments of a parent; in fewer, even steps may be chance."""
EXACT = 0.98
"""The share of the parents with just these moments; data has gaps."""
MOST_PARENTS = 1_000
"""Parents whose moments are looked at."""
MOST_STEPS = 1_000_000
UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


def step_of(
    rows: Rows, table: SourceTable, ref: Ref, parents: Parents
) -> tuple[str, str] | None:
    """The column of the moments, and the step as a spec writes it; None if there is no grid."""
    import numpy as np
    import polars as pl

    counts = parents.counts
    most = int(np.median(counts))
    if most < LEAST_STEPS or (counts == most).mean() < EXACT:
        return None
    facts = rows.facts(table)
    moments = [
        one.name
        for one in facts.values()
        if one.data in (Data.DATE, Data.TIMESTAMP)
        and one.nulls == 0
        and APPROXIMATE * one.distinct <= most
    ]
    if not moments:
        return None
    parent = rows.source.table(ref.table)
    keys = rows.scan(parent).select(ref.target).head(MOST_PARENTS).collect().to_series()
    cells = (
        rows.scan(table)
        .select(ref.column, *moments)
        .filter(pl.col(ref.column).is_in(keys.implode()))
        .collect(engine="streaming")
    )
    for name in moments:
        distinct = cells[name].unique().sort()
        each = cells.group_by(ref.column).agg(pl.col(name).n_unique())[name]
        if not LEAST_STEPS <= distinct.len() <= MOST_STEPS:
            continue
        if (each == distinct.len()).mean() < EXACT:  # type: ignore[operator]
            continue
        step = even_step(distinct.to_list())
        if step is not None:
            return name, step
    return None


def even_step(moments: Sequence[date]) -> str | None:
    """The step between sorted moments, such as `6h` or `1mo`; None if it is not even."""
    steps = {after - before for before, after in pairwise(moments)}
    if len(steps) == 1:
        return length(steps.pop())
    if all((one + timedelta(days=1)).day == 1 for one in moments):
        return "month_end"
    months = {
        12 * (after.year - before.year) + after.month - before.month
        for before, after in pairwise(moments)
    }
    same_day = len({one.day for one in moments}) == 1
    times = {one.time() for one in moments if isinstance(one, datetime)}
    if len(months) == 1 and same_day and len(times) <= 1:
        count = months.pop()
        return f"{count // 12}y" if count % 12 == 0 else f"{count}mo"
    return None


def length(step: timedelta) -> str | None:
    """A length in its largest unit; None for parts of a second."""
    seconds = step.total_seconds()
    for unit, size in UNITS:
        if seconds >= size and seconds % size == 0:
            return f"{int(seconds // size)}{unit}"
    return None
