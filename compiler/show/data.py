"""A plan as plain data, for `--json`."""

from __future__ import annotations

from typing import Any

from compiler.plan.assumptions import describe_calendars
from compiler.plan.cost import cost_of
from compiler.plan.model import Assumptions, Plan
from compiler.show.words import features_of, window_of


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
                "hidden": table.hidden,
                "partition_by": list(table.partition_by),
                "key": list(table.written_key),
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
        "features": features_of(plan),
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
