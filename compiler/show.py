"""A plan in short: for people, and as data for programs."""

from __future__ import annotations

from typing import Any

from compiler.plan.assumptions import describe_bad_data, describe_calendars
from compiler.plan.cost import cost_of, describe_cost
from compiler.plan.model import Assumptions, Plan, Table
from compiler.plan.summary import GAP, Block, Summary


def summary_of(plan: Plan) -> Summary:
    return Summary(plan.name, plan.renames, shown_of(plan))


def shown_of(plan: Plan) -> tuple[Block, ...]:
    """The plan for people: each table with its rows, columns and assumptions."""
    output = plan.output
    blocks = [
        Block(
            (
                (
                    (plan.name, "bold"),
                    (f"  {output.engine}, {output.format}{place_of(plan)}, ", ""),
                    (f"{window_of(plan)}{batches_of(plan)}{job_of(plan)}", ""),
                ),
            )
        ),
        Block((((plan.description, "italic"),),), 2),
    ]
    for table in plan.tables:
        more = plan.assumptions[table.name].rows
        words = "; ".join(filter(None, (table.description.rstrip("."), more)))
        heading = ((table.name, "bold"), (f"  {table.size}  {words}", ""))
        blocks += [GAP, Block((heading,), 2), columns_of(plan, table)]
    calendars = describe_calendars(plan)
    if calendars:
        blocks += [GAP, Block(((("calendars", "bold"),),), 2)]
        blocks.append(
            grid_of([(name, "calendar", text) for name, text in calendars.items()])
        )
    for text in (describe_bad_data(plan), describe_cost(plan)):
        blocks += [GAP, Block((((text, ""),),), 2)] if text else []
    return (*blocks, GAP)


def columns_of(plan: Plan, table: Table) -> Block:
    """A line for each column: its name, its kind (for a ref: its table), its assumptions."""
    lines = []
    for column in table.columns.values():
        held = column.references
        kind = f"→ {held.table}" if held else column.kind
        kind = "data" if kind == "given" else kind
        kind += " (hidden)" if column.spec.hidden else ""
        text = plan.assumptions[table.name].columns.get(column.name, "")
        lines.append((column.name, kind, text))
    return grid_of(lines)


def grid_of(lines: list[tuple[str, str, str]]) -> Block:
    """Lines of a name, its kind and a text."""
    cells = tuple(tuple((text, "") for text in line) for line in lines)
    return Block(cells, 4, is_grid=True)


def window_of(plan: Plan) -> str:
    end = plan.end.isoformat() if plan.end else "today"
    if plan.window.start is not None and plan.window.start.fixed is not None:
        return f"{plan.window.start.fixed.date()} to {end}"
    from compiler.plan.periods import window_start
    from compiler.spec.time import shown_months

    start = window_start(plan.window)
    months = shown_months(start.months) if start.months else ""
    return f"the {months or f'{start.before_end.days} days'} before {end}"


def batches_of(plan: Plan) -> str:
    """The batches after the window, in append mode."""
    if not plan.appends:
        return ""
    hours = round(plan.output.batch.total_seconds() / 3600)
    length = f"{hours} hours" if hours % 24 else f"{hours // 24} days"
    return f", then batches of {'a day' if hours == 24 else length}"


def place_of(plan: Plan) -> str:
    """The catalog and schema that Spark writes to; empty for other engines."""
    catalog, schema, volume = plan.output.unity_names(plan.name)
    files = "" if plan.format.is_table else f".{volume}"
    return f" to {catalog}.{schema}{files}" if plan.engine.distributed else ""


def job_of(plan: Plan) -> str:
    """When its job runs, if it has a schedule."""
    job = plan.job
    when = f"; runs at {job.schedule} ({job.timezone}), {job.compute}"
    return when if job.schedule else ""


def as_data(plan: Plan) -> dict[str, Any]:
    """The plan as plain data, for `--json`."""
    return {
        "name": plan.name,
        "description": plan.description,
        "engine": plan.output.engine,
        "format": plan.output.format,
        "mode": plan.output.mode,
        "window": window_of(plan),
        "job": {
            "compute": plan.job.compute,
            "schedule": plan.job.schedule,
            "timezone": plan.job.timezone,
        },
        "tables": [
            {
                "name": table.name,
                "description": table.description,
                "rows": table.rows,
                "batch_rows": table.growth.rows,
                "exact": table.count.is_exact,
                "known": table.count.known.value,
                "columns": [
                    {
                        "name": column.name,
                        "kind": column.kind,
                        "type": column.type.data.value,
                        "nullable": column.type.nullable,
                        "points_at": column.references and column.references.table,
                    }
                    for column in table.written
                ],
                "assumptions": as_lines(plan.assumptions[table.name]),
            }
            for table in plan.tables
        ],
        "calendars": describe_calendars(plan),
        "cost": as_cost(plan),
        "bad_data": plan.bad_data
        and {"rates": dict(plan.bad_data.rates), "tables": plan.bad_data.chosen},
    }


def as_lines(assumptions: Assumptions) -> dict[str, str]:
    """What a table's data will be like, by column; of the number of rows by the empty text."""
    rows = {"": assumptions.rows} if assumptions.rows else {}
    return rows | dict(assumptions.columns)


def as_cost(plan: Plan) -> dict[str, Any]:
    """The estimated cost of a run: bytes on disk, seconds and bytes of memory on two cores."""
    cost = cost_of(plan)
    return {
        "bytes": cost.bytes,
        "tables": dict(cost.tables),
        "seconds": cost.seconds,
        "memory": cost.memory,
    }
