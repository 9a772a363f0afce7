"""Keys and refs that were declared, or that names alone suggest where there are no rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from compiler.profiling.model import Key, Ref
from compiler.profiling.relations import naming
from compiler.profiling.relations.evidence import NAMED
from compiler.profiling.relations.keys import declared_key
from compiler.sources.model import Source, SourceTable
from compiler.spec.types import Data


def declared_keys(source: Source) -> dict[str, Key | None]:
    """By table; a column that declared refs point at is a key, too."""
    targets = Counter(
        (ref.table, ref.target)
        for table in source.tables
        for ref in table.refs
        if len(ref.target) == 1
    )
    found: dict[str, Key | None] = {}
    for table in source.tables:
        found[table.name] = declared_key(table)
        aims = [
            target for (name, target), _ in targets.most_common() if name == table.name
        ]
        if not table.primary_key and aims:
            found[table.name] = Key(
                aims[0], "declared refs point at it", is_declared=True
            )
    return found


def declared_refs(source: Source) -> dict[str, list[Ref]]:
    """By table. Of a foreign key of several columns, those that its target declares as refs."""
    found: dict[str, dict[str, Ref]] = {}
    names = {table.name for table in source.tables}
    for table in source.tables:
        found[table.name] = {
            ref.columns[0]: Ref(
                ref.columns[0], ref.table, ref.target[0], "declared", is_declared=True
            )
            for ref in table.refs
            if len(ref.columns) == 1 and ref.table in names
        }
    for table in source.tables:
        for ref in table.refs:
            if len(ref.columns) > 1 and ref.table in names:
                for column, target in zip(ref.columns, ref.target, strict=True):
                    over = found[ref.table].get(target)
                    if over and column not in found[table.name]:
                        why = f"declared, over {ref.table}"
                        found[table.name][column] = Ref(
                            column, over.table, over.target, why, is_declared=True
                        )
    return {name: list(refs.values()) for name, refs in found.items()}


def refs_by_name(
    parents: Sequence[SourceTable],
    table: SourceTable,
    keys: Mapping[str, Key | None],
    known: list[Ref],
) -> list[Ref]:
    """The known refs of a table, and columns that are named and typed as the key of a parent."""
    taken = {ref.column for ref in known}
    own = keys[table.name]
    if own is not None and len(own.columns) == 1:
        taken.add(own.columns[0])
    return known + [
        ref
        for column in table.columns
        if column.name not in taken
        and (ref := ref_by_name(parents, table, column.name, keys)) is not None
    ]


def ref_by_name(
    parents: Sequence[SourceTable],
    table: SourceTable,
    column: str,
    keys: Mapping[str, Key | None],
) -> Ref | None:
    """The ref that a column's name and type suggest: to the table that it agrees with most."""
    prefix = naming.prefix_of([one.name for one in table.columns])
    data = table.column(column).data
    if not naming.is_key_word(column):
        return None
    best: tuple[float, Ref] | None = None
    for parent in parents:
        key = keys[parent.name]
        if key is None or len(key.columns) != 1:
            continue
        target = key.columns[0]
        types = {data, parent.column(target).data} - {Data.UNKNOWN}
        if (parent.name, target) == (table.name, column) or len(types) > 1:
            continue
        key_prefix = naming.prefix_of([one.name for one in parent.columns])
        found = naming.agreement(column, prefix, parent.name, target, key_prefix)
        if found >= NAMED and (best is None or found > best[0]):
            best = (found, Ref(column, parent.name, target, "by name"))
    return best[1] if best else None
