"""Columns computed over all rows of a parent: which one's function gives a column's values."""

from __future__ import annotations

from compiler.plan.model import Column


def sequence_of(column: Column) -> str:
    """The column computed over a parent's rows that gives a column's values; else nothing."""
    return column.cut_by or (column.name if column.needs_siblings else "")
