"""The number of children of a parent."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.emit.code.code import Code
from compiler.emit.code.constants import Constant
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.emit.kinds.numeric import drawn
from compiler.spec.columns.children import Children


def counts(spec: Children, cases: Sequence[Children]) -> dict[str, float]:
    """The mean, and the bounds."""
    mean = spec.most if spec.least == spec.most else spec.mean
    return {"mean": mean, "minimum": spec.least, "maximum": spec.most}


class ChildrenCode(Emitter[Children], of=Children):
    one_call = True

    def constants(self, column: CaseColumn[Children]) -> list[Constant]:
        return [column.reasoned(counts)]

    def value(self, column: CaseColumn[Children], function: Function) -> Code:
        return drawn(column, function, "truncated_poisson")
