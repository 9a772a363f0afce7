"""`partition_by`: rows in folders by the values of columns, whatever reads them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
import polars as pl
import pytest
from deltalake import DeltaTable

from compiler.compare.planned import source_of_plan
from tests.support import (
    Script,
    Tree,
    compiled,
    inside,
    module,
    run_script,
    spec,
    table,
    tree_of,
    whole,
)
from tests.support.alike import by_pandas
from tests.support.checking import written, wrong

TEXTS = [
    "a/b",
    "ü x",
    "7",
    "007",
    'q"%=:',
    "=1",
    "it's",
    "k\nl",
    "C:\\*?",
    "{[^]}",
    "true",
]
NULL = "__HIVE_DEFAULT_PARTITION__"
ENGINES = ("polars", "pandas")
in_each = pytest.mark.parametrize("engine", ENGINES)
in_each_format = pytest.mark.parametrize("format", ["parquet", "csv", "json", "delta"])
in_each_mode = pytest.mark.parametrize("mode", ["overwrite", "append"])


def sales(**output: Any) -> Tree:
    """Tables in folders by columns of all types that may be folders, with nulls; one without."""
    region = {"kind": "choice", "weights": dict.fromkeys(TEXTS, 1), "null_rate": 0.1}
    number = {"kind": "uniform", "low": -2, "high": 2, "integer": True}
    size = {"kind": "normal", "mean": 0, "sd": 9}
    return spec(
        {"output": output},
        sales={
            **table(
                300,
                region=region,
                day={"kind": "date", "start": "-4d"},
                size=size,
                at={"kind": "timestamp", "null_rate": 0.1},
            ),
            "partition_by": ["region", "day"],
        },
        flags={
            **table(
                60,
                yes={"kind": "bool", "chance": 0.5, "null_rate": 0.2},
                number=number,
                size=size,
            ),
            "partition_by": ["yes", "number"],
        },
        notes=table(
            {"per": "sales", "chance": 0.5},
            sale={"kind": "ref", "table": "sales"},
            region={"kind": "lookup", "path": "sale.region"},
        ),
        losses={
            **table(
                {"per": "sales", "where": "id < 0"},
                sale={"kind": "ref", "table": "sales"},
                region={"kind": "lookup", "path": "sale.region"},
            ),
            "partition_by": ["region"],
        },
    )


def run(tree: Tree, folder: Path, *options: str) -> Path:
    """The data of a run in small blocks, which `--check` finds right."""
    script = module(tree)
    script.BLOCK = 40
    written(script, folder, *options)
    assert not wrong(module(tree), folder, *options)
    return folder


def rows_of(files: Path) -> Iterator[dict[str, Any]]:
    """The rows of a folder's files, with what the names of their folders hold, as texts."""
    for path in sorted(files.rglob("part-*")):
        pairs = [folder.split("=", 1) for folder in path.relative_to(files).parts[:-1]]
        folders = {
            name: None if text == NULL else unquote(text) for name, text in pairs
        }
        with path.open(encoding="utf-8", newline="") as lines:
            if path.suffix == ".csv":
                yield from (row | folders for row in csv.DictReader(lines))
            else:
                yield from (json.loads(line) | folders for line in lines)


def wanted(tree: Tree, name: str) -> pl.DataFrame:
    """All rows of a table, in the types that files have."""
    return whole(module(tree), name).with_columns(pl.col(pl.Enum).cast(pl.String))


@in_each
@pytest.mark.parametrize("format", ["csv", "json"])
def test_files_of_text_have_all_rows_with_their_folders(
    engine: str, format: str, tmp_path: Path
) -> None:
    tree = sales(format=format, engine=engine)
    run(tree, tmp_path)
    plain = sales()
    for name, folders in {
        "sales": ("region", "day"),
        "flags": ("yes", "number"),
    }.items():
        found = {int(row["id"]): row for row in rows_of(tmp_path / name)}
        rows = wanted(plain, name)
        assert len(found) == len(rows)
        for row in rows.iter_rows(named=True):
            mine = found[row["id"]]
            for folder in folders:
                value = row[folder]
                text = str(value).lower() if isinstance(value, bool) else str(value)
                assert mine[folder] == (None if value is None else text)
            assert float(mine["size"]) == row["size"]


