"""Functions and constants as Black formats them, without Black where the rules are simple.

Black takes most of the time of a first build. So statements that fit on a line, calls, lists and
dictionaries are formatted here, and Black formats the statements and entries that are left. A
test compares all of it with what Black makes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from compiler.emit.code.breaking import (
    INDENT,
    ForBlack,
    Lines,
    broken,
    fits,
    has_to_break,
    nested,
)
from compiler.emit.code.canonical import CLOSE, OPEN, is_canonical
from compiler.emit.code.masked import DOCSTRING, STRING, Masked, Unsure, masked, plain

HEADERS = {
    *("async", "class", "def", "elif", "else", "except", "finally"),
    *("for", "if", "try", "while", "with"),
}
NOT_ALONE = {"else", "elif", "except", "finally"}
IMPORTS = {"import", "from"}
BEFORE_BLANK = f"{DOCSTRING} of a module or a class"
DEFINITIONS = {"def", "class", "async"}


def own(piece: str) -> Lines:
    """The lines of a piece, where Black formats some or all."""
    try:
        return _Piece().read(masked(piece))
    except Unsure:
        return [ForBlack(piece)]


@dataclass
class _Piece:
    """What is before a statement decides how many blank lines there may be."""

    lines: Lines = field(default_factory=list)
    level: int = 0
    first: str = ""
    """The first word of the statement before; a comment's is `#`."""
    opened: bool = False
    only_comments: bool = True
    definitions: list[int] = field(default_factory=list)
    """The levels of the functions and classes that this is within."""

    def read(self, source: Masked) -> Lines:
        at, depth, blank, start = 0, 0, 0, 0
        parts: list[Masked] = []
        for mask in source.mask.split("\n"):
            line = Masked(source.text[at : at + len(mask)], mask)
            at += len(mask) + 1
            if not mask.strip():
                blank += not depth
                start = start if depth else at
                continue
            parts.append(line)
            for bracket in OPEN:
                depth += mask.count(bracket)
            for bracket in CLOSE:
                depth -= mask.count(bracket)
            if depth < 0:
                raise Unsure
            if not depth:
                self.add(parts, blank, source.text[start : at - 1])
                parts, depth, blank, start = [], 0, 0, at
        if parts or self.opened or (self.first == "#" and self.level):
            raise Unsure
        return self.lines

    def add(self, parts: list[Masked], blank: int, source: str) -> None:
        """A statement, or a comment on a line of its own."""
        mask = parts[0].mask
        level, more = divmod(len(mask) - len(mask.lstrip(" ")), len(INDENT))
        first = mask.split(None, 1)[0].rstrip(":")
        if more or blank > 1 or mask.endswith("..."):
            raise Unsure
        first = first[0] if first[0] in "#@?" else first
        self.check(level, first, blank)
        if first[0] == DOCSTRING:
            if not (level or self.only_comments):
                raise Unsure
            first = DOCSTRING if level and self.first != "class" else BEFORE_BLANK
        is_header = first in HEADERS
        self.lines += [""] * blank
        self.lines += statement(parts, level, first, source)
        self.opened = is_header
        self.only_comments &= first == "#" and not blank
        self.level, self.first = level, first
        if first in DEFINITIONS:
            self.definitions.append(level)

    def check(self, level: int, first: str, blank: int) -> None:
        """Black neither adds nor removes blank lines before the statement."""
        if level != self.level + 1 if self.opened else level > self.level:
            raise Unsure
        ends = bool(self.definitions and self.definitions[-1] >= level)
        while self.definitions and self.definitions[-1] >= level:
            self.definitions.pop()
        inside = bool(level and blank)
        as_they_are = (
            not (self.opened and blank),
            self.first != "#"
            or level == self.level,  # else the comment's place is unclear
            self.first != "@" or (first in {"@", *DEFINITIONS} and not blank),
            not ends or inside,
            self.first not in IMPORTS or first in IMPORTS or blank,
            self.first != BEFORE_BLANK or blank,
        )
        if not all(as_they_are):
            raise Unsure
        if first in {"@", *DEFINITIONS} and self.lines and self.first != "@":
            if self.opened:
                right = self.first in {"def", "class"}
            elif self.first == "#":
                right = not level and not blank and self.only_comments
            else:
                right = inside
            if not right:
                raise Unsure


def statement(parts: list[Masked], level: int, first: str, source: str) -> Lines:
    """The lines of a statement."""
    if first[0] == STRING:  # a docstring perhaps
        raise Unsure
    if first[0] == DOCSTRING:
        if not _is_docstring(parts, level):
            raise Unsure
        return [parts[0].text]
    if first == "#":
        return [parts[0].text]
    is_header = parts[-1].mask.rstrip("# ").endswith(":")
    if is_header != (first in HEADERS):
        raise Unsure
    try:
        return _lines(parts, level)
    except Unsure:
        if first in {"@", *NOT_ALONE} or (level and first in DEFINITIONS):
            raise
    text = nested(level) + source
    if is_header:
        text += f"\n{INDENT * (level + 1)}pass"
    return [ForBlack(text, level, int(is_header))]


def _lines(parts: list[Masked], level: int) -> Lines:
    last = parts[-1]
    note = last.mask.find("#")
    if note >= 0:
        parts = [*parts[:-1], Masked(last.text[:note], last.mask[:note])]
    code = _joined(parts)
    if not is_canonical(code.mask):
        raise Unsure
    if note < 0:
        return broken(code, level)
    line = f"{INDENT * level}{code.text}  {last.text[note:]}"
    if has_to_break(code, level) or not fits(line):
        raise Unsure
    return [line]


def _joined(parts: list[Masked]) -> Masked:
    """A statement on one line, but for the comments between its entries."""
    code = parts[0].cut(0)
    for line in parts[1:]:
        part = line.cut(0)
        end = code.mask[-1]
        if part.mask[0] == "#":
            if end not in "([{,\n":
                raise Unsure
            part = part + plain("\n")
        elif "#" in part.mask:
            raise Unsure
        if end not in "([{\n" and part.mask[0] not in CLOSE:
            code += plain(" ")
        elif end == "\n" and part.mask[0] in CLOSE:
            raise Unsure
        code += part
    return code


def _is_docstring(parts: list[Masked], level: int) -> bool:
    """Whether this is a docstring that Black leaves alone."""
    text, indent = parts[0].text, INDENT * level
    body = text.strip()[3:-3]
    if len(parts) > 1 or parts[0].mask.strip(DOCSTRING + " ") or not body.strip():
        return False
    first, *more = text.split("\n")
    end = f'{indent}"""'
    inner = [each for each in more if each and each != end]
    if body[-1] in " \n" and (more[-1:] != [end] or len(more) < 2 or not more[-2]):
        return False
    return (
        body[0] not in ' "\n'
        and body.rstrip()[-1] not in '"\\'
        and all(map(str.isprintable, [first, *more]))
        and all(each.startswith(indent) and each == each.rstrip() for each in inner)
        and (not inner or any(each[len(indent)] != " " for each in inner))
        and first == first.rstrip()
        and (not more or fits(more[-1]))
    )
