"""Columns of grids, and those computed in order of time."""

from __future__ import annotations

import numpy as np

from compiler.plan.sample.kinds.base import Asked, samples
from compiler.plan.sample.moments import DAY
from compiler.plan.sample.sequences import balances, states
from compiler.plan.sample.values import Array, CannotSample, Values, cells
from compiler.spec.columns import Progression, Running, Series, Tick


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
