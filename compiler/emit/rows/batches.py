"""Append mode as code: the batch of each row, the rows of each batch."""

from __future__ import annotations

from datetime import timedelta

from compiler.emit.code.code import Code, binary, call, function, item, name
from compiler.emit.code.literals import literal
from compiler.emit.names import ScriptNames
from compiler.emit.rows.numbering import parent_rows
from compiler.emit.time.hours import hours_of
from compiler.plan.model import Plan, Table
from compiler.spec.zones import UTC


def grids_of(plan: Plan) -> dict[str, str]:
    """The tables on a grid, each with its root: a batch brings rows for all of its rows so far."""
    return {table.name: table.root for table in plan.tables if plan.grid_of(table)}


def batch_rows_of(plan: Plan) -> dict[str, int]:
    """How many rows each batch adds to the tables that grow of themselves."""
    rows = {table.name: table.growth.rows for table in plan.tables}
    return {name: count for name, count in rows.items() if count}


def batch_of(plan: Plan, names: ScriptNames, table: Table, row: Code) -> Code:
    """The batch that each of a table's rows comes with: its root's, or its grid's."""
    while table.children is not None:
        if table.children.every is not None:
            return call("grid_batch", row, names.every(table.name))
        row = parent_rows(names, table, row)
        table = plan.table(table.children.parent)
    return call("batch_of", literal(table.name), row)


def paces_of(plan: Plan, names: ScriptNames) -> dict[str, Code]:
    """By table: the volume that its batches follow."""
    paces = {}
    for table in plan.tables:
        moments = table.growth.follows
        if moments is None or moments.shape is None:
            continue
        volume = names.calendar(moments.shape)
        weights, hourly = hours_of(moments), plan.output.batch < timedelta(days=1)
        zone = plan.zone_of(moments)
        if weights and (hourly or zone != UTC):
            moment = name("moment")
            hour = item(literal(weights), name("moment.hour"))
            volume = function("moment", binary("*", call(volume, moment), hour))
        if zone != UTC:
            constant = names.calendar_constant(moments.shape, "TIMEZONE")
            local = [volume, name("moment"), constant, literal(1 if hourly else 24)]
            volume = function("moment", call("local_volume", *local))
        paces[table.name] = volume
    return paces
