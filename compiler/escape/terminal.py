"""Text as a terminal, or the log of a workflow, shows it."""

from __future__ import annotations

import re
from unicodedata import category

TAB = "    "

# Characters that reorder a line on a terminal, so that it would show something else.
MISLEADING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def as_terminal(text: str) -> str:
    """The text with nothing in it that a terminal would obey or an encoder refuse.

    Line breaks are shown, too: no text of others begins a line.
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(char: str) -> str:
    if char == "\t":
        return TAB
    if char < " ":
        return chr(0x2400 + ord(char))  # its picture, such as ␛
    if category(char) in ("Cc", "Cs", "Zl", "Zp") or char in MISLEADING:
        return "\ufffd"
    return char


COMMAND = re.compile(r"^([ ]*)::(?!:)|##(?=\[)", re.MULTILINE)
"""What GitHub's runner looks for in each line of a log: `::warning::` at its start (behind
spaces, too), `##[warning]` anywhere. See actions/runner, `ActionCommand.cs`."""


def without_commands(text: str) -> str:
    """Printed text in which a workflow's log finds no command; a wrapped line can begin so."""
    return COMMAND.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], text)
