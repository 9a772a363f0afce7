"""Keys, refs, lookups and children of all tables of a source."""

from __future__ import annotations

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
from compiler.profiling.relations.refs import Refs, Seeker
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
    options = options or Options()
    rows = Rows(tables)
    source = tables.source
    keys = declared_keys(source)
    for table in source.tables:
        if keys[table.name] is None:
            has_rows = rows.has_rows(table)
            keys[table.name] = (
                single_key(rows, table) if has_rows else key_by_name(table)
            )
    refs = Seeker(rows, keys, declared_refs(source)).refs()
    for table in source.tables:
        name = table.name
        if not rows.has_rows(table):
            refs[name] = refs_by_name(source, table, keys, declared_refs(source)[name])
        elif keys[name] is None:
            keys[name] = composite_key(rows, table, refs[name])
    order = in_order([table.name for table in source.tables], refs)
    refs = with_cycles(order, refs)
    counter = Counter(rows, refs)
    return {
        name: of_table(counter, source.table(name), keys[name], refs, options)
        for name in order
    }


def of_table(
    counter: Counter, table: SourceTable, key: Key | None, refs: Refs, options: Options
) -> TableRelations:
    """What was found in one table; refs that follow from others are taken out of `refs`."""
    rows = counter.rows
    if not rows.has_rows(table):
        return TableRelations(key, tuple(in_place(table, refs[table.name])))
    lookups = lookups_of(rows, table, refs, key)
    gone = {lookup.column for lookup in lookups}
    refs[table.name] = [ref for ref in refs[table.name] if ref.column not in gone]
    counted = {
        ref.column: (ref, counter.parents(table, ref))
        for ref in in_place(table, refs[table.name])
        if rows.has_rows(rows.source.table(ref.table))
    }
    children = children_of(rows, table, counted, options)
    parent = children.ref if children else ""
    found = [
        (
            used(ref, counted[ref.column][1], options)
            if ref.column in counted and ref.column != parent and not ref.is_unique
            else ref
        )
        for ref in in_place(table, refs[table.name])
    ]
    return TableRelations(key, tuple(found), tuple(lookups), children)


def used(ref: Ref, parents: Parents, options: Options) -> Ref:
    """The ref with how unevenly it uses its targets."""
    weights, rates = weights_of(parents, ref.target, options)
    return replace(ref, weights=weights, skew=skew_of(parents, rates))


def in_place(table: SourceTable, refs: list[Ref]) -> list[Ref]:
    """The refs in the order of the table's columns."""
    places = {column.name: place for place, column in enumerate(table.columns)}
    return sorted(refs, key=lambda ref: places[ref.column])
