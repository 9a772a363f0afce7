"""The plan itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from compiler.engines import ENGINES, FORMATS, Engine, Format
from compiler.plan.model.faults import BadData, TableFaults
from compiler.plan.model.tables import Table
from compiler.plan.summary import Rename
from compiler.spec.calendar import Calendar, Event, Window
from compiler.spec.columns.moments import Date, Timestamp
from compiler.spec.job import Job
from compiler.spec.output import Output
from compiler.spec.types import Decimal
from compiler.spec.zones import UTC


@dataclass(frozen=True)
class UsedCalendar:
    """A calendar in use."""

    name: str
    calendar: Calendar


@dataclass(frozen=True)
class Assumptions:
    """What the data of a table will be like, in words."""

    rows: str
    """What the number of rows depends on; empty where it is just that number."""
    columns: Mapping[str, str]
    """What is asked of each column of which something is."""


@dataclass(frozen=True)
class Plan:
    """All that the script is made of."""

    name: str
    description: str
    seed: int
    source: str
    """The spec's path as it was given, with forward slashes."""
    locale: str
    """Of most texts that are in one locale."""
    locales: Mapping[str, float]
    """The weights of several, where the spec has them for all tables."""
    output: Output
    job: Job
    window: Window
    end: date | None
    """The window's end where the spec fixes it."""
    tables: tuple[Table, ...]
    """Parents first."""
    calendars: tuple[UsedCalendar, ...]
    events: Mapping[str, Event]
    event_zones: Mapping[str, str]
    """The time zone in which the days of an event count, for expressions."""
    bad_data: BadData | None = None
    renames: tuple[Rename, ...] = ()
    """What the spec states to have had another name."""
    assumptions: Mapping[str, Assumptions] = field(default_factory=dict)
    """By table: what the data will be like."""

    @property
    def decimals(self) -> list[Decimal]:
        """The types of decimals that are written."""
        columns = (column for table in self.written for column in table.written)
        return sorted({one.type.decimal for one in columns if one.type.decimal})

    @property
    def engine(self) -> Engine:
        """What is known of its engine."""
        return ENGINES[self.output.engine]

    @property
    def format(self) -> Format:
        """What is known of its format."""
        return FORMATS[self.output.format]

    @property
    def appends(self) -> bool:
        """Whether a run adds a batch to what is there."""
        return self.output.mode == "append"

    @property
    def zone(self) -> str | None:
        """The time zone by whose clocks the day of a run counts; None for UTC, or for no day."""
        by_day = (
            self.output.batch >= timedelta(days=1) if self.appends else not self.end
        )
        zone = self.job.timezone
        return zone if by_day and zone != "UTC" else None

    @cached_property
    def written(self) -> tuple[Table, ...]:
        """The tables that are written."""
        return tuple(table for table in self.tables if not table.hidden)

    @property
    def has_partitions(self) -> bool:
        """Whether the rows of some table are in folders by the values of its columns."""
        return any(table.partition_by for table in self.tables)

    def table(self, name: str) -> Table:
        return self._by_name[name]

    def calendar(self, name: str) -> Calendar:
        """A calendar in use."""
        return next(used.calendar for used in self.calendars if used.name == name)

    def zone_of(self, moments: Date) -> str:
        """The time zone of moments: that of their calendar. Days without a time have none."""
        if moments.shape is None or not isinstance(moments, Timestamp):
            return UTC
        return self.calendar(moments.shape).timezone

    def factors_of(self, event: str) -> dict[str, float]:
        """The factor of an event in each calendar in use that has it."""
        return {
            used.name: one.factor
            for used in self.calendars
            for one in used.calendar.events
            if one.name == event
        }

    @cached_property
    def pointed_at(self) -> frozenset[str | None]:
        """The tables that another one has a ref to."""
        return frozenset(
            column.table
            for table in self.tables
            for column in table.columns.values()
            if column.table != table.name
        )

    @cached_property
    def _by_name(self) -> dict[str, Table]:
        return {table.name: table for table in self.tables}

    def grid_of(self, table: Table) -> Table | None:
        """The table on a grid of time whose rows a table's depend on, or that it is itself."""
        while table.children is not None:
            if table.children.every is not None:
                return table
            table = self.table(table.children.parent)
        return None

    def faulty(self, table: str) -> TableFaults | None:
        """What may be wrong in a table; None where it is clean."""
        return self.bad_data.tables.get(table) if self.bad_data else None
