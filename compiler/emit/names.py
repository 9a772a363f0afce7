"""The names of the script's functions and constants: plain, and none taken twice."""

from __future__ import annotations

import builtins
import functools
import keyword
import re
from collections.abc import Collection, Iterable

from compiler.emit.code.code import Code, attribute, item, name
from compiler.emit.code.literals import literal
from compiler.emit.library.definitions import READ_FIRST, TYPES, UNITS
from compiler.emit.library.helpers import all_helpers
from compiler.emit.library.imports import IMPORTS
from compiler.installed import templates
from compiler.plan.model import Column, Variant

FUNCTION = re.compile(r"^def ([A-Za-z_]\w*)", re.MULTILINE)
DEFINED = re.compile(r"^(?:def |class )?([A-Za-z_]\w*)(?=\(| =|:)", re.MULTILINE)


@functools.cache
def reserved() -> frozenset[str]:
    """Names that mean something in some script, whatever its engine, format and mode."""
    fixed = {"row", "spark", "functions", "DataFrame", "PACE"}
    fixed |= {"Table", "TABLES", "HIDDEN", "WINDOW"}
    fixed |= {*IMPORTS, *UNITS, *TYPES, *READ_FIRST}
    fixed |= {helper.name for helper in all_helpers()}
    fixed |= {*dir(builtins), *keyword.kwlist}
    return frozenset(fixed.union(*map(DEFINED.findall, template_texts())))


@functools.cache
def engine_functions() -> frozenset[str]:
    """The functions that write and check tables, which no code of a table calls."""
    return frozenset().union(*map(FUNCTION.findall, template_texts()))


@functools.cache
def template_texts() -> tuple[str, ...]:
    found = sorted((templates() / "script").rglob("*.j2"))
    return tuple(template.read_text("utf-8") for template in found)


class Names:
    """Hands out names, each once, and remembers for what."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._given: dict[object, str] = {}

    def take(self, owner: object, *wishes: str) -> str:
        """The owner's name: the first wish that is free, else the last one with underscores."""
        if owner not in self._given:
            found = next((wish for wish in wishes if wish not in self), wishes[-1])
            while found in self:
                found += "_"
            self._taken.add(found)
            self._given[owner] = found
        return self._given[owner]

    def __getitem__(self, owner: object) -> str:
        return self._given[owner]

    def __contains__(self, name: str) -> bool:
        """Whether a name is taken."""
        return name in self._taken


class LocalNames(Names):
    """The names of a function's local variables, which may hide some names around it."""

    def __init__(self, around: Names, may_hide: Collection[str]) -> None:
        super().__init__(())
        self._around, self._may_hide = around, may_hide

    def __contains__(self, name: str) -> bool:
        around = name in self._around and name not in self._may_hide
        return around or super().__contains__(name)


