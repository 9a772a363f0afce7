"""Keys, refs, lookups and children of all tables of a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from compiler.profiling.model import Key, Options, Ref, Relations, TableRelations
from compiler.profiling.relations.children import children_of
from compiler.profiling.relations.composite import composite_key
from compiler.profiling.relations.declared import (
    declared_keys,
    declared_refs,
    refs_by_name,
)
from compiler.profiling.relations.keys import key_by_name, single_key
from compiler.profiling.relations.lookups import lookups_of
from compiler.profiling.relations.order import in_order, with_cycles
from compiler.profiling.relations.parents import Counter, Parents
from compiler.profiling.relations.refs import Seeker
from compiler.profiling.relations.rows import Rows
from compiler.profiling.relations.skew import skew_of, weights_of
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceTable


def relations_of(tables: Tables, options: Options | None = None) -> Relations:
    """How the tables of a source depend on each other, parents before children.

    Names are those of a spec (`names.renamed`). What was declared is taken; what was not is found
    in the rows, and by names alone in tables that have none. With cycles of refs there is no such
    order; then a table of the cycle comes first, and a reason says so.
    """
    rows = Rows(tables)
    keys = keys_of(rows)
    refs = refs_of(rows, keys)
    for table in tables.source.tables:
        if keys[table.name] is None and rows.has_rows(table):
            keys[table.name] = composite_key(rows, table, refs[table.name])
    order = in_order([table.name for table in tables.source.tables], refs)
    refs = with_cycles(order, refs)
    finder = Finder(rows, options or Options())
    return {
        name: finder.relations(tables.source.table(name), keys[name], refs[name])
        for name in order
    }


def keys_of(rows: Rows) -> dict[str, Key | None]:
    """The keys that were declared or have one column, by table."""
    keys = declared_keys(rows.source)
    for table in rows.source.tables:
        if keys[table.name] is None:
            has_rows = rows.has_rows(table)
            find = single_key(rows, table) if has_rows else key_by_name(table)
            keys[table.name] = find
    return keys


def refs_of(rows: Rows, keys: Mapping[str, Key | None]) -> dict[str, list[Ref]]:
    """All refs by table, in the order of the columns; those that follow from others, too.

    Rows show the refs between tables that have some; names suggest all others.
    """
    source, declared = rows.source, declared_refs(rows.source)
    found = Seeker(rows, keys, declared).refs()
    schemas = [table for table in source.tables if not rows.has_rows(table)]
    for table in source.tables:
        known = found[table.name]
        taken = {ref.column for ref in known}
        known += [ref for ref in declared[table.name] if ref.column not in taken]
        parents = source.tables if table in schemas else schemas
        found[table.name] = refs_by_name(parents, table, keys, known)
        places = {column.name: place for place, column in enumerate(table.columns)}
        found[table.name].sort(key=lambda ref: places[ref.column])
    return found


class Finder:
    """Finds what tables have of their parents; these come first."""

    def __init__(self, rows: Rows, options: Options) -> None:
        self.rows = rows
        self.options = options
        self.refs: dict[str, list[Ref]] = {one.name: [] for one in rows.source.tables}
        """Of the tables so far, into tables before them: paths go over these."""
        self.done: set[str] = set()
        self.counter = Counter(rows, self.refs)

    def relations(
        self, table: SourceTable, key: Key | None, refs: list[Ref]
    ) -> TableRelations:
        """What was found in one table; a ref that follows from others is a lookup."""
        if not self.rows.has_rows(table):
            self.done.add(table.name)
            return TableRelations(key, tuple(refs))
        upward = [ref for ref in refs if ref.table in self.done]
        lookups = lookups_of(self.rows, table, {**self.refs, table.name: upward}, key)
        copies = {lookup.column for lookup in lookups}
        refs = [ref for ref in refs if ref.column not in copies]
        self.refs[table.name] = [ref for ref in upward if ref.column not in copies]
        self.done.add(table.name)
        counted = {
            ref.column: (ref, self.counter.parents(table, ref))
            for ref in refs
            if self.rows.has_rows(self.rows.source.table(ref.table))
        }
        own = {ref.column for ref in self.refs[table.name]}
        may_own = {name: one for name, one in counted.items() if name in own}
        children = children_of(self.rows, table, may_own, self.options)
        parent = children.ref if children else ""
        found = [
            (
                self.used(ref, counted[ref.column][1])
                if ref.column in counted and ref.column != parent and not ref.is_unique
                else ref
            )
            for ref in refs
        ]
        return TableRelations(key, tuple(found), tuple(lookups), children)

    def used(self, ref: Ref, parents: Parents) -> Ref:
        """The ref with its skew and its weights."""
        weights, rates = weights_of(parents, ref.target, self.options)
        return replace(ref, weights=weights, skew=skew_of(parents, rates))
