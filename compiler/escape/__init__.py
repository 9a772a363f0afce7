"""Escapes the text of a spec for each output format: one module a format.

Text of a spec, a path or an error must stay text in the output: never markup, a terminal command
or a statement. (In Python code, texts are literals: see `compiler.emit.python`.)
"""

from __future__ import annotations


def printable(text: str) -> str:
    """Text without invisible characters: control characters and direction marks."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
