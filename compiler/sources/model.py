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
class SourceColumn:
    """A column, and what was declared of it. Data may show more."""

    name: str
    """As it is written in the source."""
    data: Data
    """UNKNOWN where the type has no counterpart in a spec: lists, structs, bytes."""
    declared: str = ""
    """The type as the source has it, such as `DECIMAL(10, 2)` or `Int64`."""
    nullable: bool = True
    unique: bool = False
    description: str = ""
    values: tuple[str, ...] = ()
    """The only values that are allowed, where that was declared."""
    minimum: float | None = None
    maximum: float | None = None
    decimals: int | None = None
    """Digits after the point, of a decimal type."""


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
    rows: int | None = None
    """None if there is only a schema."""
    scan: Callable[[], pl.LazyFrame] | None = None
    """The rows, read lazily: only the columns and rows that a query needs. The frame has exactly
    `columns`, in any polars types. None if there is only a schema."""

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
