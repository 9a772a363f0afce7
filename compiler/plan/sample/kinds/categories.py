"""Categories: one of some values, true or false, the same in every row."""

from __future__ import annotations

import numpy as np

from compiler.plan.sample.kinds.base import Asked, samples
from compiler.plan.sample.values import Values, cells
from compiler.spec.columns import Bool, Choice, Constant


@samples(Choice)
def choice(asked: Asked, spec: Choice) -> Values:
    weights = np.array(list(spec.cells.values()), float)
    cumulated = np.cumsum(weights / weights.sum())
    places = np.searchsorted(cumulated, asked.shares(), side="right")
    names = cells(list(spec.cells))
    return Values.of(names[np.minimum(places, len(names) - 1)])


@samples(Bool)
def chance(asked: Asked, spec: Bool) -> Values:
    return Values.of(asked.shares() < spec.chance)


@samples(Constant)
def constant(asked: Asked, spec: Constant) -> Values:
    return Values.of(cells([spec.value]).repeat(asked.sample.size))
