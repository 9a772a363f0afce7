"""Texts as cells of CSV that a spreadsheet opens."""

from __future__ import annotations

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet takes for a formula (OWASP, "CSV Injection")."""


def as_csv(text: str) -> str:
    """A text behind an apostrophe, where it would be a formula; see the script's `safe_text`."""
    return f"'{text}" if text.startswith(FORMULAS) else text
