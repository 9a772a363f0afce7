"""Numbers by their quantiles: a draw, looked up on the lines between the points."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.emit.code.code import Code, call, name
from compiler.emit.code.constants import Constant
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.emit.kinds.numeric import rounded
from compiler.spec.columns import Quantiles


def points(spec: Quantiles, cases: Sequence[Quantiles]) -> dict[str, object]:
    return {key: [*map(float, numbers)] for key, numbers in spec.arguments.items()}


class QuantilesCode(Emitter[Quantiles], of=Quantiles):
    one_call = True

    def constants(self, column: CaseColumn[Quantiles]) -> list[Constant]:
        note = "the share of the rows below each value"
        return [column.reasoned(points, note)]

    def value(self, column: CaseColumn[Quantiles], function: Function) -> Code:
        helper = name("log_quantiles" if column.spec.scale == "log" else "quantiles")
        draw = column.draw(function)
        if column.key is None:
            code = call(helper, draw, column.arguments)
        else:
            constant = column.constant()
            code = call("quantile_by_case", draw, column.key, constant, helper)
        return column.dialect.as_series(rounded(column.spec, code))
