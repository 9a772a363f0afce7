"""What was found in tables, before it becomes a spec.

All names are those of the spec (`names.renamed` comes first), and a path is written as in a
spec: `customer_id.region.currency`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from compiler.profiling.draft import Settings


@dataclass(frozen=True)
class Options:
    """What the person who asks wants of a profile."""

    least_rows: int = 20
    """A category is named only if at least so many rows have it: fewer might identify someone."""
    names_values: bool = True
    """Whether names of categories may go into the spec at all."""


@dataclass(frozen=True)
class Key:
    """Columns whose values name a row."""

    columns: tuple[str, ...]
    reason: str
    """What it rests on, and how sure it is, for people."""
    is_declared: bool = False


@dataclass(frozen=True)
class Ref:
    """A column that holds the key of another table's row."""

    column: str
    table: str
    target: str
    """The column of the other table whose values it holds."""
    reason: str
    is_declared: bool = False
    null_share: float = 0.0
    skew: float | None = None
    """The share of the rows that goes to the busiest fifth of the targets; None where targets
    are used as evenly as chance gives, or where there are no rows to count."""
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Rows per target by the value of a column of the target, relative to each other; at most
    one column. Empty where it makes no difference."""
    is_unique: bool = False
    """Whether no two rows point at the same one."""


@dataclass(frozen=True)
class Lookup:
    """A column that repeats what a row has that this one points at."""

    column: str
    path: str
    reason: str


@dataclass(frozen=True)
class Children:
    """A table whose rows belong to those of a parent: `rows = { per = … }`."""

    ref: str
    """The column that points at the parent."""
    settings: Settings
    """`rows` without `per`: `mean`, `min` and `max`, or `every`, `where`, `chance`; with `by`."""
    reason: str
    position: str | None = None
    """The column that counts 1, 2, 3 … in each parent, if there is one."""


@dataclass(frozen=True)
class TableRelations:
    """How a table depends on itself and on others."""

    key: Key | None = None
    refs: tuple[Ref, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    children: Children | None = None

    def ref(self, column: str) -> Ref | None:
        return next((one for one in self.refs if one.column == column), None)


Relations = Mapping[str, TableRelations]
"""By table, parents before children."""
