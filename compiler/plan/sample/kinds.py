"""The values of each kind of column. A kind that is not here cannot be sampled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from compiler.plan.model import Column, Variant
from compiler.plan.sample.draws import child_counts, numbers
from compiler.plan.sample.moments import DAY, moments
from compiler.plan.sample.sequences import balances, states
from compiler.plan.sample.values import CannotSample, Values, cells
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
from compiler.spec.columns.children import Children
from compiler.spec.columns.given import InlineColumn
from compiler.spec.columns.moments import Date
from compiler.spec.types import Data

if TYPE_CHECKING:
    from compiler.plan.sample.tables import Sampler

Make = Callable[["Sampler", str, Column, Variant], Values]


def values_of(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    """The values that a column would have if one of its cases held all rows."""
    for kind, make in KINDS.items():
        if isinstance(one.spec, kind):
            return make(sampler, table, column, one)
    raise CannotSample(column.kind)


def choice(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    assert isinstance(one.spec, Choice)
    weights = np.array(list(one.spec.shares.values()), float)
    cumulated = np.cumsum(weights / weights.sum())
    places = np.searchsorted(cumulated, sampler.shares(table), side="right")
    names = cells(list(one.spec.shares))
    return Values.of(names[np.minimum(places, len(names) - 1)])


def chance(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    assert isinstance(one.spec, Bool)
    return Values.of(sampler.shares(table) < one.spec.chance)


def constant(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    assert isinstance(one.spec, Constant)
    return Values.of(cells([one.spec.value]).repeat(sampler.table(table).size))


def given(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    assert isinstance(one.spec, InlineColumn)
    return Values.of(cells(one.spec.cells)[sampler.table(table).numbers])


def key(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    spec, sample = one.spec, sampler.table(table)
    assert isinstance(spec, Key)
    if spec.uuid or sample.parent is not None:
        raise CannotSample("its keys are numbered by parent")
    numbered = sample.numbers + spec.start
    if spec.format is None:
        return Values.of(numbered)
    prefix, width, suffix = spec.parts
    return Values.of(
        np.array([f"{prefix}{number:0{width}d}{suffix}" for number in numbered])
    )


def position(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    return Values.of(sampler.positions(table))


def number(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    assert isinstance(one.spec, Numeric)
    return Values.of(numbers(one.spec, sampler.rng, sampler.table(table).size))


def children(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    assert isinstance(one.spec, Children)
    return Values.of(child_counts(one.spec, sampler.rng, sampler.table(table).size))


def moment(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    spec = one.spec
    assert isinstance(spec, Date)
    after, before = (
        None if path is None else sampler.at(one.paths[path]).data
        for path in (spec.after, spec.before)
    )
    shares = sampler.shares(table)
    return Values.of(moments(spec, sampler.times, after, before, shares))


def offset(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    spec = one.spec
    assert isinstance(spec, Offset)
    of = sampler.at(one.paths[spec.of])
    delay = numbers(spec.delay, sampler.rng, len(of.data))
    step = DAY if column.type.data is Data.DATE else 1
    found = Values(np.floor((of.data + np.maximum(delay, 0)) / step) * step, of.null)
    return found.nulled(found.data > sampler.times.now) if spec.until_now else found


def lookup(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    assert isinstance(one.spec, Lookup)
    return sampler.at(one.paths[one.spec.path])


def expression(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    assert one.expression is not None
    return sampler.evaluated(table, one, one.expression)


def tick(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    every = sampler.every(table).total_seconds()
    start = sampler.times.seconds(sampler.times.start)
    return Values.of(start + (sampler.positions(table) - 1) * every)


def series(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    spec = one.spec
    assert isinstance(spec, Series)
    at = tick(sampler, table, column, one).data
    days = (at - sampler.times.seconds(sampler.times.start)) / DAY
    base, trend = (sampler.amount(table, one, each) for each in (spec.base, spec.trend))
    level = base.data + trend.data * days
    for wave in spec.cycles:
        period = wave.period.total_seconds()
        peak = period / 2 if wave.peak is None else wave.peak.total_seconds()
        level = level + wave.amplitude * np.cos(2 * np.pi * (at - peak) / period)
    level = level + sampler.rng.normal(0, spec.noise, len(level))
    if spec.shift is not None and one.expression is not None:
        level = (
            level + spec.shift.by * sampler.evaluated(table, one, one.expression).holds
        )
    if spec.min is not None or spec.max is not None:
        level = np.clip(level, spec.min, spec.max)
    rounded = level if spec.decimals is None else np.round(level, spec.decimals)
    return Values(rounded, base.null | trend.null)


def running(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    """The balance; what a floor leaves of its changes is in `booked`."""
    return booked(sampler, table, column, one)[0]


def booked(
    sampler: Sampler, table: str, column: Column, one: Variant
) -> tuple[Values, Values]:
    spec = one.spec
    assert isinstance(spec, Running) and spec.order is not None
    change = sampler.uncut(table, spec.change)
    if change.null.any():
        raise CannotSample("changes that are null")
    start = sampler.amount(table, one, spec.start).data
    floor = np.full(len(start), -np.inf if spec.floor is None else spec.floor)
    order = sampler.at(one.paths[spec.order]).data
    balance, left = balances(sampler.families(table), order, change.data, start, floor)
    return Values.of(balance), Values.of(left)


def progression(sampler: Sampler, table: str, column: Column, one: Variant) -> Values:
    spec = one.spec
    assert isinstance(spec, Progression) and spec.order is not None
    order = sampler.at(one.paths[spec.order]).data
    moves = sampler.shares(table) < spec.chance
    parent, last = sampler.families(table), len(spec.states) - 1
    return Values.of(cells(spec.states)[states(parent, order, moves, last)])


KINDS: dict[type, Make] = {
    Choice: choice,
    Bool: chance,
    Constant: constant,
    InlineColumn: given,
    Key: key,
    Position: position,
    Numeric: number,
    Children: children,
    Date: moment,
    Offset: offset,
    Lookup: lookup,
    Expr: expression,
    Tick: tick,
    Series: series,
    Running: running,
    Progression: progression,
}
