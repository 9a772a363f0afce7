"""`--check`: what was written holds; what is missing or cannot be read is told."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import duckdb
import pytest

from tests.engines.alike import by_pandas
from tests.engines.checking import (
    FORMATS,
    agreed,
    copied,
    damage,
    in_each_format,
    in_formats,
    lines,
    shop,
    written,
    wrong,
)
from tests.engines.examples import everything
from tests.engines.test_bad_data import shop as faulty
from tests.support import module

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
        *((name, "rows") for name in tree["tables"]),
        *((name, "null keys") for name in tree["tables"]),
        *((name, "doubled keys") for name in tree["tables"]),
        ("customers", "friend not in customers"),
        ("customers", "since out of its period"),
        ("orders", "customer not in customers"),
        ("orders", "gift not in customers"),
        ("orders", "null coupon"),
        ("orders", "null gift"),
        ("orders", "placed out of its period"),
        ("orders", "quoted out of its period"),
        ("orders", "placed before customer.since"),
        ("orders", "placed before quoted"),
        ("orders", "sent before placed"),
        ("lines", "order not in orders"),
        ("lines", "packed before order.placed"),
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
    assert ("orders", "placed out of its period") in found


def test_only_looks_at_just_that_table(runs: Path, tmp_path: Path) -> None:
    folder = copied(runs / "parquet", tmp_path)
    damage(module(shop()), folder, "lines", lambda frame: frame[1:])
    assert agreed(shop(), folder, "--only", "orders") == {}
    assert set(agreed(shop(), folder, "--only", "lines")) == {("lines", "rows")}


def test_other_engines_count_the_same(tmp_path: Path) -> None:
    """The queries are in what SQL the engines have in common."""
    script = module(faulty())
    written(script, tmp_path)
    database = duckdb.connect()
    for name in script.TABLES:
        files = f"read_parquet('{tmp_path}/{name}/*.parquet')"
        database.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {files}')
    for name in script.TABLES:
        for _, sql, least, most in script.promises(name):
            (found,) = database.execute(sql.replace("`", '"')).fetchone() or (None,)
            assert found == script.number(sql)
            assert least <= found <= most, sql


@in_each_format
def test_a_missing_file_is_found(format: str, tmp_path: Path) -> None:
    tree, script = shop(format=format), module(shop(format=format))
    script.BLOCK = 64  # several files
    folder = written(script, tmp_path)
    assert agreed(tree, folder) == {}
    next((folder / "lines").glob("part-*")).unlink()
    found = agreed(tree, folder)
    assert ("lines", "rows") in found
    assert {name for name, _ in found} == {"lines"}


@in_each_format
def test_a_missing_table_is_named_with_the_way_to_write_it(
    format: str, runs: Path, tmp_path: Path
) -> None:
    tree, folder = shop(format=format), copied(runs / format, tmp_path)
    shutil.rmtree(folder / "orders")
    found = agreed(tree, folder)
    assert found.pop(("orders", "missing: --only orders writes it")) == "1"
    assert "orders" in found.pop(("lines", "order not in orders"))
    assert "orders" in found.pop(("lines", "packed before order.placed"))
    assert found == {}
    written(module(tree), tmp_path, "--only", "orders")
    assert agreed(tree, folder) == {}


@pytest.mark.parametrize("format", ["parquet", "delta"])
def test_what_cannot_be_read_is_wrong(format: str, runs: Path, tmp_path: Path) -> None:
    tree, folder = shop(format=format), copied(runs / format, tmp_path)
    part = next((folder / "orders").glob("part-*"))
    part.write_bytes(b"?" * part.stat().st_size)
    found = agreed(tree, folder)
    assert {name for name, _ in found} == {"orders", "lines"}
    for log in (folder / "orders" / "_delta_log").glob("*.json"):
        log.write_text("nothing", "utf-8")
    assert {name for name, _ in agreed(tree, folder)} >= {"orders", "lines"}


def test_a_column_that_is_gone_is_named(runs: Path, tmp_path: Path) -> None:
    folder = copied(runs / "parquet", tmp_path)
    damage(module(shop()), folder, "orders", lambda frame: frame.drop("placed"))
    found = agreed(shop(), folder)
    assert ("orders", "placed before quoted") in found
    assert all("placed" in told for told in found.values())


def test_what_an_error_says_is_told_as_it_is(runs: Path) -> None:
    script, told = module(shop()), "[/orders] is no [bold]table[/bold]"

    def number(sql: str) -> int:
        raise OSError(told)

    script.number = number
    assert set(wrong(script, runs / "parquet").values()) == {told}


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
