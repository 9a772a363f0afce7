"""Refs: columns that hold the key of another table's row, or of one of their own table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compiler.profiling.model import Key, Ref
from compiler.profiling.relations import naming
from compiler.profiling.relations.evidence import (
    NAMED,
    Evidence,
    Side,
    compared,
    containment,
    evidence,
    named,
    reason,
    side,
)
from compiler.profiling.relations.rows import Rows
from compiler.profiling.relations.selfrefs import has_role, is_hierarchy
from compiler.spec.types import Data

Keys = Mapping[str, Key | None]
Refs = dict[str, list[Ref]]

BORROWED = 0.1
"""What a table whose key is itself a ref is behind one that has keys of its own."""


@dataclass(frozen=True)
class Seeker:
    """Looks for the refs of the tables that have rows."""

    rows: Rows
    keys: Keys
    declared: Mapping[str, list[Ref]]

    def parents(self) -> list[Side]:
        """The keys of one column, of all tables that have rows."""
        return [
            side(self.rows, table, key.columns[0])
            for table in self.rows.source.tables
            if (key := self.keys[table.name]) is not None
            and len(key.columns) == 1
            and self.rows.has_rows(table)
            and self.rows.facts(table)[key.columns[0]].has_values
        ]

    def refs(self) -> Refs:
        """By table. Keys that are refs come first: what points there is decided by that."""
        parents = self.parents()
        found: Refs = {table.name: [] for table in self.rows.source.tables}
        borrowed = set()
        for parent in parents:
            if (ref := self.ref(parent, parents, frozenset())) is not None:
                found[parent.table.name].append(ref)
                borrowed.add(parent.table.name)
        own = {(parent.table.name, parent.name) for parent in parents}
        for child in self.children():
            if (child.table.name, child.name) not in own:
                ref = self.ref(child, parents, frozenset(borrowed))
                found[child.table.name] += [ref] if ref else []
        return found

    def children(self) -> Iterator[Side]:
        """All columns that may be refs."""
        for table in self.rows.source.tables:
            if self.rows.has_rows(table):
                for facts in self.rows.facts(table).values():
                    if facts.data in (Data.INTEGER, Data.TEXT):
                        yield side(self.rows, table, facts.name)

    def ref(
        self, child: Side, parents: list[Side], borrowed: frozenset[str]
    ) -> Ref | None:
        """The ref of a column: as declared, else to the table that most says for."""
        for one in self.declared[child.table.name]:
            if one.column == child.name:
                return self.with_values(one, child)
        candidates = [
            found
            for parent in parents
            if (found := self.candidate(child, parent)) is not None
        ]
        if not candidates:
            return None

        def rank(found: Evidence) -> tuple[float, int]:
            is_borrowed = found.parent.table.name in borrowed
            name = found.name - BORROWED * is_borrowed
            return (-round(name, 2), found.parent.facts.rows)

        best = min(candidates, key=rank)
        return self.made(child, best.parent, reason(child, best))

    def candidate(self, child: Side, parent: Side) -> Evidence | None:
        """What says that a column points at a table, its own one included."""
        if parent.table.name == child.table.name:
            return self.within(child, parent)
        key = self.keys[child.table.name]
        if (
            key is not None
            and key.columns == (child.name,)
            and not outer(child, parent)
        ):
            return None
        return evidence(self.rows, child, parent)

    def within(self, child: Side, parent: Side) -> Evidence | None:
        """What says that a column points at rows of its own table."""
        if child.name == parent.name:
            return None
        found = evidence(self.rows, child, parent)
        is_role = has_role(child.name)
        if found is None and is_role and child.facts.data is parent.facts.data:
            found = compared(self.rows, child, parent, NAMED)
            found = found if found.orphans == 0 and found.values else None
        if found is None or parent.shape.is_telling:
            return found
        is_ref = naming.is_key_word(child.name) or is_role
        names = (child.name, parent.name)
        return (
            found if is_ref and is_hierarchy(self.rows, child.table, *names) else None
        )

    def made(self, child: Side, parent: Side, why: str, declared: bool = False) -> Ref:
        """The ref, with what is counted in its column."""
        facts = child.facts
        counts = self.rows.sketch(child.table, child.name).counts
        is_unique = facts.rows > 1 and len(counts) > 0 and int(counts.max()) == 1
        return Ref(
            column=child.name,
            table=parent.table.name,
            target=parent.name,
            reason=f"{why}; each at most once" if is_unique else why,
            is_declared=declared,
            null_share=facts.nulls / facts.rows if facts.rows else 0.0,
            is_unique=is_unique,
        )

    def with_values(self, ref: Ref, child: Side) -> Ref:
        """A declared ref, with what the rows show of it."""
        table = self.rows.source.table(ref.table)
        if not self.rows.has_rows(table):
            return ref
        parent = side(self.rows, table, ref.target)
        found = compared(self.rows, child, parent, named(child, parent))
        why = ref.reason
        if found.orphans > 0:
            why = f"{why}; but {containment(child, found)}"
        return self.made(child, parent, why, declared=True)


def outer(child: Side, parent: Side) -> bool:
    """Whether a table's own key can be a ref: it is called like the other table."""
    theirs, own = (
        naming.agreement(child.name, child.prefix, table, "id", "")
        for table in (parent.table.name, child.table.name)
    )
    if theirs != own:
        return theirs > own
    return parent.shape.is_telling and parent.facts.distinct > child.facts.distinct