class ScriptNames(Names):
    """The names of all that is at the script's top level, as code."""

    def __init__(self, inline: Collection[tuple[str, str]]) -> None:
        super().__init__(reserved())
        self._inline = frozenset(inline)
        """The columns whose values a frame of the configuration holds."""

    def is_inline(self, table: str, column: str) -> bool:
        """Whether a column is read from a frame, not by a function."""
        return (table, column) in self._inline

    def builder(self, table: str) -> Code:
        """The function that builds a table's rows."""
        return name(self["table", table])

    def column(self, table: str, column: str) -> Code:
        """The function that gives a column's values for some rows."""
        if self.is_inline(table, column):
            return attribute(self.inline_column(table, column), "gather")
        return name(self["column", table, column])

    def inline_column(self, table: str, column: str) -> Code:
        """The Series that holds the values of an inline column."""
        return item(self.data(table), literal(column))

    def group(self, table: str, column: str) -> Code:
        """The function of a column computed in order of time, for all rows of some parents."""
        return name(self["group", table, column])

    def rows(self, table: str, column: str) -> Code:
        """The function that gives the rows that a reference points at."""
        return name(self["rows", table, column])

    def case(self, table: str, column: str) -> Code:
        """The function that gives the number of the case of each row of a ref."""
        return name(self["case", table, column])

    def moves(self, table: str, column: str) -> Code:
        """The function that gives the states that rows enter, and when."""
        return name(self["moves", table, column])

    def move(self, table: str) -> Code:
        """The function that gives the move of each row of a log: its state, its moment."""
        return name(self["move", table])

    def distinct_draw(self, table: str, column: str) -> Code:
        """The function that draws rows for a distinct ref, by any numbers."""
        return name(self["draw", table, column])

    def distinct_next(self, table: str, column: str) -> Code:
        """The function that gives the row after each one, for a distinct ref."""
        return name(self["next", table, column])

    def child_rows(self, table: str) -> Code:
        """The function from a parent's rows to those of its children."""
        return name(self["child rows", table])

    def rows_so_far(self, table: str) -> Code:
        """The function from a parent's rows to those of its children in all batches so far."""
        return name(self["rows so far", table])

    def first_rows(self, table: str) -> Code:
        """The function from a parent's rows to those of its children in the first load."""
        return name(self["first rows", table])

    def key_row(self, table: str) -> Code:
        """The function that gives the row whose key each row is written with."""
        return name(self["key row", table])

    def faults(self, table: str) -> Code:
        """The function that lists the faults of some rows."""
        return name(self["faults", table])

    def constant(self, table: str, column: str, ending: str = "") -> Code:
        """A constant of a column: the main one, or one with an ending of its own."""
        return name(self["constant", table, column] + ending)

    def data(self, table: str) -> Code:
        """The frame of a table whose rows the spec holds."""
        return name(self["data", table])

    def every(self, table: str) -> Code:
        """The constant with the time between two rows of a grid."""
        return name(self["every", table])

    def stride(self, table: str) -> Code:
        """The constant with the maximum number of children of a parent."""
        return name(self["stride", table])

    def calendar(self, calendar: str) -> Code:
        """The function of a calendar."""
        return name(self["calendar", calendar])

    def calendar_constant(self, calendar: str, ending: str) -> Code:
        """A constant of a calendar."""
        return name(f"{self['constants', calendar]}_{ending}")

    def event(self, event: str) -> Code:
        """The start and end of an event."""
        return name(self["event", event])

    def event_factor(self, calendar: str, event: str) -> Code:
        """The factor of an event: one for all calendars, or that of a calendar."""
        own = self._given.get(("factor", calendar, event))
        return name(f"{own or self['event', event]}_FACTOR")


def subject(column: Column) -> str:
    """What a ref points at, by its own name: `customer` for `customer_id`."""
    return subject_of(column.name)


def subject_of(ref: str) -> str:
    """What a ref of this name points at."""
    return re.sub(r"_(id|key|code|sku|no|ref)$", "", ref)


def suffixes_of(column: Column) -> list[str]:
    """The endings that distinguish the constants of the cases."""
    found: list[str] = []
    for number, variant in enumerate(column.variants, start=1):
        suffix = suffix_of(variant)
        while suffix in ("_", *found):  # a constant's name cannot have all letters
            suffix = f"{suffix.rstrip('_')}_{number}"
        found.append(suffix)
    return found


def suffix_of(variant: Variant) -> str:
    """What a case's constants end in: its name, as far as that can be."""
    name = variant.case.name if variant.case else "otherwise"
    words = "".join(
        letter if letter.isalnum() and letter.isascii() else "_" for letter in name
    )
    operators = {"<": "UNDER", "<=": "UPTO", ">": "OVER", ">=": "FROM", "==": "AT"}
    if variant.case and isinstance(variant.case.value, float):
        number = str(variant.case.value).replace(".", "_").replace("-", "MINUS_")
        words = f"{operators[variant.case.operator]}_{number}"
    return "_" + words.strip("_").upper()