@in_each
def test_duckdb_and_polars_read_the_folders_of_parquet(
    engine: str, tmp_path: Path
) -> None:
    run(sales(engine=engine), tmp_path)
    types = {
        "sales": "'region': VARCHAR, 'day': DATE",
        "flags": "'yes': BOOLEAN, 'number': BIGINT",
    }
    hive: dict[str, dict[str, Any]] = {
        "sales": {"region": pl.String, "day": pl.Date},
        "flags": {"yes": pl.Boolean, "number": pl.Int64},
    }
    for name, columns in types.items():
        rows = wanted(sales(), name).sort("id")
        place = tmp_path / name / "**" / "*.parquet"
        how = f"hive_partitioning = true, hive_types = {{{columns}}}"
        sql = f"SELECT * FROM read_parquet('{place}', {how}) ORDER BY id"
        read: Any = duckdb.sql(sql)
        found = read.pl().select(rows.columns)
        assert found.equals(rows.with_columns(found.select(pl.col(pl.Datetime)))), name
        if name == "sales":
            read = pl.scan_parquet(place, hive_schema=hive[name]).collect()
            assert read.select(rows.columns).sort("id").equals(rows), name
    files = [*(tmp_path / "sales").rglob("*.parquet")]
    assert all("region" not in pl.read_parquet_schema(file) for file in files)


@in_each
@in_each_mode
@in_each_format
def test_a_run_is_right_and_another_one_replaces_it(
    engine: str, format: str, mode: str, tmp_path: Path
) -> None:
    tree = sales(format=format, engine=engine, mode=mode)
    run(tree, tmp_path)
    first = tree_of(tmp_path)
    run(tree, tmp_path)
    if format != "delta":
        assert tree_of(tmp_path) == first
    if mode == "append":
        run(tree, tmp_path, "--batch", "1")


@in_each
@in_each_mode
def test_delta_has_the_columns_as_its_partitions(
    engine: str, mode: str, tmp_path: Path
) -> None:
    run(sales(format="delta", engine=engine, mode=mode), tmp_path)
    sold = DeltaTable(tmp_path / "sales")
    batch = ["batch"] if mode == "append" else []
    assert sold.metadata().partition_columns == [*batch, "region", "day"]
    rows = wanted(sales(), "sales").sort("id")
    found = pl.scan_delta(str(tmp_path / "sales")).collect().select(rows.columns)
    assert found.sort("id").equals(rows)
    assert DeltaTable(tmp_path / "notes").metadata().partition_columns == batch


@in_each_format
def test_both_engines_write_the_same_folders(format: str, tmp_path: Path) -> None:
    tree = sales(format=format)
    written = []
    for engine, one in {"polars": tree, "pandas": by_pandas(tree)}.items():
        run(one, tmp_path / engine)
        written.append(tree_of(tmp_path / engine))
    if format in ("csv", "json"):
        of_polars, of_pandas = (
            {path: text for path, text in files.items() if ".lock" not in path}
            for files in written
        )
        assert of_polars == of_pandas
        return
    folders = [{unquote(str(Path(path).parent)) for path in one} for one in written]
    assert folders[0] == folders[1]


def test_the_forms_of_text_apply_within_folders(tmp_path: Path) -> None:
    output = {
        "format": "csv",
        "compression": "gzip",
        "delimiter": ";",
        "csv_safe": True,
    }
    for engine in ENGINES:
        run(sales(**output, engine=engine), tmp_path / engine)
    assert tree_of(tmp_path / "polars") == tree_of(tmp_path / "pandas")
    names = {
        path.split("/")[1] for path in tree_of(tmp_path / "polars") if "sales/" in path
    }
    assert "region=%27%3D1" in names


def of_table(tree: Tree, **changes: Any) -> Tree:
    tables = tree["tables"]
    return {**tree, "tables": {**tables, "sales": {**tables["sales"], **changes}}}


@in_each
@in_each_format
def test_other_folders_replace_those_of_before(
    engine: str, format: str, tmp_path: Path
) -> None:
    plain = of_table(sales(format=format, engine=engine), partition_by=[])
    run(plain, tmp_path)
    run(sales(format=format, engine=engine), tmp_path)
    run(of_table(plain, partition_by=["day"]), tmp_path)
    if format == "delta":  # which keeps the files of earlier versions
        columns = DeltaTable(tmp_path / "sales").metadata().partition_columns
        assert columns == ["day"]
    else:
        names = {path.name for path in (tmp_path / "sales").iterdir()}
        assert all(name.startswith("day=") for name in names)


