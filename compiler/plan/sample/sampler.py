"""Samples of tables, and what the column kinds ask of the one who draws them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import numpy as np

from compiler.plan.expression import Node
from compiler.plan.model import Path, Variant
from compiler.plan.sample.moments import Times
from compiler.plan.sample.values import Array, Rows, Values


@dataclass(frozen=True)
class Sample:
    """Rows of a table, all of them as likely."""

    numbers: Rows
    """Their row numbers, in a table that depends on no other's rows."""
    weight: float
    """So many rows of the table for each of these."""
    parent: Rows | None = None
    """Of a `per` table: the place of each row's parent in its sample."""
    position: Rows | None = None
    whole: bool = True
    """Whether a parent's rows are all there, or none."""

    @property
    def size(self) -> int:
        return len(self.numbers)


class Sampler(Protocol):
    """Draws samples of tables and columns, each once."""

    rng: np.random.Generator
    times: Times

    def table(self, name: str) -> Sample:
        """The rows of a table."""

    def families(self, name: str) -> Rows:
        """The parent of each row; raises CannotSample where some of its rows are left out."""

    def positions(self, name: str) -> Rows:
        """Where each row is among those of its parent: 1, 2, 3 …"""

    def shares(self, name: str) -> Array:
        """A random number from 0 to 1 for each row, evenly spread over all of them."""

    def scores(self, table: str, name: str) -> Array | None:
        """What a column of numbers rises with, if others are correlated with it or it with them."""

    def every(self, name: str) -> timedelta:
        """The time between two rows of a grid; by the calendar, its mean."""

    def column(self, table: str, name: str) -> Values:
        """The values of a column."""

    def moves(self, table: str, name: str) -> tuple[Rows, Array]:
        """The states that rows of a lifecycle enter, a line a move (-1: none), and when."""

    def uncut(self, table: str, name: str) -> Values:
        """The changes of a balance before its floor cuts them."""

    def at(self, path: Path) -> Values:
        """The values at a path, for each row of the table that it starts from."""

    def evaluated(self, table: str, one: Variant, node: Node) -> Values:
        """The values of an expression."""
