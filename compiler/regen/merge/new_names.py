"""The new names of renamed tables and columns, and of all that scripts name after them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from compiler.emit.names import engine_functions, reserved, subject_of
from compiler.plan.summary import Rename

OF_TABLES = ("key_row", "faults", "rows", "so_far", "first_rows", "every", "stride")
"""What the names of a table's own functions and constants end in."""
PATH = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


@dataclass(frozen=True)
class NewNames:
    """The renames of a text, by the names that it has."""

    tables: Mapping[str, str]
    """The new names of tables."""
    columns: Mapping[str, Mapping[str, str]]
    """The new names of columns, by the table's name in the text."""
    known: Mapping[str, Collection[str]]
    """All tables of the text; of each, the columns that it shows, and the renamed ones."""

    @classmethod
    def of(
        cls, renames: Iterable[Rename], known: Mapping[str, Collection[str]]
    ) -> NewNames:
        old = {each.table: each.old for each in renames if each.column is None}
        columns: dict[str, dict[str, str]] = {}
        for each in renames:
            if each.column is not None:
                table = old.get(each.table, each.table)
                columns.setdefault(table, {})[each.old] = each.column
        tables = {each: name for name, each in old.items()}
        named = {
            table: frozenset({*known.get(table, ()), *columns.get(table, ())})
            for table in {**known, **tables, **columns}
        }
        return cls(tables, columns, named)

    def columns_of(self, table: str | None) -> Collection[str]:
        """The columns of a table, as far as they are known; none of no table."""
        return self.known.get(table or "", ())

    def column(self, name: str, table: str | None) -> str:
        """A column, seen from the lines about a table, or from others.

        One that is not the table's own can be that of another, which a path leads to: it is
        clear which where all tables with such a column call it the same now.
        """
        if name in self.columns_of(table):
            return self.own_column(name, table)
        new = self._anywhere.get(name, ())
        return next(iter(new)) if len(new) == 1 else name

    @cached_property
    def _anywhere(self) -> dict[str, set[str]]:
        """What the columns of each name are called now, in all tables."""
        found: dict[str, set[str]] = {}
        for table, columns in self.known.items():
            for name in columns:
                found.setdefault(name, set()).add(self.own_column(name, table))
        return found

    def own_column(self, name: str, table: str | None) -> str:
        """A column of the table that lines are about."""
        return self.columns.get(table or "", {}).get(name, name)

    def variable(self, name: str, table: str | None) -> str:
        """A local variable in the functions of a table: a column, or named after one."""
        if table is None or (name in reserved() and name not in engine_functions()):
            return name
        plain = name.removesuffix("_")
        if plain in reserved() and plain in self.columns.get(table, ()):
            return self._free(self.own_column(plain, table))
        if "_" in name and name not in self.columns_of(table):
            renamed = self.column(name, table)
            return renamed if renamed != name else self._after_column(name, table)
        return self.own_column(name, table)

    @staticmethod
    def _free(name: str) -> str:
        """A variable that is named after a column, unless something else has the name."""
        return f"{name}_" if name in reserved() else name

    def identifier(self, name: str) -> str:
        """A function or a constant, named after a table, or after a column with its table."""
        if name in reserved():
            return name
        lower = name.lower() if name.isupper() else name
        table = start_of(lower, self.known)
        if not table:
            return name
        new, rest = self.tables.get(table, table), lower[len(table) + 1 :]
        if lower != table:
            new = f"{new}_{self._after_column(rest, table)}"
        return new.upper() if name.isupper() else new

    def _after_column(self, name: str, table: str) -> str:
        """What is named after a column of a table: the column, and mostly more."""
        if name in OF_TABLES:
            return name
        own = self.columns.get(table, {})
        subjects = {subject_of(old): subject_of(new) for old, new in own.items()}
        column = start_of(name, self.columns_of(table))
        if column:
            rest = name[len(column) :]
            if rest.startswith("_by_"):  # of whose rows it is computed
                rest = f"_by_{subjects.get(rest[4:], rest[4:])}"
            return own.get(column, column) + rest
        for old, new in subjects.items():  # the rows that a ref points at
            if name == f"{old}_row" or name.startswith(f"{old}_row_"):
                return new + name[len(old) :]
        return name

    def path(self, text: str, table: str | None) -> str:
        """A path from a table, or a column behind the name of its table; others stay."""
        first, *rest = text.split(".")
        starts = self.columns_of(table) if table else self._anywhere
        if first not in self.known and first not in starts:
            return text
        if first in self.known:
            own = self.own_column(rest[0], first)
            further = [self.column(each, None) for each in rest[1:]]
            return ".".join([self.tables.get(first, first), own, *further])
        further = [self.column(each, None) for each in rest]
        start = self.own_column(first, table) if table else self.column(first, None)
        return ".".join([start, *further])

    def words(self, text: str, table: str | None) -> str:
        """A text for people. A plain word is a column only where it is written as code."""

        def other(match: re.Match[str]) -> str:
            word, rest = match[0], text[max(match.start() - 1, 0) :]
            if "." in word:
                return self.path(word, table)
            if word in self.tables:
                return self.tables[word]
            if "_" not in word and not rest.startswith("`"):
                return word
            column = self.column(word, table)
            return column if column != word else self.identifier(word)

        return PATH.sub(other, text)


def start_of(name: str, names: Collection[str]) -> str:
    """The longest of some names that another one starts with, up to an underscore; or none."""
    while name and name not in names:
        name = name.rpartition("_")[0]
    return name
