"""Columns that are computed from others: lookups, and the cells of inline data."""

from __future__ import annotations

from compiler.emit.code.code import Code
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.spec.columns import Lookup
from compiler.spec.columns.given import InlineColumn


class LookupCode(Emitter[Lookup], of=Lookup):
    def value(self, column: CaseColumn[Lookup], function: Function) -> Code:
        return column.read(function, column.spec.path)


class InlineCode(Emitter[InlineColumn], of=InlineColumn):
    def value(self, column: CaseColumn[InlineColumn], function: Function) -> Code:
        values = column.names.inline_column(column.table.name, column.column.name)
        return column.dialect.taken(values, function.row)
