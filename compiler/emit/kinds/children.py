"""The number of children of a parent, or whether it has one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from compiler.emit.code.code import Code, method
from compiler.emit.code.constants import Constant
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.emit.kinds.bool import BoolCode, chance, is_drawn
from compiler.emit.kinds.numeric import drawn
from compiler.spec.columns import Bool
from compiler.spec.columns.children import Children, OneChild


def counts(spec: Children, cases: Sequence[Children]) -> dict[str, float]:
    """The mean, and the bounds."""
    mean = spec.most if spec.least == spec.most else spec.mean
    return {"mean": mean, "minimum": spec.least, "maximum": spec.most}


def per_parent(column: CaseColumn[Any]) -> str:
    """The rows that are counted, in words: `orders per row of customers`."""
    child = next(
        table.name
        for table in column.plan.tables
        if table.children is not None
        and table.children.parent == column.table.name
        and table.children.column is not None
        and table.children.column.name == column.column.name
    )
    return f"{child} per row of {column.table.name}"


def by_case(column: CaseColumn[Any], words: str) -> str:
    """A comment, and the column that the cases go by."""
    by = column.column.by
    return f"{words}, by {by.text}" if by else words


class ChildrenCode(Emitter[Children], of=Children):
    one_call = True

    def constants(self, column: CaseColumn[Children]) -> list[Constant]:
        what = f"rows of {per_parent(column)}: Poisson, truncated"
        return [column.reasoned(counts, reason=by_case(column, what))]

    def value(self, column: CaseColumn[Children], function: Function) -> Code:
        return drawn(column, function, "truncated_poisson")


class OneChildCode(BoolCode, of=OneChild):
    def constants(self, column: CaseColumn[Bool]) -> list[Constant]:
        what = f"probability of a row of {per_parent(column)}"
        reason = by_case(column, what)
        return [column.holding(chance, is_share=True, comment=reason)]

    def value(self, column: CaseColumn[Bool], function: Function) -> Code:
        """The conditions as numpy has them."""
        code = is_drawn(column, function)
        return method(code, "to_numpy") if column.key is not None else code
