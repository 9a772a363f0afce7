"""The format of a table's key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.model import Options, Relations
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceTable
from compiler.spec.base import LARGEST
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

UUID = r"(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
MOSTLY = 0.999
"""Share of the keys that must have the format: faults are no keys."""
SPARSE = 0.9
"""With a smaller share of the numbers between the first and the last, there are gaps."""
DIGITS = r"^(.*?)([0-9]+)([^0-9]*)$"
CHANCE = 10
"""Before the first number there may be so many times as many as in the usual gap, by chance."""
LONGEST_NUMBER = 18
NO_FORMAT = "keys of no common format"
MOST_NAMES = 200
"""A table of more rows is no list of categories."""


def key_settings(tables: Tables, table: SourceTable, column: str) -> DraftColumn:
    """The key's format and first number, or `uuid`; a guess by name if there are no rows."""
    import polars as pl

    if tables.count(table) == 0:
        return guessed(table, column)
    values = tables.scan(table).select(pl.col(column)).drop_nulls()
    if table.column(column).data is Data.INTEGER:
        return numbers(column, values)
    texts = tables.sample(table)[column].drop_nulls().cast(pl.String)
    if len(texts) and texts.str.contains(UUID).sum() >= MOSTLY * len(texts):
        return DraftColumn(column, {"kind": "key", "uuid": True}, ["UUIDs"])
    return formatted(table, column, texts, tables.count(table))


def numbers(column: str, values: pl.LazyFrame) -> DraftColumn:
    """A key of whole numbers: where they start, and whether there are gaps."""
    import polars as pl

    low, high, count = (
        values.select(
            low=pl.col(column).min(), high=pl.col(column).max(), count=pl.len()
        )
        .collect()
        .row(0)
    )
    settings: Settings = {"kind": "key"}
    if low is None:
        return DraftColumn(column, settings, ["no keys are known"])
    settings |= start(int(low), int(high), int(count))
    return DraftColumn(column, settings, [counted(int(low), int(high), int(count))])


def start(low: int, high: int, count: int) -> Settings:
    """The first number, unless it is 1, or one of many that are missing at the start, too."""
    before, span = low - 1, high - low + 1
    gaps = (span - count) / max(count, 1)
    if low == 1 or 0 < before <= CHANCE * gaps:
        return {}
    return {"start": min(max(low, 0), LARGEST)}


def counted(low: int, high: int, count: int) -> str:
    """What numbers of keys show, in words."""
    span = high - low + 1
    if count >= SPARSE * span:
        return f"numbers without gaps, {count:,} of them"
    return f"numbers with gaps: {count:,} of {span:,}; here they follow one another"


def formatted(
    table: SourceTable, column: str, texts: pl.Series, rows: int
) -> DraftColumn:
    """A key with a number in a text; else one that is made up, as keys name rows.

    The texts may be a sample of the `rows`: that is no gap.
    """
    import polars as pl

    parts = texts.str.extract_groups(DIGITS).struct.unnest()
    prefix, digits, suffix = (parts.to_series(n) for n in range(3))
    found = [common(series) for series in (prefix, suffix)]
    fits = (prefix == found[0]) & (suffix == found[1])
    fits &= digits.str.len_chars() <= LONGEST_NUMBER
    fits = fits.fill_null(False)
    if not len(texts) or fits.sum() < MOSTLY * len(texts):
        return made_up(table, column)
    number = digits.filter(fits)
    widths = number.str.len_chars()
    values = number.cast(pl.Int64)
    padded = bool(number.filter(widths > 1).str.starts_with("0").any())
    width = int(widths.min())  # type: ignore[arg-type]
    place = f"{{:0{width}d}}" if padded and width > 1 else "{}"
    before, after = (text.replace("{", "{{").replace("}", "}}") for text in found)
    settings: Settings = {"kind": "key", "format": f"{before}{place}{after}"}
    low, high = int(values.min()), int(values.max())  # type: ignore[arg-type]
    settings |= start(low, high, len(values))
    return DraftColumn(column, settings, [counted(low, high, rows)])


def common(series: pl.Series) -> str:
    """The most frequent text."""
    counts = series.drop_nulls().value_counts(sort=True, name="/rows")
    return str(counts[0, 0]) if len(counts) else ""


def made_up(table: SourceTable, column: str) -> DraftColumn:
    """A key of numbers in place of one whose texts may not be in a spec."""
    comment = f"{NO_FORMAT}: names or codes, which are made up here"
    return DraftColumn(column, guessed(table, column).settings, [comment])


def guessed(table: SourceTable, column: str) -> DraftColumn:
    """A key by its type alone."""
    settings: Settings = {"kind": "key"}
    if table.column(column).data is Data.TEXT:
        if re.search(r"uuid|guid", table.column(column).declared + column, re.I):
            settings["uuid"] = True
        else:
            word = re.sub(r"[^a-z]", "", table.name)[:4].upper() or "KEY"
            settings["format"] = f"{word}-{{:06d}}"
    return DraftColumn(column, settings, ["no data: a guess by name and type"])


def category_names(
    tables: Tables,
    table: SourceTable,
    column: str,
    relations: Relations,
    options: Options,
    *,
    numbered: bool = False,
) -> list[str] | None:
    """The keys of a small table whose keys are categories: rows of its `data`.

    Each is that of at least `least_rows` rows of a table that points at it. They are texts
    without a number or, if `numbered`, any keys. None if these do not hold, or if no names may
    be in the spec.
    """
    import polars as pl

    rows = tables.count(table)
    if not options.names_values or not 0 < rows <= MOST_NAMES:
        return None
    texts = tables.sample(table)[column].drop_nulls().cast(pl.String)
    if not numbered:
        if table.column(column).data is not Data.TEXT:
            return None
        format = formatted(table, column, texts, rows).comments[0]
        if not format.startswith(NO_FORMAT):
            return None
    names = sorted(set(texts))
    for other in tables.source.tables:
        found = relations.get(other.name)
        for ref in found.refs if found and tables.count(other) else ():
            if ref.table != table.name or ref.target != column:
                continue
            uses = (
                tables.sample(other)[ref.column]
                .cast(pl.String)
                .value_counts(name="/rows")
            )
            counts = dict(uses.iter_rows())
            if all(counts.get(name, 0) >= options.least_rows for name in names):
                return names
    return None
