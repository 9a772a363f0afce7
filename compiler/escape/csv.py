"""Texts as cells of CSV for spreadsheets."""

from __future__ import annotations

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""First characters of what a spreadsheet reads as a formula (OWASP, "CSV Injection")."""


def as_csv(text: str) -> str:
    """A text, after an apostrophe if it would be a formula; see the script's `safe_text`."""
    return f"'{text}" if text.startswith(FORMULAS) else text