@pytest.mark.parametrize("dies", [False, True])
def test_folders_that_can_only_be_copied_are_marked_until_they_are_whole(
    dies: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = sales(format="csv")
    run(of_table(tree, partition_by=["day"]), tmp_path)
    script = module(tree)
    script.create_by_rename = lambda folder: False
    if dies:
        copy = script.shutil.copyfile

        def no_space(source: Path, target: Path) -> None:
            if "day=2026-06-29" in str(target):
                raise OSError("no space")
            copy(source, target)

        monkeypatch.setattr(script.shutil, "copyfile", no_space)
        with pytest.raises(OSError, match="no space"):
            written(script, tmp_path)
        monkeypatch.undo()
        assert "incomplete" in wrong(module(tree), tmp_path)["sales", "table"]
        script = module(tree)
        script.create_by_rename = lambda folder: False
    written(script, tmp_path)
    assert not wrong(module(tree), tmp_path)
    other = tmp_path / "renamed"
    written(module(tree), other)
    mine = {
        path: text for path, text in tree_of(tmp_path).items() if "renamed" not in path
    }
    assert mine == tree_of(other)


def test_a_file_of_others_in_a_folder_is_left_alone(tmp_path: Path) -> None:
    tree = sales(format="csv")
    run(tree, tmp_path)
    mine = next((tmp_path / "sales").rglob("day=*")) / "notes.txt"
    mine.write_text("mine")
    with pytest.raises(FileExistsError, match=r"notes.txt is not part of the table"):
        written(module(tree), tmp_path)
    assert mine.read_text() == "mine"


@in_each
def test_check_finds_rows_in_a_wrong_folder(engine: str, tmp_path: Path) -> None:
    for format in ("parquet", "csv"):
        folder = tmp_path / format
        tree = sales(format=format, engine=engine)
        run(tree, folder)
        (folder / "sales" / "region=7").rename(folder / "sales" / "region=nowhere")
        found = wrong(module(tree), folder)
        assert ("sales", "region of no category") in found
        assert ("notes", "region other than sale.region") in found


def test_compare_reads_the_folders_in_their_types(tmp_path: Path) -> None:
    tree = sales()
    run(tree, tmp_path)
    plan = compiled(tree).plan
    assert plan is not None
    for read in source_of_plan(plan, tmp_path).tables:
        if read.name in ("sales", "flags"):
            rows = wanted(tree, read.name).sort("id")
            assert read.scan is not None
            found = read.scan().collect().select(rows.columns)
            assert found.sort("id").equals(rows), read.name


def test_faults_are_in_folders_too(tmp_path: Path) -> None:
    rates = {"null_rate": 0.1, "outlier_rate": 0.1, "duplicate_key_rate": 0.05}
    tree = {**sales(format="csv"), "bad_data": {**rates, "tables": ["sales", "flags"]}}
    for engine in ENGINES:
        run({**tree, "output": {"format": "csv", "engine": engine}}, tmp_path / engine)
    assert tree_of(tmp_path / "polars") == tree_of(tmp_path / "pandas")
    names = {path.name for path in (tmp_path / "polars" / "flags").rglob("number=*")}
    assert "number=-999999" in names


def test_a_scaled_run_needs_no_more_files_at_once(tmp_path: Path) -> None:
    """Each block writes its files and closes them, whatever the number of folders."""
    script: Script = module(sales(format="csv"))
    script.BLOCK = 40
    inside(script, ["--output", str(tmp_path), "--scale", "3", "--workers", "2"])
    assert sum(1 for _ in rows_of(tmp_path / "sales")) == 900


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
@in_each_mode
@in_each_format
def test_sail_writes_and_reads_folders(
    format: str, mode: str, tmp_path: Path, sail_address: str
) -> None:
    remote = {"SPARK_REMOTE": sail_address}
    files = compiled(sales(format=format, mode=mode, engine="spark")).files
    out = run_script(files, tmp_path, **remote)
    options = ["--batch", "1"] if mode == "append" else []
    run_script(files, tmp_path, *options, **remote)
    run_script(files, tmp_path, "--check", *options, **remote)
    if format == "delta":
        columns = DeltaTable(out / "sales").metadata().partition_columns
        assert columns[-2:] == ["region", "day"]


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_spark_and_the_others_name_folders_alike(
    format: str, tmp_path: Path, spark_address: str
) -> None:
    """Spark writes the folders of Polars, and its `--check` reads them."""
    remote = {"SPARK_REMOTE": spark_address}
    tree = sales(format=format, engine="spark")
    files = compiled(tree).files
    out = run_script(files, tmp_path, **remote)
    run_script(files, tmp_path, "--check", **remote)
    own = run(sales(format=format), tmp_path / "polars")

    def folders(place: Path) -> set[str]:
        return {
            str(path.relative_to(place)) for path in place.rglob("*=*") if path.is_dir()
        }

    for name in ("sales", "flags"):
        assert folders(out / name) == folders(own / name)
