"""JSON files: an object a line, or an array of objects."""

from __future__ import annotations

import glob
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compiler.sources.csv_files import add_unusable
from compiler.sources.csv_layout import SAVE_AS, Unusable, is_blank, opened
from compiler.sources.found import Found, reason
from compiler.sources.frames import column_of, data_of
from compiler.sources.model import SourceColumn, SourceTable
from compiler.sources.partitions import TableFiles, Value, scan_groups
from compiler.sources.texts import (
    ALL,
    INTEGER,
    MOMENTS,
    NUMBER,
    TextType,
    Truth,
    typed,
    types_of,
)
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

TAIL = 262_144
"""Bytes at the end of a file whose names are read, too: newer rows often have more of them."""

TYPES: dict[Data, tuple[TextType, ...]] = {
    Data.BOOLEAN: (Truth(),),
    Data.INTEGER: (INTEGER, NUMBER),
    Data.NUMBER: (NUMBER,),
    Data.TEXT: MOMENTS,
}
"""What a value may be that JSON has as this: a text in quotes is no number."""

Place = Path | bytes


def read_json(files: TableFiles) -> Found:
    """The table of JSON files, whose objects need not have the same names."""
    import polars as pl

    found = Found()
    paths = [path for path in files.paths if not is_blank(path)]
    if not paths:
        found.problem("E704", f"{files.place} is empty")
        return found
    # An array cannot be read in parts; it becomes lines in memory.
    lines: dict[Path, Place] = {path: path for path in paths}
    for path in paths:
        try:
            if is_array(path):
                lines[path] = array_as_lines(path)
        except (Unusable, OSError, EOFError) as error:
            add_unusable(found, path, error)
    if found.problems:
        return found
    groups = replace(files, paths=tuple(paths)).groups()
    try:
        schema = schema_of(list(lines.values()))
        add_table(found, files.name, groups, lines, schema)
    except pl.exceptions.PolarsError as error:
        for place in lines.values():
            if isinstance(place, Path):
                try:
                    check_lines(place)
                except (Unusable, OSError, EOFError) as why:
                    add_unusable(found, place, why)
        if not found.problems:
            found.problem("E704", f"{files.place} cannot be read: {reason(error)}")
    return found


def add_table(
    found: Found,
    name: str,
    groups: Sequence[tuple[dict[str, Value], list[Path]]],
    lines: dict[Path, Place],
    schema: dict[str, pl.DataType],
) -> None:
    """Adds the table; every value is read as a text, and then in the type that all fit."""
    import polars as pl

    if not schema:
        found.problem("E704", f"{name}: the JSON has no objects with names and values")
        return
    as_texts = dict.fromkeys(schema, pl.String())

    def scan_texts() -> pl.LazyFrame:
        def scan(paths: list[Path]) -> pl.LazyFrame:
            return pl.concat(
                [
                    pl.scan_ndjson(as_given(lines[path]), schema=as_texts)
                    for path in paths
                ]
            )

        return scan_groups(groups, scan)

    candidates: dict[str, Sequence[TextType]] = {
        column: ALL if isinstance(dtype, pl.Null) else TYPES[data_of(dtype)]
        for column, dtype in schema.items()
        if data_of(dtype) in TYPES
    }
    decided = types_of(scan_texts(), candidates)

    def scan() -> pl.LazyFrame:
        return typed(scan_texts(), decided.ways)

    def column(column: str, dtype: pl.DataType) -> SourceColumn:
        if column in schema and data_of(schema[column]) is Data.UNKNOWN:
            declared = "array" if isinstance(schema[column], pl.List) else "object"
            return SourceColumn(column, Data.UNKNOWN, declared)
        read = column_of(column, dtype)
        return replace(read, declared="", remark=decided.remark(column))

    columns = [column(one, type) for one, type in scan().collect_schema().items()]
    found.tables.append(SourceTable(name, tuple(columns), rows=decided.rows, scan=scan))


def as_given(place: Place) -> str | bytes:
    """A place for polars, which takes signs such as `[` in a path for a pattern."""
    return place if isinstance(place, bytes) else glob.escape(str(place))


def schema_of(lines: list[Place]) -> dict[str, pl.DataType]:
    """The names of all files and the types of their first values."""
    import polars as pl

    schema: dict[str, pl.DataType] = {}
    for place in lines:
        found = dict(pl.scan_ndjson(as_given(place)).collect_schema())
        if isinstance(place, Path):
            found |= {
                name: dtype
                for name, dtype in last_names(place).items()
                if name not in found
            }
        for name, dtype in found.items():
            if isinstance(schema.get(name, pl.Null()), pl.Null):
                schema[name] = dtype
    return schema


def last_names(path: Path) -> dict[str, pl.DataType]:
    """The names in the last lines of a file, with types; none of a compressed one."""
    import polars as pl

    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b":
            return {}
        end = file.seek(0, io.SEEK_END)
        start = file.seek(max(0, end - TAIL))
        lines = file.read().splitlines(keepends=True)
    complete = b"".join(lines[1:] if start else lines)
    if not complete.strip():
        return {}
    return dict(pl.scan_ndjson(complete, infer_schema_length=None).collect_schema())


# --- the text of a file ---------------------------------------------------------------------


def is_array(path: Path) -> bool:
    """Whether a file begins with a `[`."""
    with opened(path) as file:
        return file.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")


def array_as_lines(path: Path) -> bytes:
    """The objects of an array, one a line; raises `Unusable`."""
    with opened(path) as file:
        content = file.read()
    try:
        rows: Any = json.loads(content)
    except UnicodeDecodeError:
        raise Unusable("it is not UTF-8 text", help=SAVE_AS) from None
    except json.JSONDecodeError as error:
        raise Unusable(f"it is not valid JSON: {error.msg}", error.lineno) from None
    except RecursionError:
        raise Unusable("its values are nested too deeply") from None
    if not all(isinstance(row, dict) for row in rows):
        raise Unusable("its array has values that are no objects")
    # All rows get all names: polars takes them from the first rows.
    names = dict.fromkeys(name for row in rows for name in row)
    texts = [json.dumps({name: row.get(name) for name in names}) for row in rows]
    return "\n".join(texts).encode()


def check_lines(path: Path) -> None:
    """Finds the first line that is no JSON object; raises `Unusable`."""
    for number, line in numbered_lines(path):
        try:
            row = json.loads(line)
        except UnicodeDecodeError:
            raise Unusable("it is not UTF-8 text", number, SAVE_AS) from None
        except (json.JSONDecodeError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise Unusable(
                "the line is no JSON object",
                number,
                "write an object on each line, or all of them in one array",
            )


def numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file that are not empty."""
    with opened(path) as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line
