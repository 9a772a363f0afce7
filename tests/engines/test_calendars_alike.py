"""Calendars that start from another one, or share its events."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support import Tree, built, module, seconds, spec, table
from tests.support.alike import assert_rows_are_the_same, by_pandas
from tests.support.distributions import assert_counts

ROWS = 20_000
SHOP: Tree = {
    "weekdays": [1, 1, 1, 1, 1.4, 2, 0.5],
    "holidays": "US",
    "subdivision": "CA",
    "holiday": 0.3,
    "yearly": 0.2,
    "noise": 0.1,
    "events": [{"name": "sale", "days_ago": [31, 21], "factor": 3}],
}


def visits(calendars: Tree, **at: Any) -> Tree:
    """Visits that follow the calendar `web`."""
    column = {"kind": "timestamp", "calendar": "web", **at}
    return spec({"calendars": calendars}, visits=table(ROWS, at=column))


def without(*keys: str) -> Tree:
    return {key: value for key, value in SHOP.items() if key not in keys}


@pytest.mark.parametrize(
    ("own", "whole"),
    [
        ({}, SHOP),
        ({"yearly": 0.5, "growth": 1}, {**SHOP, "yearly": 0.5, "growth": 1}),
        ({"weekend": 1.2}, {**without("weekdays"), "weekend": 1.2}),
        ({"weekdays": [1] * 6 + [0]}, {**SHOP, "weekdays": [1] * 6 + [0]}),
        (
            {"holidays": ["DE", "BR"]},
            {**without("subdivision"), "holidays": ["DE", "BR"]},
        ),
        ({"subdivision": "HI"}, {**SHOP, "subdivision": "HI"}),
        ({"holiday": 1}, {**SHOP, "holiday": 1}),
        ({"events": []}, without("events")),
    ],
    ids=lambda tree: " ".join(tree) or "nothing",
)
def test_keys_replace_those_of_the_calendar_that_it_is_like(
    own: Tree, whole: Tree
) -> None:
    found = built(visits({"shop": SHOP, "web": {"like": "shop", **own}}))
    assert found.equals(built(visits({"web": whole})))


def test_a_chain_of_calendars_in_any_order_and_from_default() -> None:
    chain: Tree = {
        "web": {"like": "kiosk", "growth": 0.5},
        "kiosk": {"like": "default", "weekend": 2},
    }
    usual = {"holidays": "US", "holiday": 0.3, "yearly": 0.15, "noise": 0.1}
    whole = {**usual, "weekend": 2, "growth": 0.5}
    assert built(visits(chain)).equals(built(visits({"web": whole})))


def test_calendars_share_an_event_each_with_its_own_factor() -> None:
    sale: Tree = {"name": "sale", "start": "2026-05-30", "end": "2026-06-09"}
    calendars: Tree = {
        "shop": {"events": [{**sale, "factor": 3}]},
        "web": {"events": [{**sale, "factor": 8}]},
        "kiosk": {"like": "web", "weekend": 1.2},
    }
    columns: Tree = {
        name: {"kind": "timestamp", "calendar": name} for name in ("shop", "web")
    }
    columns["on"] = {"kind": "expr", "expr": "during('sale', web)"}
    columns["kiosk"] = {"kind": "timestamp", "calendar": "kiosk"}
    tree = spec({"calendars": calendars}, visits=table(ROWS, **columns))
    frame = built(tree)
    start, days = int(np.datetime64("2026-05-30", "s").astype(int)), 10
    for name, factor in (("shop", 3), ("web", 8)):
        moments = seconds(frame[name])
        on = (start <= moments) & (moments < start + days * 86_400)
        counts = np.array([on.sum(), (~on).sum()])
        assert_counts(counts, np.array([days * factor, 180 - days]))
        if name == "web":
            assert (frame["on"].to_numpy() == on).all()
    assert_rows_are_the_same(module(by_pandas(tree)), module(tree), "visits")


def test_the_factor_of_one_calendar_is_edited_alone() -> None:
    sale: Tree = {"name": "sale", "days_ago": [31, 21]}
    calendars: Tree = {
        name: {"events": [{**sale, "factor": factor}]}
        for name, factor in (("shop", 3), ("web", 8))
    }
    columns = {name: {"kind": "timestamp", "calendar": name} for name in calendars}
    script = module(spec({"calendars": calendars}, visits=table(ROWS, **columns)))
    before = script.visits(np.arange(ROWS))
    script.WEB_SALE_FACTOR = 1
    script.forget()
    after = script.visits(np.arange(ROWS))
    assert before["shop"].equals(after["shop"])
    assert not before["web"].equals(after["web"])
