"""Leaves out hidden columns and tables that nothing reads: they need no code at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Numeric

Key = tuple[str, str]
Use = tuple[str, str, bool]
"""A table, a column, and whether its values are read; of a ref it may be just its rows."""


def needed(plan: Plan) -> Plan:
    """The plan with just what is written, and what that reads."""
    used: set[Use] = set()
    tables: set[str] = set()
    open = [
        (table.name, column.name, True)
        for table in plan.tables
        for column in table.written
    ]
    while open:
        use = open.pop()
        if use not in used:
            used.add(use)
            table, name, values = use
            open += read_by(plan, table, plan.table(table).columns[name], values)
            for one in with_parents(plan, table):
                if one.name not in tables:
                    tables.add(one.name)
                    open += read_by_rows(plan, one)
    keep = {(table, name) for table, name, _ in used}
    kept = (with_only(table, keep) for table in plan.tables if table.name in tables)
    return replace(plan, tables=tuple(kept))


def with_parents(plan: Plan, name: str) -> Iterator[Table]:
    """A table, and those that its rows depend on."""
    table = plan.table(name)
    yield table
    while table.children is not None:
        table = plan.table(table.children.parent)
        yield table


def read_by_rows(plan: Plan, table: Table) -> Iterator[Use]:
    """The columns that the rows of a table depend on; given ones are its rows."""
    if table.children is not None and table.children.column is not None:
        yield from read_by(plan, table.children.parent, table.children.column)
    if table.data:
        yield from ((table.name, name, True) for name in table.data[0])


def read_by(
    plan: Plan, table: str, column: Column, values: bool = True
) -> Iterator[Use]:
    """The columns that a column reads, of its own row and of others."""
    for path in (*column.reads.values(), *column.weighted):
        yield path.table, path.column, True
        for hop in path.hops:
            yield hop.table, hop.column, False
    if column.cut_by is not None:
        yield table, column.cut_by, True
    if isinstance(column.spec, Numeric):  # its draws follow theirs
        yield from ((table, partner, True) for partner in column.spec.correlated)
    if column.table is not None:
        target = plan.table(column.table)
        assert target.key is not None, "a ref points at a table with a key"
        if values or not target.hidden:
            yield target.name, target.key, True


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
