"""Texts of a spec as comments, titles and docstrings: nothing in them can end these."""

from __future__ import annotations

import textwrap

from compiler.escape import printable

WIDTH = 88
"""Black's default line length."""
ONE_LINE = WIDTH - len("    return ")
"""The length of code that fits on one line of a function."""
LONG = 60
"""A call with more than so much in it reads better with a part of it as a variable."""


def comment(text: str, indent: int = 0) -> str:
    """Text as a comment, wrapped; nothing in it can end the comment.

    The lines have no indent yet, but leave room for it.
    """
    words = " ".join(printable(text).split())
    width = WIDTH - indent
    start = "# "
    return textwrap.fill(
        words,
        width,
        initial_indent=start,
        subsequent_indent=start,
        break_on_hyphens=False,
    )


def banner(title: str) -> str:
    """A section's title as a line across the page; what is too long for it is below."""
    words = " ".join(printable(title).split())
    name, _, more = words.partition(": ")
    if len(f"# --- {words}") >= WIDTH and more:
        return f"{banner(name)}\n{comment(sentence(more))}"
    return f"# --- {words} ".ljust(WIDTH, "-")


def joined(*texts: str) -> str:
    """Several descriptions of one thing, in one sentence."""
    *first, last = [text for text in texts if text] or [""]
    return "; ".join([*(text.rstrip(". ") for text in first), last])


def sentence(text: str) -> str:
    """Text with a capital at its start, where that is a plain word."""
    first = text.partition(" ")[0].rstrip(":,;")
    plain = first.isalpha() and first.islower()
    return text[:1].upper() + text[1:] if plain else text


def in_docstring(text: str) -> str:
    """Text that may be in a docstring: nothing in it can end the string."""
    return printable(text).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
