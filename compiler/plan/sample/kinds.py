"""How each kind of column is sampled: a function for each, registered by the class of its spec.

A kind without one cannot be sampled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from compiler.plan.model import Column, Variant
from compiler.plan.sample.draws import child_counts, numbers
from compiler.plan.sample.moments import DAY, Times, moments
from compiler.plan.sample.sampler import Sample, Sampler
from compiler.plan.sample.sequences import balances, states
from compiler.plan.sample.values import Array, CannotSample, Values, cells
from compiler.spec.columns import (
    Bool,
    Choice,
    Constant,
    Expr,
    Key,
    Lookup,
    Numeric,
    Offset,
    Position,
    Progression,
    Running,
    Series,
    Tick,
)
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns.children import Children
from compiler.spec.columns.given import InlineColumn
from compiler.spec.columns.moments import Date
from compiler.spec.types import Data


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


@samples(Choice)
def choice(asked: Asked, spec: Choice) -> Values:
    weights = np.array(list(spec.shares.values()), float)
    cumulated = np.cumsum(weights / weights.sum())
    places = np.searchsorted(cumulated, asked.shares(), side="right")
    names = cells(list(spec.shares))
    return Values.of(names[np.minimum(places, len(names) - 1)])


@samples(Bool)
def chance(asked: Asked, spec: Bool) -> Values:
    return Values.of(asked.shares() < spec.chance)


@samples(Constant)
def constant(asked: Asked, spec: Constant) -> Values:
    return Values.of(cells([spec.value]).repeat(asked.sample.size))


@samples(InlineColumn)
def given(asked: Asked, spec: InlineColumn) -> Values:
    return Values.of(cells(spec.cells)[asked.sample.numbers])


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


@samples(Numeric)
def number(asked: Asked, spec: Numeric) -> Values:
    return Values.of(numbers(spec, asked.rng, asked.sample.size))


@samples(Children)
def children(asked: Asked, spec: Children) -> Values:
    return Values.of(child_counts(spec, asked.rng, asked.sample.size))


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


@samples(Lookup)
def lookup(asked: Asked, spec: Lookup) -> Values:
    return asked.at(spec.path)


@samples(Expr)
def expression(asked: Asked, spec: Expr) -> Values:
    return asked.evaluated()


@samples(Tick)
def tick(asked: Asked, spec: Tick) -> Values:
    return Values.of(on_grid(asked))


def on_grid(asked: Asked) -> Array:
    """The moment of each row of a grid."""
    every = asked.sampler.every(asked.table).total_seconds()
    start = asked.times.seconds(asked.times.start)
    return start + (asked.sampler.positions(asked.table) - 1) * every


@samples(Series)
def series(asked: Asked, spec: Series) -> Values:
    at = on_grid(asked)
    days = (at - asked.times.seconds(asked.times.start)) / DAY
    base, trend = (asked.amount(each) for each in (spec.base, spec.trend))
    level = base.data + trend.data * days
    for wave in spec.cycles:
        period = wave.period.total_seconds()
        peak = period / 2 if wave.peak is None else wave.peak.total_seconds()
        level = level + wave.amplitude * np.cos(2 * np.pi * (at - peak) / period)
    level = level + asked.rng.normal(0, spec.noise, len(level))
    if spec.shift is not None and asked.variant.expression is not None:
        level = level + spec.shift.by * asked.evaluated().holds
    if spec.min is not None or spec.max is not None:
        level = np.clip(level, spec.min, spec.max)
    rounded = level if spec.decimals is None else np.round(level, spec.decimals)
    return Values(rounded, base.null | trend.null)


@samples(Running)
def running(asked: Asked, spec: Running) -> Values:
    """The balance; what a floor leaves of its changes is in `booked`."""
    return booked(asked, spec)[0]


def booked(asked: Asked, spec: Running) -> tuple[Values, Values]:
    assert spec.order is not None
    change = asked.sampler.uncut(asked.table, spec.change)
    if change.null.any():
        raise CannotSample("changes that are null")
    start = asked.amount(spec.start).data
    floor = np.full(len(start), -np.inf if spec.floor is None else spec.floor)
    order = asked.at(spec.order).data
    balance, left = balances(
        asked.sampler.families(asked.table), order, change.data, start, floor
    )
    return Values.of(balance), Values.of(left)


@samples(Progression)
def progression(asked: Asked, spec: Progression) -> Values:
    assert spec.order is not None
    order = asked.at(spec.order).data
    moves = asked.shares() < spec.chance
    parent, last = asked.sampler.families(asked.table), len(spec.states) - 1
    return Values.of(cells(spec.states)[states(parent, order, moves, last)])
