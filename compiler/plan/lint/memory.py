"""Whether a serverless worker of Spark has the memory that a script needs."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.plan.cost import shown_bytes, worker_memory
from compiler.plan.held import Held, held_by
from compiler.plan.lint.rule import Found, rule
from compiler.plan.model import Column, Plan, Table

LIMIT = 1e9
"""Bytes that a worker of serverless compute may use for Python."""


@rule("W417")
def short_of_memory(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """A worker that runs out of memory ends the job after hours.

    Reported at the column that keeps most of it.
    """
    if not plan.engine.distributed or plan.job.compute != "serverless":
        return
    rows = {each.name: float(each.rows) for each in plan.tables}
    held = max(held_by(plan, rows), key=lambda one: one.bytes, default=None)
    if held is None or (held.table, held.column) != (table.name, column.name):
        return
    need, target = worker_memory(plan, rows), plan.table(held.target)
    if need <= LIMIT or target.count.is_bound:
        return
    of = f"the {held.rows:,.0f} rows of `{held.target}`"
    message = (
        f"a worker needs about {shown_bytes(need)} and has {shown_bytes(LIMIT)}: "
        f"{shown_bytes(held.bytes)} for `{column.name}`, "
        f"{held.bytes_a_row} bytes for each of {of}"
    )
    own_weights = column.table is not None and not target.children
    place = "weights" if own_weights else "table" if column.table else "kind"
    yield Found(message, ", or ".join(ways_out(plan, held, rows)), (place,))


def ways_out(plan: Plan, held: Held, rows: dict[str, float]) -> Iterator[str]:
    """What brings a worker's memory below its limit."""
    most = rows_that_fit(plan, held, rows)
    if most:
        root = plan.table(held.target).root
        fewer = f" (from fewer of `{root}`)" if root != held.target else ""
        yield f"at most {most:,} rows of `{held.target}`{fewer}"
    yield 'compute = "classic" in [job], for workers with more'


def rows_that_fit(plan: Plan, held: Held, rows: dict[str, float]) -> int:
    """So many rows of a column's target that all fits, as two digits; 0 for none."""
    fits, too_many = 0.0, held.rows
    while too_many - fits > held.rows / 1_000:
        middle = (fits + too_many) / 2
        fitting = worker_memory(plan, {**rows, held.target: middle}) <= LIMIT
        fits, too_many = (middle, too_many) if fitting else (fits, middle)
    unit = int("1".ljust(len(str(int(fits))) - 1, "0"))
    return int(fits) // unit * unit
