"""Gives each function and constant of a script its name."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from compiler.emit.engines.dialect import dialect_of
from compiler.emit.names import ScriptNames, subject, suffixes_of
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Lifecycle
from compiler.spec.columns.given import InlineColumn

OF_DAYS = ("WEEKEND", "WEEKDAYS", "HOLIDAY", "HOLIDAYS", "YEARLY", "PEAK")
CALENDAR_ENDINGS = (*OF_DAYS, "GROWTH", "NOISE", "TIMEZONE")
"""What the names of a calendar's constants may end in."""
EVENT_ENDINGS = ("FACTOR",)
"""The same of an event."""


def endings_of(column: Column, endings: Collection[str]) -> set[str]:
    """What the names of a column's constants may end in, behind its own name."""
    cases = {suffix.removeprefix("_") for suffix in suffixes_of(column)}
    return {*endings, *cases, *(f"{case}_{end}" for case in cases for end in endings)}


def clear_of(others: Collection[str], wish: str, endings: Iterable[str]) -> str:
    """The wish, with underscores until no name that is made of it is another's."""
    while any(f"{wish}_{ending}" in others for ending in endings):
        wish += "_"
    return wish


def script_names(plan: Plan, endings: Collection[str]) -> ScriptNames:
    """The names of all that is at the script's top level.

    `endings` are those of the names of constants: no other constant may have such a name.
    """
    inline = {
        (table.name, column.name)
        for table in plan.tables
        for column in table.columns.values()
        if isinstance(column.spec, InlineColumn)
    }
    functions = dialect_of(plan).given_as_functions
    names = ScriptNames(() if functions else inline)
    constants = {
        constant_of(table, column)
        for table in plan.tables
        for column in table.columns.values()
    }
    for shape in plan.calendars:
        names.take(("calendar", shape.name), f"{shape.name}_calendar")
        base = clear_of(constants, shape.name.upper(), CALENDAR_ENDINGS)
        names.take(("constants", shape.name), base)
    for event in plan.events:
        base = clear_of(constants, event.upper(), EVENT_ENDINGS)
        names.take(("event", event), base)
    take_factor_names(names, plan, constants)
    for table in plan.tables:
        upper = table.name.upper()
        names.take(("table", table.name), table.name, f"{table.name}_table")
        if table.children is not None:
            names.take(("child rows", table.name), f"{table.name}_rows")
            names.take(("rows so far", table.name), f"{table.name}_so_far")
            names.take(("first rows", table.name), f"{table.name}_first_rows")
            for what in ("every", "stride"):
                names.take((what, table.name), f"{upper}_{what.upper()}")
            names.take(("move", table.name), f"{table.name}_move")
            count = table.children.column
            if count is not None:
                owner = ("constant", table.children.parent, count.name)
                names.take(owner, f"{upper}_ROWS")
        if table.data:
            names.take(("data", table.name), upper, f"{upper}_DATA")
    for table in plan.tables:
        for column in table.columns.values():
            base = constant_of(table, column)
            base = clear_of(constants, base, endings_of(column, endings))
            names.take(("constant", table.name, column.name), base)
            take_column_names(names, table, column)
    for faulty in plan.bad_data.tables if plan.bad_data else ():
        names.take(("key row", faulty), f"{faulty}_key_row")
        names.take(("faults", faulty), f"{faulty}_faults")
    return names


def take_factor_names(
    names: ScriptNames, plan: Plan, constants: Collection[str]
) -> None:
    """The names of events' factors where calendars have factors of their own."""
    for shape in plan.calendars:
        for event in shape.calendar.events:
            if len({*plan.factors_of(event.name).values()}) > 1:
                wish = f"{names['constants', shape.name]}_{event.name.upper()}"
                base = clear_of(constants, wish, EVENT_ENDINGS)
                names.take(("factor", shape.name, event.name), base)


def constant_of(table: Table, column: Column) -> str:
    """The name of a column's constant, unless it is another's."""
    return f"{table.name}_{column.identifier}".upper()


def take_column_names(names: ScriptNames, table: Table, column: Column) -> None:
    full = f"{table.name}_{column.identifier}"
    if not names.is_inline(table.name, column.name):
        names.take(("column", table.name, column.name), full, f"{full}_column")
    if isinstance(column.spec, Lifecycle):
        names.take(("moves", table.name, column.name), f"{full}_moves")
    if column.needs_siblings and table.children is not None:
        parent = subject(table.columns[table.children.ref])
        names.take(("group", table.name, column.name), f"{full}_by_{parent}")
    if column.table is not None:
        short = f"{table.name}_{subject(column)}_row"
        rows = names.take(("rows", table.name, column.name), short, f"{full}_row")
        if table.draws_again(column):
            for what in ("draw", "next"):
                names.take((what, table.name, column.name), f"{rows}_{what}")
        names.take(("case", table.name, column.name), f"{full}_case")
    elif column.references is not None:
        names.take(("rows", table.name, column.name), f"{full}_row")
