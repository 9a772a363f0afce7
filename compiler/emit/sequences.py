"""Columns that go along in time: which column's function gives a column's values; waves."""

from __future__ import annotations

from compiler.emit.python import seconds
from compiler.plan.model import Column
from compiler.spec.columns.sequences import Cycle


def sequence_of(column: Column) -> str:
    """The column that goes along in time which gives a column's values; else nothing."""
    if column.kind in ("running", "progression"):
        return column.name
    return column.cut_by or ""


def wave_of(cycle: Cycle) -> dict[str, object]:
    """A wave of a reading, its lengths in seconds; it peaks in its middle unless told."""
    peak = cycle.period / 2 if cycle.peak is None else cycle.peak
    return {
        "period": seconds(cycle.period.total_seconds()),
        "amplitude": cycle.amplitude,
        "peak": seconds(peak.total_seconds()),
    }
