"""Which table each line of an emitted text is about, and which columns the text shows of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Part(Enum):
    """The parts of a script, in their order, as far as they differ in how they use names."""

    HEAD = "its docstring and imports"
    SETTINGS = "CONFIGURATION"
    READING = "CALENDARS, HOW TO READ THE TABLES"
    TABLE = "TABLE"
    SCHEMA = "SCHEMA"
    LIBRARY = "LIBRARY, and all below it"
    PAGE = "any other file"


@dataclass(frozen=True)
class Place:
    """What a line belongs to."""

    part: Part
    table: str | None = None
    """The table that it is about, where it is about one."""


BANNER = re.compile(r"# --- (?P<title>\w+)(?: (?P<table>\w+))?")
ENTRY = re.compile(r'    "(\w+)": ')
"""A table's entry in one of the script's dictionaries."""
CELL = re.compile(r'\s+"(\w+)": ')
"""A column in a frame of the script."""
HEADING = re.compile(r"#+ (\w+)?")
ENTITY = re.compile(r'    "(\w+)" {')
"""A table in a diagram of a README."""
ROW = re.compile(r"\| `(\w+)` \|")
"""A column in a table of a README."""
ATTRIBUTE = re.compile(r" {8}\w+ (\w+)")
"""A column in a diagram of a README."""

TITLES = {
    "CONFIGURATION": Part.SETTINGS,
    "TABLE": Part.TABLE,
    "SCHEMA": Part.SCHEMA,
}


@dataclass(frozen=True)
class Layout:
    """An emitted text, line by line."""

    places: list[Place]
    columns: dict[str, set[str]]
    """By table: the columns that the text shows of it. All tables are there."""

    def place(self, line: int) -> Place:
        """The place of a line, counted from 1."""
        return self.places[min(line, len(self.places)) - 1]


def layout_of(text: str, path: str) -> Layout:
    lines = text.split("\n")
    if not path.endswith(".py"):
        places = [*places_of_page(lines)]
        return Layout(places, columns_in(lines, places, ROW, ATTRIBUTE))
    banners = [BANNER.match(line) for line in lines]
    tables = {one["table"] for one in banners if one and one["title"] == "TABLE"}
    places = [*places_of_script(lines, tables)]
    columns = columns_in(lines, places, CELL)
    return Layout(places, {table: set() for table in tables} | columns)


def places_of_script(lines: list[str], tables: set[str]) -> Iterator[Place]:
    part, table = Part.HEAD, None
    for line in lines:
        banner, entry = BANNER.match(line), ENTRY.match(line)
        if line.startswith("# LIBRARY:"):
            part, table = Part.LIBRARY, None
        elif banner and part is not Part.LIBRARY:
            part = TITLES.get(banner["title"], Part.READING)
            table = banner["table"] if part is Part.TABLE else None
        elif part is not Part.TABLE and entry and entry[1] in tables:
            table = entry[1]
        elif part is not Part.TABLE and line[:1].strip():
            table = None
        yield Place(part, table)


def places_of_page(lines: list[str]) -> Iterator[Place]:
    table = None
    for line in lines:
        heading, entity = HEADING.match(line), ENTITY.match(line)
        if heading or entity or line == "    }":
            found = heading or entity
            table = found[1] if found else None
        yield Place(Part.PAGE, table)


def columns_in(
    lines: list[str], places: list[Place], *patterns: re.Pattern[str]
) -> dict[str, set[str]]:
    """The columns that lines show, by the table that they are about."""
    found: dict[str, set[str]] = {}
    for line, place in zip(lines, places, strict=True):
        if place.table is None or place.part not in (Part.TABLE, Part.PAGE):
            continue
        shown = {match[1] for each in patterns if (match := each.match(line))}
        found.setdefault(place.table, set()).update(shown)
    return found
