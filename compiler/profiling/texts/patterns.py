"""Texts of one shape: codes of letters and digits."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from compiler.profiling.draft import DraftColumn, Settings

LONGEST = 60
SAME_SHAPE = 0.98
"""Share of the texts that must have the shape."""
SIGNS = "#?%!@^"
"""What Faker replaces in a pattern; they cannot be in one as they are."""
LARGEST_POOL = 50_000
LEAST_POOL = 2


@dataclass(frozen=True)
class Pattern:
    """The sign of each place: itself where all texts have it, else the signs that occur."""

    places: tuple[frozenset[str], ...]

    @property
    def fixed(self) -> str:
        return "".join(next(iter(one)) if len(one) == 1 else "·" for one in self.places)


def shape(text: str) -> str:
    """The text with 9 for each digit, A and a for letters; all other signs stay."""
    text = re.sub(r"[0-9]", "9", text)
    return re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", text))


def pattern_of(texts: Sequence[str], least_rows: int) -> Pattern | None:
    """The pattern of texts that have the same length and the same signs at the same places.

    Of few texts no letter or digit is kept, even if all have it: it might identify someone.
    """
    lengths = Counter(map(len, texts))
    length, count = lengths.most_common(1)[0] if lengths else (0, 0)
    if count < SAME_SHAPE * len(texts) and are_codes(texts):
        return most_frequent(texts, least_rows)
    if not 2 <= length <= LONGEST or count < SAME_SHAPE * len(texts):
        return None
    same = [text for text in texts if len(text) == length]
    places = tuple(frozenset(text[n] for text in same) for n in range(length))
    if not any(place & set(string.digits) for place in places):
        return None
    for place in places:
        if len(place) > 1 and not all(one.isascii() and one.isalnum() for one in place):
            return None
    if len(same) < least_rows:
        places = tuple(map(widened, places))
    return Pattern(places)


def are_codes(texts: Sequence[str]) -> bool:
    """Whether nearly all texts are one word with a digit in it."""
    codes = sum(re.fullmatch(r"\S*[0-9]\S*", text) is not None for text in texts)
    return codes >= SAME_SHAPE * len(texts)


def most_frequent(texts: Sequence[str], least_rows: int) -> Pattern | None:
    """The pattern of the texts of the most frequent shape."""
    ((most, _),) = Counter(map(shape, texts)).most_common(1)
    return pattern_of([text for text in texts if shape(text) == most], least_rows)


def widened(place: frozenset[str]) -> frozenset[str]:
    """All letters or digits like those of a place; other signs stay."""
    return place if not next(iter(place)).isalnum() else frozenset(kinds_of(place))


def drafted(
    name: str, pattern: Pattern, distinct: int, comments: list[str]
) -> list[DraftColumn]:
    """The column of a pattern, after the hidden one that it needs, if any.

    A sign that Faker would replace is put around the rest by a template.
    """
    plain = [len(place) == 1 for place in pattern.places]
    if all(plain):
        return [
            DraftColumn(name, {"kind": "constant", "value": pattern.fixed}, comments)
        ]
    start, end = plain.index(False), len(plain) - plain[::-1].index(False)
    before, after = pattern.fixed[:start], pattern.fixed[end:]
    if not set(before + after) & set(SIGNS):
        start, end, before, after = 0, len(plain), "", ""
    settings = faked(pattern.places[start:end], distinct)
    comments = [*comments, f"pattern: {shown(pattern)}"]
    if not before + after:
        return [DraftColumn(name, settings, comments)]
    part = f"{name[:50]}_part"
    text = f"{escaped(before)}{{{part}}}{escaped(after)}"
    return [
        DraftColumn(part, {**settings, "hidden": True}, ["what varies of a code"]),
        DraftColumn(name, {"kind": "template", "text": text}, comments),
    ]


def faked(places: Sequence[frozenset[str]], distinct: int) -> Settings:
    """A column of Faker's `numerify` or `bothify`."""
    text, letters, texts = "", set[str](), 1
    for place in places:
        sign = sign_of(place)
        text += sign
        if sign == "?":
            letters |= kinds_of(place)
    for sign in text:
        if sign in "#%?":
            kinds = {"?": len(letters), "#": 10, "%": 9}[sign]
            texts = min(texts * kinds, LARGEST_POOL)
    args: Settings = {"text": text}
    if letters:
        args["letters"] = "".join(sorted(letters))
    pool = max(LEAST_POOL, min(distinct, texts))
    provider = "bothify" if letters else "numerify"
    return {"kind": "faker", "provider": provider, "args": args, "pool": pool}


def sign_of(place: frozenset[str]) -> str:
    """The sign of a place in a pattern of Faker's: itself, `#`, `%` or `?`."""
    if len(place) == 1:
        return next(iter(place))
    if place <= set(string.digits):
        return "#" if "0" in place else "%"
    return "?"


def kinds_of(place: frozenset[str]) -> set[str]:
    """All letters of the kinds that a place has, so that none of them tells of a row."""
    kinds = (string.ascii_uppercase, string.ascii_lowercase, string.digits)
    if place <= set("0123456789abcdef") and place & set(string.digits):
        return set("0123456789abcdef")
    if place <= set("0123456789ABCDEF") and place & set(string.digits):
        return set("0123456789ABCDEF")
    return {one for kind in kinds if place & set(kind) for one in kind}


def shown(pattern: Pattern) -> str:
    """The pattern for people, such as `AB-9999`."""
    return "".join(
        next(iter(place)) if len(place) == 1 else shape(min(place))
        for place in pattern.places
    )


def escaped(text: str) -> str:
    """The text in a template."""
    return text.replace("{", "{{").replace("}", "}}")
