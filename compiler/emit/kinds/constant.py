"""The same in every row."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.emit.code.code import Code
from compiler.emit.code.constants import Constant as Assignment
from compiler.emit.code.literals import literal
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.plan.model import Plan
from compiler.spec.columns import Constant


def value_of_case(spec: Constant, cases: Sequence[Constant]) -> object:
    return spec.value


class ConstantCode(Emitter[Constant], of=Constant):
    def in_one_call(self, plan: Plan, cases: Sequence[Constant]) -> bool:
        return all(isinstance(case.value, str) for case in cases)

    def constants(self, column: CaseColumn[Constant]) -> list[Assignment]:
        if column.column.by is None or column.suffix:
            return []
        return [column.holding(value_of_case, comment=column.reason)]

    def value(self, column: CaseColumn[Constant], function: Function) -> Code:
        if column.key is not None:
            return column.value_by_case()
        return column.repeated(literal(column.spec.value), function)
