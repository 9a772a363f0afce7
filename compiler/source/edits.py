"""Turns a help that is an exact edit into an edit of the file."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from compiler.diagnostics import (
    Diagnostic,
    Help,
    Hint,
    Label,
    Remove,
    Rename,
    Replace,
    Severity,
    Span,
    Swap,
    Write,
)
from compiler.source import Document
from compiler.source.places import before_blanks, begins_line

BARE = re.compile(r"[A-Za-z0-9_-]+")
INSIDE = re.compile(r"[\w ./-]*")
"""Text that needs no escapes in a string."""
QUOTED = re.compile(r"""("(?!")|'(?!'))(.*)\1""")


def advised(
    document: Document,
    code: str,
    message: str,
    labels: tuple[Label, ...],
    help: Help,
    severity: Severity = "error",
) -> Diagnostic:
    """A diagnostic about places of a document, with its help as an edit if it is one."""
    if not isinstance(help, Hint):
        return Diagnostic(code, message, labels, help, severity)
    fix = replacement(document, labels, help)
    return Diagnostic(code, message, labels, help.text, severity, fix)


def replacement(
    document: Document, labels: Sequence[Label], hint: Hint
) -> Replace | None:
    """The edit; None if the text at the place is not what the hint expects."""
    span = labels[0].span
    there = document.at(span)
    text: str | None = None
    match hint.edit:
        case Rename(old, new):
            text = renamed(document, span, old, new)
        case Write(text=new, old=None):
            text = new
        case Write(text=new, old=str(old)):
            text = there.replace(old, new) if there.count(old) == 1 else None
        case Swap():
            return swapped(document, span, labels[1].span)
        case Remove(beside):
            return removed(document, span, beside)
    return None if text is None else Replace(span, text)


def renamed(document: Document, span: Span, old: str, new: str) -> str | None:
    """A name written like another one: bare, or in the same quotes."""
    there = document.at(span)
    quoted = QUOTED.fullmatch(there)
    if document.headers(span) > 1:
        return None  # each of them would need the same change
    if there == old:
        if document.is_token(span):
            return new if BARE.fullmatch(new) else json.dumps(new, ensure_ascii=False)
        return new if INSIDE.fullmatch(new) else None
    if quoted is None or quoted[2] != old:
        return None
    if INSIDE.fullmatch(new):
        return f"{quoted[1]}{new}{quoted[1]}"
    return json.dumps(new, ensure_ascii=False) if document.is_token(span) else None


def swapped(document: Document, one: Span, other: Span) -> Replace | None:
    """Two values swapped; the text between them stays."""
    first, last = sorted((one, other))
    between = Span(first.path, first.end_line, first.end_column, last.line, last.column)
    text = document.at(last) + document.at(between) + document.at(first)
    whole = Span(first.path, first.line, first.column, last.end_line, last.end_column)
    return Replace(whole, text)


def removed(document: Document, span: Span, beside: str | None) -> Replace | None:
    """The removal of a key with its value and comma; None for a table with its own header."""
    stretch = document.entry(span, beside)
    if stretch is None:
        return None
    text, (start, end) = document.text, stretch
    comma = re.compile(r"\s*,[ \t]*").match(text, end)
    before = before_blanks(text, start)
    if comma:
        end = comma.end()
    elif text[before - 1 : before] == ",":
        start = before - 1
    elif begins_line(text, start):
        # A whole line, with the comment at its end.
        rest = re.compile(r"[^\n]*\n?").match(text, end)
        start = text.rfind("\n", 0, start) + 1
        end = rest.end() if rest else end
    return Replace(document.lines.span(document.path, start, end), "")
