"""Diagnostics: what is wrong with a spec, where, and how to fix it.

These are values; `compiler.render` shows them as text, JSON or GitHub annotations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from compiler.names import listed, nearest

Severity = Literal["error", "warning"]

LISTED = 12  # the most names that a help text lists


@dataclass(frozen=True, order=True)
class Span:
    """A range in a file's text.

    Lines and columns count from 1, in characters; the end is exclusive.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Label:
    """A place, and a text to show next to its underline."""

    span: Span
    text: str = ""


@dataclass(frozen=True)
class Replace:
    """A fix that a program can apply: the text that replaces the span."""

    span: Span
    text: str


@dataclass(frozen=True)
class Diagnostic:
    """One mistake. The first label is the primary place, the others conflict with it."""

    code: str
    message: str
    labels: tuple[Label, ...] = ()
    help: str | None = None
    severity: Severity = "error"
    fix: Replace | None = None
    """The help as an edit of the file, if it is one."""

    @property
    def span(self) -> Span | None:
        """The primary place, if there is one."""
        return self.labels[0].span if self.labels else None


@dataclass(frozen=True)
class Rename:
    """Replaces the name at the primary place; its quotes stay."""

    old: str
    new: str


@dataclass(frozen=True)
class Write:
    """Replaces the text at the primary place, or the part `old` of it."""

    text: str
    old: str | None = None


@dataclass(frozen=True)
class Swap:
    """Swaps the values at the first two places."""


@dataclass(frozen=True)
class Remove:
    """Removes the key (with its value) at the primary place, or the key `beside` of its table."""

    beside: str | None = None


@dataclass(frozen=True)
class Hint:
    """A help that is an exact edit; `compiler.source.edits` turns it into a `Replace`."""

    text: str
    edit: Rename | Write | Swap | Remove

    def __str__(self) -> str:
        return self.text


Help = str | Hint | None

SWAP = Hint("swap the two?", Swap())


def meant_name(name: str, near: str) -> Hint:
    """The help for a misspelled name."""
    return Hint(f"did you mean `{near}`?", Rename(name, near))


def leave_out(what: str = "", beside: str | None = None) -> Hint:
    """The help to remove the key at the primary place, or another key of its table."""
    return Hint(f"leave out {what}" if what else "leave it out", Remove(beside))


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics by file, line, column and code, without duplicates; without a place first."""

    def place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
        span = diagnostic.span
        if span is None:
            return "", 0, 0, diagnostic.code
        return span.path, span.line, span.column, diagnostic.code

    return sorted(dict.fromkeys(diagnostics), key=place)


def did_you_mean(
    name: str,
    candidates: Collection[str],
    meant: Mapping[str, str] | None = None,
    *,
    without: str | None = None,
) -> Help:
    """Help for a name that does not exist: the most similar one, or all if there are few."""
    near = nearest(name, candidates, meant, without=without)
    if near is not None:
        return meant_name(name, near)
    if len(candidates) > LISTED + 1:
        return None
    names = [candidate for candidate in listed(candidates) if candidate != without]
    if len(names) == 1:
        return Hint(f"it can only be `{names[0]}`", Rename(name, names[0]))
    return listing(names)


def listing(names: Collection[str]) -> Help:
    """Help that lists names, if there are few."""
    if not 0 < len(names) <= LISTED:
        return None
    only = "one of" if len(names) > 1 else "it can only be"
    return f"{only} {', '.join(f'`{name}`' for name in names)}"
