"""Numbers of a row that rise and fall with others: each follows the one it is nearest to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from compiler.profiling.draft import DraftColumn, DraftTable
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceTable
from compiler.spec.columns.distributions import NUMERIC

if TYPE_CHECKING:
    import polars as pl

LEAST = 0.15
"""A weaker rank correlation is left out: it would not be seen in the data."""
LEAST_ROWS = 200
LEAST_SCORE = 6.0
"""Standard errors that a correlation must be away from 0: of many pairs, some are by chance."""
MOST_ROWS = 20_000

Floats = NDArray[np.float64]


def add_correlations(tables: Tables, table: SourceTable, draft: DraftTable) -> None:
    """Lets each drawn number follow an earlier one of its row, if the data shows that it does.

    Only one: several that it may follow are mostly correlated with each other. Numbers with
    cases are left out, as theirs would be a correlation within each case.
    """
    if tables.count(table) < LEAST_ROWS:
        return
    frame = tables.sample(table)
    columns = [one for one in draft.columns if is_drawn(one, frame)]
    if len(columns) < 2:
        return
    ranks = ranks_of(frame, [one.name for one in columns])
    known = np.isfinite(ranks)
    filled = np.where(known, ranks, 0.0)
    rows = known.T.astype(float) @ known
    both = filled.T @ filled / np.maximum(rows, 1)
    # The mean square of a column's ranks, in the rows in which the other one has a value.
    squares = (filled**2).T @ known / np.maximum(rows, 1)
    found = both / np.sqrt(np.maximum(squares * squares.T, 1e-12))
    for place, column in enumerate(columns[1:], start=1):
        scores = np.abs(found[place, :place])
        partner = int(scores.argmax())
        count = int(rows[place, partner])
        strong = scores[partner] >= LEAST
        if (
            not strong
            or count < LEAST_ROWS
            or scores[partner] * count**0.5 < LEAST_SCORE
        ):
            continue
        rank = round(float(np.clip(found[place, partner], -1, 1)), 2)
        column.settings["correlated"] = {columns[partner].name: rank}
        name = columns[partner].name
        reason = f"Spearman's rank correlation with {name} over {count:,} rows"
        column.comments.append(reason)


def is_drawn(column: DraftColumn, frame: pl.DataFrame) -> bool:
    """Whether a column is a distribution of numbers without cases, and in the source."""
    settings = column.settings
    if settings.get("kind") not in NUMERIC or "by" in settings:
        return False
    return column.name in frame.columns


def ranks_of(frame: pl.DataFrame, names: list[str]) -> Floats:
    """The ranks of columns, from -1 to 1 and 0 in the middle; NaN where a value is null."""
    import polars as pl

    some = frame.gather_every(-(-len(frame) // MOST_ROWS)).select(pl.col(names))
    ranks = some.select(
        (2 * (pl.col(name).rank() - 0.5) / pl.col(name).count() - 1)
        .cast(pl.Float64)
        .alias(str(place))
        for place, name in enumerate(names)
    )
    return ranks.fill_null(float("nan")).to_numpy()
