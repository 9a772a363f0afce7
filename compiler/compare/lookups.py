"""Lookups of keys as the refs that they are."""

from __future__ import annotations

from dataclasses import replace

from compiler.profiling.model import Lookup, Ref, Relations


def with_lookups(relations: Relations) -> Relations:
    """The relations, with a ref for each lookup of a key: `orders.customer_id` of its cart's."""
    found = {}
    for name, own in relations.items():
        looked_up = [ref_of(name, lookup, relations) for lookup in own.lookups]
        more = [ref for ref in looked_up if ref and not own.ref(ref.column)]
        found[name] = replace(own, refs=(*own.refs, *more))
    return found


def ref_of(table: str, lookup: Lookup, relations: Relations) -> Ref | None:
    """The ref that a lookup repeats, under its own name; None if it repeats no ref."""
    *steps, last = lookup.path.split(".")
    for step in steps:
        ref = relations[table].ref(step) if table in relations else None
        if ref is None:
            return None
        table = ref.table
    repeated = relations[table].ref(last) if table in relations else None
    if repeated is None:
        return None
    return Ref(lookup.column, repeated.table, repeated.target, lookup.reason)
