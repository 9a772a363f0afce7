"""The order of entries that were merged by key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

Key = tuple[Hashable, ...]
Keys = Sequence[Key]


def merged_order(base: Keys, ours: Keys, theirs: Keys) -> Keys | None:
    """All keys of both sides in one order; none where it is not clear what is meant.

    Where a side kept the order of the base, its own keys follow those that they follow on its side.
    """
    if not comparable(base, ours, theirs):
        return None
    if kept(base, ours):
        spine, other = theirs, ours
    elif kept(base, theirs):
        spine, other = ours, theirs
    else:
        return None
    order, place = [*spine], -1
    for key in other:
        if key in order:
            place = order.index(key)
        else:
            place += 1
            order.insert(place, key)
            after = order[place + 1 : place + 2]
            if key in base and after and after[0] not in (*base, *other):
                place += 1  # the spine has something else instead of it
    return order


def comparable(base: Keys, ours: Keys, theirs: Keys) -> bool:
    """Whether each key means the same on all sides."""
    sides = (base, ours, theirs)
    positional = {sum(key[0] == "argument" for key in side) for side in sides}
    if len(positional) > 1:
        return False
    if any(again(base, base) != again(base, side) for side in (ours, theirs)):
        return False
    removed = {*base} - {*ours} - {*theirs}
    return not any(
        replaced(base, side, key) for key in removed for side in (ours, theirs)
    )


def again(base: Keys, side: Keys) -> Counter[Hashable]:
    """How often those come that the base has several times."""
    repeated = {key[:-1] for key in base if is_numbered(key)}
    count = Counter(key[:-1] if is_numbered(key) else key for key in side)
    return Counter({key: count[key] for key in repeated})


def is_numbered(key: Key) -> bool:
    return len(key) > 1 and isinstance(key[-1], Again)


class Again(int):
    """The number of a key that came before."""


def kept(base: Keys, side: Keys) -> bool:
    """Whether a side has what it kept in the same order."""
    common = {*base} & {*side}
    return [key for key in base if key in common] == [
        key for key in side if key in common
    ]


def replaced(base: Keys, side: Keys, key: Key) -> bool:
    """Whether a side has something new at the place of what it removed."""
    place = base.index(key)
    before = [each for each in base[:place] if each in side]
    follower = side.index(before[-1]) + 1 if before else 0
    return follower < len(side) and side[follower] not in base
