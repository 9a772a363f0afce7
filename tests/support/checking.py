"""Running `--check`, on a shop and on what was damaged of it."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import polars as pl
import pytest
from deltalake import write_deltalake

from tests.support import (
    Script,
    Tree,
    inside,
    module,
    rows_of,
    spec,
    table,
    tree_of,
    whole,
)
from tests.support.alike import by_pandas, by_polars

FORMATS = ("parquet", "csv", "json", "delta")
in_each_format = pytest.mark.parametrize("format", FORMATS)


def in_formats(*, pandas: str) -> pytest.MarkDecorator:
    """In each format by polars, in one by pandas: for what takes long to compile."""
    outputs = [*((format, "polars") for format in FORMATS), (pandas, "pandas")]
    return pytest.mark.parametrize(("format", "engine"), outputs)


Change = Callable[[pl.DataFrame], pl.DataFrame]
Cells = set[tuple[str, str]]
"""What is wrong: by table, and by what was counted."""
Wrong = dict[tuple[str, str], str]
"""What is wrong, by table and by what was counted, and what was found."""


def written(script: Script, folder: Path, *options: str) -> Path:
    """The folder, with what a run writes there."""
    with contextlib.redirect_stdout(io.StringIO()):
        inside(script, ["--output", str(folder), *options])
    return folder


def lines(script: Script, folder: Path, *options: str) -> tuple[int, list[list[str]]]:
    """The exit code of `--check`, and the lines of its table."""
    code, said = told(script, folder, *options)
    rows = [row for row in said.split("\n") if row.startswith("│")]
    return code, [[cell.strip() for cell in row.split("│")[1:-1]] for row in rows]


def told(script: Script, folder: Path, *options: str) -> tuple[int, str]:
    """The exit code of `--check`, and what it prints; it writes nothing."""
    before, printed = tree_of(folder), io.StringIO()
    code: Any = 0
    with (
        mock.patch.dict(os.environ, COLUMNS="500"),
        contextlib.redirect_stdout(printed),
    ):
        try:
            inside(script, ["--output", str(folder), "--check", *options])
        except SystemExit as left:
            code = left.code
    assert tree_of(folder) == before
    return code, printed.getvalue()


def wrong(script: Script, folder: Path, *options: str) -> Wrong:
    """What `--check` finds to be wrong; it exits with 1 if there is any."""
    code, rows = lines(script, folder, *options)
    found = {(row[0], row[1]): row[2] for row in rows if row[4] == "FAILED"}
    assert code == (1 if found else 0)
    return found


def agreed(tree: Tree, folder: Path, *options: str) -> Wrong:
    """What the scripts of polars and of pandas find to be wrong: the same.

    Of a table that cannot be read polars still counts what a file's statistics tell.
    """
    found, other = (
        wrong(module(by(tree)), folder, *options) for by in (by_polars, by_pandas)
    )
    assert counts(found) == counts(other)
    assert {name for name, _ in found} == {name for name, _ in other}
    return found


def counts(found: Wrong) -> Wrong:
    """What was counted, without what errors say."""
    return {what: told for what, told in found.items() if told[0].isdigit()}


def damage(script: Script, folder: Path, name: str, change: Change) -> None:
    """Writes a table anew, with something changed in it (in append mode: in the last batch)."""
    if hasattr(script, "BATCH"):
        rows = script.new_rows(script.TABLES[name][1])
        frame = rows_of(script, name, np.arange(rows.start, rows.stop))
        place, batch = folder / name / f"batch={script.BATCH}", script.BATCH
    else:
        frame, place, batch = whole(script, name), folder / name, None
    frame = change(frame.with_columns(pl.col(pl.Enum).cast(pl.String)))
    if (folder / name / "_delta_log").is_dir():
        options: dict[str, Any] = {"schema_mode": "overwrite"}
        if batch is not None:
            frame = frame.with_columns(batch=pl.lit(batch))
            options = {"predicate": f"batch = {batch}", "partition_by": ["batch"]}
        write_deltalake(folder / name, frame, mode="overwrite", **options)
        return
    first, *others = sorted(place.glob("part-*"))
    for part in others:
        part.unlink()
    script.write_block(frame, first)


def copied(run: Path, folder: Path) -> Path:
    return Path(shutil.copytree(run, folder, dirs_exist_ok=True))


def shop(**output: str) -> Tree:
    """Customers, their orders, the orders' lines: all that there is to check."""
    offset = {"kind": "offset", "distribution": "exponential", "scale": "3d"}
    tree = spec(
        {"output": output},
        customers=table(
            100,
            id={"kind": "key", "format": "C-{:05d}"},
            since={"kind": "date", "start": "-2y", "end": "-6mo"},
            friend={"kind": "ref", "table": "customers"},
        ),
        orders=table(
            1_000,
            customer={"kind": "ref", "table": "customers"},
            placed={"kind": "timestamp", "after": "customer.since"},
            quoted={"kind": "timestamp", "start": "-3y", "before": "placed"},
            sent={**offset, "of": "placed", "until_now": True},
            coupon={"kind": "choice", "values": ["a", "", "c"], "null_rate": 0.3},
            gift={"kind": "ref", "table": "customers", "null_rate": 0.6},
        ),
        lines=table(
            {"per": "orders", "mean": 2.5, "max": 6},
            order={"kind": "ref", "table": "orders"},
            n={"kind": "position"},
            packed={**offset, "of": "order.placed"},
        ),
    )
    del tree["tables"]["lines"]["columns"]["id"]
    tree["tables"]["lines"]["primary_key"] = ["order", "n"]
    return tree


def in_row(number: int, **cells: pl.Expr) -> Change:
    """One row with other cells."""
    return lambda frame: (
        frame.with_row_index("row_number")
        .with_columns(
            pl.when(pl.col("row_number") == number)
            .then(cell.cast(frame.schema[name]))
            .otherwise(pl.col(name))
            .alias(name)
            for name, cell in cells.items()
        )
        .drop("row_number")
    )
