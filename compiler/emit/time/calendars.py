"""Calendars as code: constants, and one function each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from compiler.emit.code.code import (
    Code,
    attribute,
    binary,
    call,
    chain,
    comparison,
    item,
    method,
    name,
    names_of,
    unpacked,
)
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.code.statements import Statement, indented
from compiler.emit.names import ScriptNames
from compiler.emit.time.timelines import event_constants
from compiler.plan.model import Plan, UsedCalendar
from compiler.spec.calendar import Calendar
from compiler.spec.zones import UTC


@dataclass(frozen=True)
class CalendarFunction:
    """The function of a calendar: the volume at a moment."""

    shape: UsedCalendar
    names: ScriptNames

    @property
    def calendar(self) -> Calendar:
        return self.shape.calendar

    @property
    def name(self) -> str:
        return self.names.calendar(self.shape.name).text

    def constant(self, ending: str) -> Code:
        return self.names.calendar_constant(self.shape.name, ending)

    @property
    def by_day(self) -> bool:
        """Whether anything depends on the day."""
        calendar = self.calendar
        by_weekday = {*calendar.day_factors} != {1}
        return bool(
            calendar.yearly or calendar.noise or by_weekday or calendar.observes
        )

    @property
    def against(self) -> str:
        if self.calendar.weekdays:
            return "a day of factor 1"
        return "a plain weekday" if self.by_day else "a usual moment"

    @cached_property
    def steps(self) -> list[tuple[Code | None, Statement]]:
        """The statements in order, each with the condition for it, if there is one."""
        return [*self._steps()]

    def _steps(self) -> Iterator[tuple[Code | None, Statement]]:
        calendar, day, moment = self.calendar, name("day"), name("moment")
        if self.by_day:
            yield None, Statement("day", method(moment, "date"))
        yield None, Statement("volume", Code("1.0"))
        if calendar.yearly:
            dates = [method(each, "timetuple") for each in (day, self.constant("PEAK"))]
            days = [attribute(each, "tm_yday") for each in dates]
            yield None, Statement("days_from_peak", binary("-", *days))
            turn = chain("*", [literal(2), name("math.pi"), name("days_from_peak")])
            wave = call("math.cos", binary("/", turn, literal(365.25)))
            factor = binary("*", self.constant("YEARLY"), wave)
            yield None, Statement("volume", factor, "+=")
        if calendar.growth:
            since = binary("-", moment, call("to_utc", name("START")))
            seconds = method(since, "total_seconds")
            year = binary("*", literal(365.25), literal(86_400))
            yield None, Statement("years", binary("/", seconds, year))
            rate = binary("+", literal(1), self.constant("GROWTH"))
            yield None, times(binary("**", rate, name("years")))
        if calendar.weekdays:
            weekday = method(day, "weekday")
            yield None, times(item(self.constant("WEEKDAYS"), weekday))
        elif calendar.weekend != 1:
            weekend = comparison(">=", method(day, "weekday"), literal(5))
            yield weekend, times(self.constant("WEEKEND"))
        if calendar.observes:
            yield self.day_off, times(self.constant("HOLIDAY"))
        if calendar.noise:
            noise = call("daily_noise", literal(f"calendars/{self.shape.name}"), day)
            noise = binary("*", self.constant("NOISE"), noise)
            factor = binary("+", literal(1), noise)
            yield None, times(call("max", factor, Code("0.0")))
        for event in calendar.events:
            constant = self.names.event(event.name)
            ends = [self.moment(item(constant, literal(n))) for n in range(2)]
            during = comparison("<=", ends[0], moment)
            during = replace(during, text=f"{during.text} < {ends[1].text}")
            factor = self.names.event_factor(self.shape.name, event.name)
            yield during, times(factor)

    def moment(self, when: Code) -> Code:
        """A moment of an event; its days begin at midnight where the moments are."""
        if self.calendar.timezone == UTC:
            return call("to_utc", when)
        return call("day_start", when, attribute(name("moment"), "tzinfo"))

    @property
    def day_off(self) -> Code:
        """The condition that a day is a holiday: in the one country, or in any of several."""
        day, places = name("day"), self.constant("HOLIDAYS")
        parts = any(part for _, part in self.calendar.places)
        several = isinstance(self.calendar.holidays, list)
        place = name("place" if parts else "country") if several else places
        free = call("public_holidays", unpacked("*", place) if parts else place)
        off = comparison("in", day, free)
        if not several:
            return off
        each = f"{off.text} for {place.text} in {places.text}"
        return call("any", Code(each, names=names_of(off, places)))

    @property
    def names_used(self) -> frozenset[str]:
        """The names that it uses."""
        used = [condition for condition, _ in self.steps if condition]
        return names_of(*used, *(statement.value for _, statement in self.steps))

    @property
    def text(self) -> str:
        """Its source."""
        lines = [f'"""The volume of events at a moment, relative to {self.against}."""']
        for condition, statement in self.steps:
            if condition:
                lines += [f"if {condition.text}:", *indented(statement.lines)]
            else:
                lines += statement.lines
        head = f"def {self.name}(moment: datetime) -> float:"
        return "\n".join([head, *indented([*lines, "return volume"])])


def times(factor: Code) -> Statement:
    """`volume *= factor`."""
    return Statement("volume", factor, "*=")


def calendar_constants(
    function: CalendarFunction, used: frozenset[str]
) -> list[Constant]:
    """The constants of a calendar; its time zone only if code of the tables uses it."""
    calendar = function.calendar
    reason = f"Calendar {function.shape.name}: factors relative to the volume of {function.against}"
    lines: list[Constant] = []

    def add(ending: str, value: Code, note: str = "") -> None:
        constant = function.constant(ending).text
        lines.append(Constant(constant, value, "" if lines else reason, note))

    if function.constant("TIMEZONE").text in used:
        add("TIMEZONE", literal(calendar.timezone), "whose days and hours count")
    if calendar.weekdays:
        add("WEEKDAYS", literal(tuple(calendar.weekdays)), "from Monday on")
    elif calendar.weekend != 1:
        add("WEEKEND", literal(calendar.weekend))
    if calendar.observes:
        add("HOLIDAY", literal(calendar.holiday))
        add("HOLIDAYS", *holidays_of(calendar))
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


def holidays_of(calendar: Calendar) -> tuple[Code, str]:
    """The countries whose holidays count, as a constant and what it is."""
    places, several = calendar.places, isinstance(calendar.holidays, list)
    if not any(part for _, part in places):
        countries = tuple(country for country, _ in places)
        what = "countries" if several else "country"
        value = literal(countries if several else countries[0])
        return value, f"{what} whose public holidays count"
    if several:
        return literal(tuple(places)), "countries and parts whose public holidays count"
    return literal(places[0]), "country and part whose public holidays count"


def events_used(plan: Plan, names: ScriptNames, used: frozenset[str]) -> list[Constant]:
    """The constants of the events of which code uses some."""
    return [
        constant
        for event in plan.events.values()
        if names.event(event.name).text in used
        for constant in event_constants(plan, names, event)
    ]
