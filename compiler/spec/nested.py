"""The models of tables within tables of a spec, by their place."""

from __future__ import annotations

from pydantic import BaseModel

from compiler.spec.calendar import Event
from compiler.spec.columns import Lifecycle
from compiler.spec.columns.lifecycles import Move, State
from compiler.spec.columns.sequences import Cycle, Shift
from compiler.spec.columns.waits import Wait
from compiler.spec.job_settings import Health, Notifications, Permission
from compiler.spec.locales import LocaleCases
from compiler.spec.rows import Per

Place = tuple[str | int, ...]


def model_at(place: Place, model: type[BaseModel] | None) -> type[BaseModel] | None:
    """The model of the innermost table around a place."""
    nested: dict[str | int, type[BaseModel]] = {
        "rows": Per,
        "events": Event,
        "locale": LocaleCases,
        "cycles": Cycle,
        "shift": Shift,
        "notifications": Notifications,
        "health": Health,
        "permissions": Permission,
    }
    below_names = {"tables": 4 if "columns" in place[2:3] else 2, "calendars": 2}
    below_names |= {"job": 1}
    inner = place[below_names.get(str(place[0]), 0) :] if len(place) > 2 else place
    if model is Lifecycle:
        return within_lifecycle(inner)
    return nested.get(inner[0], model) if len(inner) > 1 else model


def within_lifecycle(place: Place) -> type[BaseModel]:
    """The model of the innermost table around a place in a lifecycle, or in a case of one."""
    inner = place[2:] if place[:1] == ("cases",) else place
    if len(inner) < 3 or inner[0] != "states":
        return Lifecycle
    if "after" in inner[2:-1]:
        return Wait
    return Move if len(inner) > 4 and inner[2] == "to" else State
