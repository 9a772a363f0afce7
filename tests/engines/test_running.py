"""Running a script: its options, its formats, and what is left when it dies half way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet
import pytest

from compiler.pipeline import compile_spec
from tests.support import (
    compiled,
    inside,
    module,
    query,
    read,
    start_script,
    tree_of,
)
from tests.support.examples import in_blocks, small

ECOM = Path(__file__).parents[2] / "specs" / "ecom.toml"


def test_scale_multiplies_the_rows(tmp_path: Path) -> None:
    for scale, rows in (("0.1", (30, 100)), ("2.5", (750, 2_500)), ("0.00001", (1, 1))):
        inside(module(small()), ["--output", str(tmp_path), "--scale", scale])
        assert [len(read(tmp_path, name)["id"]) for name in ("shops", "sales")] == list(
            rows
        )


def test_seed_makes_other_data(tmp_path: Path) -> None:
    for seed in ("42", "43", "-1"):
        inside(module(small()), ["--output", str(tmp_path / seed), "--seed", seed])
    inside(module({**small(), "seed": 43}), ["--output", str(tmp_path / "spec")])
    trees = {part.name: tree_of(part) for part in tmp_path.iterdir()}
    assert trees["43"] == trees["spec"]
    assert (
        trees["42"]["sales/part-00000.parquet"]
        != trees["43"]["sales/part-00000.parquet"]
    )
    assert (
        trees["-1"]["shops/part-00000.parquet"]
        != trees["43"]["shops/part-00000.parquet"]
    )


def test_as_of_moves_the_window(tmp_path: Path) -> None:
    inside(module(small()), ["--output", str(tmp_path), "--as-of", "2024-03-01"])
    at = read(tmp_path, "sales")["at"].astype("datetime64[D]")
    assert str(at.min()) >= "2023-09-03"
    assert str(at.max()) < "2024-03-01"


def test_only_writes_just_that_table_and_leaves_others(tmp_path: Path) -> None:
    inside(module(small()), ["--output", str(tmp_path), "--only", "sales"])
    assert [part.name for part in tmp_path.iterdir()] == ["sales"]
    before = tree_of(tmp_path)
    inside(
        module(small()), ["--output", str(tmp_path), "--only", "shops", "--seed", "9"]
    )
    after = tree_of(tmp_path)
    assert {name: after[name] for name in before} == before
    assert len(after) == 2


def test_without_an_output_the_spec_s_folder_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    inside(module(small()), [])
    inside(module({**small(), "output": {"path": "some/where else"}}), [])
    assert (tmp_path / "output" / "example" / "shops").is_dir()
    assert (tmp_path / "some" / "where else" / "sales").is_dir()


def test_fewer_rows_leave_no_file_of_an_earlier_run(tmp_path: Path) -> None:
    inside(in_blocks(), ["--output", str(tmp_path)])
    assert len(list((tmp_path / "shops").iterdir())) == 5
    inside(in_blocks(), ["--output", str(tmp_path), "--scale", "0.1"])
    assert len(list((tmp_path / "shops").iterdir())) == 1
    assert len(read(tmp_path, "shops")["id"]) == 30


@pytest.mark.parametrize(
    "options",
    [
        ["--scale", "abc"],
        ["--scale", "0"],
        ["--scale", "-2"],
        ["--scale", "nan"],
        ["--scale", "inf"],
        ["--seed", "x"],
        ["--seed", "1.5"],
        ["--as-of", "yesterday"],
        ["--as-of", "2026-02-30"],
        ["--as-of", "0001-01-01"],
        ["--only", "nothing"],
        ["--workers", "0"],
        ["--workers", "-1"],
        ["--workers", "two"],
        ["--unknown"],
        ["stray"],
    ],
    ids=" ".join,
)
def test_a_bad_option_is_told_in_a_line(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        inside(module(small()), ["--output", str(tmp_path / "out"), *options])
    assert left.value.code == 2
    told = capsys.readouterr().err
    assert "usage:" in told
    assert (options[1] if len(options) > 1 else options[0]) in told
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    files = compiled(small()).files
    done = start_script(files, tmp_path, "--output", "file/below")
    _, told = done.communicate(timeout=60)
    assert done.returncode == 2
    assert "Traceback" not in told
    assert "file/below" in told or "file" in told
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_period_that_ends_before_it_starts_is_told(tmp_path: Path) -> None:
    fixed = {**small(), "window": {"start": "2026-01-01", "end": "2026-06-30"}}
    done = start_script(compiled(fixed).files, tmp_path, "--as-of", "2025-01-01")
    _, told = done.communicate(timeout=60)
    assert done.returncode not in (0, None)
    assert "Traceback" not in told
    assert "2025-01-01" in told


def test_a_run_ends_with_a_table_of_what_was_written(tmp_path: Path) -> None:
    done = start_script(compiled(small()).files, tmp_path, "--output", "out")
    out, told = done.communicate(timeout=60)
    for part in ("shops", "sales", "300", "1,000", "out/shops", "out/sales"):
        assert part in out + told


@pytest.mark.parametrize("format", ["csv", "json"])
@pytest.mark.parametrize("name", ["small", "ecom"])
def test_other_formats_hold_the_same(format: str, name: str, tmp_path: Path) -> None:
    text = ECOM.read_text("utf-8") if name == "ecom" else ""
    for kind in ("parquet", format):
        if text:
            found = compile_spec("specs/ecom.toml", text, format=kind)
        else:
            found = compiled({**small(), "output": {"format": kind}})
        options = ["--output", str(tmp_path / kind), "--as-of", "2026-06-30"]
        inside(module(found), options)
        parts = [path.suffix for path in (tmp_path / kind).rglob("part-*")]
        assert set(parts) == {f".{kind}"}
    for part in sorted((tmp_path / "parquet").iterdir()):
        columns = query(f"DESCRIBE {part.name}", tmp_path / "parquet").fetchall()
        picked = ", ".join(
            (
                f'epoch("{name}"::TIMESTAMPTZ) AS "{name}"'
                if type == "TIMESTAMP WITH TIME ZONE"
                else f'"{name}"::VARCHAR AS "{name}"'
            )
            for name, type, *_ in columns
        )
        same = f"SELECT {picked} FROM {part.name} ORDER BY ALL"
        rows = [
            query(same, tmp_path / kind, kind).fetchall()
            for kind in ("parquet", format)
        ]
        assert len(rows[0]) == len(rows[1])
        if (
            format == "csv"
        ):  # there an empty text and none are told apart by quotes alone
            rows = [
                [tuple(cell or None for cell in row) for row in one] for one in rows
            ]
        assert rows[0] == rows[1]


@pytest.mark.parametrize("name", ["zstd", "snappy", "none"])
def test_parquet_is_compressed_as_told(name: str, tmp_path: Path) -> None:
    tree = {**small(), "output": {"compression": name}}
    inside(module(tree), ["--output", str(tmp_path)])
    for file in tmp_path.rglob("*.parquet"):
        group: Any = pyarrow.parquet.ParquetFile(file).metadata.row_group(0)
        found = {group.column(n).compression for n in range(group.num_columns)}
        assert found == {"UNCOMPRESSED" if name == "none" else name.upper()}


def test_all_files_of_a_table_have_the_same_columns(tmp_path: Path) -> None:
    tree = small()
    tree["tables"]["sales"]["columns"]["rare"] = {"kind": "date", "null_rate": 0.999}
    script = module(tree)
    script.BLOCK = 16
    inside(script, ["--output", str(tmp_path)])
    schemas = {
        str(pyarrow.parquet.read_schema(file))
        for file in (tmp_path / "sales").iterdir()
    }
    assert len(schemas) == 1
    assert np.ma.getmaskarray(read(tmp_path, "sales")["rare"]).mean() > 0.99
