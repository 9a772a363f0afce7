"""Columns computed over all rows of a parent: which one's function gives a column's values."""

from __future__ import annotations

from compiler.plan.model import Column
from compiler.spec.columns import AmongSiblings


def sequence_of(column: Column) -> str:
    """The column computed over a parent's rows that gives a column's values; else nothing."""
    if isinstance(column.spec, AmongSiblings):
        return column.name
    return column.cut_by or ""
