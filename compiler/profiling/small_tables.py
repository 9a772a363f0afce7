"""Small tables whose keys are categories, such as regions: the spec has their rows."""

from __future__ import annotations

from functools import cache
from typing import Any

from compiler.profiling.draft import Settings
from compiler.profiling.model import Options, Ref, Relations
from compiler.profiling.privacy import is_personal
from compiler.profiling.tables import Tables
from compiler.profiling.texts import category_names
from compiler.profiling.texts.providers import recognized
from compiler.profiling.texts.words import ENGLISH
from compiler.sources.model import SourceColumn, SourceTable
from compiler.spec.columns.personal import is_birth, kind_of_provider
from compiler.spec.types import Data

FEW = 24
"""A table of so many rows at most is written as it is, if it is not of people."""
KEPT = (Data.TEXT, Data.INTEGER, Data.NUMBER, Data.BOOLEAN)


class SmallTables:
    """What a spec may hold of them: keys that many rows point at, and what these look up."""

    def __init__(self, tables: Tables, relations: Relations, options: Options) -> None:
        self.tables, self.relations, self.options = tables, relations, options
        self.names_of = cache(self._names_of)

    def data_of(self, table: SourceTable) -> list[Settings]:
        """The rows of a small table whose keys are categories; else none."""
        found = self.relations[table.name]
        if not self.names_of(table) or found.key is None:
            return []
        key = found.key.columns[0]
        frame = self.tables.sample(table)
        shared = [
            column.name
            for column in table.columns
            if column.name != key and self.is_shared(table, column)
        ]
        rows = frame.select(key, *shared).sort(key).to_dicts()
        return [{name: row[name] for name in (key, *shared)} for row in rows]

    def is_shared(self, table: SourceTable, column: SourceColumn) -> bool:
        """Whether the values of a column are those of many rows, as the keys are."""
        values = self.tables.sample(table)[column.name]
        if values.null_count() or column.data not in KEPT:
            return False
        if self.is_few(table):
            return True
        is_text = column.data is Data.TEXT
        return is_text and (self.is_looked_up(table, column) or repeats(values))

    def is_few(self, table: SourceTable) -> bool:
        """Whether a table has few rows, none of which is a person."""
        return 0 < self.tables.count(table) <= FEW and not any(
            is_of_a_person(self.tables, table, column) for column in table.columns
        )

    def is_looked_up(self, table: SourceTable, column: SourceColumn) -> bool:
        """Whether rows of other tables repeat the column, so that it names many of them."""
        for name, found in self.relations.items():
            for lookup in found.lookups:
                *refs, last = lookup.path.split(".")
                at = name
                for ref in refs:
                    step = self.relations[at].ref(ref)
                    at = step.table if step else at
                if (at, last) == (table.name, column.name):
                    return True
        return False

    def weights_of(self, table: SourceTable, ref: Ref) -> dict[str, dict[str, float]]:
        """The share of each target by a text that names it, where the spec has it; else none."""
        import polars as pl

        target = self.tables.source.table(ref.table)
        names = self.names_of(target)
        if not names or not self.tables.count(table):
            return {}
        column = pl.col(ref.column).cast(pl.String)
        used = self.tables.scan(table).select(
            column.drop_nulls().value_counts(name="/rows")
        )
        counts = dict(used.unnest(ref.column).collect().iter_rows())
        total = sum(counts.get(name, 0) for name in names)
        named = self.named_by(target)
        if not total or named is None:
            return {}
        rows = self.tables.sample(target).select(
            pl.col(ref.target).cast(pl.String).alias("/key"), pl.col(named)
        )
        return {
            named: {
                name: round(counts.get(key, 0) / total, 4)
                for key, name in rows.sort("/key").iter_rows()
            }
        }

    def named_by(self, table: SourceTable) -> str | None:
        """The first column of a table's data whose texts tell its rows apart."""
        frame = self.tables.sample(table)
        for name in (self.data_of(table) or [{}])[0]:
            is_text = table.column(name).data is Data.TEXT
            if is_text and frame[name].n_unique() == len(frame):
                return name
        return None

    def _names_of(self, table: SourceTable) -> tuple[str, ...]:
        """The keys of a small table that may be in the spec: names of categories."""
        found = self.relations[table.name]
        if (
            found.key is None
            or len(found.key.columns) > 1
            or found.children
            or found.refs
        ):
            return ()
        key = found.key.columns[0]
        names = category_names(
            self.tables,
            table,
            key,
            self.relations,
            self.options,
            numbered=self.is_few(table),
        )
        return tuple(names or ())


def is_of_a_person(tables: Tables, table: SourceTable, column: SourceColumn) -> bool:
    """Whether a column holds what one has of a person: a name, a birth, a phone number."""
    if is_birth(column.name) or is_personal(tables, table, column):
        return True
    if column.data is not Data.TEXT:
        return False
    texts = tables.sample(table)[column.name].drop_nulls().to_list()
    found = recognized(column.name, [*map(str, texts)], [ENGLISH])
    return found is not None and kind_of_provider(found[0].name) is not None


def repeats(series: Any) -> bool:
    """Whether the values of a column are categories: most of them are in several rows."""
    known = series.drop_nulls()
    return len(known) == len(series) and known.n_unique() <= len(known) / 2
