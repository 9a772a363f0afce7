"""Parts of a total, computed for all rows of a parent at once."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.emit.code.code import Code, call, method
from compiler.emit.code.constants import Constant
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.spec.columns import Share


def evenness(spec: Share, cases: Sequence[Share]) -> float:
    return float(spec.evenness)


class ShareCode(Emitter[Share], of=Share):
    one_call = True

    def constants(self, column: CaseColumn[Share]) -> list[Constant]:
        note = "" if column.reason else "evenness of the parts, by Dirichlet"
        return [column.holding(evenness, note=note)]

    def value(self, column: CaseColumn[Share], function: Function) -> Code:
        assert column.table.children is not None
        total = column.read(function, column.spec.of)
        parent = function.rows(column.table.children.ref)
        even = column.value_by_case()
        if column.key is not None:
            even = method(even, "to_numpy")
            even = function.local("evenness", even, column.column.name)
        nullable = column.variant.paths[column.spec.of].type.nullable
        if nullable:
            total = function.local("total", total, column.column.name)
        decimals = Code(str(column.spec.decimals))
        draw = column.draw(function)
        parts = call("parts_of", total, parent, draw, even, decimals=decimals)
        return column.dialect.null_where_null(parts, total) if nullable else parts
