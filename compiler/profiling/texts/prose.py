"""Texts that are nothing in particular: words, titles, sentences, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from compiler.profiling.draft import Settings

LONG = 25
"""From so many words on, a text is several sentences."""
TITLE = 4
"""Up to so many words without a full stop are a title or a name of something."""
SHORTEST = 5
"""Letters of Faker's shortest `text`."""
LONGEST = 5_000


def prose(texts: Sequence[str], locales: Sequence[str]) -> tuple[Settings, str]:
    """Faker's text of the same length, and what was seen."""
    words = np.array([len(text.split()) for text in texts])
    letters = np.array([len(text) for text in texts])
    count, length = round(float(np.median(words))), round(float(np.median(letters)))
    ends = np.mean([text.rstrip()[-1:] in (".", "!", "?", "。") for text in texts])
    seen = f"free text: about {count} word{'' if count == 1 else 's'}, {length} letters"
    settings: Settings = {"kind": "faker"}
    if count >= LONG or (count <= 1 and length > 40):
        longest = min(max(round(1.2 * length), SHORTEST), LONGEST)
        settings |= {"provider": "text", "args": {"max_nb_chars": longest}}
    elif count <= 1:
        settings |= {"provider": "word"}
    elif count <= TITLE and ends < 0.5 and has("catch_phrase", locales):
        settings |= {"provider": "catch_phrase"}
    else:
        settings |= {"provider": "sentence", "args": {"nb_words": count}}
    return settings, seen


def has(provider: str, locales: Sequence[str]) -> bool:
    """Whether Faker has a provider in all locales."""
    from compiler.plan.libraries.providers import provider_names

    return all(provider in provider_names(locale) for locale in locales)
