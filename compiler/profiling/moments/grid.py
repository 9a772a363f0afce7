"""The column that holds the moments of a grid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from compiler.profiling.model import Relations, TableRelations
from compiler.profiling.moments.clock import DAY, Times
from compiler.sources.model import SourceTable
from compiler.spec.time import parse_step

ON_GRID = 0.99
"""Share of the rows that must lie on the grid's moments."""


def grid_column(
    relations: Relations, table: SourceTable, own: Mapping[str, Times]
) -> str | None:
    """The column with the moments of `rows = { per = …, every = … }`; None without a grid."""
    children = relations.get(table.name, TableRelations()).children
    every = children.settings.get("every") if children else None
    if every is None or not own:
        return None
    step = parse_step(every)
    seconds = step.total_seconds() if isinstance(step, timedelta) else DAY
    shares = {name: share_on_grid(times, seconds) for name, times in own.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= ON_GRID or len(own) == 1 else None


def share_on_grid(times: Times, step: float) -> float:
    """The share of moments that are a whole number of steps apart from the first one."""
    known = times.known
    if not len(known):
        return 0.0
    return float(((known - known.min()) % step == 0).mean())
