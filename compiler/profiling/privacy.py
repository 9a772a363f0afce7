"""What of a source's texts and keys may be in a spec."""

from __future__ import annotations

import re

from compiler.profiling.draft import DraftColumn
from compiler.profiling.model import Options
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceColumn, SourceTable
from compiler.spec.types import Data

PERSONAL = re.compile(
    r"(first|last|full|given|family|middle|maiden|sur)_?name|e?mail|phone|mobile|street|address"
)
"""Names of columns whose texts are of people."""
LONGEST_CATEGORY = 40
"""Texts that are longer on average are sentences."""

CODES = ("bothify", "numerify", "lexify", "hexify")
"""Faker's providers of texts by a pattern."""


def is_personal(tables: Tables, table: SourceTable, column: SourceColumn) -> bool:
    """Whether texts are of people or free, and so no categories, however few there are."""
    import polars as pl

    if column.data is not Data.TEXT or not tables.count(table):
        return False
    if PERSONAL.search(column.name):
        return True
    lengths = tables.sample(table)[column.name].cast(pl.String).str.len_chars()
    mean = lengths.mean()
    return isinstance(mean, float) and mean > LONGEST_CATEGORY


def discreet_key(
    draft: DraftColumn, table: str, rows: int, options: Options
) -> DraftColumn:
    """A key with its format and start, as far as these show no key that is there."""
    few = rows < options.least_rows
    settings = draft.settings
    if rows and (few or not options.names_values):
        if "format" in settings:
            prefix = table[:4].upper().rstrip("_")
            settings["format"] = f"{prefix}-{{:06d}}"
        settings.pop("start", None)
        draft.comments = [
            "its format is made up: " + ("few rows" if few else "no values")
        ]
    elif start := settings.get("start"):
        digits = str(start)  # rounded down: it may be that of a row
        settings["start"] = int(digits[0]) * 10 ** (len(digits) - 1)
    return draft


def without_letters(draft: DraftColumn) -> DraftColumn:
    """A code whose letters and digits are all drawn: those that all rows share are values."""
    args = draft.settings.get("args", {})
    if draft.settings.get("provider") in CODES and "text" in args:
        plain = re.sub(r"[A-Za-z]", "?", re.sub(r"[0-9%!@]", "#", args["text"]))
        draft.settings |= {"provider": "bothify", "args": {"text": plain}}
        draft.comments = ["a code of this shape"]
    return draft
