"""A spec that is not written yet: settings, with a comment on what each rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Settings = dict[str, Any]
"""Keys and values as a spec has them: text, numbers, booleans, dates, lists, dicts."""


@dataclass
class DraftColumn:
    """A column: its settings (`kind` first) and why they are so.

    `settings` hold what a spec has, such as `{"kind": "ref", "table": "customers", "skew": 0.78}`.
    """

    name: str
    """As in the spec: lower snake_case."""
    settings: Settings
    comments: list[str] = field(default_factory=list)
    """What the guess rests on, and how sure it is; a line each. Never a value of the source other
    than the name of a category."""


@dataclass
class DraftTable:
    """A table: its settings but for columns (`rows` or `data`, `primary_key`, …), and columns."""

    name: str
    settings: Settings
    columns: list[DraftColumn]
    comments: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """A whole spec."""

    name: str
    description: str
    settings: Settings = field(default_factory=dict)
    """Other keys of the top level, such as `window` and `locale`."""
    setting_comments: dict[str, list[str]] = field(default_factory=dict)
    calendars: dict[str, Settings] = field(default_factory=dict)
    calendar_comments: dict[str, list[str]] = field(default_factory=dict)
    tables: list[DraftTable] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    """At the top: where it comes from, what was left out."""
