"""What the commands need of a plan once all is emitted: small, and quick to import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rename:
    """A table or a column that had another name before."""

    table: str
    """The table's name as it is now."""
    column: str | None
    """The column's name as it is now; None where the table itself was renamed."""
    old: str


Styled = tuple[tuple[str, str], ...]
"""Texts in a row, each with its style; not escaped yet."""


@dataclass(frozen=True)
class Block:
    """A part of a plan as people read it."""

    lines: tuple[Styled, ...]
    """The cells of each line, or just its texts."""
    indent: int = 0
    is_grid: bool = False
    """Whether the lines are of three columns: a name, its kind and a text."""


GAP = Block(((("", ""),),))
"""An empty line."""


@dataclass(frozen=True)
class Summary:
    """A plan, in short."""

    name: str
    renames: tuple[Rename, ...]
    shown: tuple[Block, ...]
    """What `scaffold plan` prints."""
