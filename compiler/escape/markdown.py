"""Text as Markdown, of GitHub's kind and of the plain one."""

from __future__ import annotations

import html
import re

from compiler.escape import printable

MARKUP = re.compile(
    r"[\\`*\[\]|~$]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # within words it marks nothing up
    r"|^[-+#=](?=[-+#=\s]|$)|(?<=:)//|(?<=www)\."
)


LISTED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")
"""A number with which a line would be one of a list."""


def as_markdown(text: str) -> str:
    """Text as it is in a paragraph or a cell of Markdown, with nothing that marks it up."""
    plain = html.escape(one_line(text), quote=False)
    marked = MARKUP.sub(lambda found: "\\" + found[0], plain)
    return LISTED.sub(r"\1\\", marked)


def as_code(text: str) -> str:
    """Text in the font of code, in a paragraph or a cell.

    Backticks in it need a longer fence. What cannot be written so in paragraphs and cells alike
    (a cell ends at `|`, where code knows no escape) is plain text.
    """
    line = one_line(text)
    if not line or "|" in line:
        return as_markdown(line)
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    space = " " if "`" in (line[0], line[-1]) else ""
    return f"{fence}{space}{line}{space}{fence}"


def one_line(text: str) -> str:
    return " ".join(printable(text).split())
