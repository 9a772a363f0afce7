"""Columns that go along in time: which column's function gives a column's values."""

from __future__ import annotations

from compiler.plan.model import Column


def sequence_of(column: Column) -> str:
    """The column that goes along in time which gives a column's values; else nothing."""
    if column.kind in ("running", "progression"):
        return column.name
    return column.cut_by or ""
