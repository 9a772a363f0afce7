"""`--check`: what was written holds; what is missing or cannot be read is told."""

from __future__ import annotations

import os
import shutil
import tomllib
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import polars as pl
import pytest

from tests.support import module
from tests.support.alike import by_pandas, by_polars
from tests.support.bad_data import shop as faulty
from tests.support.checking import (
    FORMATS,
    agreed,
    copied,
    damage,
    in_each_format,
    in_formats,
    lines,
    shop,
    told,
    written,
    wrong,
)
from tests.support.examples import everything

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.toml"))


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """By format: what a run of the shop writes."""
    folder = tmp_path_factory.mktemp("shop")
    for format in FORMATS:
        written(module(shop(format=format)), folder / format)
    return folder


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_specs_of_this_repository_hold(path: Path, tmp_path: Path) -> None:
    tree = tomllib.loads(path.read_text("utf-8"))
    assert agreed(tree, written(module(tree), tmp_path)) == {}


@in_each_format
def test_a_run_holds_in_each_format(format: str, runs: Path) -> None:
    tree = shop(format=format)
    assert agreed(tree, runs / format) == {}
    _, rows = lines(module(tree), runs / format)
    assert {(row[0], row[1]) for row in rows} == {
        *((name, "columns") for name in tree["tables"]),
        *((name, "rows") for name in tree["tables"]),
        *((name, "duplicate keys") for name in tree["tables"]),
        ("customers", "friend not in customers"),
        ("customers", "since outside its period"),
        ("orders", "customer not in customers"),
        ("orders", "gift not in customers"),
        ("customers", "null in required columns"),
        ("orders", "null in required columns"),
        ("lines", "null in required columns"),
        ("orders", "coupon of no category"),
        ("orders", "null coupon"),
        ("orders", "null gift"),
        ("orders", "placed outside its period"),
        ("orders", "quoted outside its period"),
        ("orders", "placed before customer.since"),
        ("orders", "placed before quoted"),
        ("orders", "sent before placed"),
        ("lines", "order not in orders"),
        ("lines", "packed before order.placed"),
        ("lines", "orders with other than 0 to 6 of lines"),
    }


@in_each_format
def test_what_pandas_writes_holds(format: str, tmp_path: Path) -> None:
    tree = shop(format=format)
    assert agreed(tree, written(module(by_pandas(tree)), tmp_path)) == {}


@in_formats(pandas="delta")
def test_every_kind_of_column_and_of_table_holds(
    format: str, engine: str, tmp_path: Path
) -> None:
    tree = everything() | {"output": {"format": format, "engine": engine}}
    assert wrong(module(tree), written(module(tree), tmp_path)) == {}


def test_scale_seed_and_as_of_are_those_of_the_run(tmp_path: Path) -> None:
    options = ["--scale", "3", "--seed", "9", "--as-of", "2024-03-01"]
    folder = written(module(shop()), tmp_path, *options)
    assert agreed(shop(), folder, *options) == {}
    found = agreed(shop(), folder, *options[2:])
    assert {(name, "rows") for name in ("customers", "orders", "lines")} <= set(found)
    found = agreed(shop(), folder, *options[:4])
    assert ("orders", "placed outside its period") in found


def test_only_looks_at_just_that_table(runs: Path, tmp_path: Path) -> None:
    folder = copied(runs / "parquet", tmp_path)
    damage(module(shop()), folder, "lines", lambda frame: frame[1:])
    assert agreed(shop(), folder, "--only", "orders") == {}
    assert set(agreed(shop(), folder, "--only", "lines")) == {("lines", "rows")}


def test_other_engines_count_the_same(tmp_path: Path) -> None:
    """The queries are in what SQL the engines have in common."""
    script = module(faulty())
    script.OUTPUT = written(script, tmp_path)
    database = duckdb.connect()
    for name in script.TABLES:
        files = f"read_parquet('{tmp_path}/{name}/*.parquet')"
        database.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {files}')
    for name in script.TABLES:
        for each in script.expectations(name):
            sql = f"SELECT {each.number} FROM {each.rows}".replace("`", '"')
            (found,) = database.execute(sql).fetchone() or (None,)
            assert [found] == script.query(each.rows, each.number)
            assert each.least <= found <= each.most, sql


@in_each_format
def test_a_missing_file_is_found(format: str, tmp_path: Path) -> None:
    tree, script = shop(format=format), module(shop(format=format))
    script.BLOCK = 64  # several files
    folder = written(script, tmp_path)
    assert agreed(tree, folder) == {}
    next((folder / "lines").glob("part-*")).unlink()
    found = agreed(tree, folder)
    assert ("lines", "table" if format == "delta" else "rows") in found
    assert {name for name, _ in found} == {"lines"}


@in_each_format
def test_a_missing_table_is_named_with_the_way_to_write_it(
    format: str, runs: Path, tmp_path: Path
) -> None:
    tree, folder = shop(format=format), copied(runs / format, tmp_path)
    shutil.rmtree(folder / "orders")
    found = agreed(tree, folder)
    assert found.pop(("orders", "table")) == "missing: --only orders writes it"
    assert all("orders" in reason for reason in found.values())
    assert set(found) == {
        ("lines", "order not in orders"),
        ("lines", "packed before order.placed"),
        ("lines", "orders with other than 0 to 6 of lines"),
    }
    written(module(tree), tmp_path, "--only", "orders")
    assert agreed(tree, folder) == {}


