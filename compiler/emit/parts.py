"""Parts of a script on the way to the whole: texts with the names that they use."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.emit.code.code import Code
from compiler.emit.tables.sections import Section
from compiler.emit.time.calendars import CalendarFunction
from compiler.symbols import names_in


@dataclass(frozen=True)
class Part:
    """Some of a script's text, and the names that it uses."""

    text: str
    names: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Part:
        """A part whose names are found in its text: a file that is rendered whole."""
        return cls(text, frozenset(names_in(text)))


@dataclass(frozen=True)
class Configuration(Part):
    """What the script's owner edits."""

    shares: tuple[str, ...] = ()
    """The constants that are shares, or hold one for each case."""
    events: tuple[str, ...] = ()
    """The constants that hold an event's start and end."""


@dataclass(frozen=True)
class Tables:
    """The tables' sections, and what they lead to."""

    sections: list[Section]
    texts: dict[str, str]
    """By title."""
    calendars: list[CalendarFunction]
    paces: dict[str, Code]
    names: frozenset[str]
    """All that the sections, calendars and paces use."""
