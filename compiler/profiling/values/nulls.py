"""How often a column is null, and what that depends on."""

from __future__ import annotations

from compiler.profiling.draft import DraftColumn
from compiler.profiling.values.dependence import Dependence, of_codes
from compiler.profiling.values.digits import percent
from compiler.profiling.values.expressions import operands_of
from compiler.profiling.values.numbers import floats
from compiler.profiling.values.sample import Array
from compiler.profiling.values.view import TableView
from compiler.sources.model import SourceColumn

LEAST = 0.0005
"""A smaller share of nulls is only mentioned."""
EXACTLY = 0.995
"""Cramér's V from which nulls are said to be exactly where a category says so."""


def add_nulls(view: TableView, column: SourceColumn, draft: DraftColumn) -> DraftColumn:
    """The draft with a null rate, if there are nulls."""
    nulls = is_null(view, column)
    rate = float(nulls.mean()) if len(nulls) else 0.0
    if not rate:
        return draft
    operands = operands_of(view, column.name)
    if operands:  # an expression is null where what it reads is
        rate = further_rate(view, rate, operands)
    if rate < LEAST:
        if not operands:
            draft.comments.append(f"null in {percent(rate)} of the rows: left out")
        return draft
    draft.settings["null_rate"] = round(rate, 3) or LEAST
    found = of_codes(nulls.astype(int), 2, view.own_labels)
    draft.comments.append(
        f"null in {percent(rate)} of the rows{'' if found is None else where(found, nulls)}"
    )
    return draft


def is_null(view: TableView, column: SourceColumn) -> Array:
    """Which rows are null; NaN counts."""
    import polars as pl

    series = view.frame[column.name]
    nulls = series.is_null()
    if series.dtype in (pl.Float32, pl.Float64):
        nulls |= series.is_nan().fill_null(True)
    return nulls.to_numpy()


def where(found: Dependence, nulls: Array) -> str:
    """In which categories the nulls are."""
    labels = found.labels
    rates = {}
    for code, name in enumerate(labels.values):
        rows = labels.codes == code
        if rows.any():
            rates[name] = float(nulls[rows].mean())
    most, least = max(rates, key=rates.__getitem__), min(rates, key=rates.__getitem__)
    if found.effect >= EXACTLY:
        names = [name for name, rate in rates.items() if rate > 0.5]
        return f", exactly where {labels.path} is {' or '.join(names[:5])}"
    spread = (
        f"from {percent(rates[least])} ({least}) to {percent(rates[most])} ({most})"
    )
    return f"; it depends on {labels.path}, {spread}"


def further_rate(view: TableView, rate: float, operands: tuple[str, ...]) -> float:
    """The null rate that a formula needs besides the nulls of what it reads."""
    import numpy as np

    there = np.ones(len(view.frame), dtype=bool)
    for path in operands:
        there &= ~np.isnan(floats(view.joined[path]))
    covered = float(there.mean())
    return max(1 - (1 - rate) / covered, 0.0) if covered else 0.0
