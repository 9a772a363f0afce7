"""Sources that tests read: files written into a folder, and what was found in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from compiler.diagnostics import Diagnostic
from compiler.sources.model import Source, SourceTable
from compiler.sources.read import read_sources
from compiler.spec.types import NAMES, Data


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Writes files, by their paths in the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(*paths: Path, dialect: str | None = None) -> Source:
    """The source of paths that have no mistakes."""
    source, problems = read_sources(paths, dialect=dialect)
    assert problems == []
    assert source is not None
    return source


def problems_of(*paths: Path) -> list[Diagnostic]:
    """What is wrong with paths."""
    return read_sources(paths)[1]


def types(table: SourceTable) -> dict[str, str]:
    """The types of a table's columns, in one word."""
    names = {**NAMES, Data.UNKNOWN: "unknown"}
    return {column.name: names[column.data] for column in table.columns}


def rows(table: SourceTable) -> list[tuple[Any, ...]]:
    """All rows of a table; its frame has just the columns that it says."""
    assert table.scan is not None
    frame = table.scan().collect()
    assert frame.columns == [column.name for column in table.columns]
    assert frame.height == table.rows
    return frame.rows()


def refs(table: SourceTable) -> list[str]:
    """The refs of a table, such as `customer_id -> customers.id`."""
    return [
        f"{','.join(ref.columns)} -> {ref.table}.{','.join(ref.target)}"
        for ref in table.refs
    ]
