"""A moment that is a delay after another one, as a column of a spec."""

from __future__ import annotations

from typing import Any

import numpy as np

from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.model import Options, Relations
from compiler.profiling.moments.cases import Category, category
from compiler.profiling.moments.clock import (
    Floats,
    Times,
    ceil_length,
    floor_length,
    length,
)
from compiler.profiling.moments.follows import Follow
from compiler.profiling.moments.gaps import Gap, best_fit, fit, fits_of_groups
from compiler.profiling.moments.paths import categories, reached
from compiler.profiling.moments.study import Column, Study
from compiler.profiling.tables import Tables

PURE = ("sigma", "shape")
"""Parameters that are no lengths."""
ALIKE = 0.1
"""Parameters of cases that differ less are the same for all."""
LEAST_GAIN = 0.02
"""By so much a case's own distribution must explain each row better."""
POOR_FIT = 0.1
LEAST_REST = 20
"""Rows of other values, at least, for a distribution of their own."""
LEAST_MISSING = 3.0
"""So many moments must be yet to come, for their absence to show."""
MOSTLY = 0.5
LEAST_NULLS = 0.001
"""A smaller share of nulls is left out."""


def delay(
    tables: Tables,
    study: Study,
    column: Column,
    relations: Relations,
    options: Options,
    end: float,
) -> DraftColumn:
    """The column as an `offset`, with cases by the category by which the delay differs."""
    found = column.follow
    assert found is not None
    unit = column.times.unit
    settings: Settings = {"kind": "offset", "of": found.path}
    comments = [
        f"never before {found.path}; a delay explains it better than a moment "
        f"anywhere in the period ({len(found.gaps):,} rows)"
    ]
    one = best_fit(found.gaps, unit)
    by = best_category(tables, study, found, relations, options)
    fits = fits_of_groups(list(by.groups.values()), unit) if by else []
    if by and gain(by, fits, one, len(found.gaps)) >= LEAST_GAIN:
        settings |= cased(by, fits, unit)
        comments.append(
            f"by {by.path}: it explains {by.explained:.0%} of the variance of the "
            f"logarithm of the delay"
        )
        distance = max(each.distance for each in fits)
    else:
        settings |= {"distribution": one.distribution, **written(one)}
        distance = one.distance
    quality = "a poor fit" if distance > POOR_FIT else "fits"
    comments.append(
        f"{settings['distribution']}: {quality}, within {distance:.1%} of the data's "
        "distribution function"
    )
    settings |= nulls(study.others[found.path], column.times, found.gaps, end)
    if settings.get("until_now"):
        comments.append("null only in rows so recent that it is yet to come")
    return DraftColumn(column.source.name, settings, comments)


def best_category(
    tables: Tables,
    study: Study,
    found: Follow,
    relations: Relations,
    options: Options,
) -> Category | None:
    """The column by which the delay differs, if one may be named."""
    chosen = categories(relations)
    table = study.table
    own = [one.name for one in table.columns if chosen(table, one)]
    paths = sorted({*own, *reached(tables, table, relations, chosen)})
    if not options.names_values or not paths:
        return None
    frame = tables.joined(table, paths, relations)[found.rows]
    return category(found.gaps, frame, paths, options)


def gain(by: Category, fits: list[Gap], one: Gap, rows: int) -> float:
    """By how much the cases explain each row better than one distribution for all."""
    if len({each.distribution for each in fits}) > 1:
        return 0.0
    sizes = [len(gaps) for gaps in by.groups.values()]
    cases = sum(each.score * size for each, size in zip(fits, sizes, strict=True))
    return (cases - one.score * sum(sizes)) / rows


def cased(by: Category, fits: list[Gap], unit: float) -> Settings:
    """The settings with what all cases share outside of them."""
    kind = fits[0].distribution
    sizes = [len(gaps) for gaps in by.groups.values()]
    shared: dict[str, float] = {}
    for name in fits[0].parameters:
        values = [each.parameters[name] for each in fits]
        mean = float(np.average(values, weights=sizes))
        if max(abs(value - mean) for value in values) <= ALIKE * abs(mean):
            shared[name] = mean
    if len(shared) == len(fits[0].parameters):  # the last one makes the difference
        shared.popitem()
    cases = {}
    for value, each in zip(by.groups, fits, strict=True):
        cases[value] = {
            name: text for name, text in written(each).items() if name not in shared
        }
    found: Settings = {"distribution": kind}
    found |= written(Gap(kind, shared, 0.0))
    found |= {"by": by.path, "cases": cases}
    if len(by.rest):
        many = len(by.rest) >= LEAST_REST
        gaps = by.rest if many else np.concatenate(list(by.groups.values()))
        rest = fit(kind, gaps, unit)
        found["otherwise"] = {
            name: text for name, text in written(rest).items() if name not in shared
        }
    return found


def written(gap: Gap) -> Settings:
    """Parameters as a spec has them."""
    found: Settings = {}
    for name, value in gap.parameters.items():
        found[name] = float(f"{value:.3g}") if name in PURE else length(value)
    if gap.minimum is not None:
        found["min"] = floor_length(gap.minimum)
    if gap.maximum is not None:
        found["max"] = ceil_length(gap.maximum)
    return found


def nulls(of: Times, own: Times, gaps: Floats, end: float) -> dict[str, Any]:
    """`until_now` if what is yet to come is null, and the share of other nulls."""
    has_start = np.isfinite(of.seconds)
    missing = has_start & ~np.isfinite(own.seconds)
    ordered = np.sort(gaps)
    left = end - of.seconds[has_start]
    waiting = 1 - np.searchsorted(ordered, left, side="left") / len(ordered)
    expected = float(waiting.sum())
    old = waiting <= 0
    share = float(missing[has_start][old].mean()) if old.any() else 0.0
    recent = int(missing[has_start][~old].sum()) - share * int((~old).sum())
    found: dict[str, Any] = {}
    over = len(own.known) and own.known.max() >= end
    many = expected >= LEAST_MISSING and recent >= MOSTLY * expected
    # Or there are as few as expected, all in rows whose delay may not be over.
    all_recent = share == 0 and 0 < MOSTLY * missing.sum() <= expected
    if (many or all_recent) and not over:
        found["until_now"] = True
    elif has_start.any():
        share = float(missing[has_start].mean())
    if share >= LEAST_NULLS:
        found["null_rate"] = round(share, 4)
    return found
