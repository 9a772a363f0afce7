"""Keys of one column: declared, or unique and looking like a key."""

from __future__ import annotations

from compiler.profiling.model import Key
from compiler.profiling.relations import naming
from compiler.profiling.relations.rows import APPROXIMATE, Facts, Rows
from compiler.profiling.relations.shapes import Form, shape_of
from compiler.profiling.relations.words import KEY_WORDS, PERSONAL, STRONG_KEY_WORDS
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

LEAST_POINTS = 2.0
"""A unique column with fewer points is unique by chance, such as the amounts of a few orders."""
FORMS = {
    Form.SEQUENCE: 2.0,
    Form.NUMBER: 0.5,
    Form.SPARSE: 0.5,
    Form.NUMBERED: 2.0,
    Form.UUID: 2.0,
    Form.DIGITS: 0.5,
    Form.TEXT: 0.0,
    Form.PROSE: -3.0,
    Form.OTHER: -3.0,
}
"""How much the shape of the values says for a key."""
PLACES = (3.0, 1.0)
"""The first columns are keys more often than others."""


def declared_key(table: SourceTable) -> Key | None:
    """The primary key, else the first column or set of columns that was declared unique."""
    if table.primary_key:
        return Key(table.primary_key, "declared", is_declared=True)
    single = [one for one in table.columns if one.unique and not one.nullable]
    if single:
        best = max(single, key=lambda one: name_points(table, one.name))
        if name_points(table, best.name) >= 0:
            return Key((best.name,), "declared unique", is_declared=True)
    if table.unique:
        return Key(table.unique[0], "declared unique", is_declared=True)
    return None


def single_key(rows: Rows, table: SourceTable) -> Key | None:
    """The unique column that people would take as the key, if there is one.

    Of several, the one whose name, shape and place say most for a key.
    """
    facts = rows.facts(table)
    candidates = [one for one in facts.values() if may_be_key(one)]
    ranked = sorted(
        ((points(rows, table, one), one) for one in candidates),
        key=lambda pair: (-pair[0], pair[1].position),
    )
    for found, one in ranked:
        if found < LEAST_POINTS:
            break
        some = rows.sketch(table, one.name)
        if some.counts.max() == 1 and rows.is_unique(table, [one.name]):
            return Key((one.name,), f"unique in {one.rows:,} {row_word(one.rows)}")
    return None


def may_be_key(facts: Facts) -> bool:
    """Whether it can be unique, and is no float and no moment."""
    return (
        facts.data in (Data.INTEGER, Data.TEXT)
        and facts.nulls == 0
        and facts.distinct >= APPROXIMATE * facts.rows
    )


def points(rows: Rows, table: SourceTable, facts: Facts) -> float:
    """How much a unique column looks like the key of its table."""
    place = PLACES[facts.position] if facts.position < len(PLACES) else 0.0
    shape = shape_of(rows, table, facts)
    return name_points(table, facts.name) + FORMS[shape.form] + place


def name_points(table: SourceTable, column: str) -> float:
    """How much a column's name says for the key of its table."""
    prefix = naming.prefix_of([one.name for one in table.columns])
    own = naming.words(column.removeprefix(prefix))
    found = 0.0
    if own[-1] in STRONG_KEY_WORDS:
        found += 6.0 if len(own) == 1 else 4.0
    elif own[-1] in KEY_WORDS:
        found += 3.0
    elif set(own) & PERSONAL:
        return -4.0
    if is_of_table(table, column, prefix):
        found += 5.0
    return found


def is_of_table(table: SourceTable, column: str, prefix: str) -> bool:
    """Whether the column's name is the table's, such as `order_id` of orders."""
    whole = naming.table_words(table.name)
    return any(
        naming.same_words(naming.stem(name), of) > 0
        for name in {column, column.removeprefix(prefix)}
        for of in (whole, whole[-1:], whole[:1])
    )


def key_by_name(table: SourceTable) -> Key | None:
    """The key of a table that is only a schema: `id`, or a column named after the table."""
    found = [
        (points_of_name, -place, column.name)
        for place, column in enumerate(table.columns)
        if column.data in (Data.INTEGER, Data.TEXT, Data.UNKNOWN)
        and (points_of_name := name_points(table, column.name)) >= 6.0
    ]
    return Key((max(found)[2],), "by name") if found else None


def row_word(count: int) -> str:
    """`row` or `rows`, after this number."""
    return "row" if count == 1 else "rows"
