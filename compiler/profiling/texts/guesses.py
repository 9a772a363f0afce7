"""Texts of tables without rows: guesses by name."""

from __future__ import annotations

import re

from compiler.names import bare
from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.texts.providers import PROVIDERS
from compiler.sources.model import SourceColumn
from compiler.synonyms import PROVIDERS as SYNONYMS

NO_DATA = "no data: a guess by name and type"
NOT_BY_NAME = frozenset(("company", "file_name", "state"))
"""Providers whose hints are too common to guess by."""
LONG = re.compile(
    r"description|comment|note|body|message|content|remark|review|feedback|bio"
)
SHORT = re.compile(r"title|subject|headline|summary|label")
PERSON = re.compile(
    r"(full_|customer_|employee_|user_|contact_|display_)?name|holder|owner"
)
LENGTH = re.compile(r"\((\d+)\)")
LONGEST_WORD = 12
LONG_LETTERS = 200


def guessed(column: SourceColumn, names: list[str]) -> DraftColumn:
    """The column by its name; `names` are columns of the table that hold names of people."""
    return DraftColumn(column.name, by_name(column, names), [NO_DATA])


def by_name(column: SourceColumn, names: list[str]) -> Settings:
    name = column.name
    if re.search(r"(^|_)e?mail(_|$)", name):
        if names:
            return {"kind": "email", "of": names[0]}
        return {"kind": "faker", "provider": "safe_email"}
    if (provider := SYNONYMS.get(bare(name))) or (provider := hinted(name)):
        return {"kind": "faker", "provider": provider}
    if LONG.search(name):
        return {
            "kind": "faker",
            "provider": "text",
            "args": {"max_nb_chars": LONG_LETTERS},
        }
    if SHORT.search(name):
        return {"kind": "faker", "provider": "sentence", "args": {"nb_words": 5}}
    length = LENGTH.search(column.declared)
    short = length is not None and int(length[1]) <= LONGEST_WORD
    provider = "word" if short else "catch_phrase"
    return {"kind": "faker", "provider": provider}


def hinted(name: str) -> str | None:
    """The first provider whose columns are named so."""
    for provider in PROVIDERS:
        if (
            provider.hint
            and provider.name not in NOT_BY_NAME
            and provider.hint.search(name)
        ):
            return provider.name
    return None


def is_person(name: str) -> bool:
    """Whether a column of this name holds names of people, by name alone."""
    return PERSON.fullmatch(name) is not None
