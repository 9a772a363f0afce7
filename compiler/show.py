"""A plan as a person reads it, and as a program does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compiler.plan.model import Plan, Table

if TYPE_CHECKING:
    from rich.console import RenderableType


def as_table(plan: Plan) -> RenderableType:
    """The plan for a terminal: each table with its columns, its rows and what is assumed."""
    from rich import box
    from rich.console import Group
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    grid.add_column("table", style="bold", no_wrap=True)
    grid.add_column("rows", justify="right", no_wrap=True)
    grid.add_column("columns", ratio=2)
    grid.add_column("assumptions", ratio=5)
    for table in plan.tables:
        lines = "\n".join(plan.assumptions[table.name])
        grid.add_row(
            table.name,
            rows_of(table),
            Text(", ".join(columns_of(plan, table))),
            Text(lines),
        )
    output = plan.output
    story = Text(f"{plan.name}: {plan.description}", style="italic")
    return Group(
        story, Text(f"{output.engine}, {output.format}, {window_of(plan)}"), grid
    )


def rows_of(table: Table) -> str:
    return f"{'~' if table.children else ''}{table.rows:,}"


def columns_of(plan: Plan, table: Table) -> list[str]:
    """The columns that are written; a ref shows where it points."""
    return [
        f"{column.name} → {column.table}" if column.table else column.name
        for column in table.written
    ]


def window_of(plan: Plan) -> str:
    end = plan.end.isoformat() if plan.end else "today"
    if plan.window.start is not None and plan.window.start.fixed is not None:
        return f"{plan.window.start.fixed.date()} to {end}"
    from compiler.plan.periods import window_start

    return f"the {window_start(plan.window).before_end.days} days before {end}"


def as_data(plan: Plan) -> dict[str, Any]:
    """The plan as plain data, for `--json`."""
    return {
        "name": plan.name,
        "description": plan.description,
        "engine": plan.output.engine,
        "format": plan.output.format,
        "window": window_of(plan),
        "tables": [
            {
                "name": table.name,
                "description": table.description,
                "rows": table.rows,
                "exact": table.children is None,
                "columns": [
                    {
                        "name": column.name,
                        "kind": column.kind,
                        "type": column.type.data.value,
                        "nullable": column.type.nullable,
                        "points_at": column.table,
                    }
                    for column in table.written
                ],
                "assumptions": list(plan.assumptions[table.name]),
            }
            for table in plan.tables
        ],
    }
