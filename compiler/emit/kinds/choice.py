"""One of some values, each with its weight."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.emit.code.code import Code, call
from compiler.emit.code.constants import Constant
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.plan.model import Plan
from compiler.spec.base import Cell
from compiler.spec.columns import Choice


def shares(spec: Choice, cases: Sequence[Choice]) -> dict[Cell, object]:
    """The values and their weights; of `values` alone the n-th weighs 1 / n."""
    if spec.weights is not None:
        return dict(spec.cells)
    return {
        value: Code(f"1 / {n}" if n > 1 else "1")
        for n, value in enumerate(spec.cells, start=1)
    }


class ChoiceCode(Emitter[Choice], of=Choice):
    def in_one_call(self, plan: Plan, cases: Sequence[Choice]) -> bool:
        return all(case.type is None for case in cases)

    def constants(self, column: CaseColumn[Choice]) -> list[Constant]:
        return [column.reasoned(shares)]

    def value(self, column: CaseColumn[Choice], function: Function) -> Code:
        draw = column.draw(function)
        if column.spec.type is not None:
            dtype = column.dialect.dtypes[column.column.type.data]
            return call("typed_choice", draw, column.constant(), dtype)
        if column.key is not None:
            return call("choice_by_case", draw, column.key, column.constant())
        return call("choice", draw, column.constant())
