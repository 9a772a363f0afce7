"""The events of all calendars, by name."""

from __future__ import annotations

from compiler.diagnostics import Diagnostic, Label
from compiler.source import Document
from compiler.spec.calendar import Event
from compiler.spec.spec import Spec
from compiler.spec.zones import UTC

Zones = dict[str, tuple[str, ...]]
Spot = tuple[str | int, ...]


def events_of(
    spec: Spec, document: Document
) -> tuple[dict[str, Event], list[Diagnostic]]:
    """Each event by its name, and those of one name that are not the same period.

    Calendars may share an event, each with a factor of its own.
    """
    found: dict[str, Event] = {}
    spots: dict[str, Spot] = {}
    wrong = list[Diagnostic]()

    def report(spot: Spot, event: Event, message: str, help: str) -> None:
        labels = tuple(
            Label(document.value(place), text)
            for place, text in ((spot, ""), (spots[event.name], "the first one"))
        )
        wrong.append(Diagnostic("E113", message, labels, help))

    for name, calendar in spec.calendars.items():
        written = document.tree["calendars"][name]
        if not (isinstance(written, dict) and "events" in written):
            continue  # those of the calendar that it starts from
        for number, event in enumerate(calendar.events):
            spot = ("calendars", name, "events", number, "name")
            first = found.setdefault(event.name, event)
            known = spots.setdefault(event.name, spot)
            if known is not spot and known[1] == name:
                message = f"another event is named `{event.name}`"
                report(spot, event, message, "rename one of them")
            elif first.period != event.period:
                message = f"the event `{event.name}` has another period in `{known[1]}`"
                report(spot, event, message, "give both the same period, or rename one")
    return found, wrong


def zones_of(spec: Spec) -> Zones:
    """The time zones in which the days of an event count: one, unless its calendars differ.

    An event from one time of day to another is the same in all of them.
    """
    found: dict[str, dict[str, None]] = {}
    for calendar in spec.calendars.values():
        for event in calendar.events:
            by_day = any(when.whole_day for when in event.period)
            zone = calendar.timezone if by_day else UTC
            found.setdefault(event.name, {})[zone] = None
    return {name: tuple(zones) for name, zones in found.items()}
