"""The row numbers of `per` tables as code: from parents to children, and back."""

from __future__ import annotations

from collections.abc import Mapping

from compiler.emit.code.code import Code, binary, call, item, name
from compiler.emit.code.literals import literal
from compiler.emit.names import ScriptNames
from compiler.plan.model import Plan, Table


def stride_of(names: ScriptNames, table: Table) -> Code:
    """The maximum number of children of a parent."""
    children = table.children
    assert children is not None
    if children.every is not None:
        return call("ticks", names.every(table.name))
    return literal(1) if children.single else names.stride(table.name)


def parent_rows(names: ScriptNames, table: Table, row: Code) -> Code:
    """The parents' row numbers, from their children's."""
    assert table.children is not None
    if table.children.single:
        return row
    return binary("//", row, stride_of(names, table))


def chain_of(plan: Plan, table: Table) -> list[Table]:
    """The `per` tables from below a table's root down to itself."""
    if table.children is None:
        return []
    return [*chain_of(plan, plan.table(table.children.parent)), table]


def goes_on(plan: Plan, table: Table) -> bool:
    """Whether each batch brings more rows of a table for the same parents: a grid's do."""
    children = table.children
    return plan.appends and children is not None and children.every is not None


def all_rows(plan: Plan, names: ScriptNames, table: Table) -> Code:
    """All row numbers of a table."""
    below = [
        (names.rows_so_far if goes_on(plan, each) else names.child_rows)(each.name)
        for each in chain_of(plan, table)
    ]
    return call("all_rows", literal(table.root), *below)


def rows_below(plan: Plan, names: ScriptNames, table: Table, rows: Code) -> Code:
    """A table's row numbers that belong to rows of its root."""
    if table.children is None:
        return rows
    above = rows_below(plan, names, plan.table(table.children.parent), rows)
    return call(names.child_rows(table.name), above)


def expected_rows(
    plan: Plan, names: ScriptNames, table: Table, case: Mapping[str, Code] | None = None
) -> Code:
    """How many rows a table has (in append mode: in the first load), about.

    `case` are the arguments that pick the rows of one case.
    """
    if table.children is None and not case:
        return item(name("ROWS"), literal(table.name))
    below = [
        (names.first_rows if goes_on(plan, each) else names.child_rows)(each.name)
        for each in chain_of(plan, table)
    ]
    return call("estimated_rows", literal(table.root), *below, **(case or {}))


def rows_in_first_load(plan: Plan, names: ScriptNames, table: Table) -> Code:
    """The number above those of all rows of the first load; no grid's."""
    if table.children is None:
        return item(name("ROWS"), literal(table.name))
    parent = rows_in_first_load(plan, names, plan.table(table.children.parent))
    if table.children.single:
        return parent
    return binary("*", parent, stride_of(names, table))
