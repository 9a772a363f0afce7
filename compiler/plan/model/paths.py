"""Paths from a table over references, and the keys that columns hold."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.spec.types import Type


@dataclass(frozen=True)
class Hop:
    """One step of a path: over a column of `table` that is a reference, to a row of table `to`."""

    table: str
    column: str
    to: str
    nullable: bool = False


@dataclass(frozen=True)
class Path:
    """A column seen from a table: over some hops (or none) to a column of the last table."""

    text: str
    hops: tuple[Hop, ...]
    table: str
    column: str
    type: Type


@dataclass(frozen=True)
class Reference:
    """The key of another row, which a column holds."""

    table: str
    key: str
    routes: tuple[tuple[Hop, ...], ...]
    """How each of the column's variants gets to that row; a ref is its own only hop."""
