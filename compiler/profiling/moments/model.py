"""What the dates and timestamps of a whole source are drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field

from compiler.profiling.draft import DraftColumn, Settings


@dataclass(frozen=True)
class Moments:
    """The window, the calendars, and a draft of each date and timestamp."""

    window: Settings = field(default_factory=dict)
    """`start` and `end`, its end exclusive; empty if no moments are known."""
    window_comments: list[str] = field(default_factory=list)
    calendars: dict[str, Settings] = field(default_factory=dict)
    calendar_comments: dict[str, list[str]] = field(default_factory=dict)
    columns: dict[str, dict[str, DraftColumn]] = field(default_factory=dict)
    """By table and column. A name that the source does not have is a hidden column, which one of
    the others reads."""
