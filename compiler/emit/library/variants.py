"""Which variants of the helpers a script takes."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.emit.rows.batches import grids_of
from compiler.emit.streams import fault_streams
from compiler.emit.time.hours import hours_of
from compiler.plan.model import Plan
from compiler.spec.columns.moments import Date
from compiler.spec.time import Months
from compiler.spec.zones import UTC


def variants_of(plan: Plan, by_calendar: bool) -> frozenset[str]:
    """The variants of a script; `by_calendar`: some moments count months or years."""
    return frozenset(_variants_of(plan, by_calendar))


def _variants_of(plan: Plan, by_calendar: bool) -> Iterator[str]:
    yield plan.output.engine
    if plan.output.own_delimiter:
        yield "delimited"
    if plan.output.is_zipped:
        yield "zipped"
    if plan.decimals:
        yield "decimals"
    if plan.output.has_single_files:
        yield "single"
    if plan.has_partitions:
        yield "partitioned"
    if by_calendar:
        yield "calendar"
    if monthly(plan):
        yield "monthly"
    if zoned(plan):
        yield "zoned"
    if fault_streams(plan):
        yield "renamed"
    if not plan.appends:
        if flat(plan):
            yield "flat"
        return
    yield "append"
    if any(table.growth.follows for table in plan.tables):
        yield "paced"
    if grids_of(plan):
        yield "grids"


def zoned(plan: Plan) -> bool:
    """Whether days or hours of some moments or events count in a time zone."""
    zones = {used.calendar.timezone for used in plan.calendars}
    return bool({*zones, *plan.event_zones.values()} - {UTC})


def monthly(plan: Plan) -> bool:
    """Whether the rows of a grid are months or years apart."""
    return any(
        table.children is not None and isinstance(table.children.every, Months)
        for table in plan.tables
    )


def flat(plan: Plan) -> bool:
    """Whether no moments prefer a time to another."""
    columns = [column for table in plan.tables for column in table.columns.values()]
    specs = [variant.spec for column in columns for variant in column.variants]
    moments = [spec for spec in specs if isinstance(spec, Date)]
    return not any(spec.shape or hours_of(spec) for spec in moments)
