"""Moments that may come before those which they should follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from compiler.plan.lint.reach import at, earliest, latest, may_hold, never_precedes
from compiler.plan.lint.rule import Found, rule
from compiler.plan.model import Column, Plan, Table
from compiler.plan.periods import window_start
from compiler.spec.columns import Tick
from compiler.spec.columns.moments import Date, Offset
from compiler.spec.columns.moves import MoveMoment
from compiler.spec.time import When

LONG_BEFORE = timedelta(days=3_653)
"""What lies ten years before the window is no event: a birth, the founding of a company."""
BIRTH = re.compile(r"(^|_)(born|birth|birthday|birthdate|dob)(_|$)")


@rule("W411")
def early_moments(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """Events before their cause are what people notice first in made-up data."""
    yield from before_parent(plan, table, column)
    yield from after_late_end(plan, column)


def before_parent(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """A moment that may lie before the start of a row that its row points at.

    Those of a child that follow another of its own are as late as that one, which is compared
    itself; no birth is compared.
    """
    if not is_drawn(column) or follows_own(plan, table, column):
        return
    if is_background(plan, column):
        return
    followed = {way for way, _ in never_precedes(plan, table.name, column.name)}
    for ref in table.columns.values():
        if ref.table is None or ref.table == table.name or (ref.name,) in followed:
            continue
        if isinstance(column.spec, Tick | MoveMoment) and not ref.parent:
            continue
        parent = plan.table(ref.table)
        later = [one for one in moments_of(parent) if may_be_later(plan, one, column)]
        start = next((one for one in later if is_start(plan, parent, one)), None)
        if start is not None:
            path = f"{ref.name}.{start.name}"
            message = f"`{column.name}` may be before `{path}`"
            yield Found(message, way_out(column, path, start.name))


def way_out(column: Column, path: str, start: str) -> str:
    if isinstance(column.spec, Tick):
        return f"let `{start}` end where the window starts"
    if any("after" in variant.spec.paths() for variant in column.variants):
        return f"let `{start}` end where the period of `{column.name}` starts"
    return f'write after = "{path}"'


def is_start(plan: Plan, table: Table, column: Column) -> bool:
    """Whether none of a table's other moments always comes before one, births left out."""
    others = [one for one in moments_of(table) if one is not column]
    return not follows_own(plan, table, column) and all(
        is_background(plan, one) or may_be_later(plan, one, column)
        for one in others
        if not follows_own(plan, table, one)
    )


def moments_of(table: Table) -> list[Column]:
    """The moments of a table that are drawn."""
    return [column for column in table.columns.values() if is_drawn(column)]


def is_drawn(column: Column) -> bool:
    """Whether a column is a moment of its own: neither computed nor some time after another."""
    return isinstance(column.spec, Date | Tick | MoveMoment)


def follows_own(plan: Plan, table: Table, column: Column) -> bool:
    """Whether a moment follows another one of its own row."""
    spots = never_precedes(plan, table.name, column.name)
    return any(not way and is_drawn(table.columns[name]) for way, name in spots)


def is_background(plan: Plan, column: Column) -> bool:
    """Whether a moment is of the time before the story, such as a birth."""

    def recent(end: date) -> bool:
        last = latest(plan, column, end)
        return last is None or last > window_start(plan.window).on(end) - LONG_BEFORE

    return bool(BIRTH.search(column.name)) or not may_hold(plan, recent)


def may_be_later(plan: Plan, one: Column, other: Column) -> bool:
    """Whether a moment may lie after the time at which another one may begin."""

    def later(end: date) -> bool:
        last, first = latest(plan, one, end), earliest(plan, other, end)
        return last is None or first is None or last > first

    return may_hold(plan, later)


def after_late_end(plan: Plan, column: Column) -> Iterator[Found]:
    """A moment after one that may lie after its period: nothing is left of the period then."""
    for variant in column.variants:
        spec = variant.spec
        if not isinstance(spec, Date) or spec.after is None:
            continue
        path = variant.paths[spec.after]
        other = at(plan, path)
        if may_be_beyond(plan, other, spec.end or When()):
            message = f"`{path.text}` may be after the period of `{column.name}`"
            help = f"let `{other.name}` end earlier"
            if isinstance(other.spec, Offset):
                help = f"give `{other.name}` a `max`, and let what it follows end that much earlier"
            yield Found(message, help, ("after",))
            return


def may_be_beyond(plan: Plan, column: Column, last: When) -> bool:
    """Whether a moment may lie behind the end of a period."""

    def beyond(end: date) -> bool:
        moment = latest(plan, column, end)
        return moment is not None and moment > last.on(end)

    return may_hold(plan, beyond)
