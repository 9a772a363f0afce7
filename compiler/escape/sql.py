"""Texts in SQL."""

from __future__ import annotations

VARIABLES = {"\\": "\\\\", "'": "\\'", "$": "\\u0024"}
"""For an engine that replaces `${…}` by a variable or setting before it parses a statement, even in
texts and names, as Spark does (`VariableSubstitution`). An escaped `$` prevents that."""


def as_sql(text: str, expands_variables: bool) -> str:
    """A text as a literal in a statement of an engine, which may replace variables in it."""
    escapes = VARIABLES if expands_variables else {"'": "''"}
    return "'" + "".join(escapes.get(letter, letter) for letter in text) + "'"
