"""Columns computed in order of time: which column's function gives a column's values."""

from __future__ import annotations

from compiler.plan.model import Column
from compiler.spec.columns.sequences import Sequential


def sequence_of(column: Column) -> str:
    """The column computed in order of time that gives a column's values; else nothing."""
    if isinstance(column.spec, Sequential):
        return column.name
    return column.cut_by or ""
