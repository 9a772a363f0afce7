"""Diagnostics: what is wrong with a spec, where, and the way out.

The values only; `compiler.render` shows them as text, JSON or GitHub annotations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Severity = Literal["error", "warning"]

NEAR = 0.6  # share of equal letters from which a name counts as a slip of another
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


def nearest(
    name: str, candidates: Iterable[str], meant: Mapping[str, str] | None = None
) -> str | None:
    """The candidate that `name` was most likely meant to be, or None where none is near.

    Case and separators do not count. `meant` holds candidates by what others call them, in
    lower case and without separators. Among equally near ones the first wins.
    """
    names = [candidate for candidate in _listed(candidates) if candidate != name]
    wanted = bare(name)
    known = (meant or {}).get(wanted)
    if known in names:
        return known
    for candidate in names:
        if bare(candidate) == wanted != "":
            return candidate
    return _similar(_folded(name), names)


def did_you_mean(
    name: str, candidates: Iterable[str], meant: Mapping[str, str] | None = None
) -> Help:
    """Help for a name that does not exist: the nearest one, else all where they are few."""
    names = _listed(candidates)
    near = nearest(name, names, meant)
    if near is not None:
        return meant_name(name, near)
    if not names or len(names) > LISTED:
        return None
    if len(names) == 1:
        return Hint(f"it can only be `{names[0]}`", Rename(name, names[0]))
    return "one of " + ", ".join(f"`{candidate}`" for candidate in names)


def _similar(wanted: str, names: list[str]) -> str | None:
    """The name that shares most letters, else one that contains the other."""
    best, best_score = None, 0.0
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    for candidate in names:
        matcher.set_seq1(_folded(candidate))
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < NEAR:
            continue
        score = matcher.ratio()
        if score >= NEAR and score > best_score:
            best, best_score = candidate, score
    return best or _containing(wanted, names)


def _containing(wanted: str, names: list[str]) -> str | None:
    """The name nearest in length that contains `wanted` or is contained in it, from 3 letters."""
    if len(wanted) < 3:
        return None
    within = [
        name
        for name in names
        if len(name) >= 3 and (wanted in _folded(name) or _folded(name) in wanted)
    ]
    return min(within, key=lambda name: abs(len(name) - len(wanted)), default=None)


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")


def bare(name: str) -> str:
    """A name in lower case, without separators."""
    return _folded(name).replace("_", "")


def _listed(candidates: Iterable[str]) -> list[str]:
    """Each candidate once, in the order given; a set, which has none, is sorted."""
    if isinstance(candidates, (set, frozenset)):
        candidates = sorted(candidates)
    return list(dict.fromkeys(candidates))
