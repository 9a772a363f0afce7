"""What many tests need: small specs, compiled, run, and read back.

A test states what it is about and leaves the rest to `spec` and `table`:

    frame = built(spec(things=table(1_000, size={"kind": "normal", "mean": 4, "sd": 1})))
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import subprocess
import sys
import types
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl

from compiler.pipeline import Compiled, compile_spec
from compiler.render import to_text

Tree = dict[str, Any]
Script = Any
"""An emitted script as a module: which names it has only its spec knows."""

END = "2026-06-30"
"""The window's end of the specs here (not in the window), so that today does not matter."""

READERS = {"parquet": "read_parquet", "csv": "read_csv", "json": "read_json"}


# ------------------------------------------------------------------------------- specs


def spec(top: Tree | None = None, /, **tables: Tree) -> Tree:
    """A spec's tree with these tables, no warnings and a fixed window; `top` goes over it."""
    minimal = {
        "name": "example",
        "description": "What a test is about.",
        "window": {"end": END},
        "allow": ["*"],
    }
    return {**minimal, **(top or {}), "tables": tables}


def table(rows: int | Tree, /, **columns: Tree) -> Tree:
    """A table of so many rows with these columns, and a key `id` where they have none."""
    kinds = {column.get("kind") for column in columns.values()}
    key = {} if "key" in kinds else {"id": {"kind": "key"}}
    return {"rows": rows, "columns": {**key, **columns}}


def compiled(text_or_tree: str | Tree, path: str = "") -> Compiled:
    """A spec (TOML text, or a tree) compiled; fails, and shows why, where there are errors."""
    if isinstance(text_or_tree, str):
        path, text = path or "example.toml", text_or_tree
    else:
        path, text = path or "example.json", json.dumps(text_or_tree)
    result = compiled_once(path, text)
    assert not result.failed, to_text(result.diagnostics, {path: text}, color=False)
    return result


@functools.cache
def compiled_once(path: str, text: str) -> Compiled:
    """What became of a spec; the same for the same text, so several tests can share it."""
    return compile_spec(path, text)


# ------------------------------------------------------------------------ in this process


def module(source: str | Tree | Compiled | Mapping[str, str]) -> Script:
    """An emitted script as a module of its own, so that its builders can be called."""
    if isinstance(source, str | dict) and "generate_data.py" not in source:
        source = compiled(source)
    files = source.files if isinstance(source, Compiled) else source
    assert isinstance(files, Mapping)
    script = types.ModuleType("generate_data")
    exec(compile(files["generate_data.py"], "generate_data.py", "exec"), vars(script))
    return script


def rows_of(script: Script, name: str, rows: np.ndarray) -> pl.DataFrame:
    """A table's rows for these rows of the table that they hang on (mostly: itself)."""
    builder = script.TABLES[name][0]
    frame = builder(rows)
    assert isinstance(frame, pl.DataFrame)
    return frame


def whole(script: Script, name: str) -> pl.DataFrame:
    """All rows of a table, built at once."""
    root = script.TABLES[name][1]
    return rows_of(script, name, np.arange(script.ROWS[root]))


def built(tree: Tree | str, name: str = "") -> pl.DataFrame:
    """All rows of a spec's table (the last one unless told)."""
    script = module(tree)
    return whole(script, name or list(script.TABLES)[-1])


def column(rows: int, /, **parameters: Any) -> np.ndarray:
    """The values of one column of a table of so many rows."""
    frame = built(spec(things=table(rows, value=parameters)), "things")
    return values(frame["value"])


def values(series: pl.Series) -> np.ndarray:
    """A Series as numpy; categories and other texts as objects."""
    if series.dtype == pl.Enum:
        series = series.cast(pl.String)
    return series.to_numpy()


def seconds(series: pl.Series) -> np.ndarray:
    """Moments as seconds since 1970."""
    return series.dt.epoch("s").to_numpy()


# ------------------------------------------------------------------------- as a person would


def start_script(
    files: Mapping[str, str],
    folder: Path,
    *options: str,
    python: Path | str = sys.executable,
    **environment: str,
) -> subprocess.Popen[str]:
    """Writes a script into a folder and starts it there; its own default is `output/NAME`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "generate_data.py").write_text(files["generate_data.py"], "utf-8")
    # Spark's client sets this in a process that has a session: here, in tests before this one.
    inherited = {**os.environ}
    inherited.pop("SPARK_CONNECT_MODE_ENABLED", None)
    return subprocess.Popen(
        [python, "generate_data.py", *options],
        cwd=folder,
        env={**inherited, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run_script(
    files: Mapping[str, str],
    folder: Path,
    *options: str,
    python: Path | str = sys.executable,
    **environment: str,
) -> Path:
    """Runs a script below a folder with `--output out`; gives that folder of data."""
    options = ("--output", "out", *options)
    done = start_script(files, folder, *options, python=python, **environment)
    _, told = done.communicate(timeout=300)
    assert done.returncode == 0, told
    assert "Traceback" not in told, told
    return folder / "out"


def read(folder: Path, name: str, format: str = "parquet") -> dict[str, np.ndarray]:
    """A table read back, by duckdb: each column's values (masked where there are nulls)."""
    return fetched(f"SELECT * FROM {name}", folder, format)


def fetched(sql: str, folder: Path, format: str = "parquet") -> dict[str, np.ndarray]:
    """What a query gives: each column's values."""
    found = query(sql, folder, format).fetchnumpy()
    return {key: np.asanyarray(value) for key, value in found.items()}


def query(sql: str, folder: Path, format: str = "parquet") -> duckdb.DuckDBPyConnection:
    """Runs SQL over the tables of a run, each under its own name."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for part in sorted(folder.iterdir()):
        if part.is_dir() and not part.name.startswith("."):
            source = f"{READERS[format]}('{part}/**/*.{format}')"
            connection.execute(f"CREATE VIEW {part.name} AS SELECT * FROM {source}")
    return connection.execute(sql)


def answer(sql: str, folder: Path, format: str = "parquet") -> tuple[Any, ...]:
    """The first row that a query gives."""
    found = query(sql, folder, format).fetchone()
    assert found is not None, "the query gave no row"
    return tuple(found)


def tree_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: its bytes, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def inside(script: Script, options: Sequence[str]) -> None:
    """Runs an emitted script's `main` in this process, with these options."""
    with contextlib.ExitStack() as stack:
        stack.callback(setattr, sys, "argv", sys.argv)
        sys.argv = ["generate_data.py", *options]
        script.main()
