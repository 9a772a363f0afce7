"""Columns whose type is declared nowhere: types by name, by what is allowed, by their use."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from compiler.profiling.relations import naming
from compiler.profiling.relations.words import COUNTERS
from compiler.profiling.values.guess import WORDS
from compiler.sources.model import Source, SourceColumn, SourceTable
from compiler.spec.columns.personal import is_birth
from compiler.spec.types import NAMES, Data

TRUTH = re.compile(
    r"(is|has|had|was|were|can|may|should|does|did|will|allows|needs)_.+"
    r"|.+_flag|flag|(de)?activated|active|enabled|deleted|verified|archived"
)
"""Names of columns that are true or false."""
MOMENT = re.compile(r".+_(at|ts|tz|time|timestamp|datetime)|timestamp|datetime")
DAY = re.compile(r".+_(on|date|day|dt)|date|day|(birth|due|start|end)date")
"""Names of timestamps and of dates. What ends in `_on` was done on a day."""
CODE = re.compile(r".*(code|zip|postcode|phone|sku|iban|ssn|status|type|name)")
"""Names of texts, whatever other words they have."""
WHOLE = {
    *("count", "quantity", "qty", "num", "items", "units", "attempts", "age", "year"),
    *("month", "score", "rating", "stars", "level", "priority", "rank", "grade"),
    *("days", "hours", "minutes", "seconds", "ms", "bytes", "nights", "number"),
}
"""Words of whole numbers; the others that name numbers may have digits after the point."""
NUMBERS = {word for words, _ in WORDS for word in words} | WHOLE


def with_types(source: Source) -> Source:
    """The source with a type for each column that has none, in tables without rows.

    A declared type that has no counterpart stays unknown. Keys and refs do, too: they have the
    type of what they point at.
    """
    return replace(source, tables=tuple(map(typed, source.tables)))


def typed(table: SourceTable) -> SourceTable:
    if table.scan is not None:
        return table
    fixed = {*table.primary_key, *(name for ref in table.refs for name in ref.columns)}
    columns = tuple(
        (
            one
            if one.name in fixed or one.data is not Data.UNKNOWN or one.declared
            else guessed(one)
        )
        for one in table.columns
    )
    return replace(table, columns=columns)


def guessed(column: SourceColumn) -> SourceColumn:
    """The column with a type, and why it has that one; a key's name tells of none."""
    data, reason = guess(column)
    if data is Data.UNKNOWN:
        return column
    remark = column.remark or f"no type is declared: {NAMES[data]}, {reason}"
    return replace(column, data=data, remark=remark)


def guess(column: SourceColumn) -> tuple[Data, str]:
    """The likeliest type, and what it rests on."""
    name, words = column.name, naming.words(column.name)
    if column.minimum is not None or column.maximum is not None:
        return Data.NUMBER, "as it has bounds"
    rules: tuple[tuple[Callable[[], object], Data], ...] = (
        (lambda: is_birth(name), Data.DATE),
        (lambda: TRUTH.fullmatch(name), Data.BOOLEAN),
        (lambda: MOMENT.fullmatch(name), Data.TIMESTAMP),
        (lambda: DAY.fullmatch(name), Data.DATE),
        (lambda: words[-1] in COUNTERS and len(words) < 3, Data.INTEGER),
        (lambda: CODE.fullmatch(name), Data.TEXT),
        (lambda: WHOLE.intersection(words), Data.INTEGER),
        (lambda: NUMBERS.intersection(words), Data.NUMBER),
        (lambda: naming.is_key_word(name), Data.UNKNOWN),
    )
    for fits, data in rules:
        if fits():
            return data, "by its name"
    return Data.TEXT, "as its name tells of no other"
