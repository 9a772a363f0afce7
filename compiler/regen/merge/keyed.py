"""Merges Python by its structure, where a merge of its lines has conflicts.

Statements, and entries of calls and literals, are compared by their keys: a new column after one
that the other side put there, too, is no conflict then.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from compiler.regen.merge.lines import (
    Conflict,
    Merge,
    Part,
    joined,
    lines_of,
    merge,
    unbalanced,
)
from compiler.regen.merge.oneline import merged_entries
from compiler.regen.merge.order import merged_order
from compiler.regen.merge.pieces import Level, Piece, levels, whole
from compiler.regen.merge.soundness import lost_sums, new_faults

WORD = re.compile(r"\w")
Sides = tuple[Piece | None, Piece | None, Piece | None]
"""The same piece in the base, the user's text and the compiler's."""


def merge_script(base: str, ours: str, theirs: str) -> Merge:
    """Both sides' changes of a Python text: by lines, or by structure.

    By structure where lines conflict, and where their merge would be broken, such as by a column
    that both sides added.
    """
    texts = (base, ours, theirs)
    found = merge(*texts)
    if not all(text.endswith("\n") for text in texts):
        return found
    for everywhere in (False, True):
        if is_right(found.parts, *texts) and not new_faults(
            "a.py", found.text, ours, theirs, base
        ):
            break
        try:
            other = by_structure(*map(whole, texts), everywhere=everywhere)
            keyed = Merge(joined(better(found.parts, other)))
            if not keyed.conflicts:
                ast.parse(keyed.text)
        except (SyntaxError, ValueError, IndexError, RecursionError, MemoryError):
            return found
        found = keyed
        if found.conflicts:
            break
    return found


def parts(
    base: Piece, ours: Piece, theirs: Piece, *, everywhere: bool = False
) -> Sequence[Part]:
    """A piece that all sides have, merged: by lines where these are right, but for `everywhere`."""
    if ours.lines in (base.lines, theirs.lines):
        return [theirs.text]
    if theirs.lines == base.lines:
        return [ours.text]
    texts = (base.text, ours.text, theirs.text)
    found: Sequence[Part] = [moved(part, ours) for part in merge(*texts).parts]
    if everywhere or not is_right(found, *texts):
        other = by_structure(base, ours, theirs, everywhere=everywhere)
        found = other if everywhere and other else better(found, other)
    if not count(found) and is_constant(ours):
        merged = "".join(map(str, found))
        if lost_sums(merged, ours.text, theirs.text):  # half of each side's shares
            sides = (base, ours, theirs)
            return [Conflict(ours.start + 1, *(tuple(side.lines) for side in sides))]
    return found


def is_constant(piece: Piece) -> bool:
    """Whether a piece is an assignment."""
    node = piece.entry.node if piece.entry else None
    return isinstance(node, ast.Assign | ast.AnnAssign)


def is_right(found: Sequence[Part], *texts: str) -> bool:
    """Whether there are no conflicts in a merge of lines, and none that it has not seen."""
    if count(found):
        return False
    merged = "".join(map(str, found))
    return not unbalanced(*map(counted, (*texts, merged)))


def counted(text: str) -> Counter[str]:
    """How often each line comes that has more than brackets."""
    return Counter(line for line in lines_of(text) if WORD.search(line))


def better(found: Sequence[Part], other: Sequence[Part] | None) -> Sequence[Part]:
    """The merge by structure, unless that of lines has conflicts, and these are smaller."""
    if other is None or 0 < size(found) <= size(other):
        return found
    return other


def size(found: Sequence[Part]) -> int:
    """How many lines are in conflict."""
    conflicts = [part for part in found if isinstance(part, Conflict)]
    return sum(len(each.ours) + len(each.theirs) for each in conflicts)


def by_structure(
    base: Piece, ours: Piece, theirs: Piece, *, everywhere: bool = False
) -> Sequence[Part] | None:
    """A piece, merged by what is in it; none where that has no clear parts."""
    sides = map(levels, (base, ours, theirs))
    for before, user, compiler in zip(*sides, strict=False):
        if before and user and compiler:
            found = merged_level(before, user, compiler, everywhere)
            if found is not None:
                return found
    text = merged_entries(base, ours, theirs)
    return None if text is None else [text]


def count(found: Sequence[Part]) -> int:
    """How many conflicts there are."""
    return sum(isinstance(part, Conflict) for part in found)


def moved(part: Part, ours: Piece) -> Part:
    """A part of a piece, with its line in the whole of the user's text."""
    return part if isinstance(part, str) else replace(part, line=part.line + ours.start)


def merged_level(
    base: Level, ours: Level, theirs: Level, everywhere: bool
) -> list[Part] | None:
    """The pieces of all sides, each merged with those of its key."""
    sides = [
        {each.key: each for each in level.pieces} for level in (base, ours, theirs)
    ]
    keys = [[*side] for side in sides]
    order = merged_order(*keys)
    closed = base.closed and ours.closed and theirs.closed
    if order is None or not (closed or keys[0] == keys[1] == keys[2]):
        return None
    found: list[Part] = []
    line = ours.pieces[0].start
    for key in order:
        before, user, compiler = (side.get(key) for side in sides)
        found += entry_parts((before, user, compiler), line, everywhere)
        line = user.stop if user else line
    return found


def entry_parts(sides: Sides, line: int, everywhere: bool) -> Sequence[Part]:
    """What comes of a piece. Where the user has none, `line` lines of theirs are before it."""
    base, ours, theirs = sides
    if base and ours and theirs:
        return parts(base, ours, theirs, everywhere=everywhere)
    present = [side for side in (ours, theirs) if side]
    if base and all(is_less(base, side) for side in present):
        return []
    if not base and len({side.text for side in present}) == 1:
        return [present[0].text]
    place = ours.start if ours else line
    return [Conflict(place + 1, *(tuple(s.lines) if s else () for s in sides))]


def is_less(base: Piece, side: Piece) -> bool:
    """Whether a side only removed comments above an entry."""
    above = base.source.lines[base.start : base.first]
    rest = side.source.lines[side.start : side.first]
    entry = base.source.lines[base.first : base.stop]
    own = side.source.lines[side.first : side.stop]
    return entry == own and {*rest} <= {*above}
