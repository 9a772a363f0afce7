"""Texts in SQL."""

from __future__ import annotations

SPARK = {"\\": "\\\\", "'": "\\'", "$": "\\u0024"}
"""What Spark reads as something else in a text. It puts the value of a variable, of the environment
or of a setting for `${…}` before it parses a statement (its `VariableSubstitution`), be it within a
text or a name; the escape of `$` is undone after that."""


def as_sql(text: str, engine: str) -> str:
    """A text in a statement of an engine."""
    escapes = SPARK if engine == "spark" else {"'": "''"}
    return "'" + "".join(escapes.get(letter, letter) for letter in text) + "'"
