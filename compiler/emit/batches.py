"""Append mode as code: the batch of each row, and the helpers that know of batches."""

from __future__ import annotations

from datetime import timedelta

from compiler.emit.helpers import APPEND, CALENDAR, ENGINES, MONTHLY, PANDAS
from compiler.emit.names import Names
from compiler.emit.numbering import parent_rows
from compiler.emit.python import Source, literal
from compiler.emit.times import hours_of
from compiler.plan.model import Plan, Table
from compiler.spec.columns.moments import Date
from compiler.spec.time import Months


def variants_of(plan: Plan, by_calendar: bool) -> tuple[str, ...]:
    """The folders of helpers that go before the plain ones."""
    engine = (plan.output.engine,) if plan.output.engine in ENGINES else ()
    calendar = [*(CALENDAR if by_calendar else ()), *(MONTHLY if monthly(plan) else ())]
    calendar = [each for each in calendar if plan.appends or "append" not in each]
    if not plan.appends:
        return (*engine, *(("flat",) if flat(plan) else ()), *calendar)
    paced = any(table.growth.follows for table in plan.tables)
    needed = {"append": True, "paced": paced, "gridded": bool(grids_of(plan))}
    append = (variant for variant in APPEND if needed[variant])
    pandas = PANDAS[1:] if plan.output.engine == "pandas" else ()
    return (*engine, *append, *pandas, *calendar)


def monthly(plan: Plan) -> bool:
    """Whether the rows of a grid are months or years apart."""
    return any(
        table.children is not None and isinstance(table.children.every, Months)
        for table in plan.tables
    )


def flat(plan: Plan) -> bool:
    """Whether no moments prefer a time to another."""
    columns = [column for table in plan.tables for column in table.columns.values()]
    specs = [variant.spec for column in columns for variant in column.variants]
    moments = [spec for spec in specs if isinstance(spec, Date)]
    return not any(spec.shape or hours_of(spec) for spec in moments)


def grids_of(plan: Plan) -> dict[str, str]:
    """The tables on a grid, each with its root: a batch brings rows for all of its rows so far."""
    return {table.name: table.root for table in plan.tables if plan.grid_of(table)}


def batch_rows_of(plan: Plan) -> dict[str, int]:
    """How many rows each batch adds to the tables that grow of themselves."""
    rows = {table.name: table.growth.rows for table in plan.tables}
    return {name: count for name, count in rows.items() if count}


def batch_of(plan: Plan, names: Names, table: Table, row: str) -> Source:
    """The code of the batch that each of a table's rows comes with: its root's, or its grid's."""
    while table.children is not None:
        if table.children.every is not None:
            return Source(f"grid_batch({row}, {names['every', table.name]})")
        row = parent_rows(names, table, row)
        table = plan.table(table.children.parent)
    return Source(f"batch_of({literal(table.name)}, {row})")


def paces_of(plan: Plan, names: Names) -> dict[str, Source]:
    """By table: the code of the volume that its batches follow."""
    paces = {}
    for table in plan.tables:
        moments = table.growth.follows
        if moments is None or moments.shape is None:
            continue
        volume = names["calendar", moments.shape]
        weights = hours_of(moments)
        if weights and plan.output.batch < timedelta(days=1):
            hours = literal(weights)
            volume = f"lambda moment: {volume}(moment) * {hours}[moment.hour]"
        paces[table.name] = Source(volume)
    return paces
