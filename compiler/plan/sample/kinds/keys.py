"""Keys and positions."""

from __future__ import annotations

import numpy as np

from compiler.plan.sample.kinds.base import Asked, samples
from compiler.plan.sample.values import CannotSample, Values
from compiler.spec.columns import Key, Position


@samples(Key)
def key(asked: Asked, spec: Key) -> Values:
    sample = asked.sample
    if spec.uuid or sample.parent is not None:
        raise CannotSample("its keys are numbered by parent")
    numbered = sample.numbers + spec.start
    if spec.format is None:
        return Values.of(numbered)
    prefix, width, suffix = spec.parts
    return Values.of(
        np.array([f"{prefix}{number:0{width}d}{suffix}" for number in numbered])
    )


@samples(Position)
def position(asked: Asked, spec: Position) -> Values:
    return Values.of(asked.sampler.positions(asked.table))
