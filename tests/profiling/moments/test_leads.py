"""Moments before those of other rows: a booking before its class."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tests.support.drafted import first_tables

HOUR = 3_600
ROWS, CLASSES = 4_000, 300


def moments(seconds: np.ndarray) -> pl.Series:
    """Moments so many seconds after the start of 2025."""
    start = np.datetime64("2025-01-01", "us")
    return pl.Series(start + seconds.astype("timedelta64[s]"))


def gym(ahead: np.ndarray) -> dict[str, pl.DataFrame]:
    """Classes within half a year, and bookings so many seconds before one each."""
    rng = np.random.default_rng(7)
    starts = np.sort(rng.integers(0, 180 * 24, CLASSES)) * HOUR
    chosen = rng.integers(0, CLASSES, ROWS)
    keys = range(1, CLASSES + 1)
    classes = pl.DataFrame({"class_id": keys, "starts_at": moments(starts)})
    bookings = pl.DataFrame(
        {
            "booking_id": range(1, ROWS + 1),
            "class_id": chosen + 1,
            "booked_at": moments(np.floor(starts[chosen] - ahead)),
        }
    )
    return {"classes": classes, "bookings": bookings}


def test_a_delay_before_another_moment_is_kept() -> None:
    ahead = np.random.default_rng(1).exponential(40 * HOUR, ROWS)
    columns = first_tables(gym(ahead))["bookings"]["columns"]
    expr = "class_id.starts_at - hours(booked_at_lead)"
    assert columns["booked_at"] == {"kind": "expr", "expr": expr}
    lead = columns["booked_at_lead"]
    assert (lead["kind"], lead["hidden"]) == ("exponential", True)
    assert lead["scale"] == pytest.approx(40, rel=0.05)


def test_weeks_before_are_counted_in_days() -> None:
    ahead = np.random.default_rng(1).gamma(4, 5 * 24 * HOUR, ROWS)
    columns = first_tables(gym(ahead))["bookings"]["columns"]
    expr = "class_id.starts_at - days(booked_at_lead)"
    assert columns["booked_at"]["expr"] == expr
    lead = columns["booked_at_lead"]
    assert lead["shape"] * lead["scale"] == pytest.approx(20, rel=0.05)


def test_any_time_before_another_moment_is_a_limit() -> None:
    """Half of the classes are booked from the first day on, evenly."""
    share = np.random.default_rng(1).random(ROWS)
    frames = gym(np.zeros(ROWS))
    starts = frames["bookings"]["booked_at"].dt.epoch("s").to_numpy()
    first = starts.min()
    booked = moments(np.floor((starts - first) * share))
    frames["bookings"] = frames["bookings"].with_columns(booked_at=booked)
    booked_at = first_tables(frames)["bookings"]["columns"]["booked_at"]
    assert (booked_at["kind"], booked_at["before"]) == (
        "timestamp",
        "class_id.starts_at",
    )


def test_what_has_nothing_to_do_with_it_has_no_limit() -> None:
    frames = gym(np.zeros(ROWS))
    anywhere = np.random.default_rng(1).integers(0, 180 * 24 * HOUR, ROWS)
    frames["bookings"] = frames["bookings"].with_columns(booked_at=moments(anywhere))
    booked_at = first_tables(frames)["bookings"]["columns"]["booked_at"]
    assert booked_at["kind"] == "timestamp"
    assert not {"before", "after"} & booked_at.keys()
