"""The function from a parent's rows to those of its children."""

from __future__ import annotations

from compiler.emit.code.code import Code, call, item
from compiler.emit.code.comments import ONE_LINE
from compiler.emit.code.statements import Statement
from compiler.emit.engines.dialect import dialect_of
from compiler.emit.names import ScriptNames
from compiler.emit.rows.numbering import stride_of
from compiler.emit.tables.builder import FunctionBuilder
from compiler.emit.tables.cross_row import CrossRowFunctions
from compiler.emit.tables.statements import ROW
from compiler.emit.tables.values import value_of
from compiler.plan.model import Plan, Table
from compiler.spec.columns.children import Children, OneChild


def child_rows_code(
    plan: Plan, table: Table, cross_row: CrossRowFunctions, names: ScriptNames
) -> tuple[list[Statement], Code]:
    """The body of the function from a parent's rows to its children's: statements, value."""
    children = table.children
    assert children is not None
    if children.column is None:
        return [], call("grid_rows", ROW, names.every(table.name))
    parent = plan.table(children.parent)
    body = FunctionBuilder(plan, parent, cross_row, names, [children.column])
    count = value_of(body, children.column)
    if isinstance(children.column.spec, Children):
        count = body.local("count", count)
        rows = call("child_rows", ROW, count, stride_of(names, table))
        return body.statements, rows
    if isinstance(children.column.spec, OneChild):
        there = count
    else:
        there = dialect_of(plan).is_true(count, children.column.type.nullable)
    value = item(ROW, there)
    if len(value.text) > ONE_LINE:
        value = item(ROW, body.local("there", there))
    return body.statements, value
