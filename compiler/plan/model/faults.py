"""The faults on top of the clean data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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
    """The columns that identify a row."""


@dataclass(frozen=True)
class BadData:
    """The faults on top of the clean data."""

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
        """Whether there are other faults than duplicate keys."""
        return any(faulty.cells for faulty in self.tables.values())
