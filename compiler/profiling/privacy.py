"""What of a source's texts and keys may be in a spec."""

from __future__ import annotations

import re

from compiler.profiling.draft import DraftColumn
from compiler.profiling.model import Options

CODES = ("bothify", "numerify", "lexify", "hexify")
"""Faker's providers of texts by a pattern."""


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
