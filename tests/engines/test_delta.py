"""Tables of the Delta format: one commit a table, read back by others than what wrote them."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from tests.support import (
    Script,
    compiled,
    inside,
    module,
    run_script,
    spec,
    start_script,
    table,
    whole,
)
from tests.support.attacks import quick
from tests.support.examples import everything, small


def delta(tree: Any) -> Any:
    return {**tree, "output": {"format": "delta"}}


def in_blocks() -> Script:
    script = module(delta(small()))
    script.BLOCK = 64
    return script


def read_delta(folder: Path, version: int | None = None) -> pl.DataFrame:
    """A version's rows by the first column (they have no order), without deltalake's reader."""
    frame = pl.read_parquet(DeltaTable(folder, version=version).file_uris())
    return frame.sort(frame.columns[0])


def test_a_delta_table_holds_what_was_built(tmp_path: Path) -> None:
    tree = delta(everything())
    script = module(tree)
    script.BLOCK = 256
    inside(script, ["--output", str(tmp_path)])
    for name in script.TABLES:
        built = whole(script, name).with_columns(pl.col(pl.Enum).cast(pl.String))
        assert read_delta(tmp_path / name).equals(built.sort(built.columns[0])), name
    sql = 'SELECT count(*), min("at"), max("at") FROM read_parquet(?)'
    files = DeltaTable(tmp_path / "orders").file_uris()
    at = whole(script, "orders")["at"]
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    assert connection.execute(sql, [files]).fetchone() == (2_000, at.min(), at.max())


def test_types_are_plain(tmp_path: Path) -> None:
    inside(in_blocks(), ["--output", str(tmp_path)])
    sales = DeltaTable(tmp_path / "sales")
    types = {field.name: field.type.type for field in sales.schema().fields}
    wanted = {"id": "long", "shop": "long", "at": "timestamp", "day": "date"}
    wanted |= {"amount": "double", "count": "long", "kind": "string", "gift": "boolean"}
    assert types == wanted
    assert not sales.protocol().reader_features, "timestampNtz, say"


@pytest.mark.parametrize("name", ["zstd", "snappy", "none"])
def test_files_are_compressed_as_told(name: str, tmp_path: Path) -> None:
    tree = {**small(), "output": {"format": "delta", "compression": name}}
    inside(module(tree), ["--output", str(tmp_path)])
    files = DeltaTable(tmp_path / "sales").file_uris()
    sql = "SELECT DISTINCT compression FROM parquet_metadata(?)"
    found = duckdb.connect().execute(sql, [files]).fetchall()
    assert found == [("UNCOMPRESSED" if name == "none" else name.upper(),)]


def test_a_run_is_a_version_and_the_earlier_ones_stay(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        inside(in_blocks(), ["--output", str(tmp_path), "--seed", seed])
    changed = delta(small())
    changed["tables"]["sales"]["columns"]["gift"] = {"kind": "constant", "value": "no"}
    changed["tables"]["sales"]["columns"]["more"] = {"kind": "bool", "chance": 0.5}
    inside(module(changed), ["--output", str(tmp_path)])
    sales = tmp_path / "sales"
    history = DeltaTable(sales).history()
    assert [one["operation"] for one in history] == ["WRITE"] * 3, "a commit a run"
    first, second, third = (read_delta(sales, version) for version in range(3))
    assert len(first) == len(second) == len(third) == 1_000
    assert not first["amount"].equals(second["amount"])
    assert third["gift"].unique().to_list() == ["no"]
    assert "more" in third.columns


class Died(Exception):
    """Stands for whatever ends a run half way."""


def dying(blocks: int) -> Script:
    """A script that dies when it has built so many blocks of its last table."""
    script = in_blocks()
    build = script.TABLES["sales"].build
    left = iter(range(blocks))

    def build_some(row: np.ndarray) -> pl.DataFrame:
        if next(left, None) is None:
            raise Died
        return build(row)

    script.TABLES["sales"] = script.TABLES["sales"]._replace(build=build_some)
    return script


@pytest.mark.parametrize("blocks", [0, 1, 7, 15])
@pytest.mark.parametrize("workers", ["1", "4"])
def test_a_run_that_dies_leaves_the_version_before(
    blocks: int, workers: str, tmp_path: Path
) -> None:
    options = ["--output", str(tmp_path), "--workers", workers]
    died = (Died, DeltaError)  # in a block that the writer waits for
    for _ in range(2):  # first over nothing at all
        with pytest.raises(died):
            inside(dying(blocks), [*options, "--seed", "7"])
    assert not DeltaTable.is_deltatable(str(tmp_path / "sales"))
    inside(in_blocks(), options)
    before = read_delta(tmp_path / "sales")
    with pytest.raises(died):
        inside(dying(blocks), [*options, "--seed", "7"])
    assert read_delta(tmp_path / "sales").equals(before)
    assert DeltaTable(tmp_path / "sales").version() == 0


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_leaves_the_version_before(
    ending: signal.Signals, tmp_path: Path
) -> None:
    things = table(50_000, v={"kind": "gamma", "shape": 2, "scale": 1})
    files = quick(compiled(delta(spec(things=things))).files)
    folder = run_script(files, tmp_path) / "things"
    before = read_delta(folder)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # shells may ignore it
    running = start_script(files, tmp_path, "--output", "out", "--scale", "2000")
    for _ in range(600):
        if len(list(folder.glob("part-*"))) > 1:
            break
        assert running.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    running.send_signal(ending)
    _, told = running.communicate(timeout=20)
    assert running.returncode == (130 if ending == signal.SIGINT else -ending)
    assert "Traceback" not in told
    assert read_delta(folder).equals(before)
    run_script(files, tmp_path)
    assert DeltaTable(folder).version() == 1
    assert read_delta(folder).equals(before)


def test_a_folder_that_is_no_delta_table_is_left_alone(tmp_path: Path) -> None:
    inside(module(small()), ["--output", str(tmp_path)])  # parquet files
    files = compiled(delta(small())).files
    running = start_script(files, tmp_path, "--output", str(tmp_path))
    _, told = running.communicate(timeout=60)
    assert running.returncode == 2
    assert "part-00000.parquet is not part of the table: move it away" in told
    assert not (tmp_path / "shops" / "_delta_log").exists()


def test_a_place_that_cannot_be_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    files = compiled(delta(small())).files
    running = start_script(files, tmp_path, "--output", "file")
    _, told = running.communicate(timeout=60)
    assert running.returncode == 2
    assert "Traceback" not in told
    assert "nothing more was written" in told


def test_a_delta_table_is_not_replaced_by_files(tmp_path: Path) -> None:
    inside(in_blocks(), ["--output", str(tmp_path)])
    with pytest.raises(FileExistsError, match="shops/_delta_log is not part"):
        inside(module(small()), ["--output", str(tmp_path)])
    assert DeltaTable(tmp_path / "sales").version() == 0


def test_a_table_without_rows_is_a_table(tmp_path: Path) -> None:
    tree = spec(
        orders=table(3),
        lines=table(
            {"per": "orders", "mean": 0.001, "max": 2},
            order={"kind": "ref", "table": "orders"},
        ),
    )
    inside(module(delta(tree)), ["--output", str(tmp_path)])
    assert DeltaTable(tmp_path / "lines").to_pyarrow_table().num_rows == 0


def test_an_only_table_leaves_others(tmp_path: Path) -> None:
    inside(in_blocks(), ["--output", str(tmp_path)])
    shutil.rmtree(tmp_path / "shops")
    inside(in_blocks(), ["--output", str(tmp_path), "--only", "sales"])
    assert [part.name for part in tmp_path.iterdir()] == ["sales"]
    assert DeltaTable(tmp_path / "sales").version() == 1
