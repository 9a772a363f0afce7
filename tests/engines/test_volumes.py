"""A folder in which nothing can be renamed, as in a volume of Databricks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support import Tree, compiled, query, run_script, start_script
from tests.support.attacks import in_small_blocks, names_in
from tests.support.batches import shop
from tests.support.examples import small

SHIM = Path(__file__).with_name("no_rename.c")
FORMS = [
    *(("polars", format, "") for format in ("parquet", "csv", "json")),
    ("pandas", "parquet", ""),
    ("polars", "parquet", "0"),
    ("pandas", "csv", "1"),
]


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that refuses renames and links below NO_RENAME_BELOW, in any language."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("a folder without renames needs Linux and a C compiler")
    library = tmp_path_factory.mktemp("shim") / "no_rename.so"
    command = [
        compiler,
        "-shared",
        "-fPIC",
        "-O1",
        "-o",
        str(library),
        str(SHIM),
        "-ldl",
    ]
    subprocess.run(command, check=True)
    return library


def settings(shim: Path, folder: Path) -> dict[str, str]:
    return {"LD_PRELOAD": str(shim), "NO_RENAME_BELOW": str(folder / "out")}


def of(engine: str, format: str, batch: str = "") -> Mapping[str, str]:
    output = {"engine": engine, "format": format}
    tree: Tree = shop(**output) if batch else {**small(), "output": output}
    return in_small_blocks(compiled(tree).files, 256)


@pytest.mark.parametrize(("engine", "format", "batch"), FORMS)
def test_a_script_writes_the_same_tables_there_and_again_over_them(
    engine: str, format: str, batch: str, shim: Path, tmp_path: Path
) -> None:
    files, there = of(engine, format, batch), tmp_path / "volume"
    options = ("--batch", batch) if batch else ()
    table = "orders" if batch else "sales"
    for scale in ("1", "0.3"):  # the second time in fewer files
        more = (*options, "--scale", scale)
        plain = run_script(files, tmp_path, *more)
        volume = run_script(files, there, *more, **settings(shim, there))
        assert names_in(volume) == names_in(plain)
        sql = f"SELECT * FROM {table} ORDER BY ALL"
        rows = [query(sql, out, format).fetchall() for out in (plain, volume)]
        assert rows[0] == rows[1]
        assert rows[0]
        if batch != "1":  # whose rows point at those of batch 0
            run_script(files, there, *more, "--check", **settings(shim, there))


def test_the_shim_refuses_what_volumes_refuse(shim: Path, tmp_path: Path) -> None:
    """Renames and links, by Python and by the library of Delta; so no Delta table there."""
    (tmp_path / "out" / "a").mkdir(parents=True)
    for call in ("os.rename('out/a', 'out/b')", "os.link('x', 'out/b')"):
        done = subprocess.run(
            [sys.executable, "-c", f"import os; open('x', 'w').close(); {call}"],
            cwd=tmp_path,
            env={**os.environ, **settings(shim, tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "[Errno 38]" in done.stderr, done.stderr
    code = "import polars as pl; pl.DataFrame({'a': [1]}).write_delta('out/delta')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, **settings(shim, tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0


def test_a_table_of_which_only_a_part_was_copied_is_seen_to_be_incomplete(
    tmp_path: Path,
) -> None:
    files = of("polars", "parquet")
    out = run_script(files, tmp_path)
    (out / "sales" / "_INCOMPLETE").write_text("of a run that was killed")
    options = ("--output", "out", "--check")
    run = start_script(files, tmp_path, *options, COLUMNS="200")
    printed, _ = run.communicate(timeout=300)
    assert run.returncode == 1
    assert "out/sales is incomplete: a run ended while it copied files" in printed
    run_script(files, tmp_path)
    run_script(files, tmp_path, "--check")


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_a_delta_table_in_a_volume_is_refused(engine: str, tmp_path: Path) -> None:
    files = compiled({**small(), "output": {"engine": engine, "format": "delta"}}).files
    run = start_script(files, tmp_path, "--output", "/Volumes/main/a/b")
    _, printed = run.communicate(timeout=300)
    assert run.returncode == 2
    assert "a volume is no place for Delta tables" in printed
