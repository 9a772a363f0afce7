"""Folders: which files are one table, and which are another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from compiler.sources.found import Found, reason
from compiler.sources.kinds import IN_PARTS, Kind, is_ignored, is_part, kind_of, stem
from compiler.sources.parquet_files import read_delta
from compiler.sources.partitions import BATCH, TableFiles, is_partition

ReadFile = Callable[[Path, Kind], Found]
ReadTable = Callable[[TableFiles, Kind], Found]

BATCHES = f"{BATCH}="
DEEPEST = 20
"""Folders within folders; more of them are a loop of links."""


def read_folder(
    path: Path, read_file: ReadFile, read_table: ReadTable, depth: int = 0
) -> Found:
    """The tables of a folder and of those in it.

    A Delta table is one table. So is a folder with subfolders such as `year=2026`, and so are
    files whose names say that they are parts. Any other file is a table of its own.
    """
    if (path / "_delta_log").is_dir():
        return read_delta(path)
    found = Found()
    try:
        entries = sorted(path.iterdir())
    except OSError as error:
        found.problem("E701", f"cannot read the folder {path}: {reason(error)}")
        return found
    ignored = [one.name for one in entries if is_ignored(one.name)]
    entries = [one for one in entries if not is_ignored(one.name)]
    is_table = any(one.is_dir() and is_partition(one.name) for one in entries)
    parts: dict[Kind, list[Path]] = {}
    for one in files_below(path) if is_table else entries:
        if one.is_dir():
            if depth < DEEPEST:
                found.add(read_folder(one, read_file, read_table, depth + 1))
            continue
        kind = known_kind(found, ignored, one)
        if kind in IN_PARTS and (is_table or is_part(one)):
            parts.setdefault(kind, []).append(one)
        elif kind in IN_PARTS:
            found.add(read_table(TableFiles(stem(one), (one,)), kind))
        elif kind:
            found.add(read_file(one, kind))
    for kind, paths in parts.items():
        files = TableFiles(path.resolve().name, tuple(paths), path)
        if any(BATCHES in str(one.relative_to(path)) for one in paths):
            found.notes.append(f"{files.name}: its batches are read as one table")
        found.add(read_table(files, kind))
    if ignored:
        found.notes.append(f"{path.name}: ignored {', '.join(ignored)}")
    return found


def known_kind(found: Found, ignored: list[str], path: Path) -> Kind | None:
    """The kind of a file; one that has none, or cannot be read, is noted."""
    try:
        kind = kind_of(path)
    except OSError as error:
        found.problem("E701", f"cannot read {path}: {reason(error)}")
        return None
    if kind is None:
        ignored.append(path.name)
    return kind


def files_below(path: Path) -> Iterator[Path]:
    """All files of a folder and those in it, but for the ignored ones."""
    for one in sorted(path.rglob("*")):
        within = one.relative_to(path).parts
        if one.is_file() and not any(is_ignored(name) for name in within):
            yield one
