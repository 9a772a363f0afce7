"""Text for a terminal, or for the log of a workflow."""

from __future__ import annotations

import re
from unicodedata import category

TAB = "    "

# Characters that change the order of a line on a terminal, so it would show something else.
MISLEADING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def as_terminal(text: str) -> str:
    """The text without control characters, and without characters that an encoder refuses.

    Line breaks become visible, too, so no text of a spec starts a line.
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(char: str) -> str:
    if char == "\t":
        return TAB
    if char < " ":
        return chr(0x2400 + ord(char))  # its symbol, such as ␛
    if category(char) in ("Cc", "Cs", "Zl", "Zp") or char in MISLEADING:
        return "\ufffd"
    return char


COMMAND = re.compile(r"^([ ]*)::(?!:)|##(?=\[)", re.MULTILINE)
"""What GitHub's runner finds in each line of a log: `::warning::` at its start (also after
spaces), `##[warning]` anywhere. See actions/runner, `ActionCommand.cs`."""


def without_commands(text: str) -> str:
    """Text without commands for a workflow's log; even a wrapped line could start with one."""
    return COMMAND.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], text)
