"""Windows, random calendars, and the events of one of them."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.strategies.columns import Draw, Tree

CALENDARS = ("default", "shop", "row", "uniform", "main")
EVENTS = ("outage", "start", "end", "output", "row", "seed")
PERIODS: tuple[Tree, ...] = (
    {"days_ago": [31, 21]},
    {"days_ago": [1, 0]},
    {"start": "2026-01-01", "end": "2026-02-01"},
    {"start": "-36h", "end": "-3h"},
)
WINDOWS: tuple[Tree, ...] = (
    {},
    {"days": 3},
    {"days": 400},
    {"end": "2026-06-30"},
    {"start": "2024-01-01", "end": "2026-06-30"},
    {"start": "-1y"},
)


def calendars(draw: Draw) -> tuple[Tree, tuple[str, ...]]:
    """At most two calendars by name, and the names of the first one's events."""
    names = draw(st.lists(st.sampled_from(CALENDARS), max_size=2, unique=True))
    events = draw(st.lists(st.sampled_from(EVENTS), max_size=3, unique=True))
    trees: Tree = {}
    for name in names:
        options: list[Tree] = [
            {"weekend": 1.3},
            {"weekdays": [1, 0.5, 1, 0, 1.4, 2, 1]},
            {"holidays": "DE", "holiday": 0.2, "subdivision": "BY"},
            {"holidays": ["US-CA", "BR"], "holiday": 0.2, "subdivision": None},
            {"timezone": "America/New_York"},
            {"timezone": "Australia/Lord_Howe", "weekend": 0},
            {"yearly": 0.4, "peak": "02-29"},
            {"growth": 0.3, "noise": 0.2},
        ]
        trees[name] = {}
        for option in draw(st.lists(st.sampled_from(options), max_size=3)):
            trees[name] |= option
        if "weekdays" in trees[name]:
            trees[name].pop("weekend", None)
        if trees[name].get("subdivision", "") is None:
            del trees[name]["subdivision"]
    if not names:
        return {}, ()
    trees[names[0]]["events"] = [
        {"name": event, "factor": 2.5, **draw(st.sampled_from(PERIODS))}
        for event in events
    ]
    for name in names[1:]:
        how = draw(st.sampled_from(["apart", "like", "sharing"]))
        if how != "apart":  # else `during` would not know whose days are meant
            trees[name]["timezone"] = trees[names[0]].get("timezone", "UTC")
        if how == "like":
            trees[name]["like"] = names[0]
        elif how == "sharing":
            shared = [{**event, "factor": 0.5} for event in trees[names[0]]["events"]]
            trees[name]["events"] = shared
    return trees, tuple(events)
