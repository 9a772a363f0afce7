"""The summary of a plan as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from compiler.escape.terminal import as_terminal

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from compiler.plan.summary import Block


def as_text(blocks: Iterable[Block]) -> RenderableType:
    """Blocks of text, one below the other."""
    from rich.console import Group

    return Group(*map(block, blocks))


def block(shown: Block) -> RenderableType:
    part = grid(shown) if shown.is_grid else styled(*shown.lines[0])
    return indented(part, shown.indent) if shown.indent else part


def styled(*parts: tuple[str, str]) -> Text:
    """Escaped texts, each in a style."""
    from rich.text import Text

    return Text.assemble(*((as_terminal(text), style) for text, style in parts))


def indented(part: RenderableType, by: int) -> RenderableType:
    from rich.padding import Padding

    return Padding(part, (0, 0, 0, by), expand=False)


def grid(shown: Block) -> RenderableType:
    """Lines of a name, its kind and a text."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, style="cyan")
    grid.add_column()
    for line in shown.lines:
        grid.add_row(*map(styled, line))
    return grid
