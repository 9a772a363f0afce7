"""W411: moments of children against the start of each row that they point at."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from tests.support import Tree, built, compiled_once, spec, table


def date(**options: Any) -> Tree:
    return {"kind": "date", **options}


def moment(**options: Any) -> Tree:
    return {"kind": "timestamp", **options}


def after(of: str, **options: Any) -> Tree:
    return {
        "kind": "offset",
        "of": of,
        "distribution": "exponential",
        "scale": "2d",
        **options,
    }


JOINED = date(start="-2y", end="-6mo")


def bookings(guests: Tree, columns: Tree, window: Tree | None = None) -> Tree:
    guest = {"guest": {"kind": "ref", "table": "guests"}}
    return spec(
        {
            "allow": [],
            "window": window if window is not None else {"end": "2026-06-30"},
        },
        guests=table(200, **guests),
        bookings=table(2_000, **guest, **columns),
    )


def early_in(tree: Tree) -> list[str]:
    result = compiled_once("early.json", json.dumps(tree))
    assert not result.failed, result.diagnostics
    return [each.message for each in result.diagnostics if each.code == "W411"]


def lies(child: str, start: str) -> str:
    return f"`{child}` may be before `guest.{start}`"


def test_each_moment_is_compared_in_whatever_order_they_are_written() -> None:
    columns = {
        "check_in": date(),
        "booked": moment(start="-2y", before="check_in"),
        "seen": moment(start="-1y"),
        "noted": moment(),
    }
    wanted = {lies("booked", "joined"), lies("seen", "joined")}
    for order in itertools.permutations(columns):
        tree = bookings({"joined": JOINED}, {name: columns[name] for name in order})
        assert set(early_in(tree)) == wanted
    # That is what the data shows.
    tree = bookings({"joined": JOINED}, columns)
    guests, rows = built(tree, "guests"), built(tree, "bookings")
    both = rows.join(guests, left_on="guest", right_on="id")
    early = {
        name: both[name].cast(both["joined"].dtype) < both["joined"] for name in columns
    }
    assert {name for name, found in early.items() if found.any()} == {"booked", "seen"}


FINE: list[tuple[Tree, Tree]] = [
    # What follows the parent, itself or over others of its row.
    ({"joined": JOINED}, {"at": moment(start="-2y", after="guest.joined")}),
    (
        {"joined": JOINED},
        {"at": moment(start="-2y", after="guest.joined"), "paid": moment(start="-2y", after="at")},
    ),
    (
        {"joined": JOINED},
        {
            "since": {"kind": "lookup", "path": "guest.joined"},
            "at": moment(start="-2y", after="since", end="-9d"),
            "sent": after("at", max="9d"),
            "back": moment(start="-2y", after="sent", end="now"),
        },
    ),
    (
        {"joined": JOINED, "proven": after("joined", max="30d")},
        {"at": moment(start="-2y", after="guest.proven")},
    ),
    (
        {"joined": JOINED},
        {
            "start": {"kind": "expr", "expr": "guest.joined"},
            "at": moment(start="-2y", after="start"),
        },
    ),
    # What cannot be earlier, for its period begins where the parent's has ended.
    ({"joined": JOINED}, {"at": moment()}),
    ({"joined": JOINED}, {"at": moment(start="-6mo")}),
    (
        {"joined": date(end="-2d", before="left"), "left": date(start="-3y", end="-1y")},
        {"at": moment(start="-1y")},
    ),
    # A parent's other moments are no start of it.
    ({"joined": JOINED, "last_seen": moment()}, {"at": moment()}),
    ({"joined": JOINED, "seen": moment(start="-2y", after="joined")}, {"at": moment()}),
    ({"joined": JOINED, "left": after("joined", until_now=True)}, {"at": moment()}),
    # Births and what lies long before the story.
    ({"joined": JOINED}, {"born_on": date(start="-90y", end="now"), "at": moment()}),
    ({"joined": JOINED}, {"founded": date(start="-90y", end="-18y"), "at": moment()}),
    ({"joined": date(start="-40y", end="-1y")}, {"birth_date": date(start="-90y", end="-2y")}),
]  # fmt: skip
EARLY: list[tuple[Tree, Tree, list[str]]] = [
    ({"joined": date(start="-2y")}, {"at": moment()}, [lies("at", "joined")]),
    # The guest's birth does not make joining any the less its start.
    (
        {"born": date(start="-80y", end="-18y"), "joined": date(start="-2y")},
        {"at": moment()},
        [lies("at", "joined")],
    ),
    # Two moments of which neither comes first.
    (
        {"made": JOINED, "joined": date(start="-2y")},
        {"at": moment()},
        [lies("at", "joined")],
    ),
    # What follows a moment that is early is told there.
    (
        {"joined": JOINED},
        {"at": moment(start="-1y"), "paid": moment(start="-1y", after="at")},
        [lies("at", "joined")],
    ),
    # `before` alone keeps nothing behind.
    (
        {"joined": JOINED},
        {"due": moment(after="guest.joined"), "at": moment(start="-2y", before="due")},
        [lies("at", "joined")],
    ),
    # In some cases only.
    (
        {"joined": JOINED, "vip": {"kind": "bool", "chance": 0.5}},
        {
            "at": {
                "kind": "timestamp",
                "by": "guest.vip",
                "cases": {"true": {"start": "-1y"}, "false": {"after": "guest.joined"}},
            }
        },
        [lies("at", "joined")],
    ),
]


@pytest.mark.parametrize(("guests", "columns"), FINE)
def test_no_alarm_is_false(guests: Tree, columns: Tree) -> None:
    assert early_in(bookings(guests, columns)) == []
    assert early_in(bookings(guests, columns, window={})) == []


@pytest.mark.parametrize(("guests", "columns", "wanted"), EARLY)
def test_what_may_be_early_is_told(
    guests: Tree, columns: Tree, wanted: list[str]
) -> None:
    assert early_in(bookings(guests, columns)) == wanted
    assert early_in(bookings(guests, columns, window={})) == wanted


def test_every_ref_counts() -> None:
    tree = bookings({"joined": date(start="-2y")}, {"at": moment(after="guest.joined")})
    tree["tables"]["rooms"] = table(20, built=date(start="-9y", end="-1mo"))
    columns = tree["tables"]["bookings"]["columns"]
    columns["room"] = {"kind": "ref", "table": "rooms"}
    columns["other"] = {"kind": "ref", "table": "rooms"}
    assert early_in(tree) == [
        f"`at` may be before `{ref}.built`" for ref in ("room", "other")
    ]


def test_what_depends_on_the_day_of_the_run_is_not_told() -> None:
    guests = {"joined": date(start="2024-01-01", end="2026-06-01")}
    assert early_in(bookings(guests, {"at": moment()}, window={})) == []
    assert early_in(bookings(guests, {"at": moment()})) == [lies("at", "joined")]


def test_months_count_as_the_days_that_they_may_be() -> None:
    """Three months are 89 to 92 days: 89 from the first of May."""
    joined, window = {"joined": date(start="-2y", end="-3mo")}, {"days": 90}
    assert early_in(bookings(joined, {"at": moment()}, window)) == [
        lies("at", "joined")
    ]
    assert early_in(bookings(joined, {"at": moment()}, {"days": 89})) == []
