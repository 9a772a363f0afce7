"""Moments that are no delays: in the window or in a period of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from compiler.profiling.draft import DraftColumn, Settings
from compiler.profiling.moments.clock import DAY, Floats, Times, day_of
from compiler.profiling.moments.counts import Days, daily
from compiler.profiling.moments.delays import LEAST_NULLS
from compiler.profiling.moments.follows import Follow, Manner
from compiler.profiling.moments.hours import profile
from compiler.profiling.moments.study import Column, Study, period_of
from compiler.spec.columns.personal import is_birth

OUTSIDE = 0.01
"""Share of moments outside of the window that are left out as exceptions."""
EDGE_ROWS = 10.0
"""If so many rows would be expected before the first moment, or after the last, there are none:
the period is shorter than the window."""


@dataclass(frozen=True)
class Period:
    """Where a moment can be, in seconds, and whether that is the window."""

    start: float
    end: float
    is_window: bool


def period(
    times: Times, window: tuple[float, float], follow: Follow | None
) -> Period | None:
    """The window, if the moments fill it; else their own period. None without moments."""
    own = period_of(times)
    if own is None:
        return None
    known = times.known
    start, end = window
    outside = float(((known < start) | (known >= end)).mean())
    if outside > OUTSIDE:
        return Period(*own, False)
    a_day = len(known) * DAY / (own[1] - own[0])
    early, late = (own[0] - start) / DAY * a_day, (end - own[1]) / DAY * a_day
    is_limited = follow is not None and follow.is_certain
    if max(early, late) > EDGE_ROWS and not is_limited and own != window:
        return Period(*own, False)
    return Period(start, end, True)


def limits(study: Study, column: Column) -> tuple[Floats | None, Floats | None]:
    """The moments between which each row's moment must lie, where there are any."""
    follow = column.follow
    if follow is None or not follow.is_certain:
        return None, None
    if follow.manner is Manner.BEFORE:
        return None, study.others[follow.path].seconds
    before = study.others[follow.before].seconds if follow.before else None
    return study.others[follow.path].seconds, before


def followed_times(study: Study, column: Column) -> Times | None:
    """The moments that a column follows, if others limit it on the other side, too."""
    follow = column.follow
    if follow is None or follow.before is None:
        return None
    found = study.others[follow.path]
    return None if found.is_date else found


def counted(study: Study, column: Column, where: Period) -> Days:
    """The column's moments a day."""
    after, before = limits(study, column)
    return daily(column.times.seconds, where.start, where.end, after, before)


def drawn(
    study: Study, column: Column, where: Period | None, calendar: str | None
) -> tuple[DraftColumn, list[DraftColumn]]:
    """The column as a `date` or `timestamp`, and the hidden column that it needs, if any."""
    times = column.times
    name = column.source.name
    settings: Settings = {"kind": "date" if times.is_date else "timestamp"}
    comments: list[str] = []
    hidden: list[DraftColumn] = []
    if where is None:
        comments.append("no moments are known")
    elif not where.is_window:
        start, end = shown_period(name, where)
        settings |= {"start": start, "end": end}
        comments.append(
            f"in a period of its own: {len(times.known):,} rows, "
            f"{round((where.end - where.start) / DAY):,} days"
        )
    if where is not None and calendar is not None:
        settings["calendar"] = calendar
    if not times.is_date:
        # Between two moments, the hours show more of these than of a profile.
        shown = followed if (followed := followed_times(study, column)) else times
        hours = profile(shown.known)
        settings["hours"] = hours.hours
        comments.append(hours.comment)
    if (follow := column.follow) is not None and follow.manner is Manner.AFTER:
        settings["after"] = follow.path
        comments.append(after_reason(follow))
        if follow.before is not None:
            settings["before"], hidden = before(study, follow.before)
            comments.append(f"and never after {follow.before}, or now where it is null")
    elif follow is not None and follow.manner is Manner.BEFORE:
        settings["before"], hidden = before(study, follow.path)
        comments.append(f"never after {follow.path}, which chance would not give")
    comments += notes(times)
    if times.null_share >= LEAST_NULLS:
        settings["null_rate"] = round(times.null_share, 4)
    return DraftColumn(name, settings, comments), hidden


def before(study: Study, path: str) -> tuple[str, list[DraftColumn]]:
    """The path of the moment that it never passes; a hidden column where that may be null."""
    if study.others[path].null_share == 0:
        return path, []
    name = f"{path.replace('.', '_')[:50]}_or_now"
    settings = {
        "kind": "expr",
        "expr": f"coalesce({path}, now())",
        "hidden": True,
    }
    comment = "a limit that is never null: where the moment is yet to come, it is now"
    return name, [DraftColumn(name, settings, [comment])]


def after_reason(follow: Follow) -> str:
    if not follow.is_certain:
        return f"{follow.path} always lies before the period: `after` is a guess"
    return (
        f"never before {follow.path}, which chance would not give "
        f"({len(follow.gaps):,} rows)"
    )


def shown_period(name: str, where: Period) -> tuple[date, date]:
    """The first day, and the day after the last; whole years of births, which are personal."""
    start, end = day_of(where.start), day_of(where.end)
    if is_birth(name):
        return date(start.year, 1, 1), date(day_of(where.end - DAY).year + 1, 1, 1)
    return start, end


def notes(times: Times) -> list[str]:
    """What was left out of the moments."""
    found = []
    if times.faults:
        found.append(
            f"{times.faults:,} at the start of 1900 or of 1970 were left out as faults"
        )
    if times.endless:
        found.append(
            f"{times.endless:,} outside of the years 1900 to 2200 count as null"
        )
    return found
