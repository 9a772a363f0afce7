"""What each diagnostic code means: the text of `scaffold explain CODE`."""

from __future__ import annotations

from compiler.codes import expressions, files, names, output, sources, values, warnings
from compiler.codes.code import Code

__all__ = ["CODES", "Code", "explain"]

GROUPS = (files, values, names, expressions, output, sources, warnings)

CODES: dict[str, Code] = {code.code: code for group in GROUPS for code in group.CODES}
"""All codes, in the order of their numbers: errors first."""


def explain(code: str) -> str | None:
    """The code's title and explanation, or None for a code that does not exist.

    Upper and lower case are the same.
    """
    found = CODES.get(code.strip().upper())
    if found is None:
        return None
    source = f"Source: {found.source}\n" if found.source else ""
    return f"{found.code}: {found.title}\n\n{found.explanation}\n{source}"
