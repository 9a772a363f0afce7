"""The plan: a spec with every name resolved and every type known. Frozen all through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from compiler.plan.counts import RowCount
from compiler.plan.expression import Node
from compiler.spec.calendar import Calendar, Event, Window
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Key, Ref
from compiler.spec.columns.moments import Date
from compiler.spec.job import Job
from compiler.spec.locales import ROW_LOCALE, RowLocale
from compiler.spec.output import Output
from compiler.spec.time import Step
from compiler.spec.types import Type


@dataclass(frozen=True)
class Hop:
    """One step of a path: over a column of `table` that is a reference, to a row of table `to`."""

    table: str
    column: str
    to: str
    nullable: bool = False


@dataclass(frozen=True)
class Path:
    """A column seen from a table: over some hops (or none) to a column of the last table."""

    text: str
    hops: tuple[Hop, ...]
    table: str
    column: str
    type: Type


@dataclass(frozen=True)
class Reference:
    """The key of another row, which a column holds."""

    table: str
    key: str
    routes: tuple[tuple[Hop, ...], ...]
    """How each of the column's variants gets to that row; a ref is its own only hop."""


@dataclass(frozen=True)
class Case:
    """A case of a `by`: its name, and the test that a row passes (`"" ` for a plain value)."""

    name: str
    operator: str = "=="
    value: float | str | bool = ""


@dataclass(frozen=True)
class Variant:
    """A column as it is in one case (or, without `by`, in all rows)."""

    case: Case | None
    """None: in all rows, or in those of no other case."""
    spec: ColumnSpec
    paths: Mapping[str, Path]
    """What it reads, by the path's text; the row's locale, too, where rows differ in it."""
    expression: Node | None = None
    keys: tuple[str, ...] = ()
    """Where its parameters are in the spec, below the column."""


def reads_of(variants: Iterable[Variant], by: Path | None) -> dict[str, Path]:
    """All that the cases of a column read from their own row on, by the path's text."""
    paths = {text: path for variant in variants for text, path in variant.paths.items()}
    return ({by.text: by} if by else {}) | paths


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    spec: ColumnSpec
    type: Type
    """Of the values that others read and that are written: nulls included."""
    variants: tuple[Variant, ...]
    by: Path | None = None
    table: str | None = None
    """The table that a ref points at."""
    references: Reference | None = None
    """The key that it holds, as a ref or as what it reads of one."""
    weighted: tuple[Path, ...] = ()
    """The target's columns that weigh a ref."""
    parent: bool = False
    """Whether it is the ref of a `per` table to its parent."""
    cut_by: str | None = None
    """The balance of its table that cuts its values, so as not to fall below a floor."""

    @property
    def kind(self) -> str:
        return self.spec.kind

    @property
    def identifier(self) -> str:
        """What code calls it."""
        return "locale" if isinstance(self.spec, RowLocale) else self.name

    @property
    def reads(self) -> dict[str, Path]:
        """All that it reads from its own row on, by the path's text."""
        return reads_of(self.variants, self.by)


@dataclass(frozen=True)
class Children:
    """The rows of a `per` table."""

    parent: str
    ref: str
    """The column that points at the parent."""
    most: int
    """The most children of a parent: the stride of the row numbers."""
    column: Column | None = None
    """How many children a parent has, or (a boolean) whether it has one; None for a grid."""
    every: Step | None = None
    """Of a grid: the time between two rows of a parent."""
    mean: float | None = None
    """How many to expect for a parent, where the spec states it; None where it is to be sampled."""
    least: int = 0
    """The fewest children of a parent."""
    most_now: int = 0
    """The most children of a parent in the first load; a grid goes on in append mode."""

    @property
    def single(self) -> bool:
        """Whether a parent has one child at most, which then has the parent's row number."""
        return self.every is None and self.most == 1


@dataclass(frozen=True)
class Growth:
    """In append mode: what each batch adds to a table."""

    rows: int = 0
    follows: Date | None = None
    """The moments whose calendar the number of rows follows, unless it was told."""


