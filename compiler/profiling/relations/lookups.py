"""Lookups: columns that repeat what a row has that this one points at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from compiler.profiling.model import Key, Lookup, Ref
from compiler.profiling.relations.paths import Reached, reached
from compiler.profiling.relations.rows import Facts, Rows
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

COMPARED = 20_000
"""Rows in which two columns are compared."""
GLANCE = 500
"""Rows in which most columns already differ."""
GLANCE_FAULTS = 0.06
"""The share of these that may differ: of 500, three times as many as in all hardly ever do."""
FAULTS = 0.02
"""The share of the rows in which a lookup may differ: data has faults."""
KAPPA = 0.95
"""Agreement beyond that by chance, as a share of what is possible (Cohen, 1960)."""
MINORITY = 20
"""Rows without the most common value: with fewer, the column is about constant."""


def lookups_of(
    rows: Rows,
    table: SourceTable,
    refs: Mapping[str, Sequence[Ref]],
    key: Key | None,
) -> list[Lookup]:
    """The lookups of a table, refs that follow from others among them.

    The refs of its parents are those that are left there: paths go over these only.
    """
    own = list(refs[table.name])
    if not own or rows.count(table) < MINORITY:
        return []
    facts = rows.facts(table)
    single = key.columns if key is not None and len(key.columns) == 1 else ()
    names = [
        name
        for name, one in facts.items()
        if name not in single and one.data is not Data.UNKNOWN and one.has_values
    ]
    sample = rows.evenly(
        table, list(dict.fromkeys([*names, *(ref.column for ref in own)])), COMPARED
    )
    kinds = {facts[name].data for name in names}

    def wanted(one: Facts) -> bool:
        return one.data in kinds and one.has_values

    paths = [
        found
        for ref in own
        for found in reached(rows, refs, ref, sample[ref.column], wanted)
    ]
    if not paths:
        return []
    glances = np.array([glance(one.values) for one in paths])
    pointed = {ref.column: ref.table for ref in own}
    over: set[str] = set()
    gone: set[str] = set()
    found: dict[str, Lookup] = {}
    # Refs first: a path does not go over a column that is a lookup itself.
    for name in sorted(names, key=lambda one: one not in pointed):
        if name in over:
            continue
        if is_about_constant(sample[name]):
            continue
        differ = (glances != glance(sample[name])).mean(axis=1)
        usable = [
            one
            for one, share in zip(paths, differ, strict=True)
            if share <= GLANCE_FAULTS
            and one.path[0] not in gone | {name}
            and (name not in pointed or points_at(one, refs, pointed[name]))
        ]
        lookup = best(sample[name], name, usable, rows.count(table))
        if lookup is not None:
            found[name] = lookup
            over.add(lookup.path.split(".")[0])
            gone |= {name} & set(pointed)
    return [found[name] for name in names if name in found]


def points_at(one: Reached, refs: Mapping[str, Sequence[Ref]], table: str) -> bool:
    """Whether a column of another table is a ref into this one."""
    return any(
        ref.column == one.path[-1] and ref.table == table for ref in refs[one.table]
    )


def best(
    values: pl.Series, name: str, paths: Sequence[Reached], count: int
) -> Lookup | None:
    """The lookup over the shortest path, of these the one with the same name."""
    equal: list[tuple[int, bool, Reached, float]] = []
    for one in paths:
        if not are_comparable(values, one.values):
            continue
        share = float((values.eq_missing(one.values)).sum() / values.len())
        if share >= 1 - FAULTS and kappa(values, one.values, share) >= KAPPA:
            equal.append((len(one.path), one.path[-1] != name, one, share))
    if not equal:
        return None
    _, _, one, share = min(equal, key=lambda found: found[:2])
    which = "sampled rows" if values.len() < count else "rows"
    if share == 1:
        why = f"equal in all {values.len():,} {which}"
    else:
        differs = values.len() - round(share * values.len())
        why = f"equal in all but {differs:,} of {values.len():,} {which}"
    return Lookup(name, one.text, why)


def glance(values: pl.Series) -> np.ndarray:
    """Some values as hashes, evenly from all: columns are many, and most differ there."""
    import polars as pl

    some = values.gather_every(-(-values.len() // GLANCE))
    return (
        (some.cast(pl.Float64) if some.dtype.is_numeric() else some).hash().to_numpy()
    )


def are_comparable(one: pl.Series, other: pl.Series) -> bool:
    """Whether the values are of the same type, or numbers."""
    return one.dtype == other.dtype or (
        one.dtype.is_numeric() and other.dtype.is_numeric()
    )


def is_about_constant(values: pl.Series) -> bool:
    """Whether hardly any row has another value than the most common one."""
    counts = values.value_counts(name="/rows")["/rows"].to_numpy()
    return int(counts.sum() - counts.max()) < MINORITY


def kappa(one: pl.Series, other: pl.Series, share: float) -> float:
    """Cohen's kappa of two columns that agree in this share of the rows."""
    import polars as pl

    shares = [
        values.alias("value")
        .cast(pl.Float64 if values.dtype.is_numeric() else values.dtype)
        .value_counts(normalize=True)
        for values in (one, other)
    ]
    both = shares[0].join(shares[1], on="value", nulls_equal=True)
    chance = float((both["proportion"] * both["proportion_right"]).sum())
    return (share - chance) / (1 - chance) if chance < 1 else 0.0
