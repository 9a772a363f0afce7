"""The function from a parent's rows to those of its children."""

from __future__ import annotations

from compiler.emit.body import Body
from compiler.emit.columns import value_of
from compiler.emit.dialect import dialect_of
from compiler.emit.names import Names
from compiler.emit.numbering import stride_of
from compiler.emit.python import ONE_LINE, Source
from compiler.emit.shared import Shared
from compiler.plan.model import Plan, Table
from compiler.spec.columns.children import Children, OneChild


def child_rows_code(
    plan: Plan, table: Table, shared: Shared, names: Names
) -> tuple[list[str], Source]:
    """The body of the function from a parent's rows to its children's: statements, value."""
    children = table.children
    assert children is not None
    stride = stride_of(names, table)
    if children.column is None:
        return [], Source(f"grid_rows(row, {names['every', table.name]})")
    parent = plan.table(children.parent)
    body = Body(plan, parent, shared, names, [children.column])
    count = value_of(body, children.column)
    if isinstance(children.column.spec, Children):
        count = body.local("count", count)
        return body.statements, Source(f"child_rows(row, {count}, {stride})")
    if isinstance(children.column.spec, OneChild):
        there = count
    else:
        there = dialect_of(plan).is_true(count, children.column.type.nullable)
    value = Source(f"row[{there}]")
    if len(value) > ONE_LINE:
        value = Source(f"row[{body.local('there', there)}]")
    return body.statements, value
