"""Python text in pieces: statements, and the entries of calls and literals, each with a key.

A piece has all the lines of a statement or an entry, with the comments and blank lines above it.
So only entries that begin on lines of their own are pieces, as black formats them.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from compiler.regen.merge.lines import lines_of
from compiler.regen.merge.order import Again, Key

Spot = tuple[int, int]
"""A line, counted from 1, and how many bytes of it are before."""
BLOCKS = (
    ast.Module,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.If,
    ast.For,
    ast.While,
    ast.With,
)
"""What has statements."""
COMMENT = re.compile(r"#[^\n]*")
SECTION = re.compile(r"# --- ([^:-]+)")
"""How the title of a section begins. It is a piece of its own, so that it stays where it is."""


@dataclass(frozen=True)
class Entry:
    """A statement, or an entry of a call or a literal."""

    key: Key
    node: ast.AST
    """What may have entries in turn."""
    start: Spot
    stop: Spot


@dataclass(frozen=True)
class Holder:
    """Something with entries."""

    entries: Sequence[Entry]
    start: Spot | None = None
    """Behind what opens a call or a literal. Statements have no brackets."""
    stop: Spot | None = None


class Source:
    """A text, to be cut by the places that `ast` gives."""

    def __init__(self, text: str) -> None:
        self.lines = lines_of(text)
        self.tree = ast.parse(text)

    def between(self, start: Spot, stop: Spot) -> str:
        first, last = start[0] - 1, stop[0] - 1
        lines = [line.encode() for line in self.lines[first : last + 1]]
        lines[-1] = lines[-1][: stop[1]]
        lines[0] = lines[0][start[1] :]
        return b"".join(lines).decode()

    def code_between(self, start: Spot, stop: Spot) -> str:
        """The same without comments and white space, where no string is between."""
        return "".join(COMMENT.sub("", self.between(start, stop)).split())

    def begins_line(self, spot: Spot) -> bool:
        return not self.between((spot[0], 0), spot).strip()


@dataclass(frozen=True)
class Piece:
    """Lines of a text that belong together."""

    key: Key
    source: Source
    start: int
    """How many lines of the text are before."""
    stop: int
    entry: Entry | None = None

    @property
    def lines(self) -> list[str]:
        return self.source.lines[self.start : self.stop]

    @property
    def text(self) -> str:
        return "".join(self.lines)

    @property
    def first(self) -> int:
        """How many lines are before the entry itself: its comments are above it."""
        return self.entry.start[0] - 1 if self.entry else self.start


@dataclass(frozen=True)
class Level:
    """The pieces of a piece: what opens it, its entries, what closes it."""

    pieces: Sequence[Piece]
    closed: bool = True
    """Whether the last entry has a comma, so that one can be added behind it."""


def levels(piece: Piece) -> Iterator[Level | None]:
    """The ways to split a piece; none for a holder whose entries share lines."""
    if piece.entry:
        for holder in holders(piece.entry.node):
            yield level(piece, holder)


def level(piece: Piece, holder: Holder) -> Level | None:
    source, entries = piece.source, holder.entries
    if not entries or not all(source.begins_line(entry.start) for entry in entries):
        return None
    gaps = [
        source.code_between(one.stop, other.start) for one, other in pairwise(entries)
    ]
    closed = True
    if holder.start and holder.stop:
        last = entries[-1].stop
        opens = source.code_between(holder.start, entries[0].start)
        closes = source.code_between(last, holder.stop)
        closed = closes == ","
        alone = source.begins_line((holder.stop[0], holder.stop[1]))
        if opens or {*gaps} - {","} or closes not in ("", ",") or not alone:
            return None
    elif any(gaps):
        return None
    place = first_line(piece, entries[0])
    cuts: list[tuple[Key, int, Entry | None]] = [(("head",), place, None)]
    for entry in entries:
        titles = [n for n in range(place, entry.start[0] - 1) if title(source.lines[n])]
        if titles:
            place = titles[-1] + 1
            cuts.append((("section", title(source.lines[place - 1])), place, None))
        place = entry.stop[0]
        cuts.append((entry.key, place, entry))
    cuts.append((("tail",), piece.stop, None))
    starts = [piece.start, *(stop for _, stop, _ in cuts)]
    keys = numbered(key for key, _, _ in cuts)
    pieces = [
        Piece(key, source, start, stop, entry)
        for key, start, (_, stop, entry) in zip(keys, starts, cuts, strict=False)
    ]
    return Level(pieces, closed)


def title(line: str) -> str | None:
    found = SECTION.match(line)
    return found[1].strip() if found else None


def first_line(piece: Piece, entry: Entry) -> int:
    """Where the comments above the first entry begin."""
    place = entry.start[0] - 1
    while place > piece.start:
        line = piece.source.lines[place - 1].strip()
        if line and not line.startswith("#"):
            break
        place -= 1
    return place


def numbered(keys: Iterable[Key]) -> Iterator[Key]:
    """The keys; where one comes again, with a number."""
    count = Counter[Key]()
    for key in keys:
        count[key] += 1
        yield key if count[key] == 1 else (*key, Again(count[key]))


def whole(text: str) -> Piece:
    """A module as one piece."""
    source = Source(text)
    lines = len(source.lines)
    entry = Entry(("module",), source.tree, (1, 0), (lines, 0))
    return Piece(entry.key, source, 0, lines, entry)


def holders(node: ast.AST) -> list[Holder]:
    """What has entries in a statement or an expression, the innermost of a chain first."""
    if isinstance(node, BLOCKS):
        with_else = isinstance(node, ast.If | ast.For | ast.While) and node.orelse
        return [] if with_else else [Holder([statement(one) for one in node.body])]
    match node:
        case ast.Call():
            inner = holders(node.func)
            parts: list[ast.expr | ast.keyword] = [*node.args, *node.keywords]
            parts.sort(key=begin)
            entries = [argument(n, part) for n, part in enumerate(parts)]
            return [*inner, bracketed(node, entries, end(node.func))]
        case ast.Dict(keys=keys) if None not in keys:
            pairs = zip(keys, node.values, strict=True)
            return [bracketed(node, [pair(k, v) for k, v in pairs if k])]
        case ast.Tuple():
            places = [argument(n, element) for n, element in enumerate(node.elts)]
            return [bracketed(node, places)]
        case ast.List() | ast.Set():
            return [bracketed(node, [item(element) for element in node.elts])]
        case ast.Attribute() | ast.Subscript() | ast.keyword() | ast.Starred():
            return holders(node.value)
        case ast.Assign() | ast.AugAssign() | ast.Expr():
            return holders(node.value)
        case ast.AnnAssign() | ast.Return():
            return holders(node.value) if node.value else []
    return []


def bracketed(
    node: ast.expr, entries: list[Entry], opens: Spot | None = None
) -> Holder:
    line, column = opens or begin(node)
    last, stop = end(node)
    return Holder(entries, (line, column + 1), (last, stop - 1))


def statement(node: ast.stmt) -> Entry:
    start = begin(node)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        lines = [each.lineno for each in node.decorator_list]
        start = (min([node.lineno, *lines]), node.col_offset)
    return Entry(statement_key(node), node, start, end(node))


def statement_key(node: ast.stmt) -> Key:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return ("definition", node.name)
        case ast.Assign():
            return ("assignment", *map(ast.unparse, node.targets))
        case ast.AnnAssign():
            return ("assignment", ast.unparse(node.target))
        case ast.AugAssign():
            return ("change", ast.unparse(node.target))
        case ast.ImportFrom():
            return ("import", node.module, node.level)
        case ast.Return():
            return ("return",)
        case ast.Expr(value=ast.Constant(value=str())):
            return ("text",)
        case ast.If() | ast.While():
            return (type(node).__name__, ast.unparse(node.test))
    return (type(node).__name__, ast.unparse(node))


def argument(number: int, node: ast.expr | ast.keyword) -> Entry:
    """What is known by its place, unless it has a name."""
    key: Key = ("argument", number)
    if isinstance(node, ast.keyword):
        key = ("keyword", node.arg)
    return Entry(key, node, begin(node), end(node))


def pair(key: ast.expr, value: ast.expr) -> Entry:
    return Entry(("pair", ast.unparse(key)), value, begin(key), end(value))


def item(node: ast.expr) -> Entry:
    """An element; rows of data have the first of their values as key."""
    key: Key = ("item", ast.unparse(node))
    match node:
        case ast.Tuple(elts=[first, *_]) | ast.List(elts=[first, *_]):
            key = ("row", ast.unparse(first))
        case ast.Dict(values=[first, *_]):
            key = ("row", ast.unparse(first))
    return Entry(key, node, begin(node), end(node))


def begin(node: ast.stmt | ast.expr | ast.keyword | ast.alias) -> Spot:
    return node.lineno, node.col_offset


def end(node: ast.stmt | ast.expr | ast.keyword | ast.alias) -> Spot:
    assert node.end_lineno is not None and node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset
