"""Merges the lines of two texts that were made from the same one (diff3).

`ours` are the user's, `theirs` the compiler's. What only one side changed is taken from that side.
Where both changed the same lines in different ways there is a conflict.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

LINE = re.compile(r"[^\n]*\n|[^\n]+")


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


Part = str | Conflict


@dataclass(frozen=True)
class Merge:
    """Both sides' changes: clean text and conflicts, in order."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The merged text; where there are conflicts, it has the user's lines."""
        return "".join(
            part if isinstance(part, str) else "".join(part.ours) for part in self.parts
        )

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return tuple(part for part in self.parts if isinstance(part, Conflict))


def merge(base: str, ours: str, theirs: str) -> Merge:
    """Both sides' changes of a text."""
    lines = lines_of(base)
    own = hunks(lines, lines_of(ours))
    new = hunks(lines, lines_of(theirs))
    parts: list[Part] = []
    place = 0  # in the base
    shift = 0  # how many lines more the user's text has up to there
    for mine, fresh in groups(own, new):
        start = min(hunk.start for hunk in (*mine, *fresh))
        stop = max(hunk.stop for hunk in (*mine, *fresh))
        parts += lines[place:start]
        user, compiler = (applied(lines, side, start, stop) for side in (mine, fresh))
        if mine and fresh and user != compiler:
            before = tuple(lines[start:stop])
            here = start + shift + 1
            parts.append(Conflict(here, before, tuple(user), tuple(compiler)))
        else:
            parts += user if mine else compiler
        shift += sum(len(hunk.lines) - hunk.stop + hunk.start for hunk in mine)
        place = stop
    parts += lines[place:]
    return Merge(joined(parts))


def joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The same parts, with the texts between conflicts as one each."""
    found: list[Part] = []
    for part in parts:
        if part == "":
            continue
        if found and isinstance(part, str) and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return tuple(found)


def lines_of(text: str) -> list[str]:
    """The lines of a text, with their ends; other separators than newlines are left in them."""
    return LINE.findall(text)


def hunks(base: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    """What a side changed, in order; where as many lines replace some, line by line."""
    head = alike(base, other)
    tail = alike(base[head:][::-1], other[head:][::-1])
    ends = len(base) - tail, len(other) - tail
    cut = base[head : ends[0]], other[head : ends[1]]  # a diff of less is quicker
    matcher = SequenceMatcher(None, *cut, autojunk=False)
    found: list[Hunk] = []
    for tag, *places in matcher.get_opcodes():
        start, stop, first, last = (head + place for place in places)
        lines = tuple(other[first:last])
        if tag != "equal" and stop - start == last - first:
            found += [Hunk(start + n, start + n + 1, (x,)) for n, x in enumerate(lines)]
        elif tag != "equal":
            found.append(Hunk(start, stop, lines))
    return found


def alike(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many equal lines both begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


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


def unbalanced(*counts: Counter[str]) -> list[str]:
    """Of what a merged text has another number than the changes of both sides ask for.

    Counted are base, ours, theirs and merged. A line that one side moved and the other removed is
    still there after a merge of lines, or twice.
    """
    base, ours, theirs, merged = counts
    found: list[str] = []
    for what in merged.keys() | ours.keys() | theirs.keys() | base.keys():
        own, new = ours[what] - base[what], theirs[what] - base[what]
        sums = [own + new] if own * new <= 0 else [own, new, own + new]
        if not min(sums) <= merged[what] - base[what] <= max(sums):
            found.append(what)
    return found
