"""A grid of time: its moments, and the readings that are taken there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.special import ndtr

from tests.support import (
    Tree,
    built,
    compiled,
    inside,
    module,
    read,
    seconds,
    spec,
    table,
    values,
    whole,
)
from tests.support.distributions import assert_follows, assert_mean, correlation

SENSOR: Tree = {"kind": "ref", "table": "sensors"}
DAY = 86_400


def grid(every: str, sensors: int = 3, /, **columns: Tree) -> Tree:
    """Sensors, and readings of each with a tick `at`."""
    return spec(
        sensors=table(
            sensors,
            base={"kind": "normal", "mean": 20, "sd": 5},
            drift={"kind": "normal", "mean": 0, "sd": 0.1},
            make={"kind": "choice", "weights": {"a": 1, "b": 1}},
        ),
        readings=table(
            {"per": "sensors", "every": every},
            sensor=SENSOR,
            at={"kind": "tick"},
            **columns,
        ),
    )


def moments(start: datetime, end: datetime, every: timedelta) -> list[datetime]:
    """Every moment from the start on, before the end."""
    found = [start]
    while found[-1] + every < end:
        found.append(found[-1] + every)
    return found


GRIDS: list[tuple[int, str, timedelta]] = [
    (5, "15m", timedelta(minutes=15)),
    (5, "7h", timedelta(hours=7)),  # ends within a step
    (3, "1d", timedelta(days=1)),
    (1, "1s", timedelta(seconds=1)),
    (3, "72h", timedelta(hours=72)),
    (3, "2y", timedelta(days=730)),  # longer than the window: once, at its start
]


@pytest.mark.parametrize(("days", "every", "step"), GRIDS)
def test_a_row_for_each_moment_of_the_window(
    days: int, every: str, step: timedelta
) -> None:
    end = datetime(2026, 6, 30, tzinfo=UTC)
    wanted = moments(end - timedelta(days=days), end, step)
    tree = {**grid(every), "window": {"end": "2026-06-30", "days": days}}
    found = built(tree)
    assert found["at"].to_list() == wanted * 3
    assert found["id"].to_list() == list(range(1, 3 * len(wanted) + 1))
    assert found["sensor"].to_list() == [n for n in (1, 2, 3) for _ in wanted]
    plan = compiled(tree).plan
    assert plan is not None
    assert plan.table("readings").size == f"{len(found):,} rows"


def test_another_day_of_the_run_moves_the_grid(tmp_path: Path) -> None:
    tree = {**grid("6h"), "window": {"days": 10}}
    inside(module(tree), ["--output", str(tmp_path), "--as-of", "2026-03-01"])
    start, end = datetime(2026, 2, 19, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    wanted = [moment.timestamp() for moment in moments(start, end, timedelta(hours=6))]
    found = read(tmp_path, "readings")["at"]
    assert (found.astype("datetime64[s]").astype(int) == wanted * 3).all()


def test_a_window_of_a_fixed_start_grows_with_the_day_of_the_run(
    tmp_path: Path,
) -> None:
    tree = {**grid("1d"), "window": {"start": "2026-01-01"}}
    for day, count in (("2026-01-02", 1), ("2026-03-01", 59)):
        inside(module(tree), ["--output", str(tmp_path / day), "--as-of", day])
        found = read(tmp_path / day, "readings")
        assert len(found["at"]) == 3 * count
        assert len(set(found["id"])) == 3 * count


def test_a_tick_can_be_read_as_any_moment() -> None:
    tree = grid("8h", hour={"kind": "expr", "expr": "hour(at)"})
    tree["tables"]["alarms"] = table(
        {"per": "readings", "where": "at >= '-2d'"},
        reading={"kind": "ref", "table": "readings"},
        at={"kind": "lookup", "path": "reading.at"},
        raised={"kind": "timestamp", "after": "reading.at"},
    )
    script = module(tree)
    readings, alarms = whole(script, "readings"), whole(script, "alarms")
    assert set(readings["hour"]) == {0, 8, 16}
    last = datetime(2026, 6, 28, tzinfo=UTC)
    wanted = readings.filter(pl.col("at") >= last)
    assert alarms["reading"].equals(wanted["id"].rename("reading"))
    assert alarms["at"].equals(wanted["at"])
    assert (alarms["raised"] >= alarms["at"]).all()


# ---------------------------------------------------------------------------- readings


def readings(every: str = "1h", sensors: int = 3, /, **parameters: Any) -> pl.DataFrame:
    """Readings of a `series` named `value`, beside what their sensors are."""
    script = module(grid(every, sensors, value={"kind": "series", **parameters}))
    found, about = whole(script, "readings"), whole(script, "sensors")
    return found.join(about, left_on="sensor", right_on="id", maintain_order="left")


def days(frame: pl.DataFrame) -> np.ndarray:
    """Days since the window's start."""
    first = datetime(2026, 6, 30, tzinfo=UTC) - timedelta(days=180)
    return (seconds(frame["at"]) - first.timestamp()) / DAY


def test_readings_without_noise_are_just_what_was_told() -> None:
    waves = [
        {"period": "24h", "amplitude": 3},
        {"period": "7d", "amplitude": -1.5, "peak": "2d"},
    ]
    frame = readings(base=10, trend=0.25, cycles=waves)
    now = seconds(frame["at"])
    # A day's wave is highest at noon, for 1970 began at midnight; a week's on its third day.
    wanted = 10 + 0.25 * days(frame)
    wanted += 3 * np.cos(2 * np.pi * (now / DAY - 0.5))
    wanted -= 1.5 * np.cos(2 * np.pi * (now / DAY - 2) / 7)
    assert np.allclose(frame["value"].to_numpy(), wanted)


