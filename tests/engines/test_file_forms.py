"""Compressed files, other delimiters, a single file a table: whatever reads them, the same rows."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.support import (
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
from tests.support.bad_data import RATES
from tests.support.checking import written, wrong

TEXTS = ["a;b", "c,d", "e\tf", 'g "h"', "i|j", "k\nl", "", "=1;2", "ünï\u2028", "-"]
BLOCK = 40


def things(**output: Any) -> Tree:
    """Texts with every delimiter in them, numbers and moments; more than one block of rows."""
    return spec(
        {"output": output},
        things=table(
            300,
            text={"kind": "choice", "weights": dict.fromkeys(TEXTS, 1)},
            maybe={
                "kind": "choice",
                "weights": dict.fromkeys(TEXTS, 1),
                "null_rate": 0.3,
            },
            size={"kind": "normal", "mean": 0, "sd": 9},
            at={"kind": "timestamp", "null_rate": 0.1},
            day={"kind": "date"},
            yes={"kind": "bool", "chance": 0.5},
        ),
        notes=table(
            {"per": "things", "chance": 0.5}, thing={"kind": "ref", "table": "things"}
        ),
    )


def run(tree: Tree, folder: Path, *options: str) -> Path:
    """The data of a run in small blocks, which `--check` finds right."""
    script = module(tree)
    script.BLOCK = BLOCK
    written(script, folder, *options)
    assert not wrong(module(tree), folder, *options)
    return folder


def cells(rows: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The cells of all rows as texts of CSV: null and an empty text are the same."""
    text = [pl.col(pl.Boolean).cast(pl.String), pl.col(pl.Int64).cast(pl.String)]
    moments = [pl.col(pl.Date).cast(pl.String), pl.col(pl.Float64).cast(pl.String)]
    at = pl.col(pl.Datetime).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    plain = rows.with_columns(*text, *moments, at, pl.col(pl.Enum).cast(pl.String))
    return plain.fill_null("").rows()


