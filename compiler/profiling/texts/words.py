"""The names that Faker itself has, by locale, to compare texts with."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

DRAWS = 4_000
"""Names that are drawn of each provider: they hold nearly all that a locale has."""
ENGLISH = "en_US"
LOCALES = (
    *(ENGLISH, "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "pt_BR", "nl_NL", "pl_PL"),
    *("sv_SE", "tr_TR", "cs_CZ", "ja_JP", "zh_CN", "ko_KR", "ru_RU"),
)
"""Locales whose names are compared: of many speakers, and with names of their own in Faker."""
TITLES = re.compile(
    r"^(mr|mrs|ms|miss|dr|prof|mag|ing|dipl|sr|sra|herr|frau)\.?$", re.I
)
ENDINGS = re.compile(
    r"^(jr|sr|i{1,3}|iv|v|md|dds|phd|dvm|[bm]\.?(sc|a|eng)\.?)\.?$", re.I
)


@functools.cache
def drawn(provider: str, locale: str) -> frozenset[str]:
    """The values that a provider gives in a locale, in lower case."""
    import faker

    fake = faker.Faker(locale, use_weighting=False)
    fake.seed_instance(0)
    give = getattr(fake, provider)
    return frozenset(str(give()).lower() for _ in range(DRAWS))


@functools.cache
def parts(provider: str, locale: str) -> frozenset[str]:
    """The words of these values: names of two words are known by each of them."""
    return frozenset(word for name in drawn(provider, locale) for word in words(name))


def words(text: str) -> list[str]:
    """The words of a text, in lower case; a hyphen joins two."""
    return [word for word in re.split(r"[\s\-.,]+", text.lower()) if word]


def is_first_name(text: str, locale: str) -> bool:
    return text.lower() in drawn("first_name", locale)


def is_last_name(text: str, locale: str) -> bool:
    return text.lower() in drawn("last_name", locale)


def is_name(text: str, locale: str) -> bool:
    """Whether a text has a first and a last name of a locale, in either order."""
    pieces = [one for one in text.split() if not TITLES.match(one)]
    while len(pieces) > 2 and ENDINGS.match(pieces[-1]):
        pieces.pop()
    if len(pieces) < 2:
        return is_joined_name(text, locale)
    first, last = parts("first_name", locale), parts("last_name", locale)
    found = [set(words(piece)) for piece in (pieces[0], pieces[-1])]
    western = found[0] & first and found[1] & last
    return bool(western or (found[0] & last and found[1] & first))


def is_joined_name(text: str, locale: str) -> bool:
    """Whether a text is a last and a first name without a space, as in Chinese and Korean."""
    if text.isascii() or len(text) > 6:
        return False
    last, first = drawn("last_name", locale), drawn("first_name", locale)
    return any(text[:n] in last and text[n:] in first for n in (1, 2))


def share_of_names(texts: Sequence[str], locale: str) -> float:
    """The share of texts that are names of a locale."""
    return sum(is_name(text, locale) for text in texts) / max(len(texts), 1)


def best_locale(texts: Sequence[str], margin: float = 0.1) -> tuple[str, float]:
    """The locale whose names these are, and their share; English unless another is clearer."""
    english = share_of_names(texts, ENGLISH)
    best = ENGLISH, english
    if english >= 1 - margin:
        return best
    for locale in LOCALES[1:]:
        share = share_of_names(texts, locale)
        if share > max(best[1], english + margin):
            best = locale, share
    return best
