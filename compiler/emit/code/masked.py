"""Source beside its mask, in which texts and comments hold no brackets, commas or operators.

The strings are as Black has them: in double quotes, unless these take more backslashes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TOKEN = re.compile(r"'((?:[^'\\]|\\.)*)'|\"(?:[^\"\\]|\\.)*\"|(?<=\d)e\+")
QUOTE = re.compile(r"\\.|\"")
SPECIAL = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""(?!")'
    r"|(?:\b[A-Za-z]+)?(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')(?![\"'])"
    r"|#[^\n]*|(?<=\d)e\+|[\"'\\;\t\r\v\f]"
)
OTHER_ESCAPE = re.compile(r"\\(?:N|[xuU][0-9a-f]*[A-F])")
"""Black writes these otherwise."""
COMMENT = re.compile(r"#(?: \S.*)?")
PRAGMA = re.compile(r"#\s*(?:fmt|type|yapf)\s*:")
DOCSTRING, STRING, NOTE, UNKNOWN = "'", '"', "#", "?"


class Unsure(Exception):
    """Only Black knows how this is formatted."""


class Masked(NamedTuple):
    """A part of the source."""

    text: str
    mask: str
    """As long as the text. A string is `"sss"`, a comment `###`, a docstring `'''`."""

    def cut(self, start: int, end: int | None = None) -> Masked:
        """A part of it, without the spaces around."""
        mask = self.mask[start:end]
        start += len(mask) - len(mask.lstrip())
        mask = mask.strip()
        return Masked(self.text[start : start + len(mask)], mask)

    def __add__(self, other: object) -> Masked:
        assert isinstance(other, Masked)
        return Masked(self.text + other.text, self.mask + other.mask)


def plain(text: str) -> Masked:
    """Text that is code by itself: a comma, a space."""
    return Masked(text, text)


def masked(source: str) -> Masked:
    """Source with its mask."""
    texts, masks, end = [], [], 0
    for match in SPECIAL.finditer(source):
        start = match.start()
        text, mask = _masked(match[0], source[start - 1 : start])
        texts += [source[end:start], text]
        masks += [source[end:start], mask]
        end = match.end()
    return Masked("".join([*texts, source[end:]]), "".join([*masks, source[end:]]))


def _masked(token: str, before: str) -> tuple[str, str]:
    if token == "e+":
        return "e", "e"
    if token[0] == "#":
        token = token.rstrip()
        if PRAGMA.match(token) or not (
            token.isprintable() and COMMENT.fullmatch(token)
        ):
            raise Unsure
        return token, NOTE * len(token)
    if token.startswith('"""'):
        if before.isalnum() or OTHER_ESCAPE.search(token):
            raise Unsure
        return token, DOCSTRING * len(token)
    if len(token) == 1:
        raise Unsure
    quoted = token.lstrip("frb")
    known = quoted[0] in "\"'" and not OTHER_ESCAPE.search(token)
    if quoted[0] == "'" and known:
        known = token[0] == "'"
        token = in_double_quotes(token) if known else token
    elif '\\"' in token:
        known = False
    return token, f'"{"s" * (len(token) - 2)}"' if known else UNKNOWN * len(token)


def as_tokens(code: str) -> str:
    """Code with the strings and numbers of Black."""
    return TOKEN.sub(_token, code)


def _token(token: re.Match[str]) -> str:
    """A string in double quotes, unless these take more backslashes; an exponent without a plus."""
    if token[1] is None:
        return "e" if token[0] == "e+" else token[0]
    return in_double_quotes(token[0])


def in_double_quotes(string: str) -> str:
    """A string that is in single quotes, as Black has it."""
    body = string[1:-1]
    if body.count('"') > body.count("\\'"):
        return string
    turned = {'"': '\\"', "\\'": "'"}
    return f'"{QUOTE.sub(lambda part: turned.get(part[0], part[0]), body)}"'
