"""Text in TOML."""

from __future__ import annotations

import re

PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")
SHORT = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n"} | {
    "\f": "\\f",
    "\r": "\\r",
}
"""The escapes that TOML has a letter for."""
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters, and characters that change how a line is shown."""


def as_toml(text: str) -> str:
    """Text as a basic string of one line."""
    plain = "".join(SHORT.get(letter, letter) for letter in text)
    escaped = UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)
    return f'"{escaped}"'


def as_toml_key(text: str) -> str:
    """Text as a key: bare where it can be."""
    return text if PLAIN_KEY.fullmatch(text) else as_toml(text)
