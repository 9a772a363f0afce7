"""The law: a cell is a pure function of (seed, table, column, row), and of nothing else."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow
import pyarrow.parquet
import pytest

from tests.support import (
    Script,
    built,
    compiled,
    inside,
    module,
    rows_of,
    run_script,
    seconds,
    spec,
    table,
    tree_of,
    values,
    whole,
)
from tests.support.distributions import assert_independent, bands
from tests.support.examples import TIERS, everything


@pytest.fixture(scope="module")
def frames() -> dict[str, pl.DataFrame]:
    script = module(everything())
    return {name: whole(script, name) for name in script.TABLES}


def written(script: Script, folder: Path, *options: str) -> dict[str, Any]:
    """What a run writes: the rows of each table in the order of its files."""
    inside(script, ["--output", str(folder), *options])
    return {
        part.name: pyarrow.concat_tables(
            pyarrow.parquet.read_table(file) for file in sorted(part.iterdir())
        )
        for part in sorted(folder.iterdir())
    }


def assert_same(script: Script, frames: dict[str, pl.DataFrame]) -> None:
    """Every cell of the frames is in the script's tables too."""
    for name, frame in frames.items():
        again = whole(script, name).select(frame.columns)
        for column in frame.columns:
            assert again[column].equals(frame[column]), f"{name}.{column}"


FEW = {
    1: {"customers": 12, "orders": 12, "returns": 9, "claims": 9},
    64: {"customers": 150, "orders": 200, "returns": 150, "claims": 150},
}
"""Rows by the rows of a file: where files are small, few make several of them."""


