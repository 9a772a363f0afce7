"""What a distribution comes to: its mean, its median, and what nearly all values are under."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import cache

from compiler import installed
from compiler.cache import made
from compiler.spec import words
from compiler.spec.columns import (
    Beta,
    Column,
    Exponential,
    Gamma,
    Numeric,
    Offset,
    Piecewise,
    Quantiles,
    Uniform,
)
from compiler.spec.columns.delays import FixedDelay, PoissonDelay

NEARLY_ALL = 0.99
SAME = 0.005
"""Two figures that differ by less are printed once."""
MATERIAL = 1.5
"""The means of two cases are compared in words from this factor on."""
OTHERS = "the others"
"""The rows of no named case."""


@dataclass(frozen=True)
class Figures:
    """Of a column's values, before they are rounded."""

    mean: float
    median: float
    high: float
    """99 % of the values are under it."""


def figures_of(spec: Column) -> Figures | None:
    """The figures of a column of numbers, or of an offset's length in seconds."""
    drawn = spec.delay if isinstance(spec, Offset) else spec
    if not isinstance(drawn, Numeric):
        return None
    if type(drawn).sum_between is Numeric.sum_between:  # it has no formula of its mean
        return None
    if isinstance(
        drawn, Beta | Gamma
    ):  # they need scipy, which takes its time to import
        text = drawn.model_dump_json(include={"kind", *drawn.parameters, "min", "max"})
        known = made(
            kind(), [text], lambda _: json.dumps(astuple(solved(drawn))).encode()
        )
        return Figures(*json.loads(known[text]))
    return solved(drawn)


@cache
def kind() -> str:
    return f"figures {installed.state()}"


def solved(drawn: Numeric) -> Figures:
    return Figures(drawn.expected(), drawn.value_at(0.5), drawn.value_at(NEARLY_ALL))


def describe_figures(spec: Column, brief: bool = False) -> str:
    """The figures that the parameters of a distribution do not state; empty without any.

    In brief, the median is left out.
    """
    found = figures_of(spec)
    if found is None or not all(map(math.isfinite, (found.median, found.high))):
        return ""
    drawn = spec.delay if isinstance(spec, Offset) else spec
    assert isinstance(drawn, Numeric)
    if isinstance(drawn, Uniform | FixedDelay):
        return ""
    amount = words.rough_seconds if isinstance(spec, Offset) else words.rough
    known, spread = stated(drawn), found.high - found.median
    parts = []

    def is_known(value: float) -> bool:
        return any(abs(value - one) <= SAME * max(abs(one), spread) for one in known)

    if math.isfinite(found.mean) and not is_known(found.mean):
        parts.append(f"mean {amount(found.mean, spread)}")
        known = [*known, found.mean]
    if not (brief or drawn.whole or is_known(found.median)):
        parts.append(f"median {amount(found.median, spread)}")
    greatest = drawn.greatest
    if greatest is None or not math.isclose(found.high, greatest, rel_tol=SAME):
        under = "up to" if isinstance(drawn, Piecewise) else "under"  # values repeat
        parts.append(f"99% {under} {amount(found.high, spread)}")
    return ", ".join(parts)


def stated(drawn: Numeric) -> list[float]:
    """The means and medians among the parameters, as the plan prints them."""
    names = {"mean", "median", "lam"} & drawn.model_fields_set
    names |= {"scale"} if isinstance(drawn, Exponential) else set()
    if isinstance(drawn, Quantiles) and 0.5 in drawn.shares:
        return [drawn.values[drawn.shares.index(0.5)]]
    if isinstance(drawn, PoissonDelay):
        return [drawn.lam * drawn.unit]
    return [float(getattr(drawn, name)) for name in names]


def compare_means(specs: Mapping[str, Column]) -> str:
    """How far apart cases are: `on average tier Pro is 4 times tier Free`; empty if not far."""
    found = {name: figures_of(spec) for name, spec in specs.items()}
    means = {name: one.mean for name, one in found.items() if one}
    positive = all(0 < mean < math.inf for mean in means.values())
    if len(means) < 2 or len(means) < len(specs) or not positive:
        return ""
    least, most = min(means, key=lambda x: means[x]), max(means, key=lambda x: means[x])
    times = means[most] / means[least]
    if times < MATERIAL:
        return ""
    verb = "are" if most == OTHERS else "is"
    factor = words.number(float(f"{times:.2g}"))
    return f"on average {most} {verb} {factor} times {least}"
