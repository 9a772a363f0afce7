"""A spec in JSON: its tree from `json`, in strict mode, and the places from a scanner."""

from __future__ import annotations

import json
import re
from typing import Any

from compiler.source.places import (
    Hint,
    Mistake,
    Path,
    Places,
    Scanner,
    hint,
    token_end,
    too_much,
)

_OPEN_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+'
_STRING = _OPEN_STRING + '"'
# An unclosed string is one token, too; otherwise each quote in it would be tried again.
_TOKENS = re.compile(
    rf'{_OPEN_STRING}"?|(?P<open>[\[{{])|(?P<close>[\]}}])|(?P<long>\d{{4300}}\d++)|\d++',
    re.DOTALL,
)
_CONSTANT = re.compile(rf'{_OPEN_STRING}"?|(?P<word>NaN|-?Infinity)', re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n]*")
_KEY = re.compile(_STRING, re.DOTALL)
_SCALAR = re.compile(rf"{_STRING}|[^\s,\]}}]+", re.DOTALL)

# One hint per line.
# fmt: off
_HINTS: tuple[Hint, ...] = (
    (".*", r"", r"(?://|/\*|#)", "JSON has no comments: put the text into a `description`"),
    (".*", r"^", r"[\w.]+ *=", "this looks like TOML: name the file `.toml`"),
    (".*", r"^\[+", r"[A-Za-z][\w.]*\]", "this looks like TOML: name the file `.toml`"),
    (".*", r"^", r"$", "the file is empty: a spec has a `name`, a `description` and tables"),
    (".*", r"", r"'", "JSON writes strings in double quotes"),
    (".*", r"", r"[\u201c\u201d\u2018\u2019\u201e]", 'use straight quotes: `"`'),
    ("Expecting [pv]", r"[\[{,]", r"$", "a closing bracket is missing at the end of the file"),
    ("Illegal trailing", r"", r"", "there is no comma after the last value"),
    ("Expecting [pv]", r"[\[{,]", r",", "remove one `,`"),
    ("Expecting property", r"", r"(\w+)", 'a key needs double quotes: `"{1}"`'),
    ("Expecting value", r"", r"True|False", "write `true` or `false`"),
    ("Expecting value", r"", r"None|nil|undefined", "leave the key out"),
    ("Expecting value", r"", r"([+-]?)(\.\d+)", "write `{1}0{2}`"),
    ("Expecting value", r"", r"([A-Za-z_]\w*)", 'text needs double quotes: `"{1}"`'),
    ("Expecting value", r":", r"", "a value is missing after `:`"),
    ("Expecting ',' del", r"\b0", r"\d", "a number has no leading zeros"),
    ("Expecting ',' del", r"\d", r"_", "JSON writes digits without `_`"),
    ("Expecting ',' del", r"", r"$", "a closing bracket is missing at the end of the file"),
    ("Expecting ',' del", r"", r"", "a `,` is missing between two values, or a closing bracket"),
    ("Expecting ':' del", r"", r"", 'there is a `:` between a key and its value: `"seed": 42`'),
    ("Extra data", r"", r"", "a file holds one object; is a `}` too early, or one too many?"),
    ("Unterminated", r"", r"", 'the closing `"` is missing'),
    ("Invalid control", r"", r"$", 'the closing `"` is missing, or write the line end as `\\n`'),
    ("Invalid control", r"", r"", "write control characters as escapes: `\\t`"),
    (r"Invalid \\", r"", r"", r"a backslash is written twice: `\\`"),
)
# fmt: on


def parse(text: str) -> dict[str, Any] | Mistake:
    """The tree, or the first mistake. `scan` finds repeated keys."""
    if mistake := too_much(text, _TOKENS):
        return mistake
    for constant in _CONSTANT.finditer(text):
        if constant["word"]:
            message = f"not valid JSON: {constant['word']} is no JSON number"
            return Mistake(
                message, *constant.span(), help="leave the key out, or give a number"
            )
    try:
        tree = json.loads(text)
    except json.JSONDecodeError as error:
        return _mistake(text, error)
    if not isinstance(tree, dict):
        start = len(text) - len(text.lstrip())
        help = 'a spec is an object: `{ "name": …, "description": …, "tables": … }`'
        return Mistake(
            "the file must hold an object", start, len(text.rstrip()), help=help
        )
    return tree


def scan(text: str) -> Places:
    """The places in a text that `parse` has accepted."""
    scanner = _JSON(text)
    scanner.value(())
    return scanner.places


class _JSON(Scanner):
    def value(self, path: Path) -> None:
        self.skip(_SPACE)
        start = self.pos
        if self.at("{"):
            self._members(path)
        elif self.at("["):
            self._elements(path)
        else:
            self.take(_SCALAR)
        self.places.values[path] = start, self.pos
        self.skip(_SPACE)

    def _members(self, path: Path) -> None:
        self._open()
        while not self.at("}"):
            start, end = self.take(_KEY)
            name = json.loads(self.text[start:end])
            member = (*path, name)
            if (first := self.places.keys.setdefault(member, (start, end))) != (
                start,
                end,
            ):
                self.places.repeated.append(
                    Mistake(
                        f"the key `{name}` is given twice",
                        start,
                        end,
                        "given again here",
                        "keep one of the two",
                        ((*first, "first given here"),),
                    )
                )
            self.skip(_SPACE)
            self.expect(":")
            self.value(member)
            self._next("}")
        self.pos += 1

    def _elements(self, path: Path) -> None:
        self._open()
        index = 0
        while not self.at("]"):
            self.value((*path, index))
            self._next("]")
            index += 1
        self.pos += 1

    def _open(self) -> None:
        self.pos += 1
        self.skip(_SPACE)

    def _next(self, close: str) -> None:
        if not self.at(close):
            self.expect(",")
            self.skip(_SPACE)


def _mistake(text: str, error: json.JSONDecodeError) -> Mistake:
    message, start = error.msg.removesuffix(" at").removesuffix(" starting"), error.pos
    message = message.split(" before end of ")[0]
    before = text[:start].rstrip()
    if before.endswith(",") and text[start : start + 1] in ("}", "]"):
        # Python before 3.13 only reports that it expected something at the bracket.
        message, start = "Illegal trailing comma", len(before) - 1
    if start >= len(text):
        start = len(before)
    line = text[start:].split("\n", 1)[0].rstrip("\r")
    return Mistake(
        f"not valid JSON: {message[:1].lower()}{message[1:]}",
        start,
        token_end(text, start),
        help=hint(_HINTS, message, before[-100:], line.rstrip()),
    )