@pytest.mark.parametrize(
    ("block", "chunk", "workers"),
    [(1, 1, 1), (64, 9, 1), (97, 97, 4), (1 << 18, 50, 3)],
)
def test_blocks_chunks_and_workers_change_nothing(
    block: int, chunk: int, workers: int, tmp_path: Path
) -> None:
    usual, other = module(everything()), module(everything())
    for script in (usual, other):
        script.ROWS.update(FEW.get(block, {}))
    other.BLOCK, other.CHUNK = block, chunk
    wanted = written(usual, tmp_path / "usual", "--workers", "1")
    found = written(other, tmp_path / "other", "--workers", str(workers))
    for name, rows in wanted.items():
        assert found[name].equals(rows), name
    files = len(list((tmp_path / "other" / "customers").iterdir()))
    assert files == -(-usual.ROWS["customers"] // block)


def test_each_row_is_the_same_alone(frames: dict[str, pl.DataFrame]) -> None:
    script = module(everything())
    for name, frame in frames.items():
        root = script.TABLES[name][1]
        count = min(script.ROWS[root], 40)
        alone = pl.concat(
            rows_of(script, name, np.array([row])) for row in range(count)
        )
        assert alone.equals(frame.head(len(alone))), name


def test_rows_come_in_any_order(frames: dict[str, pl.DataFrame]) -> None:
    script = module(everything())
    for name in ("customers", "orders", "returns", "claims"):
        rows = np.random.default_rng(1).permutation(script.ROWS[name])
        assert rows_of(script, name, rows).equals(frames[name][rows]), name


def test_no_rows_are_a_frame_of_the_same_columns(
    frames: dict[str, pl.DataFrame],
) -> None:
    script = module(everything())
    for name, frame in frames.items():
        assert rows_of(script, name, np.arange(0)).schema == frame.schema, name


def test_another_column_changes_no_other(frames: dict[str, pl.DataFrame]) -> None:
    tree = everything()
    for part in tree["tables"].values():
        more = {"kind": "normal", "mean": 0, "sd": 1, "null_rate": 0.5}
        part["columns"] = {"aaa": more, **part["columns"], "zzz": {**more, "mean": 9}}
        part["columns"]["locale"] = {"kind": "choice", "weights": TIERS}
    assert_same(module(tree), frames)


def test_another_table_and_calendar_change_no_other(
    frames: dict[str, pl.DataFrame],
) -> None:
    tree = everything()
    more = table(90, customer={"kind": "ref", "table": "customers"})
    tree["tables"] = {"aaa": more, **tree["tables"], "zzz": table(5)}
    tree["calendars"]["other"] = {"weekend": 0.1}
    assert_same(module(tree), frames)


def test_a_column_that_others_come_to_read_stays_as_it_was(
    frames: dict[str, pl.DataFrame],
) -> None:
    tree = everything()
    reading = {
        name: {"kind": "lookup", "path": f"order.{name}"}
        for name in ("amount", "fee", "text", "sent", "gift", "far", "currency", "base")
    }
    tree["tables"]["reviews"] = table(
        300, order={"kind": "ref", "table": "orders"}, **reading
    )
    script = module(tree)
    assert_same(script, frames)
    orders = whole(script, "orders")
    place = {key: row for row, key in enumerate(orders["id"])}
    reviews = whole(script, "reviews")
    rows = [place[key] for key in reviews["order"]]
    for name in reading.keys() - {"base"}:
        assert reviews[name].to_list() == orders[name].gather(rows).to_list(), name


def test_columns_in_time_are_the_same_whoever_reads_them(
    frames: dict[str, pl.DataFrame],
) -> None:
    """Read by nobody, they are made in their table's own function; else in one of theirs."""
    tree = everything()
    for reader in ("alerts", "calls", "claims"):
        del tree["tables"][reader]
    kept = {name: frames[name] for name in ("payments", "readings")}
    assert_same(module(tree), kept)


def test_the_order_of_tables_and_columns_does_not_matter(
    frames: dict[str, pl.DataFrame],
) -> None:
    tree = everything()
    tables = dict(reversed(tree["tables"].items()))
    for part in tables.values():
        part["columns"] = dict(reversed(part["columns"].items()))
    assert_same(module({**tree, "tables": tables}), frames)


def test_a_hidden_column_is_as_it_would_be_if_written(
    frames: dict[str, pl.DataFrame],
) -> None:
    tree = everything()
    tree["tables"]["orders"]["columns"]["base"]["hidden"] = False
    tree["tables"]["customers"]["columns"]["tier"]["hidden"] = True
    kept = {**frames, "customers": frames["customers"].drop("tier")}
    assert_same(module(tree), kept)


def test_just_one_table_is_written_as_with_all_others(tmp_path: Path) -> None:
    usual = written(module(everything()), tmp_path / "all")
    for name, rows in usual.items():
        only = written(module(everything()), tmp_path / name, "--only", name)
        assert list(only) == [name]
        assert only[name].equals(rows)


def test_more_rows_leave_the_first_ones_as_they_were(tmp_path: Path) -> None:
    plain = spec(
        things=table(
            500,
            name={"kind": "faker", "provider": "name"},
            at={"kind": "timestamp"},
            tier={"kind": "choice", "weights": TIERS},
            parent={"kind": "ref", "table": "things"},
        )
    )
    usual = written(module(plain), tmp_path / "one")["things"]
    larger = written(module(plain), tmp_path / "three", "--scale", "3")["things"]
    assert len(larger) == 1_500
    assert larger.slice(0, 500).equals(usual)


def test_streams_differ_by_table_and_column() -> None:
    columns = {
        name: {"kind": "normal", "mean": 0, "sd": 1} for name in ("a", "b", "ab")
    }
    tree = spec(one=table(50_000, **columns), two=table(50_000, **columns))
    script = module(tree)
    drawn = [
        whole(script, name)[column].to_numpy()
        for name in ("one", "two")
        for column in columns
    ]
    for first, second in itertools.combinations(drawn, 2):
        assert np.isclose(first, second).mean() < 0.001
        assert_independent(bands(first), bands(second))


def test_neighbouring_rows_are_independent() -> None:
    value = built(
        spec(things=table(200_000, v={"kind": "uniform", "low": 0, "high": 1}))
    )["v"]
    band = bands(value.to_numpy(), 10)
    for lag in (1, 2, 7, 64, 1_024):
        assert_independent(band[lag:], band[:-lag])


def test_another_seed_gives_other_data_of_the_same_shape(
    frames: dict[str, pl.DataFrame],
) -> None:
    tree = {**everything(), "seed": 43}
    script = module(tree)
    for name, frame in frames.items():
        other = whole(script, name)
        assert other.schema == frame.schema
        fixed = {
            "key",
            "id",
            "order",
            "n",
            "sku",
            "price",
            "new",
            "currency",
            "line",
            "fee",
            "owner",
            "tick",
        }
        for column in set(frame.columns) - fixed:
            assert not other[column].equals(frame[column]), f"{name}.{column}"


def test_seeds_next_to_each_other_are_independent() -> None:
    drawn = []
    for seed in (1, 2, -1):
        things = table(
            50_000, v={"kind": "timestamp"}, c={"kind": "choice", "weights": TIERS}
        )
        frame = built(spec({"seed": seed}, things=things))
        drawn.append((bands(seconds(frame["v"])), values(frame["c"])))
    for (first, one), (second, two) in itertools.combinations(drawn, 2):
        assert_independent(first, second)
        assert_independent(one, two)


def test_python_s_hash_seed_plays_no_part(tmp_path: Path) -> None:
    files = compiled(everything()).files
    trees = [
        tree_of(run_script(files, tmp_path / seed, PYTHONHASHSEED=seed))
        for seed in ("0", "1")
    ]
    assert trees[0].keys() == trees[1].keys()
    assert trees[0] == trees[1]
