"""Which columns hold the key of another row: refs, and what reads one over any path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.plan.expression import Read
from compiler.plan.model import Column, Hop, Path, Reference, Variant
from compiler.plan.targets import key_of
from compiler.spec.columns import Lookup

if TYPE_CHECKING:
    from compiler.plan.resolve import Resolver


def reference_of(resolver: Resolver, table: str, column: Column) -> Reference | None:
    """The key that a column holds in each of its variants; None where it holds none."""
    if column.table is not None:
        key = key_of(resolver.scope, column.table)
        assert key is not None, "a ref points at a table with a key"
        hop = Hop(table, column.name, column.table, column.type.nullable)
        return Reference(column.table, key, ((hop,),))
    routes, held = [], set()
    for variant in column.variants:
        path = path_alone(variant)
        found = key_at(resolver, path) if path is not None else None
        if found is None:
            return None
        routes.append(found[1])
        held.add(found[0])
    return Reference(*held.pop(), tuple(routes)) if len(held) == 1 else None


def path_alone(variant: Variant) -> Path | None:
    """The path whose value is all that a variant is: of a lookup, or of an expression."""
    if isinstance(variant.spec, Lookup):
        return variant.paths.get(variant.spec.path)
    if isinstance(variant.expression, Read):
        return variant.paths.get(variant.expression.path)
    return None


def key_at(
    resolver: Resolver, path: Path
) -> tuple[tuple[str, str], tuple[Hop, ...]] | None:
    """The table and key that a path leads to, and the hops to that row; None for other values.

    A row's own key is no key of another.
    """
    column = resolver.columns.get((path.table, path.column))
    if column is not None and column.references is not None:
        found = column.references
        hop = Hop(path.table, column.name, found.table, column.type.nullable)
        return (found.table, found.key), (*path.hops, hop)
    if path.hops and path.column == key_of(resolver.scope, path.table):
        return (path.table, path.column), path.hops
    return None
