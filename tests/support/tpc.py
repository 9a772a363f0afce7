"""The data of TPC-H and TPC-DS, as DuckDB generates it: tables of others, without constraints.

DuckDB 1.0 has both generators built in, later versions load them from the network. So that
version gets an environment of its own, and only the Parquet files that it writes are kept.
"""

from __future__ import annotations

import functools
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.installs import installed

DUCKDB = "duckdb==1.0.0"
SCALE = 0.01
"""Of the data: TPC-H has 60,000 lines of orders then. Most of TPC-DS' dimensions have few rows."""
SECONDS = 300
"""For the installation or the data."""
WRITE = f"""
import sys
import duckdb

folder = sys.argv[1]
for name, generator in (("tpch", "dbgen"), ("tpcds", "dsdgen")):
    database = duckdb.connect()
    database.execute(f"LOAD {{name}}")
    database.execute(f"CALL {{generator}}(sf={SCALE})")
    for (table,) in database.execute("SHOW TABLES").fetchall():
        path = f"{{folder}}/{{name}}/{{table}}.parquet"
        database.execute(f"COPY {{table}} TO '{{path}}' (FORMAT parquet)")
"""


@functools.cache
def tpc(name: str) -> Path:
    """The folder of `tpch` or `tpcds`; skips the test where DuckDB cannot be installed."""
    try:
        return installed(f"tpc-{SCALE}", write) / name
    except (subprocess.SubprocessError, OSError) as error:
        detail = getattr(error, "stderr", b"") or b""
        last = detail.decode(errors="replace").strip().splitlines()[-1:]
        pytest.skip(f"no data of TPC: {DUCKDB} was not installed: {last or error}")


def write(folder: Path) -> None:
    """Installs that version below the folder, writes all tables, and removes it."""
    import shutil

    environment = folder / "environment"
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    run([sys.executable, "-m", "venv", "--without-pip", environment])
    run([*pip, "--python", python, "install", "--quiet", DUCKDB])
    for name in ("tpch", "tpcds"):
        (folder / name).mkdir()
    run([python, "-c", WRITE, folder])
    shutil.rmtree(environment)


def run(command: list[object]) -> None:
    subprocess.run(
        list(map(str, command)), check=True, capture_output=True, timeout=SECONDS
    )
