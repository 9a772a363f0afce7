"""Lifecycles: the moves of rows, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from compiler.plan.model import Column
from compiler.plan.sample.draws import numbers
from compiler.plan.sample.kinds.base import Asked, samples
from compiler.plan.sample.moments import DAY
from compiler.plan.sample.values import Array, Rows, Values, cells
from compiler.spec.columns import Entered, Lifecycle
from compiler.spec.columns.moves import MoveMoment, Moves, MoveState
from compiler.spec.types import Data


def states_of(column: Column) -> list[str]:
    """The states of all cases of a lifecycle."""
    return list(column.type.values)


def moves_by_case(asked: Sequence[Asked], case: Rows) -> tuple[Rows, Array]:
    """The moves of each row by those of its case: the states that it enters, and when."""
    specs = [one.variant.spec for one in asked]
    most = max(spec.most for spec in specs if isinstance(spec, Lifecycle))
    states = np.full((most + 1, len(case)), -1)
    moments = np.zeros(states.shape)
    for n, (one, spec) in enumerate(zip(asked, specs, strict=True)):
        assert isinstance(spec, Lifecycle)
        walk(one, spec, np.flatnonzero(case == n), states, moments)
    return states, moments


def walk(
    asked: Asked, spec: Lifecycle, open: Rows, states: Rows, moments: Array
) -> None:
    """Fills in the moves of some rows, up to the end."""
    names, start = states_of(asked.column), asked.at(spec.start)
    open = open[~start.null[open] & (start.data[open] < asked.times.now)]
    states[0, open], moments[0, open] = names.index(spec.first), start.data[open]
    for move in range(1, spec.most + 1):
        draw = asked.rng.random(len(open))
        state, moment = states[move - 1, open], moments[move - 1, open]
        entered = np.full(len(open), -1)
        for step in spec.steps:
            here = (state == names.index(step.state)) & (entered < 0)
            rows = np.flatnonzero(here & (draw < step.weight))
            draw = np.where(here, draw - step.weight, draw)
            entered[rows] = names.index(step.target)
            if len(rows):
                wait = numbers(step.wait.delay, asked.rng, len(rows))
                moment[rows] += np.floor(np.maximum(wait, 0))
        moved = (entered >= 0) & (moment < asked.times.now)
        open = open[moved]
        states[move, open], moments[move, open] = entered[moved], moment[moved]


def entered_states(states: Rows) -> Rows:
    """How many states each row has entered."""
    count: Rows = (states >= 0).sum(axis=0)
    return count


@samples(Lifecycle)
def lifecycle(asked: Asked, spec: Lifecycle) -> Values:
    states, _ = asked.sampler.moves(asked.table, asked.column.name)
    count = entered_states(states)
    last = states[np.maximum(count - 1, 0), np.arange(len(count))]
    names = cells(states_of(asked.column))
    return Values(names[np.maximum(last, 0)], count == 0)


@samples(Entered)
def entered(asked: Asked, spec: Entered) -> Values:
    (path,) = asked.variant.paths.values()
    states, moments = asked.sampler.moves(path.table, path.column)
    there = states == list(path.type.values).index(spec.state)
    moment = moments[there.argmax(axis=0), np.arange(states.shape[1])]
    return Values(rounded(asked, moment), ~there.any(axis=0))


@samples(Moves)
def moves(asked: Asked, spec: Moves) -> Values:
    (path,) = asked.variant.paths.values()
    return Values.of(entered_states(asked.sampler.moves(path.table, path.column)[0]))


@samples(MoveState)
def state(asked: Asked, spec: MoveState) -> Values:
    (path,) = asked.variant.paths.values()
    states = of_row(asked, asked.sampler.moves(path.table, path.column)[0])
    return Values.of(cells(path.type.values)[states])


@samples(MoveMoment)
def moment(asked: Asked, spec: MoveMoment) -> Values:
    (path,) = asked.variant.paths.values()
    moments = of_row(asked, asked.sampler.moves(path.table, path.column)[1])
    return Values.of(rounded(asked, moments))


def of_row(asked: Asked, moves: Array) -> Array:
    """What each row of a log has of the moves of its parent."""
    parent, position = asked.sample.parent, asked.sampler.positions(asked.table)
    found: Array = moves[position - 1, parent]
    return found


def rounded(asked: Asked, moment: Array) -> Array:
    """Moments as the column's type has them."""
    step = DAY if asked.column.type.data is Data.DATE else 1
    found: Array = np.floor(moment / step) * step
    return found
