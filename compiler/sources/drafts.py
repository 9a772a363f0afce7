"""A table of a schema while it is read: constraints arrive one by one, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from compiler.sources.model import Order, SourceColumn, SourceRef, SourceTable
from compiler.spec.types import Data

MOST_DIGITS = 15
"""Digits after the point of a bound: a float has no more."""


@dataclass
class TableDraft:
    """Columns by their name in lower case: schemas disagree about case."""

    name: str
    columns: dict[str, SourceColumn] = field(default_factory=dict)
    primary_key: tuple[str, ...] = ()
    unique: list[tuple[str, ...]] = field(default_factory=list)
    refs: list[SourceRef] = field(default_factory=list)
    description: str = ""
    orders: list[Order] = field(default_factory=list)

    def add(self, column: SourceColumn) -> None:
        """Adds a column, or replaces the one of that name."""
        self.columns[column.name.lower()] = column

    def change(self, name: str, **changes: Any) -> None:
        """Sets facts of a column; of one that does not exist, nothing."""
        column = self.columns.get(name.lower())
        if column is not None:
            self.columns[name.lower()] = replace(column, **changes)

    def add_key(self, names: Sequence[str]) -> None:
        """Adds a key: of one column, or of several."""
        if len(names) == 1:
            self.change(names[0], unique=True)
        elif names:
            self.unique.append(tuple(names))

    def limit(
        self,
        name: str,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        is_strict: bool = False,
    ) -> None:
        """Sets bounds of a column; the bound itself is not allowed if they are strict."""
        column = self.columns.get(name.lower())
        if column is None:
            return
        digits = 0 if column.data is Data.INTEGER else column.decimals
        step = 0.0 if not is_strict or digits is None else 10.0**-digits
        if minimum is not None:
            self.change(name, minimum=round(minimum + step, MOST_DIGITS))
        if maximum is not None:
            self.change(name, maximum=round(maximum - step, MOST_DIGITS))

    def written(self, names: Iterable[str]) -> tuple[str, ...] | None:
        """The names as the columns have them; None if one does not exist."""
        found = [self.columns.get(name.lower()) for name in names]
        if not all(found):
            return None
        return tuple(one.name for one in found if one)

    def built(self) -> SourceTable:
        """The table. Columns of keys exist; refs are as they were written."""
        key = self.written(self.primary_key) or ()
        for name in key:
            self.change(name, nullable=False)
        unique = [self.written(names) for names in self.unique]
        refs = [
            replace(ref, columns=columns)
            for ref in self.refs
            if (columns := self.written(ref.columns))
        ]
        return SourceTable(
            self.name,
            tuple(self.columns.values()),
            key,
            tuple(names for names in dict.fromkeys(unique) if names and names != key),
            tuple(dict.fromkeys(refs)),
            self.description,
            tuple(
                replace(one, earlier=names[0], later=names[1])
                for one in dict.fromkeys(self.orders)
                if (names := self.written((one.earlier, one.later)))
            ),
        )
