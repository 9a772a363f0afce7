"""A first look at the moments of each table: how they follow each other, and the window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from compiler.profiling.draft import Settings
from compiler.profiling.model import Relations, TableRelations
from compiler.profiling.moments.clock import DAY, Times, day_of, epoch, times_of
from compiler.profiling.moments.follows import (
    Follow,
    Manner,
    Other,
    follow,
    precede,
)
from compiler.profiling.moments.grid import grid_column
from compiler.profiling.moments.paths import (
    MOMENTS,
    end_of,
    keys,
    moments,
    reached,
    repeated,
)
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceColumn, SourceTable
from compiler.spec.columns.personal import is_birth

if TYPE_CHECKING:
    pass

ALIKE = 0.8
"""Moments whose period has so much in common with that of the main events are events, too."""
SMALL = 0.05
"""Tables with a smaller share of the main table's rows do not widen the window."""
FAR = 0.001
"""Share of moments that do not count as the first or last ones, if they lie far from all
others."""
SHRINKS = 0.8
"""They lie far if without them the period is this share of its length or less."""


@dataclass(frozen=True)
class Column:
    """A date or timestamp of a table."""

    source: SourceColumn
    times: Times
    follow: Follow | None = None
    is_tick: bool = False

    @property
    def is_free(self) -> bool:
        """Whether it is no delay after another moment, or before one."""
        delays = (Manner.OFFSET, Manner.LEAD)
        return self.follow is None or self.follow.manner not in delays


@dataclass(frozen=True)
class Study:
    """The moments of a table with rows."""

    table: SourceTable
    rows: int
    others: Mapping[str, Times]
    """What its moments may follow, by path: its own ones, too."""
    columns: Mapping[str, Column]


def described(relations: Relations, table: SourceTable) -> Iterator[SourceColumn]:
    """The dates and timestamps of a table that are no keys, refs or lookups."""
    found = relations.get(table.name, TableRelations())
    left_out = {ref.column for ref in found.refs} | repeated(relations, table.name)
    left_out |= keys(relations, table.name)
    for column in table.columns:
        if column.data in MOMENTS and column.name not in left_out:
            yield column


def study(tables: Tables, table: SourceTable, relations: Relations) -> Study:
    """The moments of a table, and what each of them follows."""
    own = list(described(relations, table))
    paths = sorted(set(reached(tables, table, relations, moments(relations))))
    frame = tables.joined(table, paths, relations) if own else tables.sample(table)
    others = {
        column.name: times_of(frame[column.name], column)
        for column in table.columns
        if column.data in MOMENTS
    }
    for path in paths if own else ():
        column = end_of(tables, table, relations, path)[1]
        if not is_birth(column.name):
            others[path] = times_of(frame[path], column)
    grid = grid_column(relations, table, {one.name: others[one.name] for one in own})
    columns = {}
    limits = [Other(path, others[path]) for path in others if "." in path]
    for place, column in enumerate(own):
        times = others[column.name]
        found = None
        if column.name != grid and not is_birth(column.name):
            earlier = candidates(column.name, own[:place], others)
            found = follow(times, earlier, limits)
            found = precede(times, later_ones(times, limits), found)
        columns[column.name] = Column(column, times, found, column.name == grid)
    return Study(table, tables.count(table), others, columns)


def candidates(
    name: str, before: Sequence[SourceColumn], others: Mapping[str, Times]
) -> list[Other]:
    """What a moment may follow: of two that are always the same, the later column follows."""
    own, earlier = others[name].seconds, {column.name for column in before}
    found = []
    for path, times in others.items():
        if path == name or is_birth(path):
            continue
        both = np.isfinite(own) & np.isfinite(times.seconds)
        later = float((own[both] - times.seconds[both]).sum()) if both.any() else -1.0
        if later > 0 or (later == 0 and ("." in path or path in earlier)):
            found.append(Other(path, times))
    return found


def later_ones(own: Times, others: Sequence[Other]) -> list[Other]:
    """The moments of other rows that are later than a row's own, on average."""
    found = []
    for other in others:
        ahead = other.times.seconds - own.seconds
        if np.isfinite(ahead).any() and np.nanmean(ahead) > 0:
            found.append(other)
    return found


def window_of(studies: Sequence[Study]) -> tuple[Settings, list[str]]:
    """The period of the events: that of the table with most rows, and of those alike.

    The first moment of a row is that of its table; those that follow it may lie later.
    """
    firsts = [
        (one.rows, period, f"{one.table.name}.{column.source.name}")
        for one in studies
        if (column := first_moment(one)) and (period := period_of(column.times))
    ]
    if not firsts:
        return {}, []
    rows, (start, end), name = max(firsts, key=lambda one: one[0])
    used = [name]
    for count, (low, high), other in sorted(firsts, reverse=True):
        common = min(end, high) - max(start, low)
        alike = common >= ALIKE * max(end - start, high - low)
        if alike and count >= SMALL * rows and other != name:
            start, end = min(start, low), max(end, high)
            used.append(other)
    reason = f"the period of {', '.join(used)}"
    return {"start": day_of(start), "end": day_of(end)}, [reason]


def first_moment(one: Study) -> Column | None:
    """The free moment of a table that comes first, timestamps before dates."""
    free = [
        column
        for column in one.columns.values()
        if column.is_free
        and not is_birth(column.source.name)
        and len(column.times.known)
    ]
    if not free:
        return None
    ticks = [column for column in free if column.is_tick]
    by_kind = ticks or [column for column in free if not column.times.is_date] or free
    return min(by_kind, key=lambda column: float(np.median(column.times.known)))


def period_of(times: Times) -> tuple[float, float] | None:
    """The midnights around the moments, without a few that lie far from all others."""
    known = times.known
    if not len(known):
        return None
    low, high = float(known.min()), float(known.max())
    inner = np.quantile(known, [FAR, 1 - FAR])
    if inner[1] - inner[0] <= SHRINKS * (high - low):
        low, high = map(float, inner)
    return low // DAY * DAY, high // DAY * DAY + DAY


def as_period(window: Settings) -> tuple[float, float] | None:
    """The window in seconds since 1970."""
    if not window:
        return None
    start, end = window["start"], window["end"]
    assert isinstance(start, date) and isinstance(end, date)
    return epoch(start), epoch(end)