def exact(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row with its number as Python writes it."""
    return (*row[:3], repr(float(row[3])), *row[4:])


def rows_of_csv(path: Path, delimiter: str) -> Iterator[tuple[str, ...]]:
    """The rows of a file as Python's own readers give them."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines, delimiter=delimiter)
    assert header == ["id", "text", "maybe", "size", "at", "day", "yes"]
    return map(tuple, rows)


def rows_of_json(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The rows of compressed files as Python's own readers give them."""
    texts = (gzip.decompress(path.read_bytes()).decode() for path in paths)
    return [json.loads(line) for text in texts for line in text.split("\n") if line]


SCHEMA: dict[str, Any] = {
    "id": pl.Int64,
    "text": pl.String,
    "maybe": pl.String,
    "size": pl.Float64,
    "at": pl.Datetime("us", "UTC"),
    "day": pl.Date,
    "yes": pl.Boolean,
}
DUCKDB_TYPES = dict(
    zip(
        SCHEMA,
        ("BIGINT", "VARCHAR", "VARCHAR", "DOUBLE", "TIMESTAMPTZ", "DATE", "BOOLEAN"),
        strict=True,
    )
)


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("single", [True, False], ids=["one", "parts"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
@pytest.mark.parametrize("compression", ["gzip", "none"])
def test_python_polars_and_duckdb_read_the_same_rows(
    engine: str, single: bool, delimiter: str, compression: str, tmp_path: Path
) -> None:
    output = {"engine": engine, "format": "csv", "compression": compression}
    tree = things(**output, delimiter=delimiter, single_file=single)
    run(tree, tmp_path)
    suffix = "csv.gz" if compression == "gzip" else "csv"
    files = [tmp_path / f"things.{suffix}"]
    if not single:
        files = sorted((tmp_path / "things").iterdir())
        assert [file.name for file in files] == [
            f"part-{n:05d}.{suffix}" for n in range(8)
        ]
    wanted = whole(module(things()), "things")
    found = [row for file in files for row in rows_of_csv(file, delimiter)]
    assert [*map(exact, found)] == [*map(exact, cells(wanted))]
    texts = wanted.with_columns(pl.col(pl.Enum).cast(pl.String))
    assert pl.read_csv(files, separator=delimiter, schema=SCHEMA).equals(texts)
    duck: Any = duckdb.sql(
        f"SELECT * FROM read_csv({[str(file) for file in files]}, delim = '{delimiter}', "
        f"header = true, columns = {DUCKDB_TYPES}, allow_quoted_nulls = false, "
        "auto_detect = false) ORDER BY id"
    )
    assert (
        duck.pl().with_columns(pl.col("at").dt.convert_time_zone("UTC")).equals(texts)
    )


@pytest.mark.parametrize("format", ["csv", "json", "parquet"])
@pytest.mark.parametrize("compression", [None, "gzip"])
def test_pandas_writes_the_bytes_of_polars(
    format: str, compression: str | None, tmp_path: Path
) -> None:
    output: Tree = {"format": format, "single_file": True}
    if compression and format != "parquet":
        output["compression"] = compression
    tree = things(**output) | {"bad_data": RATES}
    polars = tree_of(run(tree, tmp_path / "polars"))
    pandas = tree_of(run(by_pandas(tree), tmp_path / "pandas"))
    assert polars.keys() == pandas.keys()
    if format == "parquet":  # each has a writer of its own
        for name in polars:
            one, other = (
                pl.read_parquet(tmp_path / engine / name)
                for engine in ("polars", "pandas")
            )
            assert one.equals(other)
    else:
        assert polars == pandas
    again = tree_of(run(tree, tmp_path / "again"))
    assert again == polars


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("single", [True, False], ids=["one", "parts"])
def test_compressed_json_is_read_line_by_line(
    engine: str, single: bool, tmp_path: Path
) -> None:
    output = {"engine": engine, "format": "json", "compression": "gzip"}
    run(things(**output, single_file=single), tmp_path)
    files = sorted(tmp_path.rglob("things*.json.gz" if single else "things/*.json.gz"))
    lines = rows_of_json(files)
    wanted = whole(module(things()), "things")
    assert [line["maybe"] for line in lines] == wanted["maybe"].to_list()
    assert [line["size"] for line in lines] == wanted["size"].to_list()
    assert pl.read_ndjson(files[0]).columns == wanted.columns


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("format", ["csv", "json"])
def test_batches_are_compressed_files_with_the_delimiter(
    format: str, engine: str, tmp_path: Path
) -> None:
    output = {"engine": engine, "format": format, "mode": "append"}
    more = {"delimiter": ";"} if format == "csv" else {}
    tree = things(**output, compression="gzip", **more)
    tree["tables"]["things"]["batch_rows"] = 30
    for batch in ("0", "1", "2"):
        run(tree, tmp_path, "--batch", batch)
    folders = sorted(path.name for path in (tmp_path / "things").iterdir())
    assert folders == ["batch=0", "batch=1", "batch=2"]
    assert {file.suffix for file in tmp_path.rglob("part-*")} == {".gz"}


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_a_failed_run_leaves_the_file_from_before(engine: str, tmp_path: Path) -> None:
    tree = things(engine=engine, format="csv", single_file=True)
    before = tree_of(run(tree, tmp_path))
    script = module(tree)
    script.BLOCK = BLOCK
    build = script.TABLES["things"].build

    def fails(row: Any) -> Any:
        if row[0] >= 5 * BLOCK:
            raise ValueError("no more")
        return build(row)

    script.TABLES["things"] = script.TABLES["things"]._replace(build=fails)
    with pytest.raises(ValueError, match="no more"):
        inside(script, ["--output", str(tmp_path), "--seed", "7"])
    assert tree_of(tmp_path) == before


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_what_a_killed_run_staged_is_cleaned_up(engine: str, tmp_path: Path) -> None:
    tree = things(engine=engine, format="json", single_file=True)
    left = tmp_path / ".things.json.1234abcd.staging"
    left.mkdir()
    (left / "part-00000.json").write_text("{")
    assert {*tree_of(run(tree, tmp_path))} == {"things.json", "notes.json"}


def test_a_file_that_can_only_be_copied_is_marked_until_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = things(format="csv", single_file=True)
    script = module(tree)
    script.create_by_rename = lambda folder: False
    written(script, tmp_path)
    assert not wrong(module(tree), tmp_path)
    assert {*tree_of(tmp_path)} == {"things.csv", "notes.csv"}

    def dies(source: Path, target: Path) -> None:
        Path(target).write_text("id,te")
        raise OSError("no space")

    monkeypatch.setattr(script.shutil, "copyfile", dies)
    with pytest.raises(OSError, match="no space"):
        written(script, tmp_path)
    monkeypatch.undo()
    assert "incomplete" in wrong(module(tree), tmp_path)["things", "table"]
    script = module(tree)
    script.create_by_rename = lambda folder: False
    written(script, tmp_path)
    assert not wrong(module(tree), tmp_path)


def test_a_folder_in_the_place_of_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "things.csv").mkdir()
    with pytest.raises(FileExistsError, match="is not a file of a table"):
        written(module(things(format="csv", single_file=True)), tmp_path)


def test_a_cut_file_fails_its_check(tmp_path: Path) -> None:
    tree = things(format="csv", single_file=True, compression="gzip")
    run(tree, tmp_path)
    file = tmp_path / "things.csv.gz"
    file.write_bytes(file.read_bytes()[:-30])
    assert any(name == "things" for name, _ in wrong(module(tree), tmp_path))
    file.write_bytes(file.read_bytes()[:15])
    assert ("things", "table") in wrong(module(tree), tmp_path)


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("mode", ["overwrite", "append"])
@pytest.mark.parametrize("format", ["csv", "json"])
def test_spark_writes_compressed_files_with_the_delimiter(
    format: str, mode: str, tmp_path: Path, sail_address: str
) -> None:
    more = {"delimiter": ";"} if format == "csv" else {}
    output = {"format": format, "compression": "gzip", "mode": mode, **more}
    tree, plain = things(**output, engine="spark"), things()
    for each in (tree, plain):  # Sail reads an empty text as null
        for name in ("text", "maybe"):
            del each["tables"]["things"]["columns"][name]["weights"][""]
    files = compiled(tree).files
    remote = {"SPARK_REMOTE": sail_address}
    out = run_script(files, tmp_path, **remote)
    run_script(files, tmp_path, "--check", **remote)
    parts = [*(out / "things").rglob(f"*.{format}.gz")]
    assert parts
    wanted = whole(module(plain), "things")
    if format == "csv":
        found = [row for file in parts for row in rows_of_csv(file, ";")]
        assert sorted(map(exact, found)) == sorted(map(exact, cells(wanted)))
    else:
        lines = rows_of_json(parts)
        lines.sort(key=lambda line: int(line["id"]))
        assert [line["maybe"] for line in lines] == wanted["maybe"].to_list()