@dataclass(frozen=True)
class Table:
    """A table, its columns in the spec's order."""

    name: str
    description: str
    columns: Mapping[str, Column]
    order: tuple[str, ...]
    """The columns' names, each after those that it reads."""
    count: RowCount
    """How many rows."""
    key: str | None
    """The column that refs to this table hold."""
    locales: tuple[str, ...]
    """Those that its texts may be in."""
    children: Children | None = None
    root: str = ""
    """The table whose rows its own hang on: itself, or the first of a chain of parents."""
    max_row: int = 0
    """The max_row row number that it can have."""
    growth: Growth = Growth()
    data: tuple[Mapping[str, object], ...] = ()
    """Its rows where they are given in the spec."""
    primary_key: tuple[str, ...] = ()
    """The columns that tell its rows apart, where the spec says so."""

    @property
    def rows(self) -> int:
        """How many rows; where that is not exact, how many to expect, or the most."""
        return self.count.rows

    @property
    def size(self) -> str:
        """How many rows it has, in words."""
        return str(self.count)

    @property
    def row_locale(self) -> Column | None:
        """What gives each row its locale; None where the texts of all rows are in one."""
        return self.columns.get(ROW_LOCALE)

    def draws_apart(self, column: Column) -> bool:
        """Whether a ref is drawn among all children of a parent, so that none repeats."""
        several = self.children is not None and self.children.most > 1
        return isinstance(column.spec, Ref) and column.spec.distinct and several

    @cached_property
    def written(self) -> list[Column]:
        return [column for column in self.columns.values() if not column.spec.hidden]

    @cached_property
    def has_moments_in_window(self) -> bool:
        """Whether it has dates or timestamps without a period of their own."""
        dates = [c.spec for c in self.columns.values() if isinstance(c.spec, Date)]
        return any(spec.start is None and spec.end is None for spec in dates)

    @cached_property
    def written_key(self) -> tuple[str, ...]:
        """The columns that identify a row, if they are written."""
        written = {column.name for column in self.written}
        key = [one.name for one in self.written if isinstance(one.spec, Key)]
        columns = tuple(key) or self.primary_key or ((self.key,) if self.key else ())
        return columns if written.issuperset(columns) else ()


@dataclass(frozen=True)
class TableFaults:
    """What may be wrong in a table."""

    cells: Mapping[str, tuple[str, ...]]
    """The faults that fall on the cells of each column."""
    duplicate_key: str | None
    """The key column, where rows may have another row's key in place of their own."""
    orphaned_refs: tuple[str, ...]
    """The refs that are left orphans where the row that they point at lost its key so."""
    names: tuple[str, ...]
    """The columns that tell which row it is."""


@dataclass(frozen=True)
class BadData:
    """The faults that lie on top of the clean data."""

    rates: Mapping[str, float]
    """Of each fault that there is."""
    tables: Mapping[str, TableFaults]

    @property
    def chosen(self) -> list[str]:
        """The tables that faults fall on; in others there are just refs to those."""
        tables = self.tables.items()
        return [name for name, faulty in tables if faulty.cells or faulty.duplicate_key]

    @property
    def has_cells(self) -> bool:
        """Whether there are other faults than keys that are doubled."""
        return any(faulty.cells for faulty in self.tables.values())


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
    bad_data: BadData | None = None
    assumptions: Mapping[str, Assumptions] = field(default_factory=dict)
    """By table: what the data will be like."""

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

    def table(self, name: str) -> Table:
        return self._by_name[name]

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
        """The table on a grid of time whose rows a table's hang on, or that it is itself."""
        while table.children is not None:
            if table.children.every is not None:
                return table
            table = self.table(table.children.parent)
        return None

    def faulty(self, table: str) -> TableFaults | None:
        """What may be wrong in a table; None where it is clean."""
        return self.bad_data.tables.get(table) if self.bad_data else None
