"""What names of columns and tables say about keys and refs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from compiler.profiling.relations.words import (
    ATTACHED,
    IRREGULAR,
    KEY_WORDS,
    SHORT_FORMS,
    STRONG_KEY_WORDS,
    TABLE_WORDS,
)

Words = tuple[str, ...]

SHORTEST = 3
"""Letters that the start of a word has at least, to be its short form: `cust`, `addr`."""
LONGEST_PREFIX = 4
"""Letters of a prefix that all columns of a table share, as in TPC-H (`ps_partkey`)."""


@cache
def words(name: str) -> Words:
    """The words of a name; a key word that is attached to another one is a word of its own."""
    found: list[str] = []
    for word in name.split("_"):
        end = next((one for one in ATTACHED if word.endswith(one) and word != one), "")
        found += [word.removesuffix(end), end] if end else [word]
    return tuple(word for word in found if word)


def prefix_of(names: Sequence[str]) -> str:
    """A short prefix that all columns of a table have, such as `l_`; empty if there is none."""
    first = names[0].split("_")[0] if names else ""
    shared = all(name.startswith(f"{first}_") for name in names)
    return (
        f"{first}_"
        if shared and len(names) > 1 and len(first) <= LONGEST_PREFIX
        else ""
    )


@cache
def singular(word: str) -> str:
    """A noun without the ending of its plural, as far as simple rules go."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def table_words(table: str) -> Words:
    """What a row of the table is called: `fraud_flags` is `fraud`, `flag`."""
    found = tuple(singular(word) for word in words(table))
    return tuple(word for word in found if word not in TABLE_WORDS) or found


def stem(name: str) -> Words:
    """The words of a column's name before its key words; empty for `id`."""
    found = list(words(name))
    while found and found[-1] in KEY_WORDS:
        found.pop()
    return tuple(singular(word) for word in found)


def is_key_word(name: str) -> bool:
    """Whether the name ends as that of a key: `customer_id`, `sku`."""
    return words(name)[-1] in KEY_WORDS | STRONG_KEY_WORDS


def same_word(one: str, other: str) -> float:
    """1 for the same word, less for the start of it, 0 for others."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= SHORTEST and long.startswith(short):
        return 0.9
    return 0.9 if SHORT_FORMS.get(short) == long else 0.0


def same_words(one: Words, other: Words) -> float:
    """How much two names of as many words are the same; 0 if one of them is not."""
    if len(one) != len(other) or not one:
        return 0.0
    return min(same_word(a, b) for a, b in zip(one, other, strict=True))


def is_contraction(word: str, of: Words) -> bool:
    """Whether a word is made of the starts of several: `cdemo` of `customer`, `demographics`."""
    if len(of) == 1:
        return len(word) >= SHORTEST and of[0].startswith(word)
    return any(
        of[0].startswith(word[:size]) and is_contraction(word[size:], of[1:])
        for size in range(1, len(word) - SHORTEST + 1)
    )


def names_of(table: str, key: str, prefix: str) -> list[tuple[Words, float]]:
    """What a column that points at the table may be called, and how much that would say."""
    whole = table_words(table)
    found = [(whole, 1.0), (stem(key), 0.95), (stem(key.removeprefix(prefix)), 0.95)]
    if len(whole) > 1:
        found.append((whole[-1:], 0.8))
    if words(key)[-1] == "sku":
        found.append((("sku",), 0.95))
    return [(name, weight) for name, weight in found if name]


def agreement(column: str, prefix: str, table: str, key: str, key_prefix: str) -> float:
    """How well a column's name says that it points at a table: from 0, nothing, to 1.

    `customer_id` and `customer` point at customers; with roles, `ship_customer_id` and
    `account_from` do so a little less. The prefixes are those of all columns of each table.
    """
    best = 0.0
    for own in {stem(column), stem(column.removeprefix(prefix))}:
        if not own:
            continue
        for name, weight in names_of(table, key, key_prefix):
            size = len(name)
            best = max(
                best,
                weight * same_words(own, name),
                0.75 * weight * same_words(own[-size:], name) if len(own) > size else 0,
                0.65 * weight * same_words(own[:size], name) if len(own) > size else 0,
            )
        if len(table_words(table)) > 1 and is_contraction(own[-1], table_words(table)):
            best = max(best, 0.7)
    return best
