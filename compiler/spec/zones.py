"""Time zones by their names."""

from __future__ import annotations

import zoneinfo

from compiler.diagnostics import did_you_mean
from compiler.spec.base import problem

UTC = "UTC"


def check_timezone(name: str) -> str:
    """An IANA time zone; otherwise raises E105."""
    known = zoneinfo.available_timezones()
    if known and name not in known:  # some systems have none
        help = did_you_mean(name, sorted(known)) or 'such as "UTC" or "Europe/Berlin"'
        raise problem("E105", f"there is no time zone `{name}`", help)
    return name
