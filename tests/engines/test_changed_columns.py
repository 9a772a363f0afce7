"""Append mode: the spec gains, loses or retypes columns between two batches."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from deltalake import DeltaTable

from tests.support import (
    Tree,
    compiled,
    module,
    spec,
    start_script,
    table,
    tree_of,
)
from tests.support.checking import FORMATS, told, written, wrong

ENGINES = ("polars", "pandas")
in_each = pytest.mark.parametrize(
    ("engine", "format"),
    [(engine, format) for engine in ENGINES for format in FORMATS],
)
SIZE: Tree = {"kind": "poisson", "lam": 5, "min": 1, "max": 9}
CHANNEL: Tree = {"kind": "choice", "values": ["web", "shop"]}
NUMBER: Tree = {"kind": "normal", "mean": 5, "sd": 1}


def shop(engine: str, format: str, **columns: Tree) -> Tree:
    """Customers and their orders, with these columns of orders besides."""
    tree = spec(
        {"output": {"mode": "append", "engine": engine, "format": format}},
        customers=table(20, city={"kind": "choice", "values": ["Rome", "Oslo"]}),
        orders=table(
            50,
            customer={"kind": "ref", "table": "customers"},
            at={"kind": "timestamp"},
            **columns,
        ),
    )
    tree["tables"]["customers"]["batch_rows"] = 5
    tree["tables"]["orders"]["batch_rows"] = 10
    return tree


def load(tree: Tree, folder: Path, *batches: int) -> Path:
    for batch in batches:
        written(module(tree), folder, "--batch", str(batch))
    return folder


def rows_of(folder: Path, format: str, name: str = "orders") -> list[dict[str, Any]]:
    """A table's rows by another reader; its columns by name, null where a batch has none."""
    if format == "delta":
        return DeltaTable(folder / name).to_pyarrow_table().to_pylist()
    files = f"'{folder}/{name}/*/*.{format}', union_by_name = true"
    found = duckdb.execute(f"SELECT * FROM read_{format}({files})")
    names = [name for name, *_ in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


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


CHANGES: dict[str, tuple[dict[str, Tree], dict[str, Tree], str]] = {
    "removed": (
        {"size": SIZE, "channel": CHANNEL},
        {"size": SIZE},
        "orders: column channel is text in other batches, missing in this one",
    ),
    "renamed": (
        {"channel": CHANNEL},
        {"way": CHANNEL},
        "orders: column channel is text in other batches, missing in this one",
    ),
    "number for integer": (
        {"size": SIZE},
        {"size": NUMBER},
        "orders: column size is integer in other batches, number in this one",
    ),
    "integer for text": (
        {"size": CHANNEL},
        {"size": SIZE},
        "orders: column size is text in other batches, integer in this one",
    ),
    "date for timestamp": (
        {"day": {"kind": "timestamp"}},
        {"day": {"kind": "date"}},
        "orders: column day is timestamp in other batches, date in this one",
    ),
    "text for boolean": (
        {"paid": {"kind": "bool", "chance": 0.5}},
        {"paid": CHANNEL},
        "orders: column paid is boolean in other batches, text in this one",
    ),
}
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
