"""Casts in expressions over sampled rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from compiler.plan.expression.fold import decimal, whole
from compiler.plan.sample.moments import DAY
from compiler.plan.sample.values import Array, CannotSample

Apply: TypeAlias = Callable[..., Any]


def each_text(function: Callable[[str], Any]) -> Apply:
    """A function of text, called once for each different one."""

    def apply(texts: Array) -> Array:
        found, places = np.unique(texts, return_inverse=True)
        return np.array([function(str(text)) for text in found])[places]

    return apply


def or_nan(function: Callable[[str], float]) -> Callable[[str], float]:
    """A function of text that gives NaN, which is null, for a text without a value."""

    def parsed(text: str) -> float:
        try:
            return float(function(text))
        except (ValueError, OverflowError):
            return np.nan

    return parsed


def as_int(values: Array) -> Array:
    if values.dtype.kind == "U":
        values = each_text(or_nan(whole))(values)
    return np.trunc(values) if values.dtype.kind == "f" else values.astype(np.int64)


def as_float(values: Array) -> Array:
    if values.dtype.kind == "U":
        return np.asarray(each_text(or_nan(decimal))(values))
    return values.astype(float)


def as_str(values: Array) -> Array:
    if values.dtype.kind == "b":
        return np.where(values, "true", "false")
    if values.dtype.kind in "iu":
        return values.astype(str)
    raise CannotSample("a number or a moment as text")


FUNCTIONS: dict[str, Apply] = {
    "int": as_int,
    "float": as_float,
    "str": as_str,
    "date": lambda moment: moment // DAY * DAY,
    "timestamp": lambda moment: moment,
}
