"""Append mode: calendars and the skew of refs go on over the batches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tests.support import (
    END,
    module,
    spec,
    table,
)
from tests.support.distributions import assert_counts, assert_mean, busiest_share

DAY = timedelta(days=1)
LAST = datetime.fromisoformat(END).replace(tzinfo=UTC)


def test_the_calendar_goes_on_over_the_batches() -> None:
    tree = spec(
        {
            "output": {"mode": "append"},
            "calendars": {"default": {"weekend": 0.4}},
        },
        visits=table(36_000, at={"kind": "timestamp"}),
    )
    script = module(tree)
    script.BATCH = 60
    counts = np.diff(script.rows_after("visits"))
    days = [LAST.date() + n * DAY for n in range(60)]
    weekend = np.array([day.isoweekday() > 5 for day in days])
    assert counts[weekend].std() < 1
    assert counts[~weekend].std() < 1
    assert abs(counts[weekend].mean() / counts[~weekend].mean() - 0.4) < 0.01
    assert abs(counts.mean() - 200) < 8  # 36,000 in 180 days
    at = script.visits(np.arange(36_000, script.rows_after("visits")[-1]))["at"]
    found = at.dt.date().value_counts().sort("at")
    assert found["at"].to_list() == days
    assert found["count"].to_list() == counts.tolist()


def test_within_a_batch_the_calendar_shapes_the_days() -> None:
    tree = spec(
        {
            "output": {"mode": "append", "batch": "14d"},
            "calendars": {"default": {"weekend": 0.4}},
        },
        visits={**table(1, at={"kind": "timestamp"}), "batch_rows": 5_000},
    )
    script = module(tree)
    script.BATCH = 2
    assert script.rows_after("visits").tolist() == [1, 5_001, 10_001]
    at = script.visits(np.arange(5_001, 10_001))["at"]
    days = at.dt.date().value_counts().sort("at")
    shares = [0.4 if day.isoweekday() > 5 else 1.0 for day in days["at"]]
    assert_counts(days["count"].to_numpy(), np.array(shares))


def test_events_stay_where_they_are() -> None:
    events = [
        {"name": "outage", "days_ago": [9, 4], "factor": 9},
        {"name": "sale", "start": "2026-07-03", "end": "2026-07-05", "factor": 3},
    ]
    tree = spec(
        {
            "output": {"mode": "append"},
            "calendars": {"default": {"events": events}},
        },
        visits=table(
            18_000,
            at={"kind": "timestamp"},
            down={"kind": "expr", "expr": "during('outage', at)"},
        ),
    )
    script = module(tree)
    script.BATCH = 8
    edges = script.rows_after("visits")
    counts = np.diff(edges)
    assert counts[3] == pytest.approx(3 * counts[0], abs=3)
    assert counts[4] == pytest.approx(3 * counts[0], abs=3)
    assert np.ptp(np.delete(counts, [3, 4])) <= 1
    assert script.visits(np.arange(18_000))["down"].sum() > 1_000
    assert not script.visits(np.arange(18_000, edges[-1]))["down"].any()


def test_a_batch_in_a_still_time_has_its_rows_all_the_same() -> None:
    tree = spec(
        {
            "output": {"mode": "append"},
            "calendars": {"default": {"weekend": 0}},
        },
        told={**table(900, at={"kind": "timestamp"}), "batch_rows": 40},
        untold=table(900, at={"kind": "timestamp"}),
    )
    script = module(tree)
    script.BATCH = 5  # 4 July, a Saturday
    assert set(script.told(np.arange(1_060, 1_100))["at"].dt.date()) == {
        date(2026, 7, 4)
    }
    assert np.diff(script.rows_after("untold")).tolist() == [5, 5, 5, 7, 0] or (
        np.diff(script.rows_after("untold"))[-1] == 0
    )


def test_busy_parents_stay_busy_and_later_ones_come_beside_them() -> None:
    parents = {**table(1_000), "batch_rows": 1_000}
    children = table(
        100_000,
        busy={"kind": "ref", "table": "parents", "skew": 0.8},
        weighed={
            "kind": "ref",
            "table": "parents",
            "weights": {"vip": {"true": 3, "false": 1}},
        },
        even={"kind": "ref", "table": "parents", "skew": False},
    )
    parents["columns"]["vip"] = {"kind": "bool", "chance": 0.5}
    children["batch_rows"] = 100_000
    tree = spec({"output": {"mode": "append"}}, parents=parents, children=children)
    script = module(tree)
    script.BATCH = 3
    first = script.children(np.arange(100_000))
    last = script.children(np.arange(300_000, 400_000))
    vip = script.parents(np.arange(4_000))["vip"].to_numpy()
    for name in ("busy", "weighed", "even"):
        was, now = (
            np.bincount(frame[name].to_numpy() - 1, minlength=4_000)
            for frame in (first, last)
        )
        assert not was[1_000:].any()
        assert_mean(now.reshape(4, 1_000).sum(axis=1), 25_000)
        if name != "even":
            assert busiest_share(np.repeat(np.arange(4_000), now), 4_000) == (
                pytest.approx(0.8, abs=0.03)
            )
            assert np.corrcoef(was[:1_000], now[:1_000])[0, 1] > 0.9, name
    mean = [np.mean(now[vip == is_vip]) for is_vip in (True, False)]
    assert mean[0] > mean[1] or name == "even"
    weighed = np.bincount(last["weighed"].to_numpy() - 1, minlength=4_000)
    share = weighed[vip].sum() / weighed.sum()
    assert share == pytest.approx(
        3 * vip.mean() / (3 * vip.mean() + 1 - vip.mean()), abs=0.01
    )
