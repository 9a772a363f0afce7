"""Diagnostics: what is wrong with a spec, where, and the way out.

The values only; `compiler.render` shows them as text, JSON or GitHub annotations.
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
    """A stretch of a file's text.

    Lines and columns count from 1, in characters; the end is not in it.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Label:
    """A place, and what is to be said of it (shown beside the underline)."""

    span: Span
    text: str = ""


@dataclass(frozen=True)
class Replace:
    """A way out that a program can take: this text in place of what is there."""

    span: Span
    text: str


@dataclass(frozen=True)
class Diagnostic:
    """One mistake. The first label is the primary place; more stand where two places disagree."""

    code: str
    message: str
    labels: tuple[Label, ...] = ()
    help: str | None = None
    severity: Severity = "error"
    fix: Replace | None = None
    """What the help says, as an edit of the file, where it is one."""

    @property
    def span(self) -> Span | None:
        """The primary place, if there is one."""
        return self.labels[0].span if self.labels else None


@dataclass(frozen=True)
class Rename:
    """The name at the primary place becomes another, in the quotes that it has."""

    old: str
    new: str


@dataclass(frozen=True)
class Write:
    """A text takes the place of what is at the primary place, or of this part of it."""

    text: str
    old: str | None = None


@dataclass(frozen=True)
class Swap:
    """The values at the first two places change places."""


@dataclass(frozen=True)
class Remove:
    """The key at the primary place goes, with its value; or this other key beside it."""

    beside: str | None = None


@dataclass(frozen=True)
class Hint:
    """A help that says just what to write; `compiler.source.edits` makes it a `Replace`."""

    text: str
    edit: Rename | Write | Swap | Remove

    def __str__(self) -> str:
        return self.text


Help = str | Hint | None

SWAP = Hint("swap the two?", Swap())


def meant_name(name: str, near: str) -> Hint:
    """The help for a name that was mistyped."""
    return Hint(f"did you mean `{near}`?", Rename(name, near))


def leave_out(what: str = "", beside: str | None = None) -> Hint:
    """The help to take the key at the primary place away, or another one beside it."""
    return Hint(f"leave out {what}" if what else "leave it out", Remove(beside))


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics by file, line, column and code, each once; those without a place first."""

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
    """Help for a name that does not exist: the nearest one, else all where they are few."""
    near = nearest(name, candidates, meant, without=without)
    if near is not None:
        return meant_name(name, near)
    if len(candidates) > LISTED + 1:
        return None
    names = [candidate for candidate in listed(candidates) if candidate != without]
    if not names or len(names) > LISTED:
        return None
    if len(names) == 1:
        return Hint(f"it can only be `{names[0]}`", Rename(name, names[0]))
    return "one of " + ", ".join(f"`{candidate}`" for candidate in names)
