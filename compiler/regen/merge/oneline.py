"""Merges entries that share a line: names of an import, a short dict, the parts of a tuple."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from compiler.emit.code.layout import statements
from compiler.regen.merge.lines import lines_of, merge
from compiler.regen.merge.order import merged_order
from compiler.regen.merge.pieces import BLOCKS, Entry, Piece, Source, holders, numbered

INDENT = 4
BRACKETS = {
    "argument": ("f(", ")"),
    "keyword": ("f(", ")"),
    "pair": ("{", "}"),
    "item": ("[", "]"),
    "row": ("[", "]"),
}
"""Around an entry, so that it is Python by itself; a statement needs none."""
Side = tuple[Source, Entry]


def merged_entries(base: Piece, ours: Piece, theirs: Piece) -> str | None:
    """A statement or an entry, merged by what it holds and formatted by black, if it can be."""
    pieces = (base, ours, theirs)
    found = [(piece.source, piece.entry) for piece in pieces if piece.entry]
    blocks = any(isinstance(entry.node, BLOCKS) for _, entry in found)
    if blocks or len(found) < len(pieces) or any("#" in code(one) for one in pieces):
        return None
    above = merge(
        *("".join(piece.lines[: piece.first - piece.start]) for piece in pieces)
    )
    after = one_of([rest(piece) for piece in pieces])
    text = merged_text(found)
    if above.conflicts or after is None or text is None:
        return None
    entry = formatted_entry(text + after, ours)
    return above.text + entry if entry is not None else None


def code(piece: Piece) -> str:
    """The source of a piece's entry; a `#` in a string is taken for a comment."""
    assert piece.entry
    return piece.source.between(piece.entry.start, piece.entry.stop)


def rest(piece: Piece) -> str:
    """What follows an entry on its last line: a comma, a comment."""
    assert piece.entry
    line, column = piece.entry.stop
    return piece.source.lines[line - 1].encode()[column:].decode().strip()


def one_of(texts: Sequence[str]) -> str | None:
    """What one side made of a text, if not both changed it."""
    base, ours, theirs = texts
    if ours in (base, theirs):
        return theirs
    return ours if theirs == base else None


def merged_text(sides: Sequence[Side]) -> str | None:
    """The merged source of an entry."""
    simple = one_of([source.between(one.start, one.stop) for source, one in sides])
    if simple is not None:
        return simple
    if all(isinstance(entry.node, ast.ImportFrom) for _, entry in sides):
        return merged_import([entry.node for _, entry in sides])
    ways = [[holder.entries for holder in holders(entry.node)] for _, entry in sides]
    for held in zip(*ways, strict=False):
        text = joined_text(sides, held) if all(held) else None
        if text is not None:
            return text
    return None


def joined_text(sides: Sequence[Side], held: Sequence[Sequence[Entry]]) -> str | None:
    """What is around the entries, merged, and the entries with commas between them."""
    openings: list[str] = []
    closings: list[str] = []
    for (source, whole), entries in zip(sides, held, strict=True):
        openings.append(source.between(whole.start, entries[0].start).rstrip())
        closing = source.between(entries[-1].stop, whole.stop).lstrip()
        if len(entries) > 1:  # the comma makes one a tuple
            closing = closing.removeprefix(",").lstrip()
        closings.append(closing)
    before, after = one_of(openings), one_of(closings)
    named = [
        dict(zip(numbered(one.key for one in entries), entries, strict=True))
        for entries in held
    ]
    order = merged_order(*([*each] for each in named))
    if before is None or after is None or order is None:
        return None
    texts: list[str] = []
    for key in order:
        found = [
            (source, each[key]) if key in each else None
            for (source, _), each in zip(sides, named, strict=True)
        ]
        text = merged_entry(found)
        if text is None:
            return None
        texts += [text] if text else []
    return before + ", ".join(texts) + after


def merged_entry(sides: Sequence[Side | None]) -> str | None:
    """The source of an entry, empty where it is removed, none where there is a conflict."""
    present = [side for side in sides if side]
    if len(present) == len(sides):
        return merged_text(present)
    texts = {source.between(entry.start, entry.stop) for source, entry in present}
    if len(texts) > 1:
        return None
    return "" if sides[0] else texts.pop()


def merged_import(nodes: Sequence[ast.AST]) -> str | None:
    """An import of the names that both sides have, in ruff's order if one of them has that."""
    statements = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    named = [{(ast.unparse(name),): name for name in one.names} for one in statements]
    order = merged_order(*([*each] for each in named))
    if order is None:
        return None
    base, ours, theirs = ({*each} for each in named)
    names = [str(name) for (name,) in order if (name,) not in base - (ours & theirs)]
    given = [[ast.unparse(name) for name in one.names] for one in statements]
    if any(each == sorted(each, key=by_kind) for each in given[1:]):
        names.sort(key=by_kind)
    first = statements[0]
    return f"from {'.' * first.level}{first.module or ''} import {', '.join(names)}"


def by_kind(name: str) -> tuple[bool, bool, str]:
    """Constants first, then classes, then functions."""
    return not name.isupper(), not name[:1].isupper(), name


def formatted_entry(text: str, ours: Piece) -> str | None:
    """The lines of a statement or an entry as black formats them."""
    assert ours.entry
    depth, column = divmod(ours.entry.start[1], INDENT)
    brackets = BRACKETS.get(str(ours.entry.key[0]))
    if column or (brackets and "," not in rest(ours)):
        return None
    if brackets:
        depth -= 1
        opens, closes = brackets
        text = f"{opens}\n{text}\n{closes}"
    indented = "".join(f"{' ' * INDENT * n}if {n}:\n" for n in range(depth))
    first = depth + bool(brackets)
    try:
        lines = lines_of(statements(f"{indented}{' ' * INDENT * depth}{text}\n") + "\n")
    except ValueError:
        return None
    return "".join(lines[first : len(lines) - bool(brackets)])
