"""Append mode: a grid of time goes on, for all parents so far."""

from __future__ import annotations

from pathlib import Path

import deltalake
import numpy as np
import polars as pl
import pytest

from tests.support import (
    Tree,
    answer,
    compiled,
    fetched,
    module,
    run_script,
    spec,
    table,
)
from tests.support.plant import BATCHES, plant


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Batches 0 to 3, the second one twice and the last before it."""
    folder, files = tmp_path_factory.mktemp("plant"), compiled(plant()).files
    for batch in (0, 1, 3, 2, 1):
        out = run_script(files, folder, "--batch", str(batch))
    return out


def test_each_parent_so_far_has_each_moment_of_the_batch_once(loaded: Path) -> None:
    sql = """
        WITH parents AS (SELECT id, batch FROM sensors),
             moments AS (SELECT DISTINCT read_at, batch FROM readings),
             wanted AS (
                 SELECT p.id AS sensor, m.read_at, m.batch
                 FROM parents p JOIN moments m ON p.batch <= m.batch
             )
        SELECT (SELECT count(*) FROM wanted), (SELECT count(*) FROM readings),
               (SELECT count(*) FROM wanted JOIN readings USING (sensor, read_at, batch))
    """
    wanted, written, both = answer(sql, loaded)
    assert wanted == written == both > 0


def test_the_moments_go_on_at_their_distance(loaded: Path) -> None:
    found = fetched(
        "SELECT DISTINCT epoch(read_at) AS at, batch FROM readings ORDER BY 1", loaded
    )
    assert set(np.diff(found["at"])) == {90 * 60}
    first, last = found["at"][0], found["at"][-1]
    assert (last - first) / 86_400 == 5 + BATCHES - 1 - 1.5 / 24
    end = np.datetime64("2026-06-30").astype("datetime64[s]").astype(float)
    expected = np.maximum((found["at"] - end) // 86_400 + 1, 0)
    assert (found["batch"] == expected).all()


def test_keys_are_unique_over_all_batches_and_refs_whole(loaded: Path) -> None:
    for name in ("sensors", "readings", "alarms"):
        rows, keys = answer(f"SELECT count(*), count(DISTINCT id) FROM {name}", loaded)
        assert rows == keys > 0
    orphans = """
        SELECT (SELECT count(*) FROM readings r ANTI JOIN sensors s ON r.sensor = s.id),
               (SELECT count(*) FROM alarms a ANTI JOIN readings r
                ON a.reading = r.id AND a.batch = r.batch)
    """
    assert answer(orphans, loaded) == (0, 0)


def test_what_hangs_on_a_grid_comes_with_its_rows(loaded: Path) -> None:
    sql = """
        SELECT count(*), count(a.id), count(*) FILTER (WHERE a.value = r.value)
        FROM readings r JOIN sensors s ON r.sensor = s.id
        LEFT JOIN alarms a ON a.reading = r.id
        WHERE r.value > s.base + 3
    """
    wanted, there, same = answer(sql, loaded)
    assert wanted == there == same == answer("SELECT count(*) FROM alarms", loaded)[0]


def test_now_is_the_end_of_the_readings_batch(loaded: Path) -> None:
    sql = """
        SELECT count(*) FILTER (WHERE abs(old - (epoch(TIMESTAMP '2026-06-30') + 86400 * batch
                                                 - epoch(read_at)) / 3600) > 1e-6),
               min(old), (SELECT count(*) FROM alarms a JOIN readings r ON a.reading = r.id
                          WHERE a.sent < r.read_at
                          OR epoch(a.sent) >= epoch(TIMESTAMP '2026-06-30') + 86400 * a.batch)
        FROM readings
    """
    wrong, least, late = answer(sql, loaded)
    assert (wrong, late) == (0, 0) and least > 0


def test_the_drift_goes_on_over_the_batches(loaded: Path) -> None:
    found = fetched(
        """SELECT (epoch(r.read_at) - epoch(TIMESTAMP '2026-06-25')) / 86400 AS days,
                  r.value - s.base AS above FROM readings r JOIN sensors s ON r.sensor = s.id""",
        loaded,
    )
    slope, start = np.polyfit(found["days"], found["above"], 1)
    assert abs(slope - 1) < 0.1 and abs(start) < 0.5


def test_a_batch_is_the_same_whenever_and_in_whatever_blocks_it_is_made() -> None:
    script = module(plant())
    script.BATCH = 2
    roots = script.new_rows("readings")
    assert list(roots) == list(range(10))
    whole = script.readings(np.arange(len(roots)))
    parts = [script.readings(np.array([n])) for n in roots]
    assert whole.equals(pl.concat(parts))


def test_batch_0_is_what_overwriting_gives_but_for_its_keys(tmp_path: Path) -> None:
    tree = plant()
    out = run_script(compiled(tree).files, tmp_path / "append")
    once = tree | {"output": {}}
    once["tables"] = {
        name: {key: value for key, value in one.items() if key != "batch_rows"}
        for name, one in tree["tables"].items()
    }
    plain = run_script(compiled(once).files, tmp_path / "plain")
    sql = "SELECT sensor, read_at, old FROM readings ORDER BY sensor, read_at"
    first, second = fetched(sql, out), fetched(sql, plain)
    assert all((first[key] == second[key]).all() for key in first)


def test_a_grid_in_delta(tmp_path: Path) -> None:
    files = compiled(plant(format="delta")).files
    for batch in (0, 2, 1, 2):
        out = run_script(files, tmp_path, "--batch", str(batch))
    frame = deltalake.DeltaTable(out / "readings").to_pyarrow_table()
    assert len(set(frame["id"].to_pylist())) == len(frame)
    assert sorted(set(frame["batch"].to_pylist())) == [0, 1, 2]


def tanks() -> Tree:
    """Tanks whose level and stage go along with their readings, batch by batch."""
    columns: Tree = {
        "tank": {"kind": "ref", "table": "tanks"},
        "at": {"kind": "tick"},
        "flow": {"kind": "normal", "mean": 0, "sd": 8, "decimals": 2},
        "level": {
            "kind": "running",
            "change": "flow",
            "start": "tank.size",
            "floor": 0,
        },
        "wear": {
            "kind": "progression",
            "states": ["new", "used", "old"],
            "chance": 0.1,
        },
    }
    size = {"kind": "normal", "mean": 20, "sd": 5, "decimals": 2, "min": 1}
    return spec(
        {"output": {"mode": "append"}, "window": {"end": "2026-06-30", "days": 5}},
        tanks={**table(30, size=size), "batch_rows": 4},
        readings=table({"per": "tanks", "every": "3h"}, **columns),
    )


def test_balances_and_stages_go_on_over_the_batches(tmp_path: Path) -> None:
    files = compiled(tanks()).files
    for batch in (2, 0, 3, 1):
        run_script(files, tmp_path, "--batch", str(batch))
    sql = """
        WITH moves AS (
            SELECT level, r.batch AS batch, array_position(['new', 'used', 'old'], wear) AS stage,
                   size + sum(flow) OVER line AS ledger,
                   array_position(['new', 'used', 'old'], lag(wear) OVER line) AS before
            FROM readings r JOIN tanks t ON r.tank = t.id
            WINDOW line AS (PARTITION BY r.tank ORDER BY r.at)
        )
        SELECT max(abs(level - ledger)), min(level), count(*) FILTER (WHERE batch = 3),
               min(stage - before), max(stage - before)
        FROM moves
    """
    off, least, last, *steps = answer(sql, tmp_path / "out")
    assert off < 1e-9
    assert least == 0
    assert last == 8 * (30 + 3 * 4)
    assert steps == [0, 1]


def test_a_balance_is_what_it_was_in_its_own_batch() -> None:
    frames = []
    for batch in (1, 3):
        script = module(tanks())
        script.BATCH = 1
        rows = script.readings_rows(np.arange(30))
        script.BATCH = batch
        script.rows_after.cache_clear()
        frames.append([script.readings_level(rows), script.readings_wear(rows)])
    assert all(one.equals(other) for one, other in zip(*frames, strict=True))


def test_a_hidden_change_has_no_function_that_nothing_calls() -> None:
    tree = tanks()
    tree["tables"]["readings"]["columns"]["flow"]["hidden"] = True
    assert not hasattr(module(tree), "readings_flow")
    spill = {"kind": "expr", "expr": "flow < -9"}
    tree["tables"]["readings"]["columns"]["spill"] = spill
    assert module(tree).readings_flow(np.arange(9)).dtype == pl.Float64
