"""Which columns hold the key of another row: refs, and what reads one over any path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compiler.plan.columns.chain import Key
from compiler.plan.columns.targets import Target, key_of
from compiler.plan.expression import Read
from compiler.plan.model import Column, Hop, Path, Reference, Variant
from compiler.plan.scope import Scope
from compiler.spec.columns import Lookup
from compiler.spec.types import Type


def reference_of_ref(table: str, name: str, target: Target, type: Type) -> Reference:
    """The key that a ref holds. `type` is the ref's own."""
    hop = Hop(table, name, target.table, type.nullable)
    return Reference(target.table, target.key, ((hop,),))


def reference_read(
    scope: Scope, columns: Mapping[Key, Column], variants: Sequence[Variant]
) -> Reference | None:
    """The key that a column holds by what it reads, the same in all cases; None for none."""
    routes, held = [], set()
    for variant in variants:
        path = path_alone(variant)
        found = key_at(scope, columns, path) if path is not None else None
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
    scope: Scope, columns: Mapping[Key, Column], path: Path
) -> tuple[tuple[str, str], tuple[Hop, ...]] | None:
    """The table and key that a path leads to, and the hops to that row; None for other values.

    A row's own key is no key of another.
    """
    column = columns.get((path.table, path.column))
    if column is not None and column.references is not None:
        found = column.references
        hop = Hop(path.table, column.name, found.table, column.type.nullable)
        return (found.table, found.key), (*path.hops, hop)
    if path.hops and path.column == key_of(scope, path.table):
        return (path.table, path.column), path.hops
    return None
