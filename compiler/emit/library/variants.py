"""Which variants of the helpers a script takes."""

from __future__ import annotations

from compiler.emit.rows.batches import grids_of
from compiler.emit.streams import fault_streams
from compiler.emit.time.hours import hours_of
from compiler.plan.model import Plan
from compiler.spec.columns.moments import Date
from compiler.spec.time import Months
from compiler.spec.zones import UTC


def variants_of(plan: Plan, by_calendar: bool) -> frozenset[str]:
    """The variants of a script; `by_calendar`: some moments count months or years."""
    paced = any(table.growth.follows for table in plan.tables)
    holds = {
        "delimited": plan.output.own_delimiter,
        "zipped": plan.output.is_zipped,
        "decimals": plan.decimals,
        "single": plan.output.has_single_files,
        "partitioned": plan.has_partitions,
        "calendar": by_calendar,
        "monthly": monthly(plan),
        "zoned": zoned(plan),
        "renamed": fault_streams(plan),
        "flat": not plan.appends and flat(plan),
        "append": plan.appends,
        "paced": plan.appends and paced,
        "grids": plan.appends and grids_of(plan),
    }
    return frozenset({plan.output.engine, *(name for name in holds if holds[name])})


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
