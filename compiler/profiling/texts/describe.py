"""What the texts of a column are drawn from."""

from __future__ import annotations

import math
from collections.abc import Sequence

from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.model import Options, Relations
from compiler.profiling.tables import Tables
from compiler.profiling.texts.emails import are_addresses, domains, of_which
from compiler.profiling.texts.guesses import guessed
from compiler.profiling.texts.locales import name_columns
from compiler.profiling.texts.patterns import drafted, pattern_of
from compiler.profiling.texts.prose import prose
from compiler.profiling.texts.providers import COMPOSED, Provider, recognized
from compiler.profiling.texts.words import ENGLISH
from compiler.sources.model import SourceColumn, SourceTable
from compiler.spec.columns.texts import LARGE_POOL, MANY, POOL
from compiler.spec.types import Data

MOST = 2_000
"""Texts that are looked at: shares are then exact to about a point."""
LEAST_NULLS = 0.001
LARGEST_POOL = 50_000
"""Distinct values that a script makes: with more, its start takes minutes."""
FAR = 1.5
"""A pool that is larger or smaller by this factor is not the usual one."""
REPEATS = 0.9
"""If more of a few texts differ, there are too few to see how many there are in all."""
HALVINGS = 40


def describe(
    tables: Tables,
    table: SourceTable,
    column: SourceColumn,
    relations: Relations,
    options: Options,
    locales: Sequence[str] = (ENGLISH,),
) -> list[DraftColumn]:
    """The draft of a text that is no key, ref, lookup or category; the column comes last.

    Those before it are hidden columns that it reads. No text of the source is in the settings,
    but domains that many addresses have, and signs that all texts of a code have. `locales` are
    those of the table, see `locales_in`: providers are taken that Faker has in all of them.
    """
    import polars as pl

    if not tables.count(table):
        return [guessed(table, column)]
    series = tables.sample(table)[column.name].cast(pl.String)
    known = series.drop_nulls()
    texts = known.gather_every(max(1, len(known) // MOST)).to_list()
    drafts = drawn(tables, table, column, texts, relations, options, locales)
    missing = series.null_count() / max(len(series), 1)
    if missing >= LEAST_NULLS and drafts[-1].settings["kind"] not in (
        "email",
        "template",
    ):
        drafts[-1].settings["null_rate"] = round(missing, 4)
    elif missing >= LEAST_NULLS:
        drafts[-1].settings |= rate_beyond(tables, table, drafts[-1], missing)
    return drafts


def rate_beyond(
    tables: Tables, table: SourceTable, draft: DraftColumn, missing: float
) -> Settings:
    """The nulls of an address besides those of the name that it is made of."""
    frame = tables.sample(table)
    of = draft.settings.get("of")
    given = frame[of].null_count() / len(frame) if of in frame.columns else 0.0
    share = (missing - given) / (1 - given) if given < 1 else 0.0
    return {"null_rate": round(share, 4)} if share >= LEAST_NULLS else {}


def drawn(
    tables: Tables,
    table: SourceTable,
    column: SourceColumn,
    texts: Sequence[str],
    relations: Relations,
    options: Options,
    locales: Sequence[str],
) -> list[DraftColumn]:
    """The column by its values: an address, a provider, a pattern, or free text."""
    name = column.name
    if not texts:
        settings: Settings = {"kind": "faker", "provider": "word"}
        return [DraftColumn(name, settings, ["no values: always null"])]
    if are_addresses(texts):
        return [address(tables, table, column, relations, options)]
    distinct = distinct_texts(tables, table, name)
    found = recognized(name, texts, locales)
    if found is not None:
        return [faked(name, *found, distinct)]
    if (pattern := pattern_of(texts, options.least_rows)) is not None:
        seen = f"codes, most of {len(pattern.places)} signs; {distinct[0]:,} differ"
        return drafted(name, pattern, distinct[0], [seen])
    settings, seen = prose(texts, locales)
    settings |= pool(settings["provider"], *distinct)
    return [DraftColumn(name, settings, [seen])]


def distinct_texts(tables: Tables, table: SourceTable, column: str) -> tuple[int, int]:
    """The number of distinct texts, and that of all, in the sample."""
    series = tables.sample(table)[column].drop_nulls()
    return series.n_unique(), len(series)


def faked(
    name: str,
    provider: Provider,
    share: float,
    named: bool,
    distinct: tuple[int, int],
) -> DraftColumn:
    """A column of a provider's values."""
    settings: Settings = {"kind": "faker", "provider": provider.name}
    settings |= pool(provider.name, *distinct)
    reason = f"{share:.0%} of the values look like Faker's {provider.name}"
    if named:
        reason += ", and so does the column's name"
    return DraftColumn(name, settings, [reason])


def pool(provider: str, distinct: int, texts: int) -> Settings:
    """The number of values that the data draw from, where the usual one is far from it."""
    usual = LARGE_POOL if provider in MANY else POOL
    size = pool_size(distinct, texts)
    if provider in COMPOSED and size > usual:
        return {}
    unknown = distinct > REPEATS * texts and texts < usual
    if unknown or usual / FAR <= size <= usual * FAR:
        return {}
    return {"pool": min(size, LARGEST_POOL)}


def pool_size(distinct: int, texts: int) -> int:
    """The size of a pool from which so many texts show so many distinct ones on average.

    Of a pool of P, n draws show about P (1 - exp(-n / P)).
    """
    low, high = float(max(distinct, 1)), float(LARGEST_POOL)
    if low >= high or high * -math.expm1(-texts / high) <= distinct:
        return LARGEST_POOL
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        shows = middle * -math.expm1(-texts / middle)
        low, high = (middle, high) if shows < distinct else (low, middle)
    return round(low)


def address(
    tables: Tables,
    table: SourceTable,
    column: SourceColumn,
    relations: Relations,
    options: Options,
) -> DraftColumn:
    """Mail addresses: of a name of the row, if they are made of one."""
    import polars as pl

    frame = tables.sample(table)
    addresses = frame[column.name].cast(pl.String).fill_null("")
    every = max(1, len(frame) // MOST)
    some = addresses.gather_every(every).to_list()
    others = {
        one.name: values
        for one in table.columns
        if one.data is Data.TEXT
        and one.name != column.name
        and not are_addresses(
            values := (
                frame[one.name].cast(pl.String).fill_null("").gather_every(every)
            ).to_list()
        )
    }
    of = of_which(some, others)
    known = addresses.filter(addresses != "").to_list()
    if of is not None:
        settings: Settings = {"kind": "email", "of": of[0]}
        reason = f"{of[1]:.0%} of the mailboxes hold a word of {of[0]}"
    elif names := [
        name for name in name_columns(tables, table, relations) if name in others
    ]:
        settings = {"kind": "email", "of": names[0]}
        reason = f"mail addresses; here they are made of {names[0]}"
    else:
        settings = {"kind": "faker", "provider": "safe_email"}
        return DraftColumn(column.name, settings, ["mail addresses, of no name here"])
    if weights := domains(known, options):
        settings["domains"] = weights
        reason += f"; {len(weights)} domains that many rows have"
    return DraftColumn(column.name, settings, [reason])
