"""Append mode on Spark: the spec gains, loses or retypes columns between two batches."""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path
from unittest import mock

import pytest
from pyspark.sql import SparkSession

from tests.support import Tree, compiled, inside, module, start_script, tree_of
from tests.support.changed_columns import CHANGES, CHANNEL, SIZE, rows_of, shop

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]

FILES = ("parquet", "csv", "json")
SERVERS = ("sail_address", "spark_address")


def run(tree: Tree, folder: Path, address: str, *options: str) -> tuple[int, str, str]:
    """A run's exit code, and what it prints on either stream."""
    options = ("--output", str(folder), *options)
    script = start_script(
        compiled(tree).files,
        folder.parent / "script",
        *options,
        SPARK_REMOTE=address,
        COLUMNS="300",
    )
    out, err = script.communicate(timeout=300)
    assert "Traceback" not in err, err
    return script.wait(), out, err


def load(tree: Tree, folder: Path, address: str, *batches: int) -> Path:
    for batch in batches:
        code, _, said = run(tree, folder, address, "--batch", str(batch))
        assert code == 0, said
    return folder


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("format", FILES)
def test_a_new_column_is_null_in_earlier_batches(
    format: str, server: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue(server)
    folder = load(shop("spark", format, size=SIZE), tmp_path / "data", address, 0)
    new = shop("spark", format, channel=CHANNEL, size=SIZE)
    load(new, folder, address, 1)
    rows = rows_of(folder, format)
    assert len(rows) == 60
    for row in rows:
        assert (row["channel"] in ("web", "shop")) == (row["batch"] == 1)
        assert 1 <= row["size"] <= 9
    code, out, said = run(new, folder, address, "--check")
    assert code == 0, out + said
    assert "orders: column channel: batch 0 has none" in out


@pytest.mark.parametrize("change", ["removed", "integer for text"])
@pytest.mark.parametrize("format", (*FILES, "delta"))
def test_another_column_is_refused_before_anything_is_written(
    format: str, change: str, tmp_path: Path, sail_address: str
) -> None:
    before, after, message = CHANGES[change]
    old, new = shop("spark", format, **before), shop("spark", format, **after)
    folder = load(old, tmp_path / "data", sail_address, 0)
    held = tree_of(folder)
    code, _, said = run(new, folder, sail_address, "--batch", "1")
    assert code == 2
    assert message in said
    assert tree_of(folder) == held


def test_sail_adds_no_column_to_a_delta_table_on_a_path(
    tmp_path: Path, sail_address: str
) -> None:
    """It drops the column without a word: the script finds out before it writes rows."""
    folder = load(shop("spark", "delta"), tmp_path / "data", sail_address, 0)
    new = shop("spark", "delta", channel=CHANNEL)
    code, _, said = run(new, folder, sail_address, "--batch", "1")
    assert code == 2
    assert "orders: this server adds no column channel to a Delta table" in said
    for name, rows in (("orders", 50), ("customers", 20)):
        found = rows_of(folder, "delta", name)
        assert len(found) == rows
        assert "channel" not in found[0]


def test_a_catalog_adds_columns_and_refuses_others(sail_address: str) -> None:
    """In one session: Sail's catalog is forgotten with it."""
    old = shop("spark", "delta", size=SIZE)
    new = shop("spark", "delta", channel=CHANNEL, size=SIZE)
    retyped = shop("spark", "delta", channel=SIZE, size=SIZE)
    for tree in (old, new, retyped):
        tree["output"] |= {"catalog": "main", "schema": "columns"}
    spark = SparkSession.builder.remote(sail_address).getOrCreate()
    place = "main.columns.orders"
    with mock.patch.dict(os.environ, SPARK_REMOTE=sail_address, COLUMNS="300"):
        scripts = [module(tree) for tree in (old, new, retyped)]
        for script, batch in zip(scripts[:2], ("0", "1"), strict=True):
            inside(script, ["--batch", batch])
        rows = spark.table(place).collect()
        assert len(rows) == 60
        for row in rows:
            assert (row["channel"] in ("web", "shop")) == (row["batch"] == 1)
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            inside(module(new), ["--check"])
        assert "orders: column channel: batch 0 has none" in said.getvalue()
        wrong = "orders: column channel is text in other batches, integer in this one"
        with pytest.raises(OSError, match=wrong) as refused:
            inside(scripts[2], ["--batch", "2"])
        assert "DROP TABLE `main`.`columns`.`orders`" in str(refused.value)
        assert spark.table("main.columns.customers").count() == 25
