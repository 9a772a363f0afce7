"""True with some chance."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.emit.code.code import Code, comparison
from compiler.emit.code.constants import Constant
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.spec.columns import Bool


def chance(spec: Bool, cases: Sequence[Bool]) -> float:
    return float(spec.chance)


class BoolCode(Emitter[Bool], of=Bool):
    one_call = True

    def constants(self, column: CaseColumn[Bool]) -> list[Constant]:
        reason = column.reason_for("probability")
        note = "" if reason else "probability"
        return [column.holding(chance, is_share=True, comment=reason, note=note)]

    def value(self, column: CaseColumn[Bool], function: Function) -> Code:
        if column.key is not None:  # a Series already
            return is_drawn(column, function)
        return column.dialect.as_series(is_drawn(column, function))


def is_drawn(column: CaseColumn[Bool], function: Function) -> Code:
    """Whether each row's draw is below its chance."""
    if column.key is not None:
        chances = column.value_by_case()
        chances = function.local("probability", chances, column.column.name)
        return comparison(">", chances, column.draw(function))
    return comparison("<", column.draw(function), column.constant())
