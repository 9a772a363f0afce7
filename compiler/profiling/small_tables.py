"""Small tables whose keys are categories, such as regions: their rows are in the spec."""

from __future__ import annotations

from functools import cache
from typing import Any

from compiler.profiling.draft import Settings
from compiler.profiling.model import Options, Ref, Relations
from compiler.profiling.tables import Tables
from compiler.profiling.texts import category_names
from compiler.sources.model import SourceColumn, SourceTable
from compiler.spec.types import Data


class SmallTables:
    """What a spec may hold of them: keys that many rows point at, and what these look up."""

    def __init__(self, tables: Tables, relations: Relations, options: Options) -> None:
        self.tables, self.relations, self.options = tables, relations, options
        self.names_of = cache(self._names_of)

    def data_of(self, table: SourceTable) -> list[Settings]:
        """The rows of a small table whose keys are names of categories; else none."""
        found = self.relations[table.name]
        if not self.names_of(table) or found.key is None:
            return []
        key = found.key.columns[0]
        frame = self.tables.sample(table)
        shared = [
            column.name
            for column in table.columns
            if column.name != key
            and column.data is Data.TEXT
            and (self.is_looked_up(table, column) or repeats(frame[column.name]))
        ]
        rows = frame.select(key, *shared).sort(key).to_dicts()
        return [{name: row[name] for name in (key, *shared)} for row in rows]

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

    def shares_of(self, table: SourceTable, ref: Ref) -> dict[str, float]:
        """The share of each target, where their keys are in the spec; else none."""
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
        return (
            {name: round(counts.get(name, 0) / total, 4) for name in names}
            if total
            else {}
        )

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
        names = category_names(self.tables, table, key, self.relations, self.options)
        return tuple(names or ())


def repeats(series: Any) -> bool:
    """Whether the values of a column are categories: most of them are in several rows."""
    known = series.drop_nulls()
    return len(known) == len(series) and known.n_unique() <= len(known) / 2
