"""Numbers, categories and booleans of which only the name and the type are known."""

from __future__ import annotations

import math
import re

from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.values.digits import as_number
from compiler.profiling.values.quantiles import settings_of, steps
from compiler.sources.model import SourceColumn
from compiler.spec.types import Data

NO_DATA = "no data: a guess by name and type"

WORDS: tuple[tuple[tuple[str, ...], Settings], ...] = (
    (
        ("lat", "latitude"),
        {"kind": "normal", "mean": 40, "sd": 12, "min": -60, "max": 75},
    ),
    (
        ("lon", "lng", "longitude"),
        {"kind": "triangular", "left": -180, "mode": 10, "right": 180},
    ),
    (("age",), {"kind": "normal", "mean": 42, "sd": 15, "min": 18, "max": 95}),
    (("year",), {"kind": "triangular", "left": 2005, "mode": 2024, "right": 2026}),
    (("month",), {"kind": "triangular", "left": 1, "mode": 7, "right": 12}),
    (
        ("percent", "percentage", "pct"),
        {"kind": "triangular", "left": 0, "mode": 20, "right": 100},
    ),
    (
        ("rate", "ratio", "share", "probability", "fraction", "discount"),
        {"kind": "beta", "a": 2, "b": 8},
    ),
    (
        ("score", "rating", "stars", "level", "priority", "rank", "grade"),
        {"kind": "triangular", "left": 1, "mode": 4, "right": 5},
    ),
    (
        ("quantity", "qty", "count", "number", "num", "items", "units", "attempts"),
        {"kind": "poisson", "lam": 2, "min": 1},
    ),
    (
        ("balance", "temperature", "change", "delta", "difference"),
        {"kind": "normal", "mean": 20, "sd": 8},
    ),
    (
        ("salary", "income", "wage", "revenue", "budget"),
        {"kind": "lognormal", "median": 50_000, "sigma": 0.5},
    ),
    (
        ("seconds", "duration", "minutes", "hours", "days", "latency", "ms"),
        {"kind": "exponential", "scale": 30},
    ),
    (
        ("weight", "height", "width", "length", "size", "distance", "bytes"),
        {"kind": "lognormal", "median": 20, "sigma": 0.6},
    ),
    (
        ("price", "amount", "cost", "total", "fee", "tax", "value", "payment", "sum"),
        {"kind": "lognormal", "median": 40, "sigma": 0.8},
    ),
)
"""By a word of the column's name: usual numbers. The first that matches counts."""
RATES = {"nightly", "hourly", "daily", "weekly", "monthly", "room", "unit", "rental"}
EDGE = 0.1
"""Usual numbers are at home in bounds if their middle is so far from both."""
WIDE = 1_000
"""From so many times the least number on, a range is that of amounts."""
SPREAD = 6
"""Standard deviations between the bounds."""
LOWER = 0.3
"""Where the middle of a bell is between bounds: most measures have more room above."""
ANY: Settings = {"kind": "lognormal", "median": 50, "sigma": 0.8}
RARELY = (
    "deleted",
    "fraud",
    "abandoned",
    "returned",
    "cancelled",
    "blocked",
    "test",
    "error",
)
MOSTLY = ("active", "enabled", "valid", "visible", "verified", "available")
FREE = re.compile(
    r"name|mail|phone|address|street|note|comment|description|title|url|text|message|body"
)
"""Names of texts that differ from row to row, whatever their default is."""
TWO = 2


def guessed(column: SourceColumn, names_values: bool = True) -> DraftColumn | None:
    """A column of which there is no data; None for a text of which no value was declared.

    Without `names_values`, a default is not named.
    """
    if column.data is Data.TEXT and not column.values:
        if not names_values or not column.default or FREE.search(column.name):
            return None
        constant: Settings = {"kind": "constant", "value": column.default}
        reason = "no data: the declared default is the only value that is known"
        return DraftColumn(column.name, constant, [reason])
    settings = settings_by_name(column)
    return None if settings is None else DraftColumn(column.name, settings, [NO_DATA])


def settings_by_name(column: SourceColumn) -> Settings | None:
    words = column.name.split("_")
    if column.data is Data.BOOLEAN:
        chance = 0.05 if any(word in RARELY for word in words) else 0.3
        chance = 0.9 if any(word in MOSTLY for word in words) else chance
        return {"kind": "bool", "chance": chance}
    if column.data is Data.TEXT:
        values = list(dict.fromkeys(column.values))
        values.sort(key=lambda value: value != column.default)
        if len(values) == 1:
            return {"kind": "constant", "value": values[0]}
        return {"kind": "choice", "values": values}
    if column.data in (Data.INTEGER, Data.NUMBER):
        return {**numbers_by_name(column, words), **allowed(column.name)}
    return None


