"""A moment that is a delay after another one, as a column of a spec."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.model import Options, Relations
from compiler.profiling.moments.cases import MOST_VALUES, Category, category
from compiler.profiling.moments.clock import (
    Floats,
    Times,
    ceil_length,
    epoch,
    floor_length,
    length,
)
from compiler.profiling.moments.gaps import Gap, best_fit, fit, fits_of_groups
from compiler.profiling.moments.paths import categories, reached, without_orphans
from compiler.profiling.moments.pattern import Event
from compiler.profiling.moments.study import Column, Study
from compiler.profiling.tables import Tables
from compiler.sources.model import SourceColumn, SourceTable

if TYPE_CHECKING:
    import polars as pl

EVENT, USUAL = "during ", "usual"
"""How a case by an event is named while it is compared with the others."""
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
    study: Study,
    column: Column,
    frame_of: Callable[[SourceTable], pl.DataFrame],
    events: Mapping[str, Event],
    options: Options,
    end: float,
) -> list[DraftColumn]:
    """The column as an `offset`, with cases by the category by which the delay differs.

    `frame_of` gives the categories of a table's rows, see `category_frame`; `events` are those
    of the calendar that the other moment follows. A hidden column that it reads comes before it.
    """
    found = column.follow
    assert found is not None
    unit = column.times.unit
    settings: Settings = {"kind": "offset", "of": found.path}
    comments = [
        f"never before {found.path}; a delay explains it better than a moment "
        f"anywhere in the period ({len(found.gaps):,} rows)"
    ]
    hidden: list[DraftColumn] = []
    one = best_fit(found.gaps, unit)
    frame = cases_of(frame_of(study.table), study.others[found.path], events)
    if not options.names_values:
        frame = frame.select([one for one in frame.columns if one.startswith(EVENT)])
    by = category(found.gaps, frame[found.rows], options) if frame.width else None
    fits = fits_of_groups(list(by.groups.values()), unit) if by else []
    if by and gain(by, fits, one, len(found.gaps)) >= LEAST_GAIN:
        hidden = event_case(column.source.name, found.path, by.path)
        settings |= cased(by, fits, unit)
        settings["by"] = hidden[0].name if hidden else by.path
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
    return [*hidden, DraftColumn(column.source.name, settings, comments)]


def cases_of(
    frame: pl.DataFrame, of: Times, events: Mapping[str, Event]
) -> pl.DataFrame:
    """The categories, and each of them with a value of its own for the rows of an event."""
    import polars as pl

    texts = [name for name, kind in frame.schema.items() if kind != pl.Boolean]
    found = [frame]
    for name, event in events.items():
        start, end = epoch(event.start), epoch(event.end)
        inside = pl.Series((of.seconds >= start) & (of.seconds < end))
        both = {f"{EVENT}{name}": pl.Series([USUAL]).new_from_index(0, len(inside))}
        both |= {f"{one} {EVENT}{name}": frame[one].cast(pl.String) for one in texts}
        label = pl.Series([name]).new_from_index(0, len(inside))
        cased = {key: label.zip_with(inside, values) for key, values in both.items()}
        found.append(pl.DataFrame(cased))
    filled = [one for one in found if one.width]
    return pl.concat(filled, how="horizontal") if filled else frame


def event_case(column: str, of: str, path: str) -> list[DraftColumn]:
    """The hidden column that tells the rows of an event from the others, if one is needed."""
    value, _, event = path.rpartition(EVENT)
    if not event or EVENT not in path:
        return []
    usual = value.strip() or f"'{USUAL}'"
    expr = f"'{event}' if during('{event}', {of}) else {usual}"
    settings: Settings = {"kind": "expr", "expr": expr, "hidden": True}
    comment = f"in {event} the delays of {column} are others"
    return [DraftColumn(f"{column[:50]}_case", settings, [comment])]


def category_frame(
    tables: Tables, table: SourceTable, relations: Relations
) -> pl.DataFrame:
    """The table's sample, with a column for each path to a category over refs."""
    chosen = categories(relations)

    def few(other: SourceTable, column: SourceColumn) -> bool:
        if not chosen(other, column):
            return False
        return tables.sample(other)[column.name].n_unique() <= MOST_VALUES + 1

    own = [one.name for one in table.columns if few(table, one)]
    paths = sorted({*own, *reached(tables, table, relations, few)})
    frame = tables.joined(table, paths, relations).select(paths)
    return without_orphans(tables, table, relations, frame)


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
    missing = has_start & ~np.isfinite(own.seconds) & ~own.is_fault
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
