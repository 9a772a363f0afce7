"""A moment some time after another."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.emit.code.code import Code, call, method
from compiler.emit.code.comments import LONG
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import seconds
from compiler.emit.kinds.base import CaseColumn, Emitter, Function, same
from compiler.emit.kinds.numeric import (
    described,
    distribution_helpers,
    distribution_of,
    drawn,
    parameters,
)
from compiler.plan.model import Plan
from compiler.spec.columns import Column, Offset


def delays(spec: Column, cases: Sequence[Column]) -> dict[str, object]:
    """The parameters of a delay: lengths in seconds, written as days, hours, minutes."""
    lengths = {*distribution_of(spec).lengths, "minimum", "maximum"}
    return {
        key: (
            seconds(value)
            if key in lengths and isinstance(value, int | float)
            else value
        )
        for key, value in parameters(spec, cases).items()
    }


def length(spec: Offset, cases: Sequence[Offset]) -> Code:
    """A constant delay, in seconds."""
    assert spec.value is not None
    return seconds(spec.value.total_seconds())


def each_length(column: CaseColumn[Offset], function: Function) -> Code:
    """The constant delay of each row, as numpy has it."""
    if column.key is not None:
        return method(column.value_by_case(), "to_numpy")
    return call("np.full", call("len", function.row), column.constant())


class OffsetCode(Emitter[Offset], of=Offset):
    def in_one_call(self, plan: Plan, cases: Sequence[Offset]) -> bool:
        return same(cases, "of", "distribution", "until_now")

    def constants(self, column: CaseColumn[Offset]) -> list[Constant]:
        after = f"seconds after {column.spec.of}"
        if column.spec.distribution == "constant":
            return [column.reasoned(length, after)]
        return [column.reasoned(delays, f"{after}: {described(column.specs)}")]

    def value(self, column: CaseColumn[Offset], function: Function) -> Code:
        start = column.read(function, column.spec.of)
        if column.spec.distribution == "constant":
            delay = each_length(column, function)
        else:
            delay = drawn(column, function, *distribution_helpers(column.specs))
        if len(delay.text) > LONG - len(start.text):
            delay = function.local("delay", delay, column.column.name)
        moment = call("add_seconds", start, delay)
        if not column.spec.until_now:
            return moment
        batch = [function.batch()] if column.plan.appends else []
        return call("null_after_end", moment, *batch)
