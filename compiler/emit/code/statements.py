"""The lines of a function's body: assignments, and the comments above them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from compiler.emit.code.code import Code
from compiler.emit.code.comments import comment


def comment_lines(text: str, indent: int) -> list[str]:
    """The lines of a comment, if there is any, wrapped for this indent."""
    return comment(text, indent).split("\n") if text else []


def indented(lines: Iterable[str], indent: int = 4) -> list[str]:
    return [" " * indent + line for line in lines]


@dataclass(frozen=True)
class Statement:
    """An assignment to a local variable, or to several."""

    target: str
    value: Code
    operator: str = "="
    comment: str = ""
    """The words above it."""

    @property
    def lines(self) -> list[str]:
        """The lines of source, without their indent."""
        line = f"{self.target} {self.operator} {self.value.text}"
        return [*comment_lines(self.comment, 4), line]
