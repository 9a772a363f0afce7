"""Lifecycles: the state at the end, the moments of states, the log of moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compiler.emit.code.code import (
    Code,
    call,
    function,
    grouped,
    item,
    method,
    name,
    unpacked,
)
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.emit.kinds.numeric import distribution_helpers
from compiler.emit.kinds.offset import delays
from compiler.emit.names import ScriptNames
from compiler.plan.model import Column
from compiler.spec.columns import Entered, Lifecycle, LogState
from compiler.spec.columns.delays import FixedDelay
from compiler.spec.columns.lifecycles import Step
from compiler.spec.columns.moves import MoveMoment, Moves, MoveState
from compiler.spec.columns.numbers import Numeric
from compiler.spec.types import Data

WEIGHTS = "dict[str, dict[str, float]]"


def shares(spec: Lifecycle, cases: Sequence[Lifecycle]) -> dict[str, dict[str, float]]:
    """By state: the next ones, each with the share of the rows that move there."""
    return {
        name: {target: move.weight for target, move in state.moves.items()}
        for name, state in spec.states.items()
    }


def waits(spec: Lifecycle, cases: Sequence[Lifecycle]) -> dict[str, dict[str, object]]:
    """The parameters of each wait, in seconds, by what it is called."""
    labels = labels_of(spec)
    found = {labels[step[:2]]: step.wait.delay for step in spec.steps}
    return {label: delays(delay, [delay]) for label, delay in found.items()}


def most(spec: Lifecycle, cases: Sequence[Lifecycle]) -> int:
    return spec.most


def labels_of(spec: Lifecycle) -> dict[tuple[str, str], str]:
    """What the wait before each move is called: after its state or, of a move alone, both."""
    found: dict[tuple[str, str], str] = {}
    for step in spec.steps:
        label = step.state
        if step.own:
            label = f"{step.state} to {step.target}"
            while label in (*spec.states, *found.values()):
                label += "_"
        found[step.state, step.target] = label
    return found


class LifecycleCode(Emitter[Lifecycle], of=Lifecycle):
    endings = ("AFTER", "MOVES")
    one_call = True

    def constants(self, column: CaseColumn[Lifecycle]) -> list[Constant]:
        by_case = column.column.by is not None
        type = f"dict[str, {WEIGHTS}]" if by_case else WEIGHTS
        what = f"{column.full_name}, by state: the share of the rows that moves to each other one"
        after = "seconds that rows stay in a state, or before one of its moves"
        return [
            column.holding(shares, comment=column.reason_for(what) or what, type=type),
            column.holding(waits, "_AFTER", comment=after, type=type),
            column.holding(most, "_MOVES", note="the most moves of a row"),
        ]

    def value(self, column: CaseColumn[Lifecycle], function: Function) -> Code:
        moves = call(column.names.moves(*own(column)), function.row)
        cases = cases_of(column.names, *own(column), column.column)
        return call("last_state", moves, cases)


def own(column: CaseColumn[Lifecycle]) -> tuple[str, str]:
    return column.table.name, column.column.name


def moves_of(column: CaseColumn[Lifecycle], function: Function) -> Code:
    """The states that rows enter before the end, and when."""
    batch = [function.batch()] if column.plan.appends else []
    start = call("seconds_of", column.read(function, column.spec.start))
    end = call("end_seconds", *(batch or [function.row]))
    given = [literal(column.table.stream_of(column.column)), function.row, start, end]
    weights, times = column.constant(), column.constant("_AFTER")
    limit = column.constant("_MOVES")
    if column.key is None:
        after = function.local("after", times)
        return call("lifecycle", *given, weights, waits_of(column.spec, after), limit)
    cases = {
        one.name: waits_of(one.spec, item(times, literal(one.name)))
        for one in column.cases
    }
    return call("lifecycle_by_case", *given, column.key, weights, literal(cases), limit)


def waits_of(spec: Lifecycle, after: Code) -> Code:
    """By move: the function from a draw to the seconds that a row waits."""
    labels = labels_of(spec)
    return keyed(
        {
            (step.state, step.target): wait(
                step, item(after, literal(labels[step[:2]]))
            )
            for step in spec.steps
        }
    )


def keyed(functions: Mapping[tuple[str, str], Code]) -> Code:
    """A dictionary whose keys are pairs of texts."""
    items = {grouped(map(literal, key)): code for key, code in functions.items()}
    return literal(items)


def wait(step: Step, parameters: Code) -> Code:
    """`lambda u: exponential(u, **after["placed"])`."""
    delay: Numeric = step.wait.delay
    if isinstance(delay, FixedDelay):
        value = item(parameters, literal("value"))
        return function("u", call("np.full", call("len", name("u")), value))
    quantile, *more = distribution_helpers([delay])
    arguments = [name("u"), *map(name, more), unpacked("**", parameters)]
    return function("u", call(quantile, *arguments))


def cases_of(names: ScriptNames, table: str, lifecycle: str, column: Column) -> Code:
    """The moves of a lifecycle as arguments: of all rows, or of each case."""
    constant = names.constant(table, lifecycle)
    if column.by is None:
        return constant
    return unpacked("*", method(constant, "values"))


class EnteredCode(Emitter[Entered], of=Entered):
    def value(self, column: CaseColumn[Entered], function: Function) -> Code:
        lifecycle = column.table.columns[column.spec.of]
        moves = call(
            column.names.moves(column.table.name, lifecycle.name), function.row
        )
        cases = cases_of(column.names, column.table.name, lifecycle.name, lifecycle)
        moment = call("first_entered", moves, literal(column.spec.state), cases)
        return as_written(column, moment)


class MovesCode(Emitter[Moves], of=Moves):
    def value(self, column: CaseColumn[Moves], function: Function) -> Code:
        """The numbers, as an array."""
        moves = column.names.moves(column.table.name, column.spec.moves)
        return call("entered_states", call(moves, function.row))


class MoveStateCode(Emitter[MoveState], of=LogState):
    def value(self, column: CaseColumn[MoveState], function: Function) -> Code:
        (path,) = column.variant.paths.values()
        lifecycle = column.plan.table(path.table).columns[path.column]
        cases = cases_of(column.names, path.table, path.column, lifecycle)
        move = call(column.names.move(column.table.name), function.row)
        states = call("lifecycle_states", cases)
        return call("as_categories", item(move, literal(0)), states)


class MoveMomentCode(Emitter[MoveMoment], of=MoveMoment):
    def value(self, column: CaseColumn[MoveMoment], function: Function) -> Code:
        move = call(column.names.move(column.table.name), function.row)
        return as_written(column, call("utc_moments", item(move, literal(1))))


def as_written(
    column: CaseColumn[Entered] | CaseColumn[MoveMoment], moment: Code
) -> Code:
    """Moments as the column's type has them."""
    is_date = column.column.type.data is Data.DATE
    return column.dialect.days(moment) if is_date else moment
