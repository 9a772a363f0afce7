"""Append mode: refs into grids of time, whose rows are not numbered in the order they come in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.support import Tree, answer, compiled, fetched, module, run_script, table
from tests.support.plant import BATCHES, plant


def notes() -> Tree:
    """The plant, and notes about readings and alarms that are none of their children.

    Readings and alarms point at earlier ones, too.
    """
    tree = plant()
    state = {"kind": "choice", "weights": {"ok": 0.8, "hot": 0.2}}
    tree["tables"]["readings"]["columns"]["state"] = state
    weights = {"state": {"ok": 1, "hot": 6}}
    before = {"kind": "ref", "table": "readings", "skew": False, "weights": weights}
    tree["tables"]["readings"]["columns"]["before"] = before
    tree["tables"]["alarms"]["columns"]["like"] = {"kind": "ref", "table": "alarms"}
    tree["tables"]["notes"] = {
        **table(
            4_000,
            reading={"kind": "ref", "table": "readings", "skew": False},
            hot={
                **{"kind": "ref", "table": "readings", "skew": False},
                "weights": weights,
            },
            alarm={"kind": "ref", "table": "alarms"},
            read_at={"kind": "lookup", "path": "reading.read_at"},
            state={"kind": "lookup", "path": "hot.state"},
            before={"kind": "lookup", "path": "reading.before"},
            like={"kind": "lookup", "path": "alarm.like"},
        ),
        "batch_rows": 2_000,
    }
    return tree


def test_refs_reach_the_rows_of_all_batches_so_far(tmp_path: Path) -> None:
    files = compiled(notes()).files
    for batch in range(BATCHES):
        run_script(files, tmp_path, "--batch", str(batch))
    place = tmp_path / "out"
    orphans = """
        SELECT count(*) - count(r.id), count(*) - count(h.id), count(*) - count(a.id),
               count(*) FILTER (WHERE r.batch > n.batch OR h.batch > n.batch OR a.batch > n.batch),
               count(*) FILTER (WHERE n.read_at <> r.read_at OR n.state <> h.state)
        FROM notes n LEFT JOIN readings r ON n.reading = r.id LEFT JOIN readings h ON n.hot = h.id
        LEFT JOIN alarms a ON n.alarm = a.id
    """
    assert answer(orphans, place) == (0, 0, 0, 0, 0)
    # Evenly among the readings so far: as many of each batch as it has of them.
    shares = fetched(
        f"""
        SELECT r.batch AS batch, count(*) AS found, max(s.rows) AS rows
        FROM notes n JOIN readings r ON n.reading = r.id
        JOIN (SELECT batch, count(*) AS rows FROM readings GROUP BY 1) s ON s.batch = r.batch
        WHERE n.batch = {BATCHES - 1} GROUP BY 1 ORDER BY 1
        """,
        place,
    )
    assert shares["batch"].tolist() == list(range(BATCHES))
    expected = 2_000 * shares["rows"] / shares["rows"].sum()
    assert (abs(shares["found"] - expected) < 5 * np.sqrt(expected)).all()
    (hot,) = answer("SELECT avg((state = 'hot')::INT) FROM notes", place)
    (share,) = answer("SELECT avg((state = 'hot')::INT) FROM readings", place)
    wanted = 6 * share / (6 * share + 1 - share)
    assert hot == pytest.approx(wanted, abs=0.03)


def test_keys_of_a_grid_are_doubled_by_those_so_far(tmp_path: Path) -> None:
    rates = {"duplicate_key_rate": 0.05, "orphan_ref_rate": 0.02, "outlier_rate": 0.02}
    files = compiled({**notes(), "bad_data": rates}).files
    for batch in range(BATCHES):
        run_script(files, tmp_path, "--batch", str(batch))
    sql = """
        SELECT count(*) - count(DISTINCT id),
               (SELECT count(*) FROM _bad_data WHERE table_name = 'readings'
                AND fault = 'duplicate_key'),
               count(*) * 0.05
        FROM readings
    """
    doubled, listed, expected = answer(sql, tmp_path / "out")
    assert doubled == listed
    assert abs(doubled - expected) < 5 * np.sqrt(expected)
    run_script(files, tmp_path, "--check")


def test_a_ref_into_a_grid_does_not_change_with_later_batches() -> None:
    """What another table reads of a note later is what it was."""
    frames = []
    for batch in (1, 3):
        script = module(notes())
        script.BATCH = batch
        rows = np.arange(*script.rows_after("notes")[[0, 1]])
        frames.append(script.notes(rows))
    assert frames[0].equals(frames[1])


def test_refs_to_own_rows_reach_all_that_came_before(tmp_path: Path) -> None:
    files = compiled(notes()).files
    for batch in range(BATCHES):
        run_script(files, tmp_path, "--batch", str(batch))
    place = tmp_path / "out"
    for name, ref in (("readings", "before"), ("alarms", "like")):
        later = f"""
            SELECT count(*) - count(o.{ref}), count(o.{ref}) - count(t.id),
                   count(*) FILTER (WHERE t.batch > o.batch OR t.batch = o.batch AND t.id >= o.id),
                   count(*) FILTER (WHERE t.batch < o.batch),
                   count(*) FILTER (WHERE t.batch = o.batch), count(*) FILTER (WHERE t.id > o.id)
            FROM {name} o LEFT JOIN {name} t ON o.{ref} = t.id
        """
        first, orphans, wrong, old, own, higher = answer(later, place)
        assert (first, orphans, wrong) == (1, 0, 0)
        # Of parents further on, too, in earlier batches.
        assert min(old, own, higher) > 0
    sql = f"""
        SELECT o.batch, avg((t.state = 'hot')::INT), avg((t.batch < o.batch)::INT)
        FROM readings o JOIN readings t ON o.before = t.id
        WHERE o.batch = {BATCHES - 1} GROUP BY 1
    """
    _, hot, old = answer(sql, place)
    (share,) = answer("SELECT avg((state = 'hot')::INT) FROM readings", place)
    assert hot == pytest.approx(6 * share / (6 * share + 1 - share), abs=0.08)
    sizes = fetched(
        "SELECT count(*) AS n FROM readings GROUP BY batch ORDER BY batch", place
    )
    before, last = sizes["n"][:-1].sum(), sizes["n"][-1]
    # A row of the last batch has on average half of its own batch before it.
    expected = np.mean(before / (before + np.arange(last)))
    assert old == pytest.approx(expected, abs=5 * np.sqrt(0.25 / last))
