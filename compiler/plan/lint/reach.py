"""How early and how late a moment may be, and which moments it never precedes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from compiler.plan.model import Column, Path, Plan, Variant
from compiler.plan.periods import window_start
from compiler.spec.columns import Entered, Expr, Lifecycle, Lookup, Tick
from compiler.spec.columns.moments import Date, Offset
from compiler.spec.columns.moves import MoveMoment
from compiler.spec.time import When

Spot = tuple[tuple[str, ...], str]
"""A column as a row sees it: over which refs, and its name."""
OF_LIFECYCLE = Lifecycle | Entered | MoveMoment
"""What is as early as the start of a lifecycle, and never after the end."""
Known = dict[tuple[str, str], frozenset[Spot]]

FAR_DAYS = [[date(year, month, 1) for month in (1, 3, 5, 9)] for year in (1950, 2150)]
"""Days on which a window without an end of its own may end: before and behind all others.

From these months are as short as they can be, and as long. What holds on some day of both years
does not depend on the year of the run.
"""


def may_hold(plan: Plan, test: Callable[[date], bool]) -> bool:
    """Whether something holds for the window's end, or on some days of any year."""
    if plan.end is not None:
        return test(plan.end)
    return all(any(map(test, days)) for days in FAR_DAYS)


def earliest(plan: Plan, column: Column, end: date) -> datetime | None:
    """How early a moment may be, for a window that ends on that day; None for unknown."""
    found = [early_in(plan, variant, end) for variant in column.variants]
    known = [moment for moment in found if moment is not None]
    return min(known) if len(known) == len(found) else None


def early_in(plan: Plan, variant: Variant, end: date) -> datetime | None:
    spec = variant.spec
    if isinstance(spec, Tick):
        return window_start(plan.window).on(end)
    if isinstance(spec, Date):
        first = (spec.start or window_start(plan.window)).on(end)
        after = spec.after and earliest(plan, at(plan, variant.paths[spec.after]), end)
        return max(first, after) if after else first
    if isinstance(spec, OF_LIFECYCLE):
        start, *_ = variant.paths.values()
        return earliest(plan, at(plan, start), end)
    if isinstance(spec, Offset | Lookup):
        path = spec.of if isinstance(spec, Offset) else spec.path
        return earliest(plan, at(plan, variant.paths[path]), end)
    return None


def latest(plan: Plan, column: Column, end: date) -> datetime | None:
    """How late a moment may be, for a window that ends on that day; None for unknown."""
    found = [late_in(plan, variant, end) for variant in column.variants]
    known = [moment for moment in found if moment is not None]
    return max(known) if len(known) == len(found) else None


def late_in(plan: Plan, variant: Variant, end: date) -> datetime | None:
    spec = variant.spec
    now = When().on(end)
    if isinstance(spec, Tick | OF_LIFECYCLE):
        return now
    if isinstance(spec, Date):
        last = (spec.end or When()).on(end)
        before = spec.before and latest(plan, at(plan, variant.paths[spec.before]), end)
        return min(last, before) if before else last
    if isinstance(spec, Lookup):
        return latest(plan, at(plan, variant.paths[spec.path]), end)
    if isinstance(spec, Offset):
        first = latest(plan, at(plan, variant.paths[spec.of]), end)
        ends = (spec.value, spec.max, spec.high, spec.right)
        longest = next((each for each in ends if each is not None), None)
        if spec.until_now:
            return now
        if first is not None:
            return NEVER if longest is None or first == NEVER else first + longest
    return None


NEVER = datetime.max.replace(tzinfo=When().on(date(2026, 1, 1)).tzinfo)
"""As late as a moment without any bound may be."""


def at(plan: Plan, path: Path) -> Column:
    """The column that a path leads to."""
    return plan.table(path.table).columns[path.column]


def never_precedes(
    plan: Plan, table: str, column: str, known: Known | None = None
) -> frozenset[Spot]:
    """The moments that a column's moment never precedes, whatever the case."""
    known = {} if known is None else known
    if (table, column) not in known:
        known[table, column] = frozenset.intersection(
            *(
                frozenset(spots_of(plan, variant, known))
                for variant in plan.table(table).columns[column].variants
            )
        )
    return known[table, column]


def spots_of(plan: Plan, variant: Variant, known: Known) -> Iterator[Spot]:
    for path in follows(variant):
        way = tuple(hop.column for hop in path.hops)
        yield way, path.column
        for more, name in never_precedes(plan, path.table, path.column, known):
            yield (*way, *more), name


def follows(variant: Variant) -> Iterator[Path]:
    """What a moment follows of itself. An expression over moments counts as right."""
    spec = variant.spec
    if isinstance(spec, Expr):
        yield from (path for path in variant.paths.values() if path.type.is_moment)
        return
    if isinstance(spec, OF_LIFECYCLE):
        yield from variant.paths.values()
        return
    key = {Date: "after", Offset: "of", Lookup: "path"}
    for kind, name in key.items():
        text = getattr(spec, name, None)
        if isinstance(spec, kind) and text is not None:
            yield variant.paths[text]
