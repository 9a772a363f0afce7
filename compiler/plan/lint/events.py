"""Events of calendars in which nothing happens."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.plan.lint.rule import Found, rule
from compiler.plan.model import Plan
from compiler.plan.periods import window_start
from compiler.spec.columns.moments import Date
from compiler.spec.spec import Spec
from compiler.spec.time import When


@rule("W412")
def idle_events(plan: Plan, spec: Spec) -> Iterator[Found]:
    """An event that no moment can fall in is most often dated wrong.

    What depends on the day of the run is not reported, nor what later batches may bring.
    """
    for name, calendar in spec.calendars.items():
        periods = periods_of(plan, name)
        for number, event in enumerate(calendar.events):
            if periods and not any(meet(plan, event.period, one) for one in periods):
                message = (
                    f"no moment with calendar `{name}` is in the event `{event.name}`"
                )
                place = ("calendars", name, "events", number, "name")
                yield Found(message, "move it into the window", place)


def periods_of(plan: Plan, calendar: str) -> list[tuple[When, When]]:
    """The periods of all moments that follow a calendar."""
    return [
        (variant.spec.start or window_start(plan.window), variant.spec.end or When())
        for table in plan.tables
        for column in table.columns.values()
        for variant in column.variants
        if isinstance(variant.spec, Date) and variant.spec.shape == calendar
    ]


def meet(plan: Plan, one: tuple[When, When], other: tuple[When, When]) -> bool:
    """Whether two periods have a time in common, or may have on some day."""
    return all(
        may_precede(plan, start, end)
        for start, end in ((one[0], other[1]), (other[0], one[1]))
    )


def may_precede(plan: Plan, start: When, end: When) -> bool:
    if plan.end is None and (start.fixed is None) != (end.fixed is None):
        return True
    if plan.appends and end.fixed is None:
        return True  # batches go on
    if plan.end is None:
        return any(start.before(end))
    return start.on(plan.end) < end.on(plan.end)
