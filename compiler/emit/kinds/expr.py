"""What an expression over other columns computes."""

from __future__ import annotations

from typing import Any

from compiler.emit.code.code import Code, call
from compiler.emit.expression import printer_of
from compiler.emit.expression.printed import Printed, Shape
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.emit.time.timelines import during_code, moment_code
from compiler.spec.columns import Expr
from compiler.spec.types import NUMBER, Data, Type


class ExprCode(Emitter[Expr], of=Expr):
    def value(self, column: CaseColumn[Expr], function: Function) -> Code:
        return expression(column, function)


def expression(column: CaseColumn[Any], function: Function) -> Code:
    """The code of a column's expression, as a Series of the column's type."""
    node, plan, dialect = column.variant.expression, column.plan, column.dialect
    assert node is not None, "a column with an expression"

    def read(path: str) -> Code:
        return column.read(function, path)

    def moment(text: str, type: Type) -> Printed:
        batch = function.batch if plan.appends else lambda: None
        return moment_code(dialect, text, type, batch)

    def during(event: str, moments: Code, has_time: bool) -> Code:
        return during_code(plan, column.names, event, moments, has_time)

    def by_time() -> Code:
        return time_order(column, function)

    printer = printer_of(plan, read, moment, during, function.row, by_time)
    code: Code = (printed := printer.whole(node))
    if printed.shape is Shape.SCALAR:
        code = column.repeated(code, function, node.type.data)
    if column.column.type.data is Data.NUMBER and node.type.data is Data.INTEGER:
        code = dialect.cast(code, NUMBER.or_null(node.type.nullable))
    return code


def time_order(column: CaseColumn[Any], function: Function) -> Code:
    """The local variable that holds the rows of each parent in order of time."""
    children, order = column.table.children, column.spec.order
    assert children is not None and order is not None, "reported where it is not so"
    moment, parent = column.read(function, order), function.rows(children.ref)
    code = call("time_order", moment, parent)
    return function.local("by_time", code, column.column.name)
