"""Columns computed in order of time: which column's function gives a column's values."""

from __future__ import annotations

from compiler.plan.model import Column


def sequence_of(column: Column) -> str:
    """The column computed in order of time that gives a column's values; else nothing."""
    return column.cut_by or (column.name if column.is_sequential else "")
