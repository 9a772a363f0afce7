"""Refs that make all rows as busy, or cannot be as uneven as the spec states."""

from __future__ import annotations

import math
from collections.abc import Iterator

from compiler.plan.lint.growth import between
from compiler.plan.lint.rule import Found, rule
from compiler.plan.lint.skew import unreachable
from compiler.plan.lint.subjects import is_events
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Ref

CHILDREN = (5, 20)


@rule("W403")
def flat_ref(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """In life a few customers buy most; a flat ref makes all as busy."""
    spec = column.spec
    if isinstance(spec, Ref) and not (spec.skew or spec.weights or column.parent):
        message = f"every row of {spec.table} is as busy as any other"
        yield Found(message, "such as skew = 0.8, or weights", ("skew",))


@rule("W408")
def few_children(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """With very few events a row has no story, with very many all stories are alike."""
    if (
        not isinstance(column.spec, Ref)
        or column.table == table.name
        or not is_events(table)
        or table.count.is_bound
        or plan.table(column.spec.table).count.is_bound
        or plan.table(column.spec.table).data  # a catalogue has as many rows as it has
    ):
        return
    least, most = CHILDREN
    target = plan.table(column.spec.table)
    parents = max(target.rows, 1)
    if not least <= table.rows / parents <= most and not column.parent:
        each = f"{table.rows / parents:,.{0 if table.rows > 20 * parents else 1}f}"
        few = table.rows < least * parents
        limit = f"under {least}" if few else f"over {most}"
        message = f"{each} rows of `{table.name}` for each of `{target.name}`, {limit}"
        yield Found(message, history(plan, table, target))


def history(plan: Plan, table: Table, target: Table) -> str:
    """The numbers of rows with which each row of a target has a history."""
    least, most = CHILDREN
    ways = [
        between(plan, table, target.rows * least, target.rows * most),
        between(plan, target, table.rows / most, table.rows / least),
    ]
    numbers = [way for way in ways if way is not None]
    together = table.root == target.root  # both have more rows, or both have fewer
    if together or not numbers:
        changed = table if table.children else target
        change = f"change the `rows` of `{changed.name}`"
        return f"{change}, so that each of `{target.name}` has {least} to {most}"
    first, *other = numbers
    return f"give {', or '.join([f'{first} rows', *other])}"


@rule("W415")
def unreachable_skew(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """Few rows cannot be as uneven as the spec states."""
    if column.table is None or column.table == table.name:
        return
    target = plan.table(column.table)
    for variant, most in unreachable(table, column, target):
        percent = math.floor(most * 100)
        message = f"the busiest 20 % of `{target.name}` get at most {percent} %"
        skew = f"skew = {percent / 100:g}, or skew = false"
        distinct = isinstance(variant.spec, Ref) and variant.spec.distinct
        few = "rows without repeating one" if distinct else "of each weight"
        help = f"there are too few {few}: {skew}"
        yield Found(message, help, (*variant.keys, "skew"))
        return
