"""Diagnostics: what is wrong with a spec, where, and the way out.

The values only; `compiler.render` shows them as text, JSON or GitHub annotations.
"""

from __future__ import annotations

from collections.abc import Iterable
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
class Diagnostic:
    """One mistake. The first label is the primary place; more stand where two places disagree."""

    code: str
    message: str
    labels: tuple[Label, ...] = ()
    help: str | None = None
    severity: Severity = "error"

    @property
    def span(self) -> Span | None:
        """The primary place, if there is one."""
        return self.labels[0].span if self.labels else None


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics by file, line, column and code, each once; those without a place first."""

    def place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
        span = diagnostic.span
        if span is None:
            return "", 0, 0, diagnostic.code
        return span.path, span.line, span.column, diagnostic.code

    return sorted(dict.fromkeys(diagnostics), key=place)


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `name` was most likely meant to be, or None where none is near.

    Case and `-` for `_` do not count. Among equally near ones the first wins.
    """
    wanted = _folded(name)
    names = [candidate for candidate in _listed(candidates) if candidate != name]
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


def did_you_mean(name: str, candidates: Iterable[str]) -> str | None:
    """Help for a name that does not exist: the nearest one, else all where they are few."""
    names = _listed(candidates)
    near = nearest(name, names)
    if near is not None:
        return f"did you mean `{near}`?"
    if not names or len(names) > LISTED:
        return None
    if len(names) == 1:
        return f"it can only be `{names[0]}`"
    return "one of " + ", ".join(f"`{candidate}`" for candidate in names)


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


def _listed(candidates: Iterable[str]) -> list[str]:
    """Each candidate once, in the order given; a set, which has none, is sorted."""
    if isinstance(candidates, (set, frozenset)):
        candidates = sorted(candidates)
    return list(dict.fromkeys(candidates))
