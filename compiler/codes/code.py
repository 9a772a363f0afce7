"""A diagnostic's code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """A stable code; it is never used again for something else.

    The explanation gives the reason in at most three lines, then an example: `wrong:` (in a
    warning `warns:`) and `right:`, in TOML. Tests compile both.
    """

    code: str
    title: str
    explanation: str
    source: str = ""
    """Of a warning: what its reason, or its number, rests on."""


def error(code: str, title: str, text: str) -> Code:
    """An error, with its explanation as a block of lines."""
    return Code(code, title, text.strip("\n"))


def warning(
    code: str,
    title: str,
    text: str,
    source: str,
    where: str = "on the column, the table",
) -> Code:
    """A warning, with what it rests on.

    Its last line shows where it can be allowed, in addition to the top level.
    """
    places = f"{where} or the top level" if where else "at the top level"
    allow = f'To allow it: `allow = ["{code}"]` {places} (`"*"` for all).'
    return Code(code, title, f"{text.strip()}\n{allow}", source)
