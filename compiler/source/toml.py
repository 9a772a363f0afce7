"""A spec in TOML: its tree from `tomllib`, and the places from a scanner."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from compiler.source.places import Mistake, Places, too_much
from compiler.source.toml_mistakes import mistake
from compiler.source.toml_scanner import (
    OPEN_BASIC,
    OPEN_LITERAL,
    OPEN_LONG_BASIC,
    OPEN_LONG_LITERAL,
    PART,
    TomlScanner,
)

# An unclosed string is one token, too; otherwise each quote in it would be tried again.
_TOKENS = re.compile(
    rf'{OPEN_LONG_BASIC}(?:"{{3,5}})?|{OPEN_LONG_LITERAL}(?:\'{{3,5}})?'
    rf"|(?P<dotted>(?:{PART}[ \t]*+\.[ \t]*+){{100}})"
    rf"|{OPEN_BASIC}\"?|{OPEN_LITERAL}'?|#[^\n]*+|(?P<long>\d(?:_?\d){{4300}})|[A-Za-z0-9_-]++"
    r"|(?P<open>[\[{])|(?P<close>[\]}])",
    re.DOTALL,
)


def parse(text: str) -> dict[str, Any] | Mistake:
    """The tree, or the first mistake."""
    if refused := too_much(text, _TOKENS):
        return refused
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return mistake(text, error)


def scan(text: str) -> Places:
    """The places in a text that `parse` has accepted."""
    scanner = TomlScanner(text)
    scanner.document()
    return scanner.places
