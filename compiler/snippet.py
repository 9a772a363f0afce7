"""Source lines with places underlined, as a terminal shows them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from unicodedata import category, east_asian_width

from compiler.escape.terminal import as_terminal

WIDTH = (
    100  # cells of a source line that are shown; a longer one is cut around its marks
)
AROUND = 4 * WIDTH  # characters beside the marks of a long line that are looked at

Paint = Callable[[str, str], str]
"""A style's name and a text, to the text in that style."""

Row = list[tuple[str, str]]  # characters with their styles


@dataclass(frozen=True)
class Mark:
    """An underline of a line, from `start` to `end`, counted from 0 (the end is not in it).

    In characters of the source; `_fit` gives the same in cells of the terminal.
    """

    line: int
    start: int
    end: int
    text: str
    style: str
    primary: bool


def snippet(
    lines: Sequence[str], marks: Sequence[Mark], margin: int, paint: Paint
) -> list[str]:
    """The marked lines with their underlines; `...` replaces the lines between them.

    `margin` is the width of the line numbers, which count from 1.
    """
    rows: list[str] = []
    last = None
    bar = paint("frame", f"{'':{margin}} |")
    for number, group in groupby(sorted(marks, key=_line_of), key=_line_of):
        if not 0 < number <= len(lines):
            continue
        if last is not None and number > last + 1:
            rows.append(paint("frame", "..."))
        last = number
        text, fitted = _fit(lines[number - 1].rstrip("\r"), list(group))
        rows.append(f"{paint('frame', f'{number:>{margin}} |')} {text}".rstrip())
        rows += [f"{bar} {row}" for row in _underlines(fitted, paint)]
    return rows


def _line_of(mark: Mark) -> int:
    return mark.line


def _fit(line: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """The line as shown, cut around its marks where it is too long, and the marks in cells."""
    first, last = _near(marks, len(line))
    near = line[first:last]
    pieces: Sequence[str] = near
    cells: Sequence[int] = range(len(near) + 1)  # before each character, and in all
    if not (near.isascii() and near.isprintable()):
        pieces = [as_terminal(char) for char in near]
        cells = [0, *accumulate(map(_width, pieces))]

    def cell(place: int) -> int:
        return cells[min(max(place - first, 0), len(pieces))]

    low, high = 0, len(pieces)
    if cells[-1] > WIDTH:
        left = _left(
            [(cell(mark.start), cell(mark.end), mark.primary) for mark in marks],
            cells[-1],
        )
        low, high = bisect_left(cells, left), bisect_right(cells, left + WIDTH) - 1
    before = "…" * (first + low > 0)
    after = "…" * (first + high < len(line))
    shift = cells[low] - len(before)
    edge = cells[high] - shift  # the mark of a place behind it is one cell wide

    def moved(mark: Mark) -> Mark:
        start = min(max(cell(mark.start) - shift, 0), edge)
        end = min(max(cell(mark.end) - shift, start + 1), max(edge, start + 1))
        return Mark(mark.line, start, end, mark.text, mark.style, mark.primary)

    text = before + "".join(pieces[low:high]) + after
    return text, [moved(mark) for mark in marks]


def _near(marks: list[Mark], length: int) -> tuple[int, int]:
    """The part of a line around its marks: a line can be as long as a whole file."""
    first, last = min(mark.start for mark in marks), max(mark.end for mark in marks)
    if last - first > AROUND:
        first = next((mark.start for mark in marks if mark.primary), first)
        last = first + AROUND
    return max(first - AROUND, 0), min(last + AROUND, length)


def _left(spans: list[tuple[int, int, bool]], total: int) -> int:
    """The cell from which WIDTH cells show all marks, or at least where the primary one begins."""
    first = min(start for start, _, _ in spans)
    last = max(end for _, end, _ in spans)
    if last - first > WIDTH:
        first, last, _ = max(spans, key=lambda span: span[2])
        last = min(last, first + WIDTH * 3 // 4)
    return max(min(first - (WIDTH - (last - first)) // 2, total - WIDTH), 0)


def _underlines(marks: list[Mark], paint: Paint) -> list[str]:
    """The rows under a line: all marks, the text of the last one after it, the others below."""
    width = max(mark.end for mark in marks)
    row: Row = [(" ", "plain")] * width
    for mark in sorted(marks, key=lambda mark: mark.primary):  # the primary one on top
        drawn = ("^" if mark.primary else "-", mark.style)
        row[mark.start : mark.end] = [drawn] * (mark.end - mark.start)

    texts = sorted(
        (m for m in marks if m.text), key=lambda m: (-m.start, not m.primary)
    )
    if texts and texts[0].end == width:
        row += [(" ", "plain"), *_styled(texts.pop(0))]
    rows = [row]
    if texts:
        rows.append(_bars(texts))
    for index, mark in enumerate(texts):
        bars = _bars([other for other in texts[index:] if other.start < mark.start])
        space: Row = [(" ", "plain")] * (mark.start - len(bars))
        rows.append(bars + space + _styled(mark))
    return [_painted(row, paint) for row in rows]


def _styled(mark: Mark) -> Row:
    return [(char, mark.style) for char in as_terminal(mark.text)]


def _bars(marks: list[Mark]) -> Row:
    """A row of `|` under the beginnings of marks, which leads down to their texts."""
    row: Row = [(" ", "plain")] * max((mark.start + 1 for mark in marks), default=0)
    for mark in marks:
        row[mark.start] = ("|", mark.style)
    return row


def _painted(row: Row, paint: Paint) -> str:
    runs = groupby(row, key=lambda piece: piece[1])
    return "".join(
        paint(style, "".join(char for char, _ in run)) for style, run in runs
    )


def _width(text: str) -> int:
    """Cells that the text takes on a terminal: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    wide = sum(east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(category(char) in ("Mn", "Me", "Cf") for char in text)
