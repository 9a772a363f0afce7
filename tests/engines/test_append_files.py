"""Append mode: the files of a batch, and what is left when a run dies."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from deltalake import DeltaTable

from tests.support import (
    Script,
    answer,
    compiled,
    fetched,
    inside,
    module,
    spec,
    start_script,
    table,
    tree_of,
)
from tests.support.attacks import quick
from tests.support.batches import GROWING, load, run, shop


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("shop"))


@pytest.mark.parametrize("format", ["csv", "json"])
def test_other_formats_hold_the_same(format: str, loaded: Path, tmp_path: Path) -> None:
    for batch in range(6):
        run(shop(format=format), tmp_path, batch)
    for name in GROWING:
        sql = f"SELECT count(*), max(batch), count(DISTINCT batch) FROM {name}"
        assert answer(sql, tmp_path, format) == answer(sql, loaded)
    sql = "SELECT key, tier, batch, customer FROM orders ORDER BY 1"
    found, wanted = fetched(sql, tmp_path, format), fetched(sql, loaded)
    assert all(found[name].tolist() == wanted[name].tolist() for name in wanted)


def test_delta_holds_the_same_a_partition_a_batch(loaded: Path, tmp_path: Path) -> None:
    tree = shop(format="delta")
    for batch in (0, 2, 1, 4, 3, 5, 3):
        run(tree, tmp_path, batch)
    for name in (*GROWING, "products"):
        delta = DeltaTable(tmp_path / name)
        assert delta.metadata().partition_columns == ["batch"]
        found = pl.DataFrame(delta.to_pyarrow_table())
        wanted = pl.read_parquet(loaded / name / "*/*.parquet", hive_partitioning=True)
        key = wanted.columns[0]
        same = wanted.columns
        found = found.select(same).with_columns(pl.col("batch").cast(pl.Int64))
        assert found.sort(key).equals(wanted.sort(key)), name
    # The first run creates the table: batches made at once agree on it.
    assert len(DeltaTable(tmp_path / "orders").history()) == 1 + 7
    assert len(DeltaTable(tmp_path / "products").history()) == 1 + 1
    old = DeltaTable(tmp_path / "orders", version=2).to_pyarrow_table()
    assert set(old["batch"].to_pylist()) == {0, 2}


@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_a_batch_that_adds_nothing_any_more_leaves_nothing(
    format: str, tmp_path: Path
) -> None:
    tree = shop(format=format)
    for batch in (0, 1, 2):
        run(tree, tmp_path, batch)
    del tree["tables"]["customers"]["batch_rows"]
    tree["tables"]["lines"]["rows"] = {"per": "orders", "mean": 0.0001, "max": 2}
    run(tree, tmp_path, 1)
    if format == "delta":
        left = DeltaTable(tmp_path / "customers").to_pyarrow_table()["batch"]
        assert set(left.to_pylist()) == {0, 2}
        left = DeltaTable(tmp_path / "lines").to_pyarrow_table()["batch"]
        assert set(left.to_pylist()) == {0, 2}
    else:
        for name in ("customers", "lines"):
            left = sorted(part.name for part in (tmp_path / name).iterdir())
            assert left == ["batch=0", "batch=2"]
    assert not [part for part in tmp_path.iterdir() if part.name.startswith(".")]


class Died(Exception):
    """Stands for whatever ends a run half way."""


@pytest.mark.parametrize("blocks", [0, 1, 11, 15])
def test_a_batch_that_dies_leaves_the_others_whole(
    blocks: int, loaded: Path, tmp_path: Path
) -> None:
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    before = tree_of(tmp_path)
    script = dying(blocks)
    with pytest.raises(Died):
        inside(script, ["--output", str(tmp_path), "--batch", "4", "--seed", "7"])
    after = tree_of(tmp_path)
    assert {k: v for k, v in after.items() if "/batch=4/" not in k} == {
        k: v for k, v in before.items() if "/batch=4/" not in k
    }
    run(shop(), tmp_path, 4)
    assert tree_of(tmp_path) == before


def dying(blocks: int) -> Script:
    script = module(shop())
    script.BLOCK = 4
    write, left = script.write_block, iter(range(blocks))

    def write_some(*args: Any) -> None:
        if next(left, None) is None:
            raise Died
        write(*args)

    script.write_block = write_some
    return script


@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_a_killed_batch_leaves_the_others(format: str, tmp_path: Path) -> None:
    things = table(20_000, v={"kind": "gamma", "shape": 2, "scale": 1})
    things["batch_rows"] = 100
    tree = spec({"output": {"mode": "append", "format": format}}, things=things)
    run(tree, tmp_path / "out", 0)
    run(tree, tmp_path / "out", 1)
    before = rows_by_batch(tmp_path / "out" / "things", format)
    running = start_script(
        compiled(tree).files, tmp_path, *("--output", "out", "--batch", "1"), *SLOW
    )
    written = {"parquet": ".things.batch=1.*.staging/*", "delta": "things/batch=1/*"}[
        format
    ]
    for _ in range(600):
        if len(list((tmp_path / "out").glob(written))) >= 2:
            break
        assert running.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert rows_by_batch(tmp_path / "out" / "things", format) == before
    run(quick(compiled(tree).files), tmp_path / "out", 1)
    assert rows_by_batch(tmp_path / "out" / "things", format) == before


SLOW = ("--scale", "300000")


def rows_by_batch(folder: Path, format: str) -> list[tuple[Any, ...]]:
    if format == "delta":
        frame = pl.DataFrame(DeltaTable(folder).to_pyarrow_table())
    else:
        frame = pl.read_parquet(folder / "*/*.parquet", hive_partitioning=True)
    counts = frame.group_by("batch").agg(pl.len(), pl.col("v").sum().round(6))
    return counts.sort("batch").rows()


@pytest.mark.parametrize(
    ("first", "then"),
    [("parquet", "delta"), ("delta", "parquet"), ("overwrite", "parquet")],
)
def test_what_is_no_batch_of_ours_is_left_alone(
    first: str, then: str, tmp_path: Path
) -> None:
    tree = shop(format=first) if first != "overwrite" else {**shop(), "output": {}}
    inside(module(tree), ["--output", str(tmp_path)])
    before = tree_of(tmp_path)
    running = start_script(
        compiled(shop(format=then)).files, tmp_path / "run", "--output", str(tmp_path)
    )
    _, told = running.communicate(timeout=60)
    assert running.returncode == 2
    assert "move it away" in told
    found = tree_of(tmp_path)
    assert {name: found.get(name) for name in before} == before


def test_a_run_tells_what_a_batch_added(tmp_path: Path) -> None:
    running = start_script(compiled(shop()).files, tmp_path, "--batch", "1")
    out, _ = running.communicate(timeout=60)
    lines: Sequence[str] = out.splitlines()
    rows = {parts[1]: parts[3] for line in lines if len(parts := line.split()) > 4}
    assert rows["products"] == "0"
    assert rows["customers"] == "40"


@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_each_batch_has_its_faults_in_the_answer_key(
    format: str, tmp_path: Path
) -> None:
    rates = {"null_rate": 0.05, "duplicate_key_rate": 0.02, "orphan_ref_rate": 0.05}
    tree = {**shop(format=format), "bad_data": rates}
    for batch in (0, 2, 1, 2):
        run(tree, tmp_path, batch)
    frames = {
        name: (
            pl.DataFrame(DeltaTable(tmp_path / name).to_pyarrow_table())
            if format == "delta"
            else pl.read_parquet(
                tmp_path / name / "*/*.parquet", hive_partitioning=True
            )
        )
        for name in ("orders", "_bad_data")
    }
    nulls = frames["orders"].filter(pl.col("tier").is_null())
    listed = frames["_bad_data"].filter(
        (pl.col("table_name") == "orders") & (pl.col("column_name") == "tier")
    )
    for batch in range(3):
        told = listed.filter(pl.col("batch") == batch)
        assert set(told["fault"]) <= {"null"}
        found = nulls.filter(pl.col("batch") == batch)
        assert sorted(told["row_key"]) == sorted(found["key"])
    assert listed.filter(pl.col("batch") == 0).height > 100
