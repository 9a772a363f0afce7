"""What kind of file a path is: by its first bytes, then by its name."""

from __future__ import annotations

import enum
import re
from pathlib import Path


class Kind(enum.Enum):
    """A kind of file that can be read; the value is its name for people."""

    CSV = "CSV"
    JSON = "JSON"
    PARQUET = "Parquet"
    DUCKDB = "DuckDB"
    SQLITE = "SQLite"
    SQL = "SQL"
    YAML = "YAML"


BY_SUFFIX = {
    **dict.fromkeys(("csv", "tsv", "tab", "psv"), Kind.CSV),
    **dict.fromkeys(("json", "jsonl", "ndjson"), Kind.JSON),
    **dict.fromkeys(("parquet", "pq"), Kind.PARQUET),
    "duckdb": Kind.DUCKDB,
    **dict.fromkeys(("sqlite", "sqlite3", "db", "db3"), Kind.SQLITE),
    **dict.fromkeys(("sql", "ddl"), Kind.SQL),
    **dict.fromkeys(("yaml", "yml"), Kind.YAML),
}
COMPRESSED = ("gz",)
CODECS = ("snappy", "zstd", "gzip", "lz4", "c000")
"""Endings that Spark and others put before `.parquet`; they are no part of a table's name."""

IN_PARTS = (Kind.CSV, Kind.JSON, Kind.PARQUET)
"""Kinds of which a table may have several files."""

PART = re.compile(
    r"(part|data|chunk|file|block|batch|rows?)?[-_.]?\d[\w.=-]*"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-.*"
    r"|part[-_.].*|data",
    re.IGNORECASE,
)
"""Names that say nothing about what is in the file."""


def kind_of(path: Path) -> Kind | None:
    """The kind of a file, or None; raises `OSError`."""
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith(b"PAR1"):
        return Kind.PARQUET
    if start.startswith(b"SQLite format 3\0"):
        return Kind.SQLITE
    if start[8:12] == b"DUCK":
        return Kind.DUCKDB
    suffixes = [suffix[1:].lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in COMPRESSED:
        kind = BY_SUFFIX.get(suffixes[-2]) if len(suffixes) > 1 else None
        return kind if kind in (Kind.CSV, Kind.JSON) else None
    return BY_SUFFIX.get(suffixes[-1]) if suffixes else None


def stem(path: Path) -> str:
    """The name of a file without what tells its format."""
    name = path.name
    endings = {*BY_SUFFIX, *COMPRESSED, *CODECS}
    while "." in name[1:] and name.rpartition(".")[2].lower() in endings:
        name = name.rpartition(".")[0]
    return name


def is_part(path: Path) -> bool:
    """Whether a file's name says that it is one of several: `part-00000`, `orders_2` in orders."""
    name, folder = stem(path), path.parent.name
    if PART.fullmatch(name):
        return True
    own = name.lower().removeprefix(folder.lower())
    return own != name.lower() and bool(re.fullmatch(r"[-_.]?\d[\w.-]*", own))


def is_ignored(name: str) -> bool:
    """Whether a name is not data by convention: `_SUCCESS`, `_bad_data`, `.git`."""
    return name.startswith((".", "_"))
