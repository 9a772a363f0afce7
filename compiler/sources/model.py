"""Tables as they were found, in files, in a database or in a schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class SourceRef:
    """A declared foreign key."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]
    """The columns that it points at, in the same order."""


@dataclass(frozen=True)
class Order:
    """Two columns of a row of which one never comes before the other, as declared."""

    earlier: str
    later: str
    is_strict: bool = False
    """Whether they are never the same, either."""


@dataclass(frozen=True)
class Formula:
    """What a generated column is made of, in the language of a spec."""

    text: str
    """An expression, or the text of a template, with `{0}`, `{1}` … for the columns."""
    columns: tuple[str, ...]
    is_template: bool = False

    @property
    def written(self) -> str:
        """The text with the names of the columns; a template has each in braces of its own."""
        names = [f"{{{one}}}" if self.is_template else one for one in self.columns]
        return self.text.format(*names)


@dataclass(frozen=True)
class SourceColumn:
    """A column, and what was declared of it. Data may show more."""

    name: str
    """As it is written in the source."""
    data: Data
    """UNKNOWN where the type has no counterpart in a spec (lists, structs, bytes, times of day), or
    where a schema does not state one."""
    declared: str = ""
    """The type as the source has it, such as `DECIMAL(10, 2)` or `Int64`; empty for the texts of
    CSV and JSON, which have no types."""
    nullable: bool = True
    """False only where that was declared; the columns of a primary key are never null."""
    unique: bool = False
    """Whether it was declared as a key of its own, besides the primary key."""
    description: str = ""
    values: tuple[str, ...] = ()
    """The only values that are allowed, where that was declared."""
    minimum: float | None = None
    """The least number that is allowed, where that was declared; of `> 0` for integers, it is 1,
    and 0.01 for two digits after the point."""
    maximum: float | None = None
    decimals: int | None = None
    """Digits after the point, of a decimal type. One without any is an integer."""
    classification: str = ""
    """The word that a data contract has for how confidential it is, such as `restricted`."""
    default: str = ""
    """The text that it has where none is given, if that was declared; empty for other types."""
    formula: Formula | None = None
    """Of a generated column, where a spec can have it."""
    remark: str = ""
    """What was read otherwise than it is written, for people: a type that is a guess, words that
    count as null, a formula that has no counterpart."""


@dataclass(frozen=True)
class SourceTable:
    """A table: its columns, its declared keys, and its rows if there are any."""

    name: str
    """As it is written in the source."""
    columns: tuple[SourceColumn, ...]
    primary_key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    """Declared keys of several columns, besides the primary key."""
    refs: tuple[SourceRef, ...] = ()
    description: str = ""
    orders: tuple[Order, ...] = ()
    rows: int | None = None
    """None if there is only a schema. With rows it is always known: from the metadata of Parquet
    and Delta, by `count(*)` in a database, for CSV and JSON by the pass that finds the types."""
    scan: Callable[[], pl.LazyFrame] | None = None
    """The rows, read lazily: only the columns and rows that a query needs. The frame has exactly
    `columns`, in their order. None if there is only a schema.

    A column of INTEGER has an integer type of polars, NUMBER is Float64 (decimals, too), BOOLEAN,
    TEXT and DATE are Boolean, String and Date. TIMESTAMP is `Datetime("us")` without a time zone,
    and means UTC: values with an offset are converted, those without one are taken as UTC. UNKNOWN
    is any type. Every call starts a new read; nothing is open before or after it."""

    def column(self, name: str) -> SourceColumn:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Source:
    """All tables that were found, and what was left out, in words."""

    tables: tuple[SourceTable, ...]
    notes: tuple[str, ...] = field(default=())
    """What people should know: files that were ignored, types that have no counterpart."""

    def table(self, name: str) -> SourceTable:
        return next(table for table in self.tables if table.name == name)
