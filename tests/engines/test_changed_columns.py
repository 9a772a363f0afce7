"""Append mode: the spec gains, loses or retypes columns between two batches."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support import (
    Tree,
    compiled,
    module,
    start_script,
    tree_of,
)
from tests.support.changed_columns import CHANGES, CHANNEL, SIZE, rows_of, shop
from tests.support.checking import FORMATS, told, written, wrong

ENGINES = ("polars", "pandas")
in_each = pytest.mark.parametrize(
    ("engine", "format"),
    [(engine, format) for engine in ENGINES for format in FORMATS],
)


def load(tree: Tree, folder: Path, *batches: int) -> Path:
    for batch in batches:
        written(module(tree), folder, "--batch", str(batch))
    return folder


def refused(tree: Tree, folder: Path, batch: int) -> str:
    """Why a run writes nothing."""
    before = tree_of(folder)
    with pytest.raises(OSError) as error:
        load(tree, folder, batch)
    assert tree_of(folder) == before
    return str(error.value)


def test_a_refusal_is_one_line_and_an_exit_code(tmp_path: Path) -> None:
    folder = load(shop("polars", "parquet", size=SIZE), tmp_path / "data", 0)
    files = compiled(shop("polars", "parquet")).files
    options = ("--output", str(folder), "--batch", "1")
    run = start_script(files, tmp_path / "script", *options)
    out, said = run.communicate(timeout=120)
    assert (run.returncode, out) == (2, "")
    assert said.startswith("error: orders: column size is integer in other batches, ")
    assert said.endswith("; nothing more was written\n")
    assert said.count("\n") == 1


@in_each
def test_a_new_column_is_null_in_earlier_batches(
    engine: str, format: str, tmp_path: Path
) -> None:
    old = shop(engine, format, size=SIZE)
    new = shop(engine, format, channel=CHANNEL, size=SIZE)
    load(old, tmp_path, 0, 1)
    load(new, tmp_path, 2, 3)
    rows = rows_of(tmp_path, format)
    assert len(rows) == 80
    for row in rows:
        assert (row["channel"] in ("web", "shop")) == (row["batch"] >= 2)
        assert row["channel"] is None or row["batch"] >= 2
        assert 1 <= row["size"] <= 9
    assert wrong(module(new), tmp_path) == {}
    _, said = told(module(new), tmp_path)
    assert "orders: column channel: batches 0 to 1 have none" in said
    # The same batch again, and an earlier one: as any run.
    load(new, tmp_path, 3)
    assert len(rows_of(tmp_path, format)) == 80


@in_each
def test_nulls_of_other_batches_are_still_found(
    engine: str, format: str, tmp_path: Path
) -> None:
    optional = CHANNEL | {"null_rate": 0.5}
    load(shop(engine, format), tmp_path, 0)
    load(shop(engine, format, channel=optional), tmp_path, 1)
    found = wrong(module(shop(engine, format, channel=CHANNEL)), tmp_path)
    assert set(found) == {("orders", "null channel")}
    assert 50 < int(found["orders", "null channel"]) < 60


READS_ALL = {("number for integer", "csv"), ("number for integer", "json")} | {
    ("text for boolean", "csv")
}
"""What text cannot tell apart, and any reader reads: `3` is a number, and `true` is a text."""


@in_each
@pytest.mark.parametrize("change", CHANGES)
def test_another_column_is_refused_before_anything_is_written(
    change: str, engine: str, format: str, tmp_path: Path
) -> None:
    before, after, message = CHANGES[change]
    folder = load(shop(engine, format, **before), tmp_path / "data", 0, 1)
    tree = shop(engine, format, **after)
    if (change, format) in READS_ALL:
        found = wrong(module(tree), load(tree, folder, 2))
        no_category = {("orders", "paid of no category")}
        assert set(found) == (no_category if "paid" in after else set())
        return
    said = refused(tree, folder, 2)
    assert message in said
    assert f"delete {folder}/orders and write all batches again" in said
    if change != "removed":
        return
    shutil.rmtree(folder / "orders")  # the way out works
    assert wrong(module(tree), load(tree, folder, 0, 1, 2)) == {}


@in_each
def test_all_that_is_wrong_is_one_error_and_other_tables_stay(
    engine: str, format: str, tmp_path: Path
) -> None:
    """Of the run's tables alone: the first in order is fine, and is not written either."""
    before = shop(engine, format, size=CHANNEL, channel=CHANNEL)
    folder = load(before, tmp_path / "data", 0)
    after = shop(engine, format, size=SIZE)
    said = refused(after, folder, 1)
    assert "column size is text in other batches, integer in this one; orders:" in said
    assert "column channel is text in other batches, missing in this one" in said
    load_only = ("--batch", "1", "--only", "customers")
    written(module(after), folder, *load_only)
    assert len(rows_of(folder, format, "customers")) == 25


@in_each
def test_the_only_batch_may_change_in_files(
    engine: str, format: str, tmp_path: Path
) -> None:
    folder = load(shop(engine, format, size=CHANNEL), tmp_path / "data", 0)
    tree = shop(engine, format, size=SIZE)
    if format == "delta":
        assert "column size is text" in refused(tree, folder, 0)
    else:
        assert wrong(module(tree), load(tree, folder, 0)) == {}
