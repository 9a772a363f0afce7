"""Spark never leaves half a table; what went wrong is told, and found by `--check`."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from compiler.pipeline import compile_spec
from tests.support import module, query, run_script, start_script, tree_of, whole
from tests.support.attacks import quick
from tests.support.hotel import hotel
from tests.support.parity import script_of
from tests.support.spark_checks import checked
from tests.support.spark_shop import edited, shop
from tests.support.stories import AS_OF

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]


# ------------------------------------------------------------------------ a run that fails


def test_a_script_killed_in_mid_write_leaves_the_table_as_it_was(
    tmp_path: Path, sail_address: str
) -> None:
    files = quick(shop("parquet"))
    out = run_script(files, tmp_path, SPARK_REMOTE=sail_address)
    before = tree_of(out / "orders")
    # It dawdles when the files are written, before they take the table's place.
    there = "            if not any(staging.iterdir()):\n"
    slow = edited(files, there, f"            time.sleep(90)\n{there}")
    options = ("--output", "out", "--only", "orders", "--seed", "7")
    run = start_script(slow, tmp_path, *options, SPARK_REMOTE=sail_address)
    until = time.monotonic() + 60
    while not any(out.glob(".orders.*.staging/*")):
        assert time.monotonic() < until, "it never began to write"
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert tree_of(out / "orders") == before
    # What it has staged is in nobody's way; its lock is taken over.
    shutil.rmtree(out / "orders")
    again = run_script(files, tmp_path, "--only", "orders", SPARK_REMOTE=sail_address)
    assert query("SELECT count(*) FROM orders", again).fetchone() == (20_000,)
    assert not list(out.glob(".*"))


def test_a_folder_with_other_files_is_left_alone(
    tmp_path: Path, sail_address: str
) -> None:
    theirs = tmp_path / "out" / "orders" / "notes.txt"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("mine")
    run = start_script(
        shop("parquet"), tmp_path, "--output", "out", SPARK_REMOTE=sail_address
    )
    _, told = run.communicate(timeout=300)
    assert run.returncode == 2
    assert "notes.txt is not part of the table" in told
    assert "Traceback" not in told
    assert theirs.read_text() == "mine"


def test_what_a_builder_says_as_it_stops_is_told(
    tmp_path: Path, sail_address: str
) -> None:
    stops = edited(
        shop("parquet"),
        "def orders(row: np.ndarray) -> pl.DataFrame:\n",
        "def orders(row: np.ndarray) -> pl.DataFrame:\n"
        "    if len(row):\n        sys.exit('No such customer')\n",
    )
    run = start_script(stops, tmp_path, "--output", "out", SPARK_REMOTE=sail_address)
    _, told = run.communicate(timeout=300)
    assert run.returncode == 2
    assert "No such customer" in told
    assert not (tmp_path / "out" / "orders").exists()


WITHOUT = """
import runpy, sys
sys.modules[{module!r}] = None
sys.argv = ["generate_data.py"]
runpy.run_path("generate_data.py", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("pyspark", "error: import of pyspark halted"),
        ("databricks", "error: no Spark session"),
    ],
)
def test_without_a_spark_it_says_what_to_install(
    module: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    (tmp_path / "generate_data.py").write_text(shop("parquet")["generate_data.py"])
    code = WITHOUT.format(module=module)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(reason)
    assert "pip install 'databricks-connect==17.3.*'" in done.stderr
    assert "Traceback" not in done.stderr


# ------------------------------------------------------------------------ --check


@pytest.mark.parametrize("format", ["parquet", "csv", "json", "delta"])
def test_the_check_holds_and_finds_what_is_lost(
    format: str, tmp_path: Path, sail_address: str
) -> None:
    files = shop(format, "append")
    for batch in ("0", "1"):
        run_script(files, tmp_path, "--batch", batch, SPARK_REMOTE=sail_address)
    assert checked(files, tmp_path, sail_address) == (0, [])
    assert checked(files, tmp_path, sail_address, "--only", "orders") == (0, [])
    shutil.rmtree(tmp_path / "out" / "customers")
    status, wrong = checked(files, tmp_path, sail_address)
    assert status == 1
    assert [line for line in wrong if "customers" in line and "missing" in line]


def test_the_check_counts_orphans_and_rows(tmp_path: Path, spark_address: str) -> None:
    files = script_of("support", "spark")
    options = ("--as-of", AS_OF)
    out = run_script(files, tmp_path, *options, SPARK_REMOTE=spark_address)
    assert checked(files, tmp_path, spark_address, *options) == (0, [])
    parts = sorted((out / "contacts").glob("part-*.parquet"))
    parts[0].unlink()
    status, wrong = checked(files, tmp_path, spark_address, *options)
    assert status == 1
    assert [line for line in wrong if "contact_id not in contacts" in line]


@pytest.mark.parametrize("server", ["sail_address", "spark_address"])
@pytest.mark.parametrize("format", ["parquet", "csv", "json"])
def test_the_check_names_what_is_damaged(
    format: str, server: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue(server)
    tree = hotel({"output": {"format": format}})
    files = compile_spec("example.json", json.dumps(tree), "spark", format).files
    out = run_script(files, tmp_path, SPARK_REMOTE=address)
    assert checked(files, tmp_path, address) == (0, [])
    frame = whole(module(tree), "guests").with_columns(pl.col(pl.Enum).cast(pl.String))
    tier = pl.when(pl.int_range(pl.len()) > 0).then("tier").otherwise(pl.lit("free"))
    frame = frame.with_columns(tier, note=pl.lit(1)).drop("score")
    shutil.rmtree(out / "guests")
    (out / "guests").mkdir()
    module(tree).write_block(frame, out / "guests" / f"part-00000.{format}")
    (out / "readings" / "part-99999.parquet").write_bytes(b"?\n" * 9)
    status, wrong = checked(files, tmp_path, address)
    assert status == 1
    said = [[cell.strip() for cell in line.split("│")[1:3]] for line in wrong]
    assert ["guests", "columns"] in said
    assert ["guests", "tier of no category"] in said
    assert ["stays", "tier other than guest.tier"] in said
    assert {table for table, _ in said} == {"guests", "stays", "readings"}
