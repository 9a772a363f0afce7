"""Each row's locale, which the texts of its table are in."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.emit.code.code import Code, call, name
from compiler.emit.code.constants import Constant
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.spec.locales import RowLocale


def locales(spec: RowLocale, cases: Sequence[RowLocale]) -> object:
    """The locale of a case, or the weights of those that all rows draw from."""
    return dict(spec.weights) if len(cases) == 1 else next(iter(spec.weights))


class LocaleCode(Emitter[RowLocale], of=RowLocale):
    one_call = True

    def constants(self, column: CaseColumn[RowLocale]) -> list[Constant]:
        if column.spec.everywhere:
            return []
        table = column.table.name
        drawn = (
            f"The locale of the texts of {table}, drawn for each row by these weights"
        )
        return [column.holding(locales, comment="" if column.column.by else drawn)]

    def value(self, column: CaseColumn[RowLocale], function: Function) -> Code:
        if column.key is not None:
            return column.value_by_case()
        everywhere = column.spec.everywhere
        weights = name("LOCALES") if everywhere else column.constant()
        return call("choice", column.draw(function), weights)
