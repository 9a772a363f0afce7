"""Texts of tables without rows: guesses by name."""

from __future__ import annotations

import re

from compiler.names import bare
from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.relations import naming
from compiler.profiling.texts.lengths import code, fitted, length_of
from compiler.profiling.texts.providers import PROVIDERS
from compiler.sources.model import SourceColumn, SourceTable
from compiler.spec.types import Data
from compiler.synonyms import PROVIDERS as SYNONYMS

NO_DATA = "no data: a guess by name and type"
NOT_BY_NAME = frozenset(("company", "state"))
"""Providers whose hints are too common to guess by."""
LONG = re.compile(
    r"description|comment|note|body|message|content|remark|review|feedback|bio"
)
SHORT = re.compile(r"title|subject|headline|summary|label")
PEOPLE = re.compile(
    r"customer|user|employee|person|people|patient|guest|member|contact|student|teacher|driver"
    r"|author|agent|staff|client|player|doctor|nurse|artist|owner|subscriber|lead|candidate"
    r"|trainer|instructor|coach|passenger|participant|attendee|resident|applicant|donor"
    r"|volunteer|citizen|manager|recipient|sender|buyer|worker|speaker|referrer|holder"
)
"""What people are called: the `name` of such a table, and a `customer_name`, is a person's."""
COMPANIES = re.compile(
    r"compan|vendor|supplier|merchant|brand|manufacturer|account|employer|business|firm|store"
    r"|organi[sz]ation|shop|partner|tenant|publisher|bank|insurer|agenc|hotel|restaurant"
    r"|school|hospital|clinic|carrier|franchise|retailer"
)
"""What companies and the like are called."""
PERSON = re.compile(r"(full_|display_|given_|legal_|card_?)?(name|holder)|owner")
"""Names of columns that hold names of people, of a table of people or by themselves."""
SOME = 5
"""Names of things that rows of another table share."""
CODE_LENGTH = 8


def guessed(table: SourceTable, column: SourceColumn) -> DraftColumn:
    """The column by its name, and short enough for its type."""
    length = length_of(column)
    settings = fitted(by_name(table, column), length)
    return DraftColumn(column.name, settings, [NO_DATA])


def by_name(table: SourceTable, column: SourceColumn) -> Settings:
    name = column.name
    if re.search(r"(^|_)e?mail(_|$)", name):
        people = [
            one.name
            for one in table.columns
            if one.name != name and one.data is Data.TEXT and is_person(table, one.name)
        ]
        if people:
            return {"kind": "email", "of": people[0]}
        return {"kind": "faker", "provider": "safe_email"}
    if is_person(table, name):
        return {"kind": "faker", "provider": SYNONYMS.get(bare(name), "name")}
    if (provider := SYNONYMS.get(bare(name))) or (provider := hinted(name)):
        return {"kind": "faker", "provider": provider}
    if name == "name" or name.endswith("_name"):
        return named(table, name)
    if LONG.search(name):
        return {
            "kind": "faker",
            "provider": "text",
            "args": {"max_nb_chars": LONG_LETTERS},
        }
    if SHORT.search(name):
        return {"kind": "faker", "provider": "sentence", "args": {"nb_words": 5}}
    if naming.is_key_word(name):
        return code(min(length_of(column) or CODE_LENGTH, CODE_LENGTH))
    length = length_of(column)
    short = length is not None and length <= LONGEST_WORD
    return {"kind": "faker", "provider": "word" if short else "catch_phrase"}


LONG_LETTERS = 200
LONGEST_WORD = 20


def hinted(name: str) -> str | None:
    """The first provider whose columns are named so; a person's by the last word only."""
    last = name.rpartition("_")[2]
    for provider in PROVIDERS:
        is_person = provider.name == "name"
        if (
            provider.hint
            and provider.name not in NOT_BY_NAME
            and provider.hint.search(last if is_person else name)
            and not (is_person and last == "name")
        ):
            return provider.name
    return None


def is_person(table: SourceTable, name: str) -> bool:
    """Whether a column of this name holds names of people, by names alone."""
    if PERSON.fullmatch(name):
        return name != "name" or PEOPLE.search(table.name) is not None
    stem, _, last = name.rpartition("_")
    if last != "name" or COMPANIES.search(stem):
        return False
    is_part = stem in ("first", "last", "middle", "given", "family", "user")
    return not is_part and PEOPLE.search(stem.rpartition("_")[2]) is not None


def named(table: SourceTable, name: str) -> Settings:
    """The name of a company, or of a thing: `Plan 3`, with the number of its row.

    In a table of other things, rows share a few names.
    """
    stem, own = name.removesuffix("name").rstrip("_"), naming.table_words(table.name)
    if COMPANIES.search(stem or table.name):
        return {"kind": "faker", "provider": "company"}
    label = (stem or " ".join(own)).replace("_", " ").capitalize()
    is_own = not stem or naming.stem(stem) in (own, own[-1:])
    if not is_own:
        values = [f"{label} {number}" for number in range(1, SOME + 1)]
        return {"kind": "choice", "values": values}
    key = table.primary_key[0] if len(table.primary_key) == 1 else ""
    if key and table.column(key).data in (Data.INTEGER, Data.UNKNOWN):
        return {"kind": "template", "text": f"{label} {{{key}}}"}
    args = {"text": f"{label} %##"}
    return {"kind": "faker", "provider": "numerify", "args": args, "pool": 900}
