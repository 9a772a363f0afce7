"""What a sampler of a kind is given, and how the sampler of a column is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from compiler.plan.model import Column, Variant
from compiler.plan.sample.moments import Times
from compiler.plan.sample.sampler import Sample, Sampler
from compiler.plan.sample.values import Array, CannotSample, Values
from compiler.spec.columns import Column as ColumnSpec


@dataclass(frozen=True)
class Asked:
    """The column that is to be sampled, as it is in one of its cases."""

    sampler: Sampler
    table: str
    column: Column
    variant: Variant

    @property
    def sample(self) -> Sample:
        """The rows of its table."""
        return self.sampler.table(self.table)

    @property
    def rng(self) -> np.random.Generator:
        return self.sampler.rng

    @property
    def times(self) -> Times:
        return self.sampler.times

    def shares(self) -> Array:
        """A random number from 0 to 1 for each row, evenly spread over all of them."""
        return self.sampler.shares(self.table)

    def at(self, path: str) -> Values:
        """The values at one of its paths."""
        return self.sampler.at(self.variant.paths[path])

    def amount(self, value: float | str) -> Values:
        """A number, or the values of the column that holds it."""
        if isinstance(value, str):
            return self.at(value)
        return Values.of(np.full(self.sample.size, value))

    def evaluated(self) -> Values:
        """The values of its expression."""
        assert self.variant.expression is not None
        return self.sampler.evaluated(self.table, self.variant, self.variant.expression)


S = TypeVar("S", bound=ColumnSpec)
Make = Callable[[Asked, S], Values]
"""Gives the values that a column would have if one of its cases held all rows."""
SAMPLERS: dict[type[ColumnSpec], Make[Any]] = {}


def samples(kind: type[S]) -> Callable[[Make[S]], Make[S]]:
    """Registers how a kind is sampled; subclasses of its spec are sampled the same way."""

    def register(make: Make[S]) -> Make[S]:
        SAMPLERS[kind] = make
        return make

    return register


def values_of(asked: Asked) -> Values:
    """The values of a column; raises CannotSample where nothing samples its kind."""
    spec = asked.variant.spec
    for parent in type(spec).__mro__:
        if parent in SAMPLERS:
            return SAMPLERS[parent](asked, spec)
    raise CannotSample(asked.column.kind)
