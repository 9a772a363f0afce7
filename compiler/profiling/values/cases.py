"""`by` and `cases`: parameters for each value of a category."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compiler.profiling.draft import Settings
from compiler.profiling.values.sample import Array
from compiler.profiling.values.view import Labels

MOST = 12
"""Cases of a column: more are hard to read. Rarer values go to `otherwise`."""


@dataclass(frozen=True, eq=False)
class Parts:
    """The rows of each case."""

    labels: Labels
    cases: Mapping[str, Array]
    """By the name of the case: which rows are of it."""
    rest: Array
    """Which rows have another value, or null."""
    needs_rest: bool
    """Whether the spec needs an `otherwise`."""


def parts_of(labels: Labels, there: Array, least_rows: int) -> Parts | None:
    """The rows by case, of those that have a value; None if fewer than two cases are left."""
    import numpy as np

    counts = np.bincount(labels.codes[there & (labels.codes >= 0)], minlength=1)
    order = [int(n) for n in np.argsort(-counts, kind="stable")]
    frequent = [
        code
        for code in order
        if counts[code] >= least_rows and labels.values[code] != "otherwise"
    ][:MOST]
    if len(frequent) < 2:
        return None
    cases = {
        labels.values[code]: there & (labels.codes == code) for code in sorted(frequent)
    }
    rest = there & ~np.isin(labels.codes, frequent)
    complete = labels.is_complete and len(frequent) == len(labels.values)
    return Parts(labels, cases, rest, not complete)


def with_cases(
    kind: str,
    parts: Parts,
    parameters: Mapping[str, Settings],
    otherwise: Settings,
    own: Settings | None = None,
) -> Settings:
    """The settings of a column by cases; what all cases share is outside of them."""
    all_of_them = [*parameters.values(), *([otherwise] if parts.needs_rest else [])]
    first = all_of_them[0]
    shared = {
        key: value
        for key, value in first.items()
        if all(key in one and one[key] == value for one in all_of_them)
    }
    if len(shared) == len(first) and all(len(one) == len(first) for one in all_of_them):
        shared = {}  # a case has at least one parameter
    cases = {name: _without(one, shared) for name, one in parameters.items()}
    settings = {"kind": kind, **shared, **(own or {}), "by": parts.labels.path}
    settings["cases"] = cases
    if parts.needs_rest:
        settings["otherwise"] = _without(otherwise, shared)
    return settings


def _without(settings: Settings, shared: Settings) -> Settings:
    return {key: value for key, value in settings.items() if key not in shared}