@in_each_format
def test_what_cannot_be_read_is_wrong(format: str, runs: Path, tmp_path: Path) -> None:
    tree, folder = shop(format=format), copied(runs / format, tmp_path)
    part = next((folder / "orders").glob("part-*"))
    part.write_bytes(b"?" * part.stat().st_size)
    found = agreed(tree, folder)
    assert {name for name, _ in found} == {"orders", "lines"}
    for log in (folder / "orders" / "_delta_log").glob("*.json"):
        log.write_text("nothing", "utf-8")
    assert {name for name, _ in agreed(tree, folder)} >= {"orders", "lines"}


@in_each_format
def test_a_column_that_is_gone_is_named(
    format: str, runs: Path, tmp_path: Path
) -> None:
    tree, folder = shop(format=format), copied(runs / format, tmp_path)
    damage(module(tree), folder, "orders", lambda frame: frame.drop("placed", "gift"))
    found = agreed(tree, folder)
    gone = found.pop(("orders", "columns"))
    assert gone == "placed is missing; gift is missing"
    assert "placed" in found.pop(("lines", "packed before order.placed"))
    assert found == {}


@in_each_format
def test_a_column_that_was_added_by_hand_is_no_error(
    format: str, runs: Path, tmp_path: Path
) -> None:
    tree, folder = shop(format=format), copied(runs / format, tmp_path)

    def change(frame: pl.DataFrame) -> pl.DataFrame:
        note = pl.lit(7).alias("note"), pl.lit(None, pl.String).alias("more")
        return frame.select(frame.columns[0], *note, *frame.columns[1:])

    damage(module(tree), folder, "orders", change)
    assert agreed(tree, folder) == {}
    for by in (by_polars, by_pandas):
        _, said = told(module(by(tree)), folder)
        assert "orders: extra column note: not described here\n" in said
        assert "orders: extra column more: not described here\n" in said


@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_a_column_of_another_type_is_named(
    format: str, runs: Path, tmp_path: Path
) -> None:
    tree, folder = shop(format=format), copied(runs / format, tmp_path)
    types: dict[Any, Any] = {"n": pl.Float64, "packed": pl.Date}
    damage(module(tree), folder, "lines", lambda frame: frame.cast(types))
    assert agreed(tree, folder)["lines", "columns"] == (
        "n is number, not integer; packed is date, not timestamp"
    )


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_text_that_is_no_number_is_named(
    format: str, runs: Path, tmp_path: Path
) -> None:
    tree, folder = shop(format=format), copied(runs / format, tmp_path)
    change = pl.when(pl.int_range(pl.len()) == 5).then(pl.lit("x")).otherwise("n")
    damage(module(tree), folder, "lines", lambda frame: frame.with_columns(n=change))
    found = agreed(tree, folder)
    assert {name for name, _ in found} == {"lines"}
    assert not any(reason.isdigit() for reason in found.values())


def test_a_folder_that_may_not_be_read_is_told_so(runs: Path) -> None:
    listdir = os.listdir

    def refused(path: Any) -> Any:
        if str(path).endswith("orders"):
            raise PermissionError(13, "Permission denied", str(path))
        return listdir(path)

    with mock.patch("os.listdir", refused):
        found = wrong(module(shop()), runs / "parquet")
    assert "Permission denied" in found["orders", "table"]


def test_files_of_several_schemas_are_told_with_the_reason(
    runs: Path, tmp_path: Path
) -> None:
    folder = copied(runs / "parquet", tmp_path)
    part = next((folder / "lines").glob("part-*"))
    pl.DataFrame({"x": [1]}).write_parquet(part.with_stem("part-99999"))
    found = wrong(module(shop()), folder)
    assert {name for name, _ in found} == {"lines"}


def test_what_an_error_says_is_told_as_it_is(runs: Path) -> None:
    script, reason = module(shop()), "[/orders] is no [bold]table[/bold]"

    def query(rows: str, *numbers: str) -> list[int]:
        raise OSError(reason)

    script.query = query
    found = wrong(script, runs / "parquet")
    assert set(found.values()) == {f"cannot be read: {reason}"}
    assert set(found) == {(name, "table") for name in script.TABLES}


def test_a_spec_that_asks_for_what_cannot_be_is_told_so(tmp_path: Path) -> None:
    """What follows a moment behind the window's end cannot fall in the window."""
    tree = shop()
    tree["tables"]["orders"]["columns"]["arrived"] = {
        **{"kind": "offset", "of": "placed"},
        **{"distribution": "exponential", "scale": "9d"},
    }
    tree["tables"]["lines"]["columns"]["returned"] = {
        **{"kind": "timestamp", "after": "order.arrived"},
    }
    found = wrong(module(tree), written(module(tree), tmp_path))
    assert set(found) == {("lines", "returned before order.arrived")}
