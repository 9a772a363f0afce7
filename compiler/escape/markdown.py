"""Text as Markdown, both GitHub's and CommonMark."""

from __future__ import annotations

import html
import re

from compiler.escape import printable

MARKUP = re.compile(
    r"[\\`*\[\]|~$]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # no markup within words
    r"|^[-+#=](?=[-+#=\s]|$)|(?<=:)//|(?<=www)\."
)


LISTED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")
"""A number that would start a list item."""


def as_markdown(text: str) -> str:
    """Text for a paragraph or a cell of Markdown, without any markup."""
    plain = html.escape(one_line(text), quote=False)
    marked = MARKUP.sub(lambda found: "\\" + found[0], plain)
    return LISTED.sub(r"\1\\", marked)


def as_code(text: str) -> str:
    """Text as code, in a paragraph or a cell.

    Backticks in it need a longer fence. Text that cannot be code in both places becomes plain
    text (a `|` ends a cell, and code has no escapes).
    """
    line = one_line(text)
    if not line or "|" in line:
        return as_markdown(line)
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    space = " " if "`" in (line[0], line[-1]) else ""
    return f"{fence}{space}{line}{space}{fence}"


def one_line(text: str) -> str:
    return " ".join(printable(text).split())
