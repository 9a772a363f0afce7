"""Reads what people have: files, databases and schemas, which complete each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from compiler.diagnostics import Diagnostic, in_order
from compiler.sources.csv_files import read_csv
from compiler.sources.ddl import read_ddl
from compiler.sources.duckdb_files import read_duckdb
from compiler.sources.folders import read_folder
from compiler.sources.found import Found, reason
from compiler.sources.json_files import read_json
from compiler.sources.kinds import IN_PARTS, Kind, kind_of, stem
from compiler.sources.merge import merged
from compiler.sources.model import Source
from compiler.sources.parquet_files import read_parquet
from compiler.sources.partitions import TableFiles
from compiler.sources.sqlite_files import read_sqlite
from compiler.sources.yaml_files import read_json_schema, read_yaml

KINDS = (
    "it can be a folder, CSV, JSON, Parquet, a DuckDB or SQLite file, a Delta table, SQL, "
    "or a schema in YAML"
)


def read_sources(
    paths: Sequence[Path], *, dialect: str | None = None
) -> tuple[Source | None, list[Diagnostic]]:
    """The tables of all paths, and all that is wrong with them; None if there are no tables.

    Tables of schemas and of data are matched by name, and complete each other. `dialect` is that
    of SQL files, by sqlglot's name for it; without it, the one that fits best. Nothing of the
    files is changed, and nothing stays open.
    """
    found = Found()
    for path in paths:
        found.add(read_path(path))
    if found.scripts:
        found.add(read_ddl(found.scripts, dialect))
    if not found.tables and not found.problems:
        listed = ", ".join(str(path) for path in paths) or "no path"
        found.problem("E701", f"there is no table in {listed}", KINDS)
    if not found.tables:
        return None, in_order(found.problems)
    tables, notes = merged(found.tables)
    all_notes = tuple(dict.fromkeys([*found.notes, *notes]))
    return Source(tables, all_notes), in_order(found.problems)


def read_path(path: Path) -> Found:
    """The tables of one path."""
    found = Found()
    try:
        if path.is_dir():
            read_file = partial(read_one, is_listed=False)
            found = read_folder(path, read_file, read_table)
            if not (found.tables or found.problems or found.scripts):
                found.problem("E701", f"there is no table in the folder {path}", KINDS)
            return found
        if path.exists() and not path.is_file():
            found.problem("E702", f"{path} is a pipe or a device, not a file")
            return found
        kind = kind_of(path)
    except (OSError, ValueError) as error:  # ValueError: a path with a zero byte
        found.problem("E701", f"cannot read {path}: {reason(error)}")
        return found
    if kind is None:
        found.problem("E702", f"{path} is of a kind that cannot be read", KINDS)
        return found
    if kind in IN_PARTS:
        return read_table(TableFiles(stem(path), (path,)), kind)
    return read_one(path, kind, is_listed=True)


def read_table(files: TableFiles, kind: Kind) -> Found:
    """The table of files, all of one kind."""
    if kind is Kind.CSV:
        return read_csv(files)
    if kind is Kind.PARQUET:
        return read_parquet(files)
    schema = read_json_schema(files.paths[0]) if len(files.paths) == 1 else None
    return schema or read_json(files)


def read_one(path: Path, kind: Kind, *, is_listed: bool) -> Found:
    """The tables of a database or schema; `is_listed`: the path itself was given."""
    if kind is Kind.SQL:
        return Found(scripts=[path])
    if kind is Kind.DUCKDB:
        return read_duckdb(path)
    if kind is Kind.SQLITE:
        return read_sqlite(path)
    return read_yaml(path, is_listed=is_listed)
