"""The patterns by which Faker puts names and addresses together."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping

from compiler.plan.libraries.providers import generator
from compiler.plan.libraries.recalled import recalled_cells

FORMATS = {
    "name": ("person", "formats"),
    "name_female": ("person", "formats_female"),
    "name_male": ("person", "formats_male"),
    "address": ("address", "address_formats"),
}
"""Where Faker holds the patterns of a composed text: module and attribute."""
TOKEN = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@functools.cache
def pieces_of(provider: str, locale: str) -> tuple[str, ...]:
    """What a name or an address is made of, in its most frequent pattern in the locale.

    Texts and providers in turn, beginning and ending with a text: `("", "first_name", " ",
    "last_name", "")`. Each piece drawn apart gives far more texts than a pool of the whole, and
    none of the rarer patterns (titles, military addresses) at a rate of their own. Empty where
    the provider is not composed so.
    """
    found = recalled_cells(
        "pieces", (provider, locale), lambda: _pieces(provider, locale)
    )
    return tuple(map(str, found))


def _pieces(provider: str, locale: str) -> list[object]:
    _, providers = generator(locale)
    patterns = formats_of(provider, locale)
    if not patterns:
        return []
    most = max(patterns, key=lambda pattern: patterns[pattern])
    pieces = TOKEN.split(re.sub(r"[ ,]*\n", ", ", most))
    if provider == "name":
        neutral = [re.sub(r"_(fe)?male$", "", piece) for piece in pieces]
        plain = zip(pieces, neutral, strict=True)
        pieces = [new if new in providers else old for old, new in plain]
    known = all(piece in providers for piece in pieces[1::2])
    return [*pieces] if known and len(pieces) > 1 else []


def formats_of(provider: str, locale: str) -> Mapping[str, float]:
    """A provider's patterns and their weights; repeated ones weigh more."""
    fake, _ = generator(locale)
    module, attribute = FORMATS.get(provider, ("", ""))
    for source in fake.get_providers() if module else ():
        patterns = getattr(source, attribute, None)
        if patterns and f".{module}" in type(source).__module__:
            return patterns if isinstance(patterns, Mapping) else Counter(patterns)
    return {}
