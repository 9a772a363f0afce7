"""CSV files: the separator from the first lines, types that all rows fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from compiler.sources.csv_layout import (
    Layout,
    Unusable,
    check_rows,
    has_blank_lines,
    is_blank,
    layout_of,
)
from compiler.sources.found import Found, place, reason
from compiler.sources.frames import column_of, plain_names
from compiler.sources.model import SourceTable
from compiler.sources.partitions import TableFiles, scan_groups
from compiler.sources.texts import (
    ALL,
    COMMA_NUMBER,
    TextType,
    TextTypes,
    typed,
    types_of,
)

if TYPE_CHECKING:
    import polars as pl


def read_csv(files: TableFiles) -> Found:
    """The table of CSV files that have the same columns."""
    found = Found()
    with_text = [path for path in files.paths if not is_blank(path)]
    if not with_text:
        found.problem("E704", f"{files.place} is empty: there is not even a header")
        return found
    layouts: dict[Path, Layout] = {}
    for path in with_text:
        try:
            layouts[path] = layout_of(path)
        except (Unusable, OSError, EOFError) as error:
            add_unusable(found, path, error)
    if found.problems:
        return found
    first = layouts[with_text[0]]
    for path, layout in layouts.items():
        if layout != first:
            message = f"{path} has other columns than {with_text[0].name} beside it"
            found.problem("E704", message, "give each table a folder of its own")
    if not found.problems:
        read_rows(found, replace(files, paths=tuple(with_text)), first)
    return found


def read_rows(found: Found, files: TableFiles, layout: Layout) -> None:
    """Adds the table, in the types that all of its rows fit."""
    import polars as pl

    renamed = plain_names(layout.names)
    names = [renamed.get(name, name) for name in layout.names]
    groups = files.groups()

    # Polars reads a line without anything as a row of nulls.
    skips_blank = len(names) > 1 and any(map(has_blank_lines, files.paths))

    def scan_texts() -> pl.LazyFrame:
        def scan(paths: list[Path]) -> pl.LazyFrame:
            frame = pl.scan_csv(
                paths, separator=layout.separator, infer_schema=False, glob=False
            )
            if skips_blank:
                frame = frame.filter(~pl.all_horizontal(pl.all().is_null()))
            return frame.rename(renamed)

        return scan_groups(groups, scan)

    types: tuple[TextType, ...] = ALL
    if layout.separator != ",":
        types = (*ALL, COMMA_NUMBER)
    try:
        decided = types_of(scan_texts(), dict.fromkeys(names, types))
    except pl.exceptions.PolarsError as error:
        for path in files.paths:
            try:
                check_rows(path, layout)
            except (Unusable, OSError, EOFError) as why:
                add_unusable(found, path, why)
        if not found.problems:
            found.problem("E704", f"{files.place} cannot be read: {reason(error)}")
        return
    found.tables.append(text_table(files.name, scan_texts, decided))
    if decided.rows == 0:
        found.notes.append(f"{files.name}: the file has a header, but no rows")
    for name, new in renamed.items():
        if not name.strip():
            note = f"{files.name}: the column without a name is called {new}"
            found.notes.append(note)


def text_table(
    name: str, scan_texts: Callable[[], pl.LazyFrame], decided: TextTypes
) -> SourceTable:
    """A table whose columns are texts, in the types that were found."""

    def scan() -> pl.LazyFrame:
        return typed(scan_texts(), decided.ways)

    columns = [
        replace(column_of(column, dtype), declared="", remark=decided.remark(column))
        for column, dtype in scan().collect_schema().items()
    ]
    return SourceTable(name, tuple(columns), rows=decided.rows, scan=scan)


def add_unusable(found: Found, path: Path, error: Exception) -> None:
    """Adds why a file cannot be read."""
    line = error.line if isinstance(error, Unusable) else 0
    help = error.help if isinstance(error, Unusable) else None
    at = place(path, line) if line else None
    found.problem("E704", f"{path}: {reason(error)}", help, at)
