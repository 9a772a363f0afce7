"""Calendars as code: constants, and one function each."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.emit.names import Names
from compiler.emit.python import comment, literal
from compiler.emit.templates import environment
from compiler.emit.times import event_lines
from compiler.plan.model import Plan, UsedCalendar
from compiler.spec.calendar import Calendar


@dataclass(frozen=True)
class CalendarView:
    """A calendar, as its template sees it."""

    shape: UsedCalendar
    names: Names

    @property
    def calendar(self) -> Calendar:
        return self.shape.calendar

    @property
    def function(self) -> str:
        return self.names["calendar", self.shape.name]

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
        return "a plain weekday" if self.by_day else "the usual"


def calendar_function(view: CalendarView) -> str:
    return environment().get_template("script/calendar.py.j2").render(c=view)


def calendar_lines(view: CalendarView) -> list[str]:
    """The constants of a calendar."""
    calendar, constant = view.calendar, view.constant
    said = f"Calendar {view.shape.name}: factors of a day's volume, against {view.against}."
    lines = [comment(said)]
    if calendar.weekend != 1:
        lines.append(f"{constant}_WEEKEND = {literal(calendar.weekend)}")
    if calendar.holidays and calendar.holiday != 1:
        part = (
            f", subdiv={literal(calendar.subdivision)}" if calendar.subdivision else ""
        )
        lines.append(f"{constant}_HOLIDAY = {literal(calendar.holiday)}")
        country = f"holidays.country_holidays({literal(calendar.holidays)}{part})"
        lines.append(f"{constant}_HOLIDAYS = {country}")
    if calendar.yearly:
        month, day = (int(part) for part in calendar.peak.split("-"))
        lines.append(
            f"{constant}_YEARLY = {literal(calendar.yearly)}  # the year's wave"
        )
        lines.append(
            f"{constant}_PEAK = date(2024, {month}, {day})  # of that wave, in any year"
        )
    if calendar.growth:
        lines.append(f"{constant}_GROWTH = {literal(calendar.growth)}  # per year")
    if calendar.noise:
        lines.append(
            f"{constant}_NOISE = {literal(calendar.noise)}  # sd of a day's own factor"
        )
    return lines if len(lines) > 1 else []


def events_used(plan: Plan, names: Names, code: str) -> list[str]:
    """The constants of the events that the code speaks of."""
    lines = []
    for event in plan.events.values():
        if f"{names['event', event.name]}_START" in code:
            lines += event_lines(names, event)
    return lines