def test_a_day_s_wave_is_highest_at_noon_or_at_its_peak() -> None:
    for peak, hour in (({}, 12), ({"peak": "15h"}, 15), ({"peak": "0s"}, 0)):
        wave = {"period": "24h", "amplitude": 2, **peak}
        frame = readings(base=0, cycles=[wave])
        highest = frame.filter(pl.col("value") > 2 - 1e-9)
        assert set(highest["at"].dt.hour()) == {hour}


def test_base_and_trend_may_be_columns() -> None:
    frame = readings(base="sensor.base", trend="sensor.drift")
    base, drift = frame["base"].to_numpy(), frame["drift"].to_numpy()
    assert np.allclose(frame["value"].to_numpy(), base + drift * days(frame))


def test_noise_is_normal_and_of_this_sd_in_every_reading() -> None:
    waves = [{"period": "24h", "amplitude": 3}]
    frame = readings("15m", 4, base="sensor.base", noise=0.4, cycles=waves)
    wave = 3 * np.cos(2 * np.pi * (seconds(frame["at"]) / DAY - 0.5))
    noise = frame["value"].to_numpy() - frame["base"].to_numpy() - wave
    assert_follows(noise / 0.4, ndtr)
    assert_mean(noise, 0)
    one, two = (noise[frame["sensor"].to_numpy() == n] for n in (1, 2))
    assert abs(correlation(one, two)) < 0.04
    assert abs(correlation(one[1:], one[:-1])) < 0.04


def test_amplitude_and_phase_can_be_found_in_the_noise() -> None:
    waves = [
        {"period": "24h", "amplitude": 3, "peak": "15h"},
        {"period": "30d", "amplitude": 1, "peak": "4d"},
    ]
    frame = readings("15m", 2, base=50, trend=0.02, noise=2, cycles=waves)
    now = seconds(frame["at"]) / DAY
    turns = [2 * np.pi * now / period for period in (1, 30)]
    parts = [np.ones(len(now)), days(frame)]
    parts += [wave(turn) for turn in turns for wave in (np.cos, np.sin)]
    found = np.linalg.lstsq(np.stack(parts, 1), frame["value"].to_numpy(), rcond=None)
    base, trend, *pairs = found[0]
    assert base == pytest.approx(50, abs=0.1)
    assert trend == pytest.approx(0.02, abs=0.001)
    for (period, amplitude, peak), cos, sin in zip(
        ((1, 3, 15 / 24), (30, 1, 4)), pairs[::2], pairs[1::2], strict=True
    ):
        assert np.hypot(cos, sin) == pytest.approx(amplitude, abs=0.06)
        phase = np.arctan2(sin, cos) / (2 * np.pi) * period % period
        assert phase == pytest.approx(peak, rel=0.03)


def test_readings_are_off_just_where_told() -> None:
    noisy: Tree = {"base": "sensor.base", "noise": 1}
    when = "weekday(at) == 0 and sensor.make == 'a'"
    plain = readings(**noisy)
    off = readings(**noisy, shift={"when": when, "by": -8})
    by = off["value"].to_numpy() - plain["value"].to_numpy()
    there = (plain["at"].dt.weekday() == 1) & (plain["make"].cast(pl.String) == "a")
    assert 0 < there.sum() < len(there)
    assert np.allclose(by, np.where(there.to_numpy(), -8, 0))


@pytest.mark.parametrize(("when", "by"), [("1 < 2", 5), ("1 > 2", 0)])
def test_a_shift_may_hold_always_or_never(when: str, by: float) -> None:
    off = readings(base=1, shift={"when": when, "by": 5})
    assert np.allclose(off["value"].to_numpy(), 1 + by)


def test_a_sensor_tells_no_more_than_it_can_and_rounds_last() -> None:
    noisy: Tree = {"base": 20, "noise": 6}
    plain = readings(**noisy)["value"].to_numpy()
    limits: list[tuple[Tree, np.ndarray]] = [
        ({"min": 15}, plain.clip(15)),
        ({"max": 22.5}, plain.clip(None, 22.5)),
        ({"min": 15, "max": 22.5, "decimals": 1}, plain.clip(15, 22.5).round(1)),
        ({"decimals": 0}, plain.round()),
        ({"null_rate": 0.2}, plain),
    ]
    for options, wanted in limits:
        found = readings(**noisy, **options)["value"]
        there = found.is_not_null().to_numpy()
        assert np.allclose(found.to_numpy()[there], wanted[there], atol=1e-9), options
        assert there.all() == ("null_rate" not in options)


@pytest.mark.parametrize(
    "b",
    [
        {"base": 60, "noise": 3},
        {"base": "sensor.base"},
        {"trend": 1, "shift": {"when": "hour(at) > 20", "by": 50}},
        {"cycles": [{"period": "24h", "amplitude": 4}], "min": 49},
    ],
    ids=" ".join,
)
def test_each_case_reads_as_if_it_were_alone(b: Tree) -> None:
    own: Tree = {"base": 50, "noise": 1}
    both = readings(**own, by="sensor.make", cases={"a": {}, "b": b})
    alone = readings(**own)["value"], readings(**{**own, **b})["value"]
    is_a = values(both["make"]) == "a"
    assert 0 < is_a.sum() < len(is_a)
    wanted = np.where(is_a, *(series.to_numpy() for series in alone))
    assert np.allclose(both["value"].to_numpy(), wanted)
