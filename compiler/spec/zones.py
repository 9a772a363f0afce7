"""Time zones by their IANA names."""

from __future__ import annotations

import zoneinfo

from compiler.diagnostics import Help, did_you_mean
from compiler.spec.base import problem

UTC = "UTC"
NO_PLACES = {"Factory", "localtime"}
"""Names in the database that are no zone of its own."""


def wrong_zone(name: str) -> tuple[str, Help] | None:
    """A message and a help for a time zone that does not exist."""
    known = zoneinfo.available_timezones() - NO_PLACES
    if not known or name in known:  # some systems have none
        return None
    help = did_you_mean(name, sorted(known)) or 'such as "UTC" or "Europe/Berlin"'
    return f"there is no time zone `{name}`", help


def check_timezone(name: str) -> str:
    """An IANA time zone; otherwise raises E105."""
    if wrong := wrong_zone(name):
        raise problem("E105", *wrong)
    return name
