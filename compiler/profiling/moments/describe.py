"""All dates and timestamps of a source as drafts, with the window and the calendars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from compiler.profiling.draft import DraftColumn
from compiler.profiling.model import Options, Relations
from compiler.profiling.moments.calendars import (
    FLAT,
    Calendar,
    comments,
    same,
    settings,
)
from compiler.profiling.moments.clock import DAY, day_of
from compiler.profiling.moments.delays import category_frame, delay
from compiler.profiling.moments.follows import Manner
from compiler.profiling.moments.free import Period, counted, drawn, notes, period
from compiler.profiling.moments.guesses import guessed
from compiler.profiling.moments.holiday import suggested_countries
from compiler.profiling.moments.leads import lead
from compiler.profiling.moments.model import Moments
from compiler.profiling.moments.paths import end_of
from compiler.profiling.moments.pattern import Event, pattern
from compiler.profiling.moments.study import (
    Column,
    Study,
    as_period,
    described,
    study,
    window_of,
)
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceTable
from compiler.spec.columns.personal import is_birth

if TYPE_CHECKING:
    import polars as pl


def describe(tables: Tables, relations: Relations, options: Options) -> Moments:
    """What each date and timestamp is drawn from, of all tables at once.

    Only so can columns of several tables share the window and their calendars. Keys, refs and
    lookups are left out. A table without rows has guesses by name.
    """
    studies = [
        study(tables, table, relations)
        for table in tables.source.tables
        if tables.count(table)
    ]
    window, reasons = window_of(studies)
    found = Moments(window=window, window_comments=reasons)
    calendars = Calendars(tables, relations, as_period(window))
    order = sorted(
        ((one, column) for one in studies for column in one.columns.values()),
        key=lambda each: (limits_of(each[1]), -each[0].rows),
    )
    for one, column in order:
        if column.is_free and not column.is_tick:
            calendars.follow(one, column)
    frame_of = cache(lambda table: category_frame(tables, table, relations))
    for one in studies:
        own = found.columns.setdefault(one.table.name, {})
        for name, column in one.columns.items():
            for draft in drafts(one, column, frame_of, options, calendars):
                own[draft.name] = draft
            own[name].comments.extend(notes(column.times) if not column.is_free else [])
    for table in tables.source.tables:
        if not tables.count(table):
            own = {each.name: guessed(each) for each in described(relations, table)}
            found.columns[table.name] = own
    for calendar in calendars.known:
        found.calendars[calendar.name] = calendar.settings
        found.calendar_comments[calendar.name] = calendar.comments
    return found


def limits_of(column: Column) -> int:
    """How many other moments limit a column: the freest show their calendar best."""
    follow = column.follow
    if follow is None or not follow.is_certain:
        return 0
    return 1 if follow.before is None else 2


def drafts(
    one: Study,
    column: Column,
    frame_of: Callable[[SourceTable], pl.DataFrame],
    options: Options,
    calendars: Calendars,
) -> list[DraftColumn]:
    """The column, and hidden ones that it reads."""
    name = column.source.name
    if column.is_tick:
        return [DraftColumn(name, {"kind": "tick"}, ["the moments of the grid"])]
    if column.follow is not None and column.follow.manner is Manner.LEAD:
        return lead(one, column)
    if not column.is_free:
        end, events = calendars.window[1], calendars.events(one, column)
        return delay(one, column, frame_of, events, options, end)
    key = (one.table.name, name)
    draft, hidden = drawn(
        one, column, calendars.periods.get(key), calendars.names.get(key)
    )
    return [*hidden, draft]


@dataclass
class Calendars:
    """The calendars found so far, and which column follows which."""

    tables: Tables
    relations: Relations
    period: tuple[float, float] | None
    known: list[Calendar] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """The calendar of a column, by table and column; none if it is flat in its own period."""
    periods: dict[tuple[str, str], Period] = field(default_factory=dict)
    countries: Sequence[str] | None = None

    @property
    def window(self) -> tuple[float, float]:
        return self.period or (0.0, 0.0)

    def follow(self, one: Study, column: Column) -> None:
        """Finds the calendar that a column follows."""
        key = (one.table.name, column.source.name)
        where = period(column.times, self.window, column.follow)
        if where is None:
            return
        self.periods[key] = where
        if is_birth(column.source.name):
            return
        if (inherited := self.inherited(one, column)) is not None:
            self.names[key] = inherited
            return
        if self.countries is None:
            self.countries = suggested_countries(self.tables)
        shape = pattern(counted(one, column, where), self.countries)
        days = round((where.end - where.start) / DAY)
        start = day_of(where.start)
        if shape.is_flat and not where.is_window:
            return
        for calendar in self.known:
            if same(calendar.pattern, shape, start, days):
                self.names[key] = calendar.name
                calendar.comments.append(f"{'.'.join(key)} follows it, too")
                return
        name = FLAT if shape.is_flat else self.free_name(*key)
        first = 1 + sum(len(calendar.pattern.events) for calendar in self.known)
        reasons = comments(shape, ".".join(key), first)
        self.known.append(Calendar(name, shape, settings(shape, first), reasons))
        self.names[key] = name

    def inherited(self, one: Study, column: Column) -> str | None:
        """The calendar of the moment that a column follows, if others limit it on both sides.

        Between two moments, the days show more of these than of a calendar.
        """
        follow = column.follow
        if follow is None or follow.before is None:
            return None
        table, other = end_of(self.tables, one.table, self.relations, follow.path)
        return self.names.get((table.name, other.name))

    def events(self, one: Study, column: Column) -> dict[str, Event]:
        """The events of the calendar that the moment follows which this one follows."""
        follow = column.follow
        if follow is None:
            return {}
        table, other = end_of(self.tables, one.table, self.relations, follow.path)
        name = self.names.get((table.name, other.name))
        found = [calendar.events for calendar in self.known if calendar.name == name]
        return found[0] if found else {}

    def free_name(self, table: str, column: str) -> str:
        """A name that no calendar has."""
        taken = {one.name for one in self.known} | {FLAT}
        return table if table not in taken else f"{table}_{column}"[:60]
