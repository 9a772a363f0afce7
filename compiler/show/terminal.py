"""A plan as a terminal shows it."""

from __future__ import annotations

from datetime import date

from compiler.plan.assumptions import (
    describe_bad_data,
    describe_calendars,
    describe_form,
)
from compiler.plan.cost import describe_cost
from compiler.plan.model import Plan, Table
from compiler.plan.summary import GAP, Block, Summary
from compiler.plan.volume import daily_volume
from compiler.show.sparkline import drawn
from compiler.show.words import describe_features, joints_of, summary_line


def summary_of(plan: Plan, today: date) -> Summary:
    return Summary(plan.name, plan.renames, shown_of(plan, today))


def shown_of(plan: Plan, today: date) -> tuple[Block, ...]:
    """The plan for people: all tables in short, then each with its columns and assumptions.

    Of a window that is not fixed, the calendars are those of a run of today.
    """
    heading = ((plan.name, "bold"), (f"  {summary_line(plan)}", ""))
    blocks = [Block((heading,)), paragraph(plan.description, "italic")]
    blocks += [GAP, overview(plan)]
    for table in plan.tables:
        more = plan.assumptions[table.name].rows
        form = describe_form(table)
        words = "; ".join(filter(None, (form, table.description.rstrip("."), more)))
        title = ((table.name, "bold"), (f"  {table.size}  {words}", ""))
        blocks += [GAP, Block((title,), 2), columns_of(plan, table)]
    if plan.calendars:
        blocks += [GAP, paragraph("calendars", "bold"), calendars_of(plan, today)]
    features = describe_features(plan)
    for text in (describe_bad_data(plan), features, describe_cost(plan)):
        blocks += [GAP, paragraph(text)] if text else []
    return (*blocks, GAP)


def paragraph(text: str, style: str = "") -> Block:
    return Block((((text, style),),), 2)


def overview(plan: Plan) -> Block:
    """A line for each table: its rows, its key, and the tables that it points at."""
    return grid_of(
        [(table.name, table.size, joints_of(table)) for table in plan.tables], 2
    )


def calendars_of(plan: Plan, today: date) -> Block:
    """Each calendar in words, and below them the days of the window as bars."""
    words = describe_calendars(plan)
    lines = []
    for used in plan.calendars:
        lines.append((used.name, "calendar", words[used.name]))
        days = daily_volume(plan, used.calendar, today)
        lines += [("", "", line) for line in drawn(days)]
    return grid_of(lines)


def columns_of(plan: Plan, table: Table) -> Block:
    """A line for each column: its name, its kind (for a ref: its table), its assumptions."""
    lines = []
    for column in table.columns.values():
        held = column.references
        kind = f"→ {held.table}" if held else column.kind
        kind = "data" if kind == "given" else kind
        kind += " (hidden)" if column.spec.hidden and not table.hidden else ""
        text = plan.assumptions[table.name].columns.get(column.name, "")
        lines.append((column.name, kind, text))
    return grid_of(lines)


def grid_of(lines: list[tuple[str, str, str]], indent: int = 4) -> Block:
    """Lines of a name, its kind and a text."""
    cells = tuple(tuple((text, "") for text in line) for line in lines)
    return Block(cells, indent, is_grid=True)
