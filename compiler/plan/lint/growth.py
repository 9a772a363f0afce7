"""What to change in a spec so that a table has more rows, or fewer."""

from __future__ import annotations

import math
from collections.abc import Iterator

from compiler.plan.model import Plan, Table


def ways_to_grow(plan: Plan, table: Table, rows: float) -> str:
    """What gives a table so many rows, in words: only `rows` can be set to a number."""
    return ", or ".join(ways(plan, table, rows))


def ways(plan: Plan, table: Table, rows: float) -> Iterator[str]:
    children = table.children
    if children is not None:
        parent = plan.table(children.parent)
        if children.every is not None:
            yield "shorten its `every`"
        elif not children.single:
            yield "raise its `mean`"
        elif parent.rows >= rows:  # else even a row for each parent is too few
            drawn = children.column is not None and children.column.kind == "bool"
            where = f"let `where` hold for more rows of `{parent.name}`"
            yield "raise its `chance`" if drawn else where
    source = plan.table(table.root)
    if source.data:
        yield f"add rows to the `data` of `{source.name}`"
    else:
        number = shown_above(source.rows * rows / max(table.rows, 1))
        yield f"give `{source.name}` {number} rows"


def between(plan: Plan, table: Table, least: float, most: float) -> str | None:
    """A table, and how many rows to give it so that another one has between these.

    None for `data`, which has as many rows as it has.
    """
    source = plan.table(table.root)
    if source.data:
        return None
    scale = source.rows / max(table.rows, 1)
    first, last = math.ceil(least * scale), math.floor(most * scale)
    return f"`{source.name}` {max(first, 1):,} to {max(last, 1):,}"


def shown_above(number: float) -> str:
    """A number of rows, rounded up to two digits."""
    whole = math.ceil(number)
    unit = 10 ** max(len(str(whole)) - 2, 0)
    return f"{math.ceil(whole / unit) * unit:,}"
