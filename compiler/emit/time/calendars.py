"""Calendars as code: constants, and one function each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from compiler.emit.code.code import Code, call
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.names import ScriptNames
from compiler.emit.templates import environment
from compiler.emit.time.timelines import event_constants
from compiler.plan.model import Plan, UsedCalendar
from compiler.spec.calendar import Calendar


@dataclass(frozen=True)
class CalendarView:
    """A calendar, as its template sees it."""

    shape: UsedCalendar
    names: ScriptNames

    @property
    def calendar(self) -> Calendar:
        return self.shape.calendar

    @property
    def function(self) -> str:
        return self.names.calendar(self.shape.name).text

    @property
    def constant(self) -> str:
        return self.names["constants", self.shape.name]

    @property
    def stream(self) -> str:
        return f"calendars/{self.shape.name}"

    @property
    def events(self) -> list[str]:
        return [self.names["event", event.name] for event in self.calendar.events]

    @property
    def by_day(self) -> bool:
        """Whether anything depends on the day."""
        calendar = self.calendar
        off = calendar.holidays is not None and calendar.holiday != 1
        return bool(calendar.yearly or calendar.noise or calendar.weekend != 1 or off)

    @property
    def against(self) -> str:
        return "a plain weekday" if self.by_day else "a usual moment"


def calendar_function(view: CalendarView) -> str:
    return environment().get_template("script/calendar.py.j2").render(c=view)


def calendar_constants(view: CalendarView) -> list[Constant]:
    """The constants of a calendar."""
    calendar = view.calendar
    reason = (
        f"Calendar {view.shape.name}: factors relative to the volume of {view.against}"
    )
    lines: list[Constant] = []

    def add(ending: str, value: Code, note: str = "") -> None:
        name = view.names.calendar_constant(view.shape.name, ending).text
        lines.append(Constant(name, value, "" if lines else reason, note))

    if calendar.weekend != 1:
        add("WEEKEND", literal(calendar.weekend))
    if calendar.holidays and calendar.holiday != 1:
        part = calendar.subdivision
        given = {"subdiv": literal(part)} if part else {}
        days = call("holidays.country_holidays", literal(calendar.holidays), **given)
        add("HOLIDAY", literal(calendar.holiday))
        add("HOLIDAYS", days)
    if calendar.yearly:
        month, day = (int(part) for part in calendar.peak.split("-"))
        add("YEARLY", literal(calendar.yearly), "amplitude of a yearly wave")
        add(
            "PEAK",
            literal(date(2024, month, day)),
            "day and month of its peak; the year does not matter",
        )
    if calendar.growth:
        add("GROWTH", literal(calendar.growth), "per year")
    if calendar.noise:
        add(
            "NOISE",
            literal(calendar.noise),
            "standard deviation of a random factor per day",
        )
    return lines


def events_used(plan: Plan, names: ScriptNames, used: frozenset[str]) -> list[Constant]:
    """The constants of the events of which code uses some."""
    return [
        constant
        for event in plan.events.values()
        if names.event(event.name).text in used
        for constant in event_constants(names, event)
    ]
