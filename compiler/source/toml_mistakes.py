"""What is wrong with a text that is not TOML, and what to write instead."""

from __future__ import annotations

import re
from contextlib import suppress

from compiler.source.places import Hint, Lines, Lost, Mistake, hint, token_end
from compiler.source.toml_scanner import TomlScanner

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TWICE = re.compile("Cannot (?:declare|overwrite|redefine|mutate)|Duplicate")
_CUT = re.compile("Unterminated|Unclosed")
_ESCAPE = re.compile("Unescaped|Invalid hex|Escaped")
_LONG_QUOTES = ('"""', "'''")
_NO_QUOTE = re.compile(
    r"""(?:Illegal|Found invalid) character '\\n'|Expected "'+"$|Expected '"+'$"""
)

_AFTER = "Expected newline|Unclosed|Expected '='"  # after the end of a value
# One hint per line.
# fmt: off
_HINTS: tuple[Hint, ...] = (
    (".*", r"^", r"\{", "this looks like JSON: name the file `.json`"),
    (".*", r"^|\s", r"//|/\*", "comments begin with `#`"),
    (".*", r"", r"[\u201c\u201d\u2018\u2019\u201e]", 'use straight quotes: `"`'),
    ("Invalid value", r"", r"(?i:true\b)", "write `true`"),
    ("Invalid value", r"", r"(?i:false\b)", "write `false`"),
    ("Invalid value", r"", r"(?i:none|null|nil)\b", "TOML has no null: leave the key out"),
    ("Invalid value", r"=\s*", r"#|$", "a value is missing after `=`"),
    ("Invalid value", r"", r"$", "a value or the closing bracket is missing"),
    ("Invalid value", r"", r"([+-]?)(\.\d+)", "write `{1}0{2}`"),
    ("Invalid value", r"", r",", "a value is missing before the `,`"),
    ("Invalid value", r"", r"([^\s\"',\]}]+)[\"']", 'the opening quote is missing: `"{1}"`'),
    ("Invalid value", r"", r"([^,\]}#=]*[^,\]}#=\s])", 'text needs quotes: `"{1}"`'),
    ("Invalid date", r"", r"", "a date is `2026-07-04`, a timestamp `2026-07-04T12:00:00Z`"),
    (_AFTER, r"\d{4}", r"-\d\d?-\d\d?\b", "there is no such date; one is written `2026-07-04`"),
    (_AFTER, r"([+-]?\d[\w.:-]*)", r"([A-Za-z]\w*)", 'this needs quotes: `"{b1}{1}"`'),
    (_AFTER, r"\b0", r"\d", "a number has no leading zeros; an identifier needs quotes"),
    (_AFTER, r"([1-9]\d*) ?", r",?(\d{3})\b", "write `{b1}_{1}`"),
    (_AFTER, r"\d", r"%", "a rate is a number between 0 and 1"),
    ("Expected newline", r"", r",", "a line ends without a comma"),
    ("Expected newline", r"[\"']\s*", r"\S*[\"']", 'a `"` inside a string is written `\\"`'),
    ("Expected newline", r"", r"[\w.-]+ *=", "put each key on a line of its own"),
    ("Expected newline", r"", r"", "a line is one `key = value`; text needs quotes"),
    ("Unclosed array", r"", r"", "a `,` or the closing `]` is missing"),
    ("Unclosed inline", r"", r"", "a `,` is missing, or the closing `}` on the same line"),
    ("Expected '='", r"", r":", "TOML writes `key = value`, without `:`"),
    ("Expected '='", r"", r"#|,|\}|$", "a key has a value: `key = value`"),
    ("Expected '='", r"", r"[^\"'=\[{]*=", "a key with blanks or special letters needs quotes"),
    ("Expected '='", r"", r"", "a `=` is missing between the key and its value"),
    ("Invalid initial", r",\s*", r"\}", "no comma before `}`"),
    ("Invalid initial", r"[{,]\s*", r"#|$", "an inline table `{ … }` is written on one line"),
    ("Invalid initial", r"^\s*\[+\s*", r"\]", "a table has a name: `[tables.customers]`"),
    ("Invalid initial|Invalid st", r"", r"[^\x00-\x7f]", "such a key needs quotes"),
    ("Invalid st", r"", r"", "a line is `key = value`, `[table]` or `# comment`"),
    ("Unterminated", r"", r"", "the closing quote is missing"),
    ("Illegal|Found invalid", r"", r"", "write control characters as escapes: `\\t`, `\\n`"),
    ("Unescaped", r"", r"", r"write `\\` for a backslash, or put the text in single quotes"),
    ("Expected ']", r"", r"", "the header's closing bracket is missing"),
    ("Invalid hex|Escaped", r"", r"", r"`\u` takes the four hex digits of a character"),
)
# fmt: on


_MARKER = re.compile(r"(<{7}|={7}|>{7})( .*)?$", re.MULTILINE)


def mistake(text: str, error: Exception) -> Mistake:
    """The parser's error with help, at the place of the cause if possible."""
    message, offset = _message_and_offset(text, error)
    if marker := _MARKER.match(text, text.rfind("\n", 0, offset) + 1):
        help = "choose between the two sides, and remove the lines with <, = and >"
        what = "not valid TOML: git left the markers of a conflict"
        return Mistake(what, marker.start(), marker.end(), help=help)
    scanner = TomlScanner(text[:offset])
    with suppress(Lost):
        scanner.document()
    if _TWICE.match(message) and (twice := _given_twice(scanner)):
        return twice

    if message.startswith("Unterminated") and not text.startswith(
        _LONG_QUOTES, scanner.pos
    ):
        offset = scanner.pos + len(text[scanner.pos :].split("\n", 1)[0])
    at_end = not text[offset:].strip()
    start = len(text[:offset].rstrip()) if at_end else offset
    end = token_end(text, start)
    if _ESCAPE.match(message):  # the parser reports the place after it
        start, end = text.rfind("\\", 0, offset), max(offset, end)
    line_start = text.rfind("\n", 0, start) + 1
    opened = (
        [scanner.pos] if message.startswith("Unterminated") else scanner.opened[-1:]
    )
    return Mistake(
        f"not valid TOML: {message[:1].lower()}{message[1:]}",
        start,
        end,
        help=hint(
            _HINTS,
            message,
            text[line_start:start],
            text[start:].split("\n", 1)[0].rstrip(),
        ),
        also=tuple(
            (place, place + 1, "opened here")
            for place in opened
            if place < line_start and (at_end or _CUT.match(message))
        ),
    )


def _message_and_offset(text: str, error: Exception) -> tuple[str, int]:
    """tomllib's message and place: attributes since Python 3.14, text before."""
    message = str(error)
    place = _PLACE.search(message)
    if place is None:  # not a syntax error; `too_much` should have found it
        return message, 0
    message = _NO_QUOTE.sub("Unterminated string", message[: place.start()])
    line = getattr(error, "lineno", place[1])
    column = getattr(error, "colno", place[2])
    if line is None:
        return message, len(text)
    return message, min(Lines(text).offset(int(line), int(column)), len(text))


def _given_twice(scanner: TomlScanner) -> Mistake | None:
    """The last key that was read, if a part of it was given before."""
    for path, (start, end), first in reversed(scanner.last_key):
        if first is not None:
            name = ".".join(part for part in path if isinstance(part, str))
            return Mistake(
                f"the key `{name}` is given twice",
                start,
                end,
                "given again here",
                "keep one of the two, or merge them",
                ((*first, "first given here"),),
            )
    return None
