"""The locale of a table's names: one, or one by a column's value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler.profiling.draft import Settings
from compiler.profiling.model import Options, Relations, TableRelations
from compiler.profiling.moments.paths import without_orphans
from compiler.profiling.tables import Tables
from compiler.profiling.texts.words import ENGLISH, best_locale
from compiler.sources.model import SourceTable
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

LEAST_SHARE = 0.5
"""Share of the texts that must be names of a locale."""
LEAST_TEXTS = 20
MOST_TEXTS = 400
"""Names that are compared, of each value: enough for shares to a few points."""
MOST_VALUES = 12
HOPS = 2
BETTER = 0.1
"""By so much more names must be known if each value has its own locale."""
NAMES = ("name", "holder", "person", "customer", "employee", "contact", "owner")


def locale_of(
    tables: Tables, table: SourceTable, relations: Relations, options: Options
) -> tuple[Settings, list[str]]:
    """The table's `locale`, and what it rests on; both empty if it is English or unknown.

    The settings are `{"locale": "de_DE"}` or `{"locale": {"by": …, "cases": …}}`.
    """
    if not tables.count(table):
        return {}, []
    for column in name_columns(tables, table, relations):
        texts = sampled(tables.sample(table)[column])
        best, share = best_locale(texts)
        by = locales_by(tables, table, column, relations, options)
        if by is not None and by[1] > share + BETTER:
            locale, share = by
            reason = (
                f"{column}: {share:.0%} are names of these locales, by {locale['by']}"
            )
            return {"locale": locale}, [reason]
        if share >= LEAST_SHARE:
            if best == ENGLISH:
                return {}, []
            reason = f"{share:.0%} of {column} are names of {best}"
            return {"locale": best}, [reason]
    return {}, []


def locales_in(settings: Settings) -> list[str]:
    """All locales that occur in a table's rows."""
    locale = settings.get("locale", ENGLISH)
    if isinstance(locale, str):
        return [locale]
    found = [*locale["cases"].values(), locale.get("otherwise")]
    return list(dict.fromkeys(filter(None, found)))


def name_columns(
    tables: Tables, table: SourceTable, relations: Relations
) -> Iterator[str]:
    """The columns that may hold names of people: by name, with many values."""
    frame = tables.sample(table)
    found = relations.get(table.name, TableRelations())
    left_out = {one.column for one in found.refs}
    left_out |= {one.column for one in found.lookups}
    left_out |= set(found.key.columns) if found.key else set()
    for column in table.columns:
        named = any(word in column.name for word in NAMES)
        if column.data is not Data.TEXT or not named or column.name in left_out:
            continue
        texts = sampled(frame[column.name])
        if len(texts) >= LEAST_TEXTS and len(set(texts)) > MOST_VALUES:
            yield column.name


def sampled(series: pl.Series) -> list[str]:
    """Some of the texts, evenly from all of them."""
    import polars as pl

    texts = series.drop_nulls().cast(pl.String)
    return texts.gather_every(max(1, len(texts) // MOST_TEXTS)).to_list()


def locales_by(
    tables: Tables,
    table: SourceTable,
    column: str,
    relations: Relations,
    options: Options,
) -> tuple[Settings, float] | None:
    """The locale of each value of a category, and the share of names that are then known."""
    import polars as pl

    paths = list(category_paths(tables, table, relations))
    if not options.names_values or not paths:
        return None
    frame = tables.joined(table, paths, relations)
    values = without_orphans(tables, table, relations, frame.select(paths))
    best: tuple[Settings, float] | None = None
    for path in sorted(paths, key=lambda path: (path.count("."), path)):
        found = cases(frame[column], values[path].cast(pl.String), options.least_rows)
        if found is None:
            continue
        locales, share = found
        if best is None or share > best[1] + BETTER / 2:
            best = {"by": path, "cases": locales, "otherwise": ENGLISH}, share
    return best


def cases(
    names: pl.Series, values: pl.Series, least_rows: int
) -> tuple[dict[str, str], float] | None:
    """A locale for each value, and the share of known names; None if all have the same."""
    if not 2 <= values.drop_nulls().n_unique() <= MOST_VALUES:
        return None
    locales: dict[str, str] = {}
    known = total = 0.0
    for value in values.drop_nulls().unique(maintain_order=True):
        all_texts = names.filter(values == value)
        texts = sampled(all_texts)
        if len(texts) < least_rows:
            continue
        locale, share = best_locale(texts)
        locales[value] = locale
        known += share * len(all_texts)
        total += len(all_texts)
    if len(set(locales.values())) < 2:
        return None
    return locales, known / total


def category_paths(
    tables: Tables, table: SourceTable, relations: Relations, hops: int = HOPS
) -> Iterator[str]:
    """The texts of the row, and of rows that it points at, that may be categories."""
    found = relations.get(table.name, TableRelations())
    keys = set(found.key.columns) if found.key else set()
    for column in table.columns:
        if column.data is Data.TEXT and column.name not in keys:
            yield column.name
    names = {one.name for one in tables.source.tables}
    for ref in found.refs if hops else ():
        if ref.table == table.name or ref.table not in names:
            continue
        other = tables.source.table(ref.table)
        if other.scan is not None:
            for path in category_paths(tables, other, relations, hops - 1):
                yield f"{ref.column}.{path}"
