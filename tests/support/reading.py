"""What a run has written, read back by duckdb or byte by byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np

READERS = {"parquet": "read_parquet", "csv": "read_csv", "json": "read_json"}


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
