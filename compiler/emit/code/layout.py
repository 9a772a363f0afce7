"""Black's default style, so that a team's own `black .` changes nothing."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Sequence

from compiler import cache
from compiler.emit.code.breaking import ForBlack
from compiler.emit.code.code import Code
from compiler.emit.code.comments import WIDTH
from compiler.emit.code.masked import as_tokens
from compiler.emit.code.own_style import own
from compiler.installed import version_of

APART = re.compile(r"\n{3,}(?=\S)")
"""The lines between functions and sections: two blank lines, or more."""

CONSTANT = r"[A-Z][A-Z0-9_]*(?:\[[^\]\n]+\])?(?:: [^=\n]+)? = "
BLOCKS = re.compile(rf"^{CONSTANT}.*\n(\n)(?=(?:# .*\n)*{CONSTANT})", re.MULTILINE)
"""The empty line between two blocks of constants."""

Rows = Sequence[Sequence[Code]]
"""The rows of a list, each with the source of its cells."""


FEW_ROWS = 50
"""So many rows may take several lines each; of more, each is on one line, whatever its width."""


def place_of(number: int) -> str:
    """What is in the place of the rows of a table of data until these are formatted.

    A string with a control character, which no text of a spec can bring into the source.
    """
    return f'"\x01{number}",'


def formatted(
    source: str, laid_out: Collection[str] = (), data: Sequence[Rows] = ()
) -> str:
    """Source as black lays it out; raises black's own error where it is no Python (a bug).

    Piece by piece, since black takes its time: what is formatted already is left alone, and the
    rows of `data`, of which there can be thousands, are put in their places afterwards.
    """
    pieces = APART.split(source.strip())
    text = "\n\n\n".join(all_formatted(pieces, laid_out)) + "\n"
    for number, rows in enumerate(data):
        before, after = text.split(place_of(number) + "\n")
        start = before.rindex("\n") + 1
        indent = before[start:]
        text = before[:start] + "".join(_rows(rows, indent)) + after
    return text


def all_formatted(pieces: Sequence[str], laid_out: Collection[str]) -> list[str]:
    """The pieces as black formats them, so that a change of one costs no more than itself."""
    parts = [[each] if each in laid_out else blocks_of(each) for each in pieces]
    fresh = {block for blocks in parts for block in blocks} - {*laid_out}
    try:
        done = all_in_style(fresh)
    except ValueError:  # what looks like constants is in a text
        return [each if each in laid_out else statements(each) for each in pieces]
    return ["\n\n".join(done.get(one, one) for one in each) for each in parts]


def all_in_style(pieces: Iterable[str]) -> dict[str, str]:
    """Each piece as black formats it, by black itself only where our own rules end."""
    lines = {piece: own(piece) for piece in pieces}
    parts = [part for each in lines.values() for part in each]
    done = as_black({part.source for part in parts if isinstance(part, ForBlack)})
    return {
        piece: "\n".join(
            line
            for part in each
            for line in (part.lines(done) if isinstance(part, ForBlack) else [part])
        )
        for piece, each in lines.items()
    }


def blocks_of(piece: str) -> list[str]:
    """The blocks of constants in a piece, each by itself."""
    ends = [match.start(1) for match in BLOCKS.finditer(piece)]
    starts = [0, *(end + 1 for end in ends)]
    return [piece[a:b] for a, b in zip(starts, [*ends, len(piece)], strict=True)]


def _rows(rows: Rows, indent: str) -> list[str]:
    """Each row on a line, as in a table; of a few rows, those that are too long on several."""
    if len(rows) <= FEW_ROWS:
        return [_row(row, indent) for row in rows]
    lines = [_line(row, indent) for row in rows]
    if all(_width(line) <= WIDTH + len("\n") for line in lines):
        return lines
    return [f"{indent}# fmt: off\n", *lines, f"{indent}# fmt: on\n"]


def _line(row: Sequence[Code], indent: str) -> str:
    cells = [as_tokens(cell.text) for cell in row]
    return f"{indent}({', '.join(cells)}{',' * (len(row) == 1)}),\n"


def _row(row: Sequence[Code], indent: str) -> str:
    """A row on one line, or where that is too long each of its cells on one."""
    cells = [as_tokens(cell.text) for cell in row]
    line = _line(row, indent)
    if _width(line) <= WIDTH + len("\n"):
        return line
    cells = [f"{indent}    {cell},\n" for cell in cells]
    return "".join([f"{indent}(\n", *cells, f"{indent}),\n"])


def _width(line: str) -> int:
    """The width of a line as black measures it."""
    if line.isascii():
        return len(line)
    from black.strings import str_width  # heavy

    return str_width(line)


def statements(piece: str, commas: bool = True) -> str:
    """Statements as black formats them; raises black's own error, a ValueError, for others.

    Without `commas`, what fits on one line is there in spite of a comma at its end.
    """
    return as_black([piece], commas)[piece]


def as_black(pieces: Iterable[str], commas: bool = True) -> dict[str, str]:
    """Each piece as black formats it, which the cache may know."""
    kind = f"black {version_of('black')} {commas}"
    done = cache.made(kind, pieces, lambda piece: _by_black(piece, commas).encode())
    return {piece: text.decode() for piece, text in done.items()}


@functools.cache
def _by_black(piece: str, commas: bool) -> str:
    import black  # heavy, and only needed for what is new

    versions = {black.mode.TargetVersion.PY311}
    mode = black.Mode(target_versions=versions, magic_trailing_comma=commas)
    return black.format_str(piece, mode=mode).rstrip()
