"""The function from a parent's rows to those of its children."""

from __future__ import annotations

from dataclasses import replace

from compiler.emit.code.code import Code, call, item
from compiler.emit.code.comments import ONE_LINE
from compiler.emit.code.statements import Statement
from compiler.emit.rows.numbering import stride_of
from compiler.emit.tables.builder import FunctionBuilder
from compiler.emit.tables.context import TableContext
from compiler.emit.tables.statements import ROW
from compiler.emit.tables.values import value_of
from compiler.spec.columns.children import Children, OneChild
from compiler.spec.columns.moves import Moves


def child_rows_code(context: TableContext) -> tuple[list[Statement], Code]:
    """The body of the function from a parent's rows to its children's: statements, value."""
    table, names, children = context.table, context.names, context.table.children
    assert children is not None
    if children.column is None:
        return [], call("grid_rows", ROW, names.every(table.name))
    parent = replace(context, table=context.plan.table(children.parent))
    body = FunctionBuilder(parent, [children.column])
    count = value_of(body, children.column)
    if isinstance(children.column.spec, Children | Moves):
        count = body.local("count", count)
        rows = call("child_rows", ROW, count, stride_of(names, table))
        return body.statements, rows
    if isinstance(children.column.spec, OneChild):
        there = count
    else:
        there = context.dialect.is_true(count, children.column.type.nullable)
    value = item(ROW, there)
    if len(value.text) > ONE_LINE:
        value = item(ROW, body.local("there", there))
    return body.statements, value