def allowed(name: str) -> Settings:
    """What silences the warning of a name like an aggregate's (W404): the source has it."""
    is_aggregate = name.startswith(("total_", "sum_", "avg_")) or name.endswith(
        "_count"
    )
    return {"allow": ["W404"]} if is_aggregate else {}


def numbers_by_name(column: SourceColumn, words: list[str]) -> Settings:
    """A distribution by a word of the name, within what was declared."""
    whole = column.data is Data.INTEGER
    listed = declared_numbers(column)
    if listed:
        total = sum(1 / n for n in range(1, len(listed) + 1))
        shares = {value: 1 / n / total for n, value in enumerate(listed, start=1)}
        return {
            "kind": "quantiles",
            **settings_of(steps(shares), whole),
            **digits(column),
        }
    if "rate" in words and RATES.intersection(words):
        words = ["price"]  # a room's rate for a night, a rate for an hour
    usual = next(
        (one for names, one in WORDS if any(word in names for word in words)), ANY
    )
    settings = within(usual, column)
    if whole and settings["kind"] == "beta":
        settings = {"kind": "triangular", "left": 0, "mode": 10, "right": 100}
    if settings["kind"] == "poisson":
        if whole:
            return settings
        bounds: Settings = {
            key: settings[key] for key in ("min", "max") if key in settings
        }
        settings = {"kind": "lognormal", "median": 3, "sigma": 0.5, **bounds}
    return {**settings, **digits(column, settings["kind"])}


def declared_numbers(column: SourceColumn) -> list[float]:
    """The only numbers that are allowed; none if there are others than numbers."""
    try:
        return list(dict.fromkeys(float(value) for value in column.values))
    except ValueError:
        return []


def within(usual: Settings, column: SourceColumn) -> Settings:
    """The usual numbers if they are within the declared bounds, else numbers between these."""
    low, high = column.minimum, column.maximum
    if low is None and high is None:
        return dict(usual)
    whole = column.data is Data.INTEGER
    if low is not None and high is not None:
        if low >= high:
            return {"kind": "uniform", "low": low, "high": low}
        return between(usual, low, high, whole)
    if low is not None:
        spread = max(abs(low), 20.0)
        start = {"kind": "normal", "mean": low + spread, "sd": spread / 2, "min": low}
        is_fine = usual["kind"] != "normal" and low <= TWO
        is_fine = is_fine and usual.get("left", low) >= low
        return {**usual, "min": low} if is_fine else start
    assert high is not None
    spread = max(abs(high) / 2, 1.0)
    return {"kind": "normal", "mean": high - spread, "sd": spread / 2, "max": high}


def between(usual: Settings, low: float, high: float, whole: bool) -> Settings:
    """The usual numbers if they are at home in the bounds, else those of a bell in them.

    A range of several powers of ten is that of amounts, whose logarithms are a bell.
    """
    if usual["kind"] == "triangular" and low < usual["mode"] < high:
        return {**usual, "left": low, "right": high}
    centers = [usual[key] for key in ("mean", "median", "scale", "lam") if key in usual]
    width = high - low
    if (
        usual is not ANY
        and centers
        and low + EDGE * width < centers[0] < high - EDGE * width
    ):
        return {**usual, "min": low, "max": high}
    if low >= 0 and high >= WIDE * max(low, 1):
        least = max(low, 1)
        median, sigma = math.sqrt(least * high), math.log(high / least) / SPREAD
        found: Settings = {
            "kind": "lognormal",
            "median": short(median),
            "sigma": short(sigma),
        }
    else:
        middle = short(low + LOWER * width)
        found = {"kind": "normal", "mean": middle, "sd": short(width / SPREAD)}
        if whole:
            found["mean"] = as_number(middle, middle == int(middle))
    return {**found, "min": as_number(low, whole), "max": as_number(high, whole)}


def short(number: float) -> float:
    """The number with two significant digits."""
    return float(f"{number:.2g}")


def digits(column: SourceColumn, kind: str = "quantiles") -> Settings:
    """Whole numbers, or digits behind the point: those declared, else two."""
    if column.data is Data.INTEGER:
        return {} if kind == "poisson" else {"integer": True}
    few = {"beta": 3, "normal": 2}.get(kind, 2)
    return {"decimals": few if column.decimals is None else min(column.decimals, 15)}
