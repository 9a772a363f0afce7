"""The summary of a plan as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler.escape.terminal import as_terminal

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

    from compiler.plan.summary import Block, Styled

GAP = 2
"""The spaces between two columns."""
LEAST = 20
"""The width of a text where the terminal is too narrow; it wraps the lines then."""


def as_text(blocks: Iterable[Block]) -> RenderableType:
    """Blocks of text, one below the other."""
    from rich.console import Group

    return Group(*map(block, blocks))


def block(shown: Block) -> RenderableType:
    if shown.is_grid:
        return Grid(shown.lines, shown.indent)
    return Paragraph(styled(*shown.lines[0]), shown.indent)


def styled(*parts: tuple[str, str]) -> Text:
    """Escaped texts, each in a style."""
    from rich.text import Text

    return Text.assemble(*((as_terminal(text), style) for text, style in parts))


@dataclass(frozen=True)
class Paragraph:
    """A text that is wrapped behind its indentation."""

    text: Text
    indent: int

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        from rich.segment import Segment

        room = max(options.max_width - self.indent, LEAST)
        for line in self.text.wrap(console, room):
            line.rstrip()
            yield Segment(" " * self.indent * bool(line))
            yield from line.render(console)
            yield Segment.line()


@dataclass(frozen=True)
class Grid:
    """Lines of a name, its kind and a text, which is wrapped within its column.

    A table of rich does so too, but measures and cuts each cell several times: of a large spec
    that took longer than all else.
    """

    lines: tuple[Styled, ...]
    indent: int

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        from rich.cells import cell_len
        from rich.segment import Segment
        from rich.style import Style

        cyan, end = Style.parse("cyan"), Segment.line()
        cells = [[as_terminal(text) for text, _ in line] for line in self.lines]
        names, kinds = (
            max((cell_len(line[n]) for line in cells), default=0) + GAP for n in (0, 1)
        )
        room = max(options.max_width - self.indent - names - kinds, LEAST)
        start = Segment(" " * self.indent)
        for (name, kind, text), line in zip(cells, self.lines, strict=True):
            first, *rest = [text]
            if cell_len(text) > room:
                first, *rest = [
                    part.plain.rstrip() for part in styled(line[2]).wrap(console, room)
                ]
            yield start
            yield Segment(name + " " * (names - cell_len(name)))
            yield Segment(kind, cyan)
            if first:
                yield Segment(" " * (kinds - cell_len(kind)) + first)
            yield end
            for part in rest:
                yield Segment(" " * (self.indent + names + kinds) + part)
                yield end
