"""Places in a text: what the scanners of both languages share."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from compiler.diagnostics import Span

DEEPEST = 100  # maximum nesting, and segments of a dotted key; real specs need 7
LONGEST = (
    4300  # maximum digits of a number; Python converts no longer ones (sys.int_info)
)

LONGEST_TEXT = 100_000  # maximum letters of a text or a name

Path = tuple[str | int, ...]
Stretch = tuple[int, int]  # offsets into the text; the end is exclusive

Hint = tuple[str, str, str, str]
"""Patterns for the parser's message and for the text before and after the place; the help."""


@dataclass(frozen=True)
class Mistake:
    """A diagnostic whose places are still offsets; `also` has more of them: (start, end, text)."""

    message: str
    start: int
    end: int
    text: str = ""
    help: str | None = None
    also: tuple[tuple[int, int, str], ...] = ()
    code: str = "E001"


class Lines:
    """Offsets of a text as lines and columns. Only "\\n" ends a line, as for both parsers."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def span(self, path: str, start: int, end: int) -> Span:
        return Span(path, *self._place(start), *self._place(end))

    def offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column - 1

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


@dataclass
class Places:
    """The keys and values of a text, by their path in the tree."""

    keys: dict[Path, Stretch] = field(default_factory=dict)
    values: dict[Path, Stretch] = field(default_factory=dict)
    repeated: list[Mistake] = field(default_factory=list)


class Lost(Exception):
    """The scanner found something unknown: the text is not valid."""


class Scanner:
    """Reads a text and records places. It assumes that a parser has accepted the text.

    On any other text it raises Lost; then `pos` is the place it has reached, and `opened`
    the brackets that are still open.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.places = Places()
        self.opened: list[int] = []

    def at(self, start: str) -> bool:
        return self.text.startswith(start, self.pos)

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Skip what matches, if anything does."""
        if match := pattern.match(self.text, self.pos):
            self.pos = match.end()

    def take(self, pattern: re.Pattern[str]) -> Stretch:
        """Skip what matches and return its place."""
        match = pattern.match(self.text, self.pos)
        if match is None:
            raise Lost
        self.pos = match.end()
        return match.span()

    def expect(self, token: str) -> None:
        if not self.at(token):
            raise Lost
        self.pos += len(token)


def too_much(text: str, tokens: re.Pattern[str]) -> Mistake | None:
    """Finds nesting and numbers on which the parsers would fail, before they run.

    `tokens` matches strings and comments, whose brackets do not count, and, in groups of these
    names, an `open` or `close` bracket, a `long` number, a `dotted` key.
    """
    depth = 0
    for match in tokens.finditer(text):
        if match.lastgroup == "open":
            depth += 1
            if depth > DEEPEST:
                return Mistake(
                    f"brackets are nested more than {DEEPEST} deep", *match.span()
                )
        elif match.lastgroup == "close":
            depth = max(depth - 1, 0)
        elif match.lastgroup == "long":
            return Mistake(f"a number of more than {LONGEST} digits", *match.span())
        elif match.lastgroup == "dotted":
            return Mistake(f"a key of more than {DEEPEST} segments", *match.span())
    return None


def hint(hints: Iterable[Hint], message: str, before: str, after: str) -> str | None:
    """The help of the first hint that fits.

    `{1}` in a help is group 1 of the pattern for `after`, `{b1}` that of `before`.
    """
    for of_message, of_before, of_after, text in hints:
        behind = re.search(f"(?:{of_before})$", before)
        ahead = re.match(of_after, after)
        if behind and ahead and re.match(of_message, message):
            found = {f"{{b{n}}}": group for n, group in enumerate(behind.groups(), 1)}
            found |= {f"{{{n}}}": group for n, group in enumerate(ahead.groups(), 1)}
            parts = re.split(r"(\{b?\d\})", text)
            return "".join(found.get(part, part) or "" for part in parts)
    return None


def before_blanks(text: str, offset: int, blanks: str = " \t\r\n") -> int:
    """The start of the blanks before an offset."""
    while offset and text[offset - 1] in blanks:
        offset -= 1
    return offset


def begins_line(text: str, offset: int) -> bool:
    """Whether only blanks are before an offset in its line."""
    start = before_blanks(text, offset, " \t\r")
    return start == 0 or text[start - 1] == "\n"


def token_end(text: str, start: int) -> int:
    """The end of the word that begins at `start`; there is none at the end of a line."""
    match = re.compile(r"[^\s,=\[\]{}\"'#:]+|[^\s]|").match(text, start)
    return match.end() if match else start
