"""Texts of tables without rows that are no longer than their type allows."""

from __future__ import annotations

import re
import string

from compiler.profiling.draft import Settings
from compiler.profiling.texts.patterns import faked
from compiler.profiling.texts.providers import COMPOSED
from compiler.profiling.texts.words import ENGLISH, drawn
from compiler.sources.model import SourceColumn

LENGTH = re.compile(r"char[a-z ]*\(\s*(\d+)|(?:string|text)\s*\(\s*(\d+)", re.I)
ENOUGH = 100
"""Letters that all providers of short texts keep to."""
SHORTEST_TEXT = 5
"""Letters of the shortest text that Faker writes."""
SENTENCE = 20
"""In fewer letters, a code reads better than the start of a sentence."""
LETTERS_OF_CODES = 3
LONGEST_CODE = 12
DIGITS_OF_KEYS = 6
CODES = 2_000
MARGIN = 1.2
"""Names are put together from parts: two long ones may meet."""
LONGEST_ADDRESS = 45
"""Letters of the address of a long name, with its number and its domain."""
ADDRESS = "user%####@example.com"
NARROWER = {"name": "last_name", "email": "safe_email", "user_name": "first_name"}
"""Providers of shorter texts that read the same."""


def length_of(column: SourceColumn) -> int | None:
    """The most letters that the declared type allows; None if it has no such limit."""
    found = LENGTH.search(column.declared)
    return int(found[1] or found[2]) if found else None


def fitted(settings: Settings, length: int | None) -> Settings:
    """The settings, or others whose texts are no longer than this."""
    if length is None or length >= ENOUGH or longest(settings) <= length:
        if length is not None and settings.get("provider") == "text":
            args = {"max_nb_chars": min(settings["args"]["max_nb_chars"], length)}
            return settings | {"args": args}
        return settings
    kind = settings["kind"]
    narrower = NARROWER.get(str(settings.get("provider", kind)))
    if narrower and longest(found := {"kind": "faker", "provider": narrower}) <= length:
        return found
    if length >= len(ADDRESS) and settings.get("provider", kind) in (
        "email",
        "safe_email",
    ):
        return {"kind": "faker", "provider": "numerify", "args": {"text": ADDRESS}}
    if length >= SENTENCE or (
        settings.get("provider") == "text" and length >= SHORTEST_TEXT
    ):
        return {"kind": "faker", "provider": "text", "args": {"max_nb_chars": length}}
    return code(min(length, LONGEST_CODE))


def longest(settings: Settings) -> float:
    """The letters of the longest text."""
    match settings["kind"]:
        case "email":
            return LONGEST_ADDRESS
        case "choice":
            return max(len(value) for value in settings["values"])
        case "template":
            return len(re.sub(r"\{.*?\}", "", settings["text"])) + DIGITS_OF_KEYS
    if "text" in settings.get("args", {}):
        return len(settings["args"]["text"])
    provider = settings["provider"]
    if provider == "text":
        return float(settings["args"]["max_nb_chars"])
    if provider == "sentence":
        return ENOUGH
    known = max(len(text) for text in drawn(provider, ENGLISH))
    return known * MARGIN if provider in COMPOSED else known


def code(length: int) -> Settings:
    """Codes of capital letters and digits, such as `AB42`."""
    letters = min((length + 1) // 2, LETTERS_OF_CODES)
    places = [frozenset(string.ascii_uppercase)] * letters
    places += [frozenset(string.digits)] * (length - letters)
    return faked(places, CODES)
