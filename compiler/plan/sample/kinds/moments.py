"""Moments of a period, and those some time after others."""

from __future__ import annotations

import numpy as np

from compiler.plan.sample.draws import numbers
from compiler.plan.sample.kinds.base import Asked, samples
from compiler.plan.sample.moments import DAY, moments
from compiler.plan.sample.values import Values
from compiler.spec.columns import Offset
from compiler.spec.columns.moments import Date
from compiler.spec.types import Data


@samples(Date)
def moment(asked: Asked, spec: Date) -> Values:
    after, before = (
        None if path is None else asked.at(path).data
        for path in (spec.after, spec.before)
    )
    shares = asked.shares()
    return Values.of(moments(spec, asked.times, after, before, shares))


@samples(Offset)
def offset(asked: Asked, spec: Offset) -> Values:
    of = asked.at(spec.of)
    delay = numbers(spec.delay, asked.rng, len(of.data))
    step = DAY if asked.column.type.data is Data.DATE else 1
    found = Values(np.floor((of.data + np.maximum(delay, 0)) / step) * step, of.null)
    return found.nulled(found.data > asked.times.now) if spec.until_now else found
