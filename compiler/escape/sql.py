"""Texts in SQL."""

from __future__ import annotations

SPARK = {"\\": "\\\\", "'": "\\'", "$": "\\u0024"}
"""What Spark would replace in a text: `${…}` by a variable or setting, before it parses the
statement, even in texts and names (`VariableSubstitution`). An escaped `$` prevents that."""


def as_sql(text: str, engine: str) -> str:
    """A text as a literal in a statement of an engine."""
    escapes = SPARK if engine == "spark" else {"'": "''"}
    return "'" + "".join(escapes.get(letter, letter) for letter in text) + "'"
