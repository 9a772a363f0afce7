"""Columns that go along in time: which column's function gives a column's values; waves."""

from __future__ import annotations

from compiler.emit.python import Source, as_factor, literal, seconds
from compiler.plan.model import Column
from compiler.spec.columns import Series
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


def one_range(column: Column) -> bool:
    """Whether a sensor can tell the same range in all cases."""
    specs = [variant.spec for variant in column.variants]
    ranges = {(one.min, one.max) for one in specs if isinstance(one, Series)}
    return len(ranges) == 1


def limited(spec: Series, reading: str) -> Source:
    """The code of readings within what a sensor can tell, and to its digits."""
    if spec.min is not None or spec.max is not None:
        low, high = literal(spec.min), literal(spec.max)
        reading = f"{as_factor(reading)}.clip({low}, {high})"
    if spec.decimals is not None:
        reading = f"{as_factor(reading)}.round({spec.decimals})"
    return Source(reading)
