"""The comparison as a whole."""

from __future__ import annotations

from compiler.compare.lookups import with_lookups
from compiler.compare.matching import Matched, match, windows_of
from compiler.compare.model import (
    ColumnScore,
    Comparison,
    PairScore,
    RefScore,
    Skipped,
)
from compiler.compare.pairs import MOST_COLUMNS, pair_scores, paired
from compiler.compare.refs import between_scores, ref_score
from compiler.compare.shapes import column_scores
from compiler.profiling.model import Ref, Relations, TableRelations
from compiler.profiling.names import renamed
from compiler.profiling.tables import Tables
from compiler.sources.model import Source


def compare(generated: Source, source: Source, relations: Relations) -> Comparison:
    """Holds generated data against its source.

    Tables and columns are matched by name, as names of a spec. `relations` has the keys and
    refs, which are compared by the numbers of children and not as values.
    """
    relations = with_lookups(relations)
    found = match(Tables(renamed(generated)), Tables(renamed(source)), relations)
    lag, are_apart = windows_of(found)
    shift = lag if are_apart else 0
    columns: list[ColumnScore] = []
    pairs: list[PairScore] = []
    refs: list[RefScore] = []
    between: list[PairScore] = []
    skipped = [*found.skipped]
    for table in found.tables.values():
        columns += column_scores(table, shift)
        pairs += pair_scores(table, shift)
        if len(paired(table)) == MOST_COLUMNS:
            reason = f"only its first {MOST_COLUMNS} columns are paired"
            skipped.append(Skipped(table.name, "", reason))
        for ref in relations.get(table.name, TableRelations()).refs:
            parent = found.tables.get(ref.table)
            if parent is None or not is_on_both_sides(table, parent, ref):
                continue
            between += between_scores(table, parent, ref, shift)
            counted = ref_score(table, parent, ref)
            refs += [counted] if counted else []
    return Comparison(
        tuple(columns),
        tuple(pairs),
        tuple(refs),
        tuple(between),
        found.missing,
        tuple(skipped),
        found.coverage,
        {
            name: (table.generated.rows, table.source.rows)
            for name, table in found.tables.items()
        },
        lag,
        are_apart,
    )


def is_on_both_sides(child: Matched, parent: Matched, ref: Ref) -> bool:
    """Whether both sides have the column of a ref, and the key that it points at."""
    return all(
        any(one.name == column for one in side.table.columns)
        for table, column in ((child, ref.column), (parent, ref.target))
        for side in (table.generated, table.source)
    )
