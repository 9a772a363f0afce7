"""Numbers of a distribution, and the numbers of children."""

from __future__ import annotations

import numpy as np

from compiler.plan.sample.draws import child_counts, numbers
from compiler.plan.sample.kinds.base import Asked, samples
from compiler.plan.sample.values import Values
from compiler.spec.columns import Numeric
from compiler.spec.columns.children import Children


@samples(Numeric)
def number(asked: Asked, spec: Numeric) -> Values:
    drawn = numbers(spec, asked.rng, asked.sample.size)
    scores = asked.sampler.scores(asked.table, asked.column.name)
    if scores is not None:
        drawn = np.sort(drawn)[np.argsort(np.argsort(scores))]
    return Values.of(drawn)


@samples(Children)
def children(asked: Asked, spec: Children) -> Values:
    return Values.of(child_counts(spec, asked.rng, asked.sample.size))
