"""Merges the lines of two texts that were made from the same one (diff3).

`ours` are the user's, `theirs` the compiler's. What only one side changed is taken from that side.
Where both changed the same lines in different ways there is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Hunk:
    """Lines of the base that a side replaced: from `start` to before `stop`, counted from 0."""

    start: int
    stop: int
    lines: tuple[str, ...]

    @property
    def inserts(self) -> bool:
        """Whether it only adds lines."""
        return self.start == self.stop


@dataclass(frozen=True)
class Conflict:
    """Lines that both sides changed, with their line ends, and those of the base."""

    line: int
    """Where they are in the user's text, counted from 1."""
    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class Merge:
    """The merged text; where there are conflicts, it has the user's lines."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


def merge(base: str, ours: str, theirs: str) -> Merge:
    """Both sides' changes of a text."""
    lines = base.splitlines(keepends=True)
    own = hunks(lines, ours.splitlines(keepends=True))
    new = hunks(lines, theirs.splitlines(keepends=True))
    merged: list[str] = []
    conflicts: list[Conflict] = []
    place, shift = (
        0,
        0,
    )  # in the base; how many lines more the user's text has up to there
    for mine, fresh in groups(own, new):
        start = min(hunk.start for hunk in (*mine, *fresh))
        stop = max(hunk.stop for hunk in (*mine, *fresh))
        merged += lines[place:start]
        user, compiler = (applied(lines, side, start, stop) for side in (mine, fresh))
        if mine and fresh and user != compiler:
            before = tuple(lines[start:stop])
            here = start + shift + 1
            conflicts.append(Conflict(here, before, tuple(user), tuple(compiler)))
        merged += user if mine else compiler
        shift += sum(len(hunk.lines) - hunk.stop + hunk.start for hunk in mine)
        place = stop
    merged += lines[place:]
    return Merge("".join(merged), tuple(conflicts))


def hunks(base: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    """What a side changed, in order; where as many lines replace some, line by line."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    found: list[Hunk] = []
    for tag, start, stop, first, last in matcher.get_opcodes():
        lines = tuple(other[first:last])
        if tag != "equal" and stop - start == last - first:
            found += [Hunk(start + n, start + n + 1, (x,)) for n, x in enumerate(lines)]
        elif tag != "equal":
            found.append(Hunk(start, stop, lines))
    return found


def groups(
    ours: Sequence[Hunk], theirs: Sequence[Hunk]
) -> Iterator[tuple[list[Hunk], list[Hunk]]]:
    """The changes of both sides, those together that change the same lines."""
    mine, fresh = [*ours], [*theirs]
    while mine or fresh:
        first = mine if not fresh or (mine and before(mine[0], fresh[0])) else fresh
        group: tuple[list[Hunk], list[Hunk]] = ([], [])
        group[first is fresh].append(first.pop(0))
        grown = True
        while grown:
            grown = False
            for side, other in ((0, mine), (1, fresh)):
                against = group[1 - side]
                if other and any(overlap(other[0], hunk) for hunk in against):
                    group[side].append(other.pop(0))
                    grown = True
        yield group


def before(one: Hunk, other: Hunk) -> bool:
    """Whether a change comes first; lines that are added come before those that are changed."""
    return (one.start, one.stop) <= (other.start, other.stop)


def overlap(one: Hunk, other: Hunk) -> bool:
    """Whether two changes concern the same lines, or add lines at the same place."""
    if one.inserts and other.inserts:
        return one.start == other.start
    return one.start < other.stop and other.start < one.stop


def applied(
    base: Sequence[str], changes: Sequence[Hunk], start: int, stop: int
) -> list[str]:
    """The lines of the base from `start` to `stop` after a side's changes."""
    lines: list[str] = []
    place = start
    for hunk in changes:
        lines += [*base[place : hunk.start], *hunk.lines]
        place = hunk.stop
    return [*lines, *base[place:stop]]
