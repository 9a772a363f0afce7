"""What a reader found: tables, what people should know, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from compiler.diagnostics import Diagnostic, Label, Span
from compiler.sources.model import SourceTable


@dataclass
class Found:
    """The tables of a path, with notes and problems; readers add to it."""

    tables: list[SourceTable] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    scripts: list[Path] = field(default_factory=list)
    """SQL files, which are read together in the end: one may alter what another creates."""

    def add(self, other: Found) -> None:
        """Adds what another reader found."""
        self.tables += other.tables
        self.notes += other.notes
        self.problems += other.problems
        self.scripts += other.scripts

    def problem(
        self, code: str, message: str, help: str | None = None, at: Span | None = None
    ) -> None:
        """Adds a mistake, with its place if it has one."""
        labels = (Label(at),) if at else ()
        self.problems.append(Diagnostic(code, message, labels, help))


def place(path: object, line: int, column: int = 1, length: int = 1) -> Span:
    """A place in one line of a file; lines and columns count from 1."""
    return Span(str(path), line, column, line, column + length)


def reason(error: BaseException) -> str:
    """An error of a library or of the system in one short line."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text).strip().splitlines()[0].rstrip(".:")[:LONGEST_REASON]


LONGEST_REASON = 200
"""Letters of a library's message that are shown; some contain whole files."""
