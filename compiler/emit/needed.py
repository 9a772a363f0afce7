"""Leaves out hidden columns that nothing reads: they need no code at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Numeric

Key = tuple[str, str]


def needed(plan: Plan) -> Plan:
    """The plan with just the columns that are written, and what those read."""
    keep: set[Key] = set()
    open = [
        (table.name, column.name) for table in plan.tables for column in table.written
    ]
    for table in plan.tables:
        if table.children is not None and table.children.column is not None:
            open += read_by(plan, table.children.parent, table.children.column)
    while open:
        key = open.pop()
        if key not in keep:
            keep.add(key)
            open += read_by(plan, key[0], plan.table(key[0]).columns[key[1]])
    return replace(plan, tables=tuple(with_only(table, keep) for table in plan.tables))


def read_by(plan: Plan, table: str, column: Column) -> Iterator[Key]:
    """The columns that a column reads, of its own row and of others."""
    for path in (*column.reads.values(), *column.weighted):
        yield path.table, path.column
        for hop in path.hops:
            yield hop.table, hop.column
    if column.cut_by is not None:
        yield table, column.cut_by
    if isinstance(column.spec, Numeric):  # its draws follow theirs
        yield from ((table, partner) for partner in column.spec.correlated)
    if column.table is not None:
        key = plan.table(column.table).key
        assert key is not None, "a ref points at a table with a key"
        yield column.table, key


def with_only(table: Table, keep: set[Key]) -> Table:
    columns = {
        name: column
        for name, column in table.columns.items()
        if (table.name, name) in keep
    }
    return replace(
        table,
        columns=columns,
        order=tuple(name for name in table.order if name in columns),
    )
