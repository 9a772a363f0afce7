"""Which variants of the helpers a script takes."""

from __future__ import annotations

from compiler.emit.library.helpers import APPEND, CALENDAR, ENGINES, MONTHLY, PANDAS
from compiler.emit.rows.batches import grids_of
from compiler.emit.time.hours import hours_of
from compiler.plan.model import Plan
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
