"""The name that was most likely meant by a misspelled one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

NEAR = 0.6  # minimum share of equal letters of two names that may be the same
FEW = 100  # names that are each compared; of more, the likeliest
MANY = 2000  # of more names than these none is looked for
COMPARED = 12  # names of many that are compared letter by letter
LONG = 200  # letters of a name that is compared


def nearest(
    name: str,
    candidates: Collection[str],
    meant: Mapping[str, str] | None = None,
    *,
    without: str | None = None,
) -> str | None:
    """The candidate that `name` most likely means, or None if none is similar.

    Case and separators are ignored. `meant` maps synonyms (lower case, without separators) to
    candidates; `without` is a candidate to leave out. Among equally similar ones the first
    wins.

    The cost of a search does not grow with the number of candidates, since there can be as
    many misspelled names as correct ones.
    """
    if len(candidates) > MANY:
        return None
    names, no = tuple(listed(candidates)), (name, without)
    wanted = bare(name)
    known = (meant or {}).get(wanted)
    if known in names and known not in no:
        return known
    index = _index(names)
    for number in index.by_bare.get(wanted, ()) if wanted else ():
        if names[number] not in no:
            return names[number]
    return index.similar(_folded(name), no)


def bare(name: str) -> str:
    """A name in lower case, without separators."""
    return _folded(name).replace("_", "")


def listed(candidates: Collection[str]) -> list[str]:
    """Each candidate once, in the order given; a set, which has none, is sorted."""
    if isinstance(candidates, (set, frozenset)):
        candidates = sorted(candidates)
    return list(dict.fromkeys(candidates))


class _Index:
    """An index of names by their parts, so that a search looks at few of many names."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.folded = [_folded(name) for name in names]
        self.by_bare: dict[str, list[int]] = {}
        self.by_part: dict[str, list[int]] = {}
        for number, folded in enumerate(self.folded):
            self.by_bare.setdefault(folded.replace("_", ""), []).append(number)
            if len(names) > FEW:
                for part in _parts(folded):
                    self.by_part.setdefault(part, []).append(number)

    def similar(self, wanted: str, no: Collection[str | None]) -> str | None:
        """The name that shares most letters, else one that contains the other."""
        if len(wanted) > LONG:
            return None
        best, best_score = None, 0.0
        matcher = SequenceMatcher(b=wanted, autojunk=False)
        for number in self._worth_comparing(wanted):
            if len(self.folded[number]) > LONG:
                continue
            matcher.set_seq1(self.folded[number])
            bound = min(matcher.real_quick_ratio(), matcher.quick_ratio())
            if bound < NEAR or bound <= best_score or self.names[number] in no:
                continue
            score = matcher.ratio()
            if score >= NEAR and score > best_score:
                best, best_score = self.names[number], score
        return best or self._containing(wanted, no)

    def _worth_comparing(self, wanted: str) -> Iterable[int]:
        """All, in their order; of many, those that share with it what few others have."""
        if len(self.names) <= FEW:
            return range(len(self.names))
        shared: dict[int, float] = {}
        for part in _parts(wanted):
            numbers = self.by_part.get(part, [])
            for number in numbers[:FEW]:
                shared[number] = shared.get(number, 0) + 1 / len(numbers)
        likely = sorted(shared, key=lambda number: (-shared[number], number))
        return sorted(likely[:COMPARED])

    def _containing(self, wanted: str, no: Collection[str | None]) -> str | None:
        """The name nearest in length that contains `wanted`, or is in it; from 3 letters."""
        if len(wanted) < 3:
            return None
        within = [
            other
            for other, folded in zip(self.names, self.folded, strict=True)
            if len(folded) >= 3 and (wanted in folded or folded in wanted)
            if other not in no
        ]
        return min(within, key=lambda one: abs(len(one) - len(wanted)), default=None)


@lru_cache(maxsize=64)
def _index(names: tuple[str, ...]) -> _Index:
    return _Index(names)


def _parts(folded: str) -> set[str]:
    """Each two letters in a row, the ends marked; and all of the letters, in any order."""
    marked = f"^{folded}$"
    pairs = {marked[start : start + 2] for start in range(len(marked) - 1)}
    return {*pairs, "".join(sorted(folded))}


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")
