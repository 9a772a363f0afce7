"""Keys, positions, ticks: columns that the row's number gives."""

from __future__ import annotations

from typing import Any

from compiler.emit.code.code import Code, binary, call
from compiler.emit.code.literals import literal
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.emit.rows.numbering import stride_of
from compiler.spec.columns import Key, Position, Tick


class KeyCode(Emitter[Key], of=Key):
    def value(self, column: CaseColumn[Key], function: Function) -> Code:
        spec, row = column.spec, function.row
        if spec.uuid:
            return call("uuid_keys", literal(column.stream), row)
        number = binary("+", row, Code(str(spec.start))) if spec.start else row
        if spec.format is None:
            return column.dialect.as_series(number)
        prefix, width, suffix = spec.parts
        given = {"width": Code(str(width))} if width else {}
        given |= {"suffix": literal(suffix)} if suffix else {}
        return call("format_key", number, literal(prefix), **given)


class PositionCode(Emitter[Position], of=Position):
    def value(self, column: CaseColumn[Position], function: Function) -> Code:
        stride = stride_of(column.names, column.table)
        place = binary("+", binary("%", function.row, stride), literal(1))
        return column.dialect.as_series(place)


class TickCode(Emitter[Tick], of=Tick):
    def value(self, column: CaseColumn[Tick], function: Function) -> Code:
        return function.local(column.column.name, tick(column, function))


def tick(column: CaseColumn[Any], function: Function) -> Code:
    """The code of the rows' moments on their grid."""
    return call("tick", function.row, column.names.every(column.table.name))
