"""`--check` on Spark servers: a table that is not there, one that is damaged, or empty."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from tests.support import Script, Tree, compiled, module, run_script, spec, table, whole
from tests.support.spark_checks import checked
from tests.support.spark_shop import shop

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]

SERVERS = ("sail_address", "spark_address")


@pytest.fixture(params=SERVERS)
def address(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def data_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.name[0] not in "._")


@pytest.mark.parametrize("format", ["parquet", "csv", "json", "delta"])
def test_a_table_that_is_not_there_is_missing(
    format: str, tmp_path: Path, address: str, request: pytest.FixtureRequest
) -> None:
    if format == "delta" and "spark_address" in request.node.name:
        pytest.skip("plain Spark has no Delta")
    files = shop(format)
    out = run_script(files, tmp_path, SPARK_REMOTE=address)
    shutil.rmtree(out / "orders")
    status, wrong = checked(files, tmp_path, address, "--only", "orders")
    assert status == 1
    assert len(wrong) == 1
    assert "missing: --only orders writes it; " in wrong[0]


def test_a_lost_file_of_a_delta_table_is_told(
    tmp_path: Path, sail_address: str
) -> None:
    files = shop("delta")
    out = run_script(files, tmp_path, SPARK_REMOTE=sail_address)
    for file in data_files(out / "orders"):
        file.unlink()
    status, wrong = checked(files, tmp_path, sail_address, "--only", "orders")
    assert status == 1
    assert "missing" not in "".join(wrong)
    assert "cannot be read: Parquet error: Failed to fetch metadata for" in wrong[0]


def test_a_damaged_file_is_told(tmp_path: Path, address: str) -> None:
    files = shop("parquet")
    out = run_script(files, tmp_path, SPARK_REMOTE=address)
    for file in data_files(out / "orders"):
        file.write_bytes(b"not found: a file that does not exist")
    status, wrong = checked(files, tmp_path, address, "--only", "orders")
    assert status == 1
    assert "missing" not in "".join(wrong)
    assert "cannot be read: " in wrong[0]


@contextlib.contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """As one who may not read the folder; root may read any, so it becomes another."""
    folder.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o755)


def test_a_folder_that_one_may_not_read_is_told(
    tmp_path: Path, sail_address: str
) -> None:
    files = shop("parquet")
    out = run_script(files, tmp_path, SPARK_REMOTE=sail_address)
    mine = module(files)
    mine.OUTPUT = str(out)
    session = SparkSession.builder.remote(sail_address).getOrCreate()
    assert mine.state_of("orders") == ""
    with without_rights(out / "orders"):
        assert "cannot be read: [Errno 13]" in mine.state_of("orders")
    session.stop()


MISSING = """
[TABLE_OR_VIEW_NOT_FOUND] The table or view `main`.`shop`.`orders` cannot be found. Verify the …
[SCHEMA_NOT_FOUND] The schema `main`.`shop` cannot be found.
[NO_SUCH_CATALOG_EXCEPTION] Catalog 'main' was not found.
[PATH_NOT_FOUND] Path does not exist: dbfs:/Volumes/main/shop/raw_data/orders. SQLSTATE: 42K03
[DELTA_TABLE_NOT_FOUND] Delta table `main`.`shop`.`orders` doesn't exist.
Table not found: [TABLE_OR_VIEW_NOT_FOUND] Table or view not found: orders
"""
UNREADABLE = """
[FAILED_READ_FILE.DBR_FILE_NOT_EXIST] Error while reading file …. File does not exist.
[DELTA_FILE_NOT_FOUND_DETAILED] File s3://… referenced in the transaction log cannot be found.
[INSUFFICIENT_PERMISSIONS] User does not have SELECT on Table 'main.shop.orders'.
[DATA_SOURCE_NOT_FOUND] Failed to find the data source: delta.
[UNRESOLVED_COLUMN] not found
Parquet error: Object at location /orders/part-0 not found: No such file or directory
"""


class Failing:
    """A session in which each table is read with an error."""

    def __init__(self, error: str) -> None:
        self.error = error

    def table(self, name: str) -> None:
        raise PySparkException(f"{self.error}\n\nJVM stacktrace: at org.apache")


@pytest.mark.parametrize(
    ("error", "state"),
    [
        *((each, "missing: --only orders") for each in MISSING.strip().split("\n")),
        *((each, "cannot be read: ") for each in UNREADABLE.strip().split("\n")),
    ],
)
def test_only_what_says_that_there_is_no_table_is_missing(
    error: str, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine: Script = module(shop("delta"))
    mine.OUTPUT = ""
    monkeypatch.setattr(SparkSession, "active", lambda: Failing(error))
    reported = mine.state_of("orders")
    assert reported.startswith(state)
    assert reported.endswith(error)  # its reason, and no stack


# --------------------------------------------------------------- tables without rows


def empty(output: Tree) -> Tree:
    orders = table(20, id={"kind": "key"}, x={"kind": "uniform", "low": 0, "high": 1})
    if output["mode"] == "append":
        orders["batch_rows"] = 2
    never = table(
        {"per": "orders", "where": "x > 2"},
        id={"kind": "key"},
        order={"kind": "ref", "table": "orders"},
    )
    return spec({"output": output}, orders=orders, never=never)


@pytest.mark.parametrize("mode", ["overwrite", "append"])
@pytest.mark.parametrize("format", ["parquet", "csv", "json"])
def test_a_table_or_batch_without_rows_is_written(
    format: str, mode: str, tmp_path: Path, address: str
) -> None:
    output = {"engine": "spark", "format": format, "mode": mode}
    files = dict(compiled(empty(output)).files)
    for _ in range(2):  # the second time over the first
        out = run_script(files, tmp_path, SPARK_REMOTE=address)
        assert list((out / "never").rglob(f"part-*.{format}"))
        assert checked(files, tmp_path, address) == (0, [])


# ------------------------------------------------------------------- texts as they are

ODD = [
    "  lead",
    "trail  ",
    'say "hi"',
    "two\nlines",
    "",
    "a,b",
    "back\\slash",
    "\ttab",
    '"',
]


@pytest.mark.parametrize("mode", ["overwrite", "append"])
@pytest.mark.parametrize("format", ["csv", "json"])
def test_odd_texts_and_large_numbers_are_read_as_they_were_made(
    format: str, mode: str, tmp_path: Path, address: str, request: pytest.FixtureRequest
) -> None:
    is_sail = "sail_address" in request.node.name
    things = table(
        300,
        id={"kind": "key"},
        text={"kind": "choice", "values": ODD, "null_rate": 0.2},
        number={"kind": "uniform", "low": -1e15, "high": 1e15},
        tiny={"kind": "uniform", "low": 0, "high": 1e-7},
    )
    if mode == "append":
        things["batch_rows"] = 10
    output = {"engine": "spark", "format": format, "mode": mode}
    mine = module(spec({"output": output}, things=things))
    files = dict(compiled(spec({"output": output}, things=things)).files)
    out = run_script(files, tmp_path, SPARK_REMOTE=address)
    assert checked(files, tmp_path, address) == (0, [])
    mine.OUTPUT = str(out)
    session = SparkSession.builder.remote(address).getOrCreate()
    mine.read_table("things")
    columns = [*mine.column_types("things")]  # without the batch
    found = [tuple(row) for row in session.table("things").select(columns).collect()]
    expected = (
        whole(mine, "things").with_columns(pl.col(pl.Enum).cast(pl.String)).rows()
    )
    if format == "csv" and is_sail:  # which writes and reads an empty text as a null
        expected = [(row[0], row[1] or None, *row[2:]) for row in expected]
    assert sorted(found) == sorted(expected)
    session.stop()
