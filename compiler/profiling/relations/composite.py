"""Keys of a few columns, where no single one is unique."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from itertools import combinations

from compiler.profiling.model import Key, Ref
from compiler.profiling.relations import naming
from compiler.profiling.relations.keys import row_word
from compiler.profiling.relations.rows import APPROXIMATE, Facts, Rows
from compiler.profiling.relations.words import COUNTERS, KEY_WORDS, MOMENTS
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

MOST_COLUMNS = 3
MOST_CANDIDATES = 8
"""Columns of a table that are combined: 28 pairs and 56 triples at most."""
MOST_EXACT = 6
"""Sets that are counted over all rows; the others show repeats in the first rows."""
FIRST = 100_000
"""Rows in which a repeat is looked for first."""
LEAST_ROWS = 20
"""In fewer rows, almost any two columns are unique."""
MOST_LINES = 1_000
"""The most rows of a parent that a column counts: order lines."""


def composite_key(rows: Rows, table: SourceTable, refs: Collection[Ref]) -> Key | None:
    """The smallest set of columns that is unique and looks like a key; pairs first."""
    count = rows.count(table)
    if count < LEAST_ROWS:
        return None
    prefix = naming.prefix_of([one.name for one in table.columns])
    pointed = {ref.column: ref.table for ref in refs}
    weights = {
        one.name: found
        for one in rows.facts(table).values()
        if (found := weight(one, pointed.get(one.name), prefix)) > 0
    }
    chosen = sorted(weights, key=lambda name: -weights[name])[:MOST_CANDIDATES]
    facts = rows.facts(table)
    for size in range(2, MOST_COLUMNS + 1):
        sets = [
            names
            for names in combinations(chosen, size)
            if math.prod(facts[name].distinct for name in names)
            >= APPROXIMATE**size * count
        ]
        sets.sort(key=lambda names: -sum(weights[name] for name in names))
        key = first_unique(rows, table, sets)
        if key is not None:
            names = sorted(key, key=lambda name: facts[name].position)
            why = f"together unique in {count:,} {row_word(count)}"
            return Key(tuple(names), why)
    return None


def first_unique(
    rows: Rows, table: SourceTable, sets: Sequence[tuple[str, ...]]
) -> tuple[str, ...] | None:
    """The first set that no two rows share; only a few sets are counted over all rows."""
    if not sets:
        return None
    names = sorted({name for one in sets for name in one})
    first = rows.scan(table).select(names).head(FIRST).collect()
    exact = 0
    for one in sets:
        if first.select(one).is_duplicated().any():
            continue
        if first.height == rows.count(table) or rows.is_unique(table, one):
            return one
        exact += 1
        if exact == MOST_EXACT:
            break
    return None


def weight(facts: Facts, pointed: str | None, prefix: str) -> float:
    """How much a column looks like a part of a key; 0 if it cannot be one.

    A ref into a table of days or times counts as a moment does: less than other refs.
    """
    if facts.nulls or facts.distinct < 2:
        return 0.0
    if pointed is not None:
        return 2.0 if set(naming.table_words(pointed)) & MOMENTS else 4.0
    own = naming.words(facts.name.removeprefix(prefix))
    if facts.data is Data.INTEGER:
        most = facts.high - facts.low + 1
        counts = facts.low in (0, 1) and facts.distinct >= APPROXIMATE * most
        if set(own) & (COUNTERS | KEY_WORDS):
            return 4.5 if counts and facts.distinct <= MOST_LINES else 3.0
        return 0.0
    if facts.data in (Data.DATE, Data.TIMESTAMP):
        return 2.0
    if facts.data is Data.TEXT:
        return 3.0 if naming.is_key_word(facts.name) else 1.0
    return 0.0
