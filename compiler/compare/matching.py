"""Tables and columns that both sides have, and how each is compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from compiler.compare import values
from compiler.compare.model import Kind, Missing, Skipped
from compiler.profiling.model import Ref, Relations, TableRelations
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceTable

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Side:
    """A table on one side."""

    table: SourceTable
    tables: Tables

    @property
    def rows(self) -> int:
        return self.tables.count(self.table)

    @property
    def sample(self) -> pl.DataFrame:
        return self.tables.sample(self.table) if self.table.scan else self.empty

    def scan(self) -> pl.LazyFrame:
        """All rows; none of a table that is only a schema."""
        return self.table.scan() if self.table.scan else self.empty.lazy()

    @property
    def empty(self) -> pl.DataFrame:
        import polars as pl

        return pl.DataFrame(schema=[column.name for column in self.table.columns])


@dataclass(frozen=True)
class Matched:
    """A table that both sides have, with rows in the source."""

    name: str
    generated: Side
    source: Side
    kinds: Mapping[str, Kind]
    """How each column is compared, of those that are."""
    families: Mapping[str, str]
    """The type of each column in the source, in one word."""
    unlike: Mapping[str, str]
    """Columns of other types, with both types in words."""


@dataclass(frozen=True)
class Match:
    """What both sides have, and what only one has."""

    tables: Mapping[str, Matched]
    missing: tuple[Missing, ...]
    skipped: tuple[Skipped, ...]
    coverage: float


def match(generated: Tables, source: Tables, relations: Relations) -> Match:
    """Matches tables and columns by their names."""
    sides = {
        name: {table.name: table for table in tables.source.tables}
        for name, tables in (("generated", generated), ("source", source))
    }
    missing: list[Missing] = []
    skipped: list[Skipped] = []
    found: dict[str, Matched] = {}
    both = every = 0
    for name in dict.fromkeys([*sides["source"], *sides["generated"]]):
        columns = {
            side: (
                {one.name for one in tables[name].columns} if name in tables else set()
            )
            for side, tables in sides.items()
        }
        both += len(columns["generated"] & columns["source"])
        every += len(columns["generated"] | columns["source"])
        lacking = [side for side, tables in sides.items() if name not in tables]
        if lacking:
            missing.append(Missing(lacking[0], name))
            continue
        for side, other in (("generated", "source"), ("source", "generated")):
            new = [one.name for one in sides[other][name].columns]
            missing += [
                Missing(side, name, one) for one in new if one not in columns[side]
            ]
        pair = [
            Side(sides[side][name], at)
            for side, at in zip(sides, (generated, source), strict=True)
        ]
        if not pair[1].rows:
            skipped.append(Skipped(name, "", "no rows in the source"))
            continue
        own = relations.get(name, TableRelations())
        shared = {
            ref.column for ref in own.refs if are_same_rows(ref, generated, source)
        }
        found[name], left = matched(pair[0], pair[1], own, shared)
        skipped += left
    return Match(found, tuple(missing), tuple(skipped), both / every if every else 0.0)


def matched(
    generated: Side, source: Side, own: TableRelations, shared: Collection[str]
) -> tuple[Matched, list[Skipped]]:
    """How to compare the columns that both sides have, and those that cannot be.

    `shared` are the refs into rows that both sides have.
    """
    name = source.table.name
    kinds: dict[str, Kind] = {}
    families: dict[str, str] = {}
    unlike: dict[str, str] = {}
    skipped: list[Skipped] = []
    other_data = {column.name: column.data for column in generated.table.columns}
    for column in source.table.columns:
        if column.name not in other_data:
            continue
        first, second = generated.sample[column.name], source.sample[column.name]
        family = values.family(second, column.data)
        kind: Kind | str = Kind.REF
        if column.name not in shared:
            kind = kind_of(column.name, first, second, own, family)
        if isinstance(kind, str):
            skipped.append(Skipped(name, column.name, kind))
            continue
        kinds[column.name], families[column.name] = kind, family
        other = values.family(first, other_data[column.name])
        has_values = first.count() and second.count()
        if other != family and has_values and not own.ref(column.name):
            unlike[column.name] = f"{other} beside {family}"
    return Matched(name, generated, source, kinds, families, unlike), skipped


def are_same_rows(ref: Ref, generated: Tables, source: Tables) -> bool:
    """Whether a ref points at a few rows that both sides have, such as countries."""
    keys = [
        Side(table, tables).sample[ref.target]
        for tables in (generated, source)
        for table in tables.source.tables
        if table.name == ref.table
        and any(column.name == ref.target for column in table.columns)
    ]
    return len(keys) == 2 and values.are_same_keys(*keys)


def kind_of(
    name: str, generated: pl.Series, source: pl.Series, own: TableRelations, family: str
) -> Kind | str:
    """How a column is compared, or why it is not."""
    if own.ref(name):
        has_nulls = generated.null_count() or source.null_count()
        return Kind.NULLS if has_nulls else "refs, whose keys are meant to differ"
    if own.key and own.key.columns == (name,):
        return "keys, whose values are meant to differ"
    if family == "unknown":
        return "of types that are not compared"
    if family == "text":
        return Kind.CATEGORY if values.is_category(source) else Kind.LENGTH
    kinds = {"boolean": Kind.CATEGORY, "number": Kind.NUMBER, "moment": Kind.MOMENT}
    return kinds[family]


def windows_of(match: Match) -> tuple[int, bool]:
    """The days that the generated moments start later, and whether the windows are apart.

    The first is the median of all columns of moments: by how much both their first and their last
    moments are later, or both earlier. The second is so if most of these columns
    do not overlap: then all are compared as if they started on the same day. They are all moved
    by the same number of days, so that what is wrong between two columns remains to be seen.
    """
    apart = 0
    starts: list[float] = []
    for table in match.tables.values():
        for name, kind in table.kinds.items():
            if kind is not Kind.MOMENT or name in table.unlike:
                continue
            first, second = (
                values.as_seconds(side.sample[name]).drop_nulls().to_numpy()
                for side in (table.generated, table.source)
            )
            if len(first) and len(second):
                start, source_start = float(first.min()), float(second.min())
                apart += bool(start > second.max() or source_start > first.max())
                ends = start - source_start, float(first.max() - second.max())
                later = min(ends, key=abs) if ends[0] * ends[1] > 0 else 0.0
                starts.append(later / values.SECONDS_A_DAY)
    return round(median(starts)) if starts else 0, apart * 2 > len(starts)
