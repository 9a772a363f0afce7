"""Draws with parameters: the helper that draws, and what it is given."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from compiler.emit.python import Source, literal, seconds
from compiler.emit.sequences import wave_of
from compiler.spec.columns import Column, Lognormal, Numeric, Offset, Uniform


def numeric_of(spec: Column) -> Numeric:
    """The distribution that a column draws from: its own, or an offset's delay in seconds."""
    drawn = spec.delay if isinstance(spec, Offset) else spec
    assert isinstance(drawn, Numeric)
    return drawn


def law_of(specs: Sequence[Column]) -> list[str]:
    """The helpers that draw for all these cases of a column: one, or `cut` and what it cuts."""
    drawn = [numeric_of(spec) for spec in specs]
    if isinstance(drawn[0], Uniform):
        return ["even"]
    law = drawn[0].kind + ("_median" if by_median(drawn) else "")
    return ["cut", law] if bounded(drawn) else [law]


def by_median(drawn: Sequence[Numeric]) -> bool:
    """Whether log-normals are given by their medians; where some are not, all go by the mean."""
    return all(isinstance(one, Lognormal) and one.mean is None for one in drawn)


def bounded(drawn: Sequence[Numeric]) -> bool:
    return any(one.min is not None or one.max is not None for one in drawn)


def shares(spec: Any, cases: Sequence[Any]) -> dict[str, float | Source]:
    """A choice's values and weights; of `values` alone the n-th weighs 1 / n."""
    if spec.weights is not None:
        return dict(spec.weights)
    return {
        value: Source(f"1 / {n}" if n > 1 else "1")
        for n, value in enumerate(spec.values, start=1)
    }


def locales(spec: Any, cases: Sequence[Any]) -> str | dict[str, float]:
    """The locale of a case, or the weights of those that all rows draw from."""
    return dict(spec.weights) if len(cases) == 1 else next(iter(spec.weights))


def children(spec: Any, cases: Sequence[Any]) -> dict[str, float]:
    """How many children a parent has: the mean, and the bounds."""
    mean = spec.most if spec.least == spec.most else spec.mean
    return {"mean": mean, "least": spec.least, "most": spec.most}


def constant(spec: Any, cases: Sequence[Any]) -> object:
    """The one value of a case."""
    return spec.value


def chance(spec: Any, cases: Sequence[Any]) -> float:
    """A bool's chance."""
    return float(spec.chance)


def numbers(spec: Any, cases: Sequence[Any]) -> dict[str, object]:
    """A distribution's parameters, as its helper names them."""
    drawn = numeric_of(spec)
    values: dict[str, object] = dict(drawn.arguments)
    own_median = isinstance(drawn, Lognormal) and "median" in values
    if own_median and not by_median([numeric_of(case) for case in cases]):
        assert isinstance(drawn, Lognormal)
        mean = math.exp(drawn.log_mean + drawn.sigma**2 / 2)
        values = {"mean": float(f"{mean:.12g}"), "sigma": drawn.sigma}
    if isinstance(drawn, Uniform):
        return values
    if drawn.least is not None:
        values["low"] = bound(drawn, drawn.least, -0.5)
    if drawn.greatest is not None:
        values["high"] = bound(drawn, drawn.greatest, 0.5)
    return values


def bound(drawn: Numeric, value: float, half: float) -> object:
    """Where a distribution is cut; before rounding, a whole number owns half a step more."""
    if drawn.integer and not drawn.discrete:
        return Source(f"{literal(value)} {'+' if half > 0 else '-'} 0.5")
    return value


def delays(spec: Any, cases: Sequence[Any]) -> dict[str, object]:
    """The parameters of an offset's delay: lengths in seconds, written as days, hours, minutes."""
    drawn = numeric_of(spec)
    lengths = {*drawn.lengths, "low", "high"}
    return {
        name: (
            seconds(value)
            if name in lengths and isinstance(value, int | float)
            else value
        )
        for name, value in numbers(spec, cases).items()
    }


def series(spec: Any, cases: Sequence[Any]) -> dict[str, float]:
    """A reading's parameters that are numbers, and that any of the cases tells."""
    values = {
        key: [getattr(case, key) for case in cases]
        for key in ("base", "trend", "noise")
        if key not in spec.far
    }
    told = [key for key, numbers in values.items() if key == "base" or any(numbers)]
    return {key: getattr(spec, key) for key in told}


def cycles(spec: Any, cases: Sequence[Any]) -> list[dict[str, object]]:
    """A reading's waves."""
    return [wave_of(cycle) for cycle in spec.cycles]


def shift(spec: Any, cases: Sequence[Any]) -> float:
    """What is added to a reading where it is off."""
    return float(spec.shift.by)


def running(spec: Any, cases: Sequence[Any]) -> dict[str, float]:
    """What a balance starts with, and its floor."""
    values = {"start": spec.start} if spec.start and not spec.far else {}
    if any(case.floor is not None for case in cases):
        values["floor"] = -math.inf if spec.floor is None else spec.floor
    return values


PARAMETERS: dict[str, Callable[[Any, Sequence[Any]], object]] = {
    "shares": shares,
    "constant": constant,
    "chance": chance,
    "children": children,
    "locales": locales,
    "numbers": numbers,
    "delays": delays,
    "series": series,
    "cycles": cycles,
    "shift": shift,
    "running": running,
}
"""What a template may ask for."""
