"""Columns computed in order of time: readings, balances, states."""

from __future__ import annotations

import math
from collections.abc import Sequence

from compiler.emit.code.code import Code, binary, call, comparison, grouped, method
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal, seconds
from compiler.emit.kinds.base import CaseColumn, Emitter, Function, same
from compiler.emit.kinds.expr import expression
from compiler.emit.kinds.key import tick
from compiler.plan.model import Column, Plan
from compiler.spec.columns import Progression, Running, Series
from compiler.spec.columns.sequences import Cycle
from compiler.spec.types import Data


def wave_of(cycle: Cycle) -> dict[str, object]:
    """A wave of a reading, its lengths in seconds; by default it peaks in its middle."""
    peak = cycle.period / 2 if cycle.peak is None else cycle.peak
    return {
        "period": seconds(cycle.period.total_seconds()),
        "amplitude": cycle.amplitude,
        "peak": seconds(peak.total_seconds()),
    }


def levels(spec: Series, cases: Sequence[Series]) -> dict[str, float]:
    """The parameters of a reading that are numbers, and that any of the cases has."""
    values = {
        key: [getattr(case, key) for case in cases]
        for key in ("base", "trend", "noise")
        if key not in spec.far
    }
    used = [key for key, numbers in values.items() if key == "base" or any(numbers)]
    return {key: getattr(spec, key) for key in used}


def waves(spec: Series, cases: Sequence[Series]) -> list[dict[str, object]]:
    return [wave_of(cycle) for cycle in spec.cycles]


def shift(spec: Series, cases: Sequence[Series]) -> float:
    """What is added to a reading where it is off."""
    assert spec.shift is not None
    return float(spec.shift.by)


class SeriesCode(Emitter[Series], of=Series):
    endings = ("CYCLES", "SHIFT")

    def in_one_call(self, plan: Plan, cases: Sequence[Series]) -> bool:
        return same(cases, "off", "min", "max", "far")

    def constants(self, column: CaseColumn[Series]) -> list[Constant]:
        found, in_cases = [], bool(column.column.by) and not column.suffix
        if column.by_case(levels):
            found.append(column.reasoned(levels))
        if has_waves(column):
            comment = (
                "Waves: lengths in seconds; peaks count from 1970-01-01 UTC, so that of a "
                "day's wave it is the hour."
            )
            type = "dict[str, tuple[dict[str, float], ...]]" if in_cases else ""
            found.append(column.holding(waves, "_CYCLES", comment=comment, type=type))
        if column.spec.shift:
            note = "" if in_cases else "where it is off"
            found.append(column.holding(shift, "_SHIFT", note=note))
        return found

    def value(self, column: CaseColumn[Series], function: Function) -> Code:
        spec = column.spec
        draw = column.draw(function)
        moment = function.local("moment", tick(column, function))
        cycles: Code = grouped([])
        if has_waves(column):
            cycles = column.constant("_CYCLES")
            if column.key is not None:
                cycles = call("waves_by_case", column.key, cycles)
        far = {
            key: method(column.read(function, path), "to_numpy")
            for key, path in spec.far.items()
        }
        given = [column.arguments] if column.by_case(levels) else []
        reading = call("reading", draw, moment, cycles, *given, **far)
        if spec.shift:
            off = expression(column, function)
            by = column.value_by_case("_SHIFT")
            reading = binary("+", reading, call("if_else", off, by, Code("0.0")))
        # Cases with the same limits are limited together.
        together = column.suffix and one_range(column.column)
        return reading if together else limited(spec, reading)


def has_waves(column: CaseColumn[Series]) -> bool:
    return any(spec.cycles for spec in column.specs)


def one_range(column: Column) -> bool:
    """Whether the readings of all cases have the same limits."""
    specs = [variant.spec for variant in column.variants]
    ranges = {(one.min, one.max) for one in specs if isinstance(one, Series)}
    return len(ranges) == 1


def limited(spec: Series, reading: Code) -> Code:
    """Readings within what a sensor can measure, and to its digits."""
    if spec.min is not None or spec.max is not None:
        reading = method(reading, "clip", literal(spec.min), literal(spec.max))
    if spec.decimals is not None:
        reading = method(reading, "round", Code(str(spec.decimals)))
    return reading


def limits(spec: Running, cases: Sequence[Running]) -> dict[str, object]:
    """What a balance starts with, and its floor."""
    values = {"start": spec.start} if spec.start and not spec.far else {}
    if any(case.floor is not None for case in cases):
        values["floor"] = -math.inf if spec.floor is None else spec.floor
    return dict(values)


class RunningCode(Emitter[Running], of=Running):
    one_call = True

    def constants(self, column: CaseColumn[Running]) -> list[Constant]:
        return [column.reasoned(limits)] if column.by_case(limits) else []

    def value(self, column: CaseColumn[Running], function: Function) -> Code:
        """A pair: the changes as they could be made, and the balance after each."""
        spec = column.spec
        change = function.change(spec.change, column.column)
        assert spec.order is not None and column.table.children is not None
        order = column.read(function, spec.order)
        parent = function.rows(column.table.children.ref)
        given = {}
        if column.column.type.data is not Data.INTEGER:
            given["decimals"] = Code(str(spec.decimals))
        for path in spec.far:
            given["start"] = column.read(function, path)
        more = [column.arguments] if column.by_case(limits) else []
        return call("running_balance", change, order, parent, *more, **given)


def chance(spec: Progression, cases: Sequence[Progression]) -> float:
    return float(spec.chance)


class ProgressionCode(Emitter[Progression], of=Progression):
    endings = ("STATES",)
    one_call = True

    def constants(self, column: CaseColumn[Progression]) -> list[Constant]:
        states = Constant(
            column.constant("_STATES").text, literal(column.spec.states), column.reason
        )
        note = "" if column.reason else "probability of the next state, per row"
        return [states, column.holding(chance, note=note, is_share=True)]

    def value(self, column: CaseColumn[Progression], function: Function) -> Code:
        spec = column.spec
        assert spec.order is not None and column.table.children is not None
        order = column.read(function, spec.order)
        parent = function.rows(column.table.children.ref)
        chances = column.value_by_case()
        if column.key is not None:
            chances = method(chances, "to_numpy")
        moves = comparison("<", column.draw(function), chances)
        moves = function.local("moves", moves, column.column.name)
        states = column.constant("_STATES")
        return call("progression", moves, order, parent, states)
