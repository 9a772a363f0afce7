"""Numbers by points of their distribution: a draw, looked up on the lines between them."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.emit.code.code import Code, call, name
from compiler.emit.code.constants import Constant
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.emit.kinds.numeric import rounded
from compiler.spec.columns import Histogram, Piecewise


def points(spec: Piecewise, cases: Sequence[Piecewise]) -> dict[str, object]:
    return {key: [*map(float, numbers)] for key, numbers in spec.arguments.items()}


class PiecewiseCode(Emitter[Piecewise], of=Piecewise):
    one_call = True

    def constants(self, column: CaseColumn[Piecewise]) -> list[Constant]:
        note = "the share of the rows below each value"
        if isinstance(column.spec, Histogram):
            note = "relative number of rows between each edge and the next"
        return [column.reasoned(points, note)]

    def value(self, column: CaseColumn[Piecewise], function: Function) -> Code:
        log = "log_" if column.spec.scale == "log" else ""
        helper, draw = name(f"{log}{column.spec.kind}"), column.draw(function)
        if column.key is None:
            code = call(helper, draw, column.arguments)
        else:
            constant = column.constant()
            code = call("quantile_by_case", draw, column.key, constant, helper)
        return column.dialect.as_series(rounded(column.spec, code))
