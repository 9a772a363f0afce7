"""What is wrong with an expression, and where in its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from compiler.diagnostics import Help
from compiler.plan.expression.nodes import Node, Span, unknown

Refusals: TypeAlias = Mapping[str, tuple[str, Help]]
"""Functions that cannot be used at a place: each with what is wrong, and the way out."""


@dataclass(frozen=True)
class Problem:
    """One mistake. `start` and `end` are character offsets into the text; the end is not in it."""

    code: str
    message: str
    start: int
    end: int
    help: Help = None


@dataclass
class Problems:
    """The mistakes found so far."""

    found: dict[Problem, None] = field(default_factory=dict)
    """As a set: an operand of two comparisons (`0 < x < 9`) is checked with each of them."""

    def refuse(self, code: str, span: Span, message: str, help: Help = None) -> Node:
        """Notes a mistake, and gives what takes the place of the part that has it."""
        self.found[Problem(code, message, *span, help)] = None
        return unknown(span)
