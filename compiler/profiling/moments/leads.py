"""A moment that comes a delay before one of another row: a booking before its class."""

from __future__ import annotations

import numpy as np

from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.moments.clock import DAY, HOUR
from compiler.profiling.moments.delays import LEAST_NULLS, PURE
from compiler.profiling.moments.gaps import best_fit
from compiler.profiling.moments.study import Column, Study

LONG = 3 * DAY
"""Delays whose median is longer are counted in days."""


def lead(study: Study, column: Column) -> list[DraftColumn]:
    """The column as an expression, after the hidden number of hours or days before the other."""
    found, name = column.follow, column.source.name
    assert found is not None
    gap = best_fit(found.gaps, column.times.unit)
    days = column.times.is_date or float(np.median(found.gaps)) > LONG
    unit, size = ("days", DAY) if days else ("hours", HOUR)
    settings: Settings = {"kind": gap.distribution}
    for key, value in gap.parameters.items():
        settings[key] = float(f"{value if key in PURE else value / size:.3g}")
    if gap.distribution != "uniform":
        settings["min"] = max((gap.minimum or 0.0) // size, 0)
    if gap.maximum is not None:
        settings["max"] = -(-gap.maximum // size)
    if column.times.is_date:
        settings["integer"] = True
    hidden = DraftColumn(f"{name}_lead"[:60], settings | {"hidden": True})
    hidden.comments.append(
        f"{unit} before {found.path}; a delay explains it better than a moment "
        f"anywhere in the period ({len(found.gaps):,} rows)"
    )
    hidden.comments.append(
        f"{gap.distribution}: within {gap.distance:.1%} of the data's"
    )
    expr = f"{found.path} - {unit}({hidden.name})"
    draft: Settings = {"kind": "expr", "expr": expr}
    if column.times.null_share >= LEAST_NULLS:
        draft["null_rate"] = round(column.times.null_share, 4)
    return [hidden, DraftColumn(name, draft, [f"never after {found.path}"])]
