"""What differs, in words: the generated data first, `beside` the source.

Of values, only names of categories are shown; of numbers and moments, their quantiles.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from compiler.compare.measures import shares
from compiler.compare.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from compiler.compare.measures import Counts, Numbers

NOTICEABLE = 0.05
"""The relative difference between two medians from which on they are shown."""
LONGEST = 30
"""Letters of a category that are shown."""


def percent(share: float) -> str:
    """A share as `22%`, with a digit after the point below 1 %."""
    digits = 1 if 0 < share < 0.01 else 0
    return f"{share * 100:.{digits}f}%"


def number(value: float) -> str:
    """A number with three digits that count."""
    if not np.isfinite(value):
        return str(value)
    size = abs(value)
    if size >= 100 or value == round(value):
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.3g}"


def moment(seconds: float) -> str:
    """The day of a moment."""
    try:
        return str((datetime(1970, 1, 1) + timedelta(seconds=seconds)).date())
    except OverflowError:
        return "a day beyond the calendar"


def category(name: str | None) -> str:
    text = "null" if name is None else name
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def of_counts(first: Counts, second: Counts, name_at: Callable[[int], str]) -> str:
    """The value whose shares are furthest apart, of all rows of each side."""
    one, other = shares(first), shares(second)
    at = int(np.abs(one - other).argmax())
    return f"{name_at(at)} {percent(one[at])} beside {percent(other[at])}"


def of_nulls(first: float, second: float) -> str:
    return f"null {percent(first)} beside {percent(second)}"


def of_numbers(first: Numbers, second: Numbers, kind: Kind, at: float) -> str:
    """The medians, or the shares up to the value where the distributions are furthest apart."""
    if not len(first) or not len(second):
        return "no values" if not len(first) else "values, where the source has none"
    one, other = float(np.median(first)), float(np.median(second))
    if kind is Kind.MOMENT:
        if moment(one) != moment(other):
            return f"median {moment(one)} beside {moment(other)}"
    elif abs(one - other) > NOTICEABLE * max(abs(one), abs(other)):
        what = "median length" if kind is Kind.LENGTH else "median"
        return f"{what} {number(one)} beside {number(other)}"
    shown = moment(at) if kind is Kind.MOMENT else number(at)
    below, beside = (percent(float((each <= at).mean())) for each in (first, second))
    what = "length up to" if kind is Kind.LENGTH else "up to"
    return f"{what} {shown}: {below} beside {beside}"


def of_children(first: Numbers, second: Numbers, at: float) -> str:
    """The mean numbers of children, or the shares of parents with at most so many."""
    if not len(first) or not len(second):
        return "no parents" if not len(first) else "parents, where the source has none"
    one, other = float(first.mean()), float(second.mean())
    if abs(one - other) > NOTICEABLE * max(one, other):
        return f"a mean of {number(one)} beside {number(other)}"
    below, beside = (percent(float((each <= at).mean())) for each in (first, second))
    most = f"at most {number(at)}" if at else "none"
    return f"{most}: {below} of the parents beside {beside}"


def of_correlation(first: float, second: float) -> str:
    return f"correlation {first:.2f} beside {second:.2f}"
