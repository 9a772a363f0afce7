"""Tables, and what their rows depend on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from compiler.plan.counts import RowCount
from compiler.plan.model.columns import Column
from compiler.spec.columns import Key, Ref
from compiler.spec.columns.moments import Date
from compiler.spec.locales import ROW_LOCALE
from compiler.spec.time import Step


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
    """The moments whose calendar the number of rows follows, unless the spec gives it."""


@dataclass(frozen=True)
class Table:
    """A table, its columns in the spec's order."""

    name: str
    stream: str
    """What its draws are named after: its name, or the one that it had before a rename."""
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
    """The table whose rows its own depend on: itself, or the first of a chain of parents."""
    max_row: int = 0
    """The largest row number that it can have."""
    growth: Growth = Growth()
    data: tuple[Mapping[str, object], ...] = ()
    """Its rows where they are given in the spec."""
    primary_key: tuple[str, ...] = ()
    """The columns that identify a row, where the spec declares them."""
    unique: tuple[tuple[str, ...], ...] = ()
    """Further columns that identify a row, as the spec declares them."""
    hidden: bool = False
    """Whether it is only there for others, and not written; all its columns are hidden then."""
    partition_by: tuple[str, ...] = ()
    """The columns whose values are folders of its files."""

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

    def stream_of(self, column: Column, part: str = "") -> str:
        """The name of a column's stream of draws, or of a further one beside it.

        All streams get their names here. Cells depend on them, so a rename changes none.
        """
        stream = f"{self.stream}.{column.stream}"
        return f"{stream}/{part}" if part else stream

    def draws_apart(self, column: Column) -> bool:
        """Whether a ref is drawn among all children of a parent, so that none repeats."""
        several = self.children is not None and self.children.most > 1
        return isinstance(column.spec, Ref) and column.spec.distinct and several

    def draws_again(self, column: Column) -> bool:
        """Whether rows of a ref that may not be are drawn again."""
        spec = column.spec
        differs = isinstance(spec, Ref) and spec.differs_from is not None
        return differs or self.draws_apart(column)

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
