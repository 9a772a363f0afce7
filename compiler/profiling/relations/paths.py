"""What rows have that other rows point at: values over one to three refs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler.profiling.model import Ref
from compiler.profiling.relations.rows import Facts, Rows

if TYPE_CHECKING:
    import polars as pl

HOPS = 3
"""Refs of the longest path."""
Refs = Mapping[str, Sequence[Ref]]
Wanted = Callable[[Facts], bool]


@dataclass(frozen=True)
class Reached:
    """The values of a column of the rows that are pointed at, one for each row that points."""

    path: tuple[str, ...]
    table: str
    """Whose column it is."""
    values: pl.Series

    @property
    def text(self) -> str:
        return ".".join(self.path)


def reached(
    rows: Rows, refs: Refs, ref: Ref, keys: pl.Series, wanted: Wanted
) -> list[Reached]:
    """The wanted columns of all rows that a path from this ref leads to, shortest paths first.

    `keys` are the values of the ref; keys are not given again as columns.
    """
    found = walk(rows, refs, ref, keys, wanted, (), frozenset())
    return sorted(found, key=lambda one: len(one.path))


def walk(
    rows: Rows,
    refs: Refs,
    ref: Ref,
    keys: pl.Series,
    wanted: Wanted,
    before: tuple[str, ...],
    seen: frozenset[str],
) -> Iterator[Reached]:
    """The wanted columns over one ref, then those over the refs of its table."""
    import polars as pl

    table = rows.source.table(ref.table)
    if not rows.has_rows(table) or table.name in seen:
        return
    path, seen = (*before, ref.column), seen | {table.name}
    facts = rows.facts(table)
    own = [name for name in facts if name != ref.target and wanted(facts[name])]
    further = [one for one in refs[table.name] if one.column != ref.target]
    further = further if len(path) < HOPS else []
    names = list(dict.fromkeys([*own, *(one.column for one in further)]))
    if not names:
        return
    pointed = keys.drop_nulls().unique()
    parents = rows.scan(table).select(ref.target, *names)
    parents = parents.filter(pl.col(ref.target).is_in(pointed.implode()))
    right = parents.collect(engine="streaming").unique(ref.target)
    left = pl.DataFrame({"/key": keys})
    joined = left.join(
        right, left_on="/key", right_on=ref.target, how="left", maintain_order="left"
    )
    for name in own:
        yield Reached((*path, name), table.name, joined[name])
    for one in further:
        yield from walk(rows, refs, one, joined[one.column], wanted, path, seen)
