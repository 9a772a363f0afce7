"""Files of few rows, read whole: CSV, JSON and Parquet, as cells of the types of a spec."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from compiler.sources.found import reason
from compiler.sources.kinds import Kind, kind_of

LARGEST = 50_000_000
"""Bytes of a file."""
SEPARATORS = ",;\t|"
WHOLE = re.compile(r"0|-?[1-9]\d{0,17}")
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Rows:
    """The rows of a file."""

    names: tuple[str, ...]
    cells: tuple[tuple[Any, ...], ...]


class Unusable(Exception):
    """Why a file cannot be used, and what to do about it."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message, self.help = message, help


def rows_of(path: Path, name: str) -> Rows:
    """The rows of a file, which messages call by a name; raises `Unusable`."""
    try:
        if not path.is_file():
            what = "is no file" if path.exists() else "is not there"
            raise Unusable(f"{name} {what}", "the path counts from the spec's folder")
        if path.stat().st_size > LARGEST:
            raise Unusable(f"{name} has over {LARGEST // 10**6} MB")
        kind = kind_of(path)
        read = READERS.get(kind) if kind and path.suffix != ".gz" else None
        if read is None:
            raise Unusable(f"{name} is no CSV, JSON or Parquet file")
        return read(path)
    except (OSError, RecursionError, csv.Error) as error:
        raise Unusable(f"{name} cannot be read: {reason(error)}") from None
    except ValueError as error:
        raise Unusable(f"{name} is damaged: {reason(error)}") from None


def read_csv(path: Path) -> Rows:
    """The cells of a CSV file: an empty one has no value."""
    text = path.read_bytes().decode("utf-8-sig")
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names, *rows = [line for line in lines if line] or [[]]
    for number, row in enumerate(rows, start=1):
        if len(row) != len(names):
            raise ValueError(
                f"row {number} has {len(row)} cells, the first line {len(names)}"
            )
    columns = [
        typed([cell or None for cell in column]) for column in zip(*rows, strict=True)
    ]
    return table_of(names, columns)


def read_json(path: Path) -> Rows:
    """The objects of a JSON file: an array of them, or one a line."""
    text = path.read_bytes().decode("utf-8-sig")
    try:
        rows = json.loads(text)
        rows = [rows] if isinstance(rows, dict) else rows
    except ValueError:
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("it is no array of objects, nor one object a line")
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = []
    for name in names:
        cells = [row.get(name) for row in rows]
        if any(isinstance(cell, dict | list) for cell in cells):
            raise ValueError(f"`{name}` holds lists or objects")
        texts = all(isinstance(cell, str) for cell in cells)
        columns.append(typed(cells, (MOMENT, DAY)) if texts else cells)
    return table_of(names, columns)


def read_parquet(path: Path) -> Rows:
    """The cells of a Parquet file; moments without a time zone are in UTC."""
    import polars as pl

    from compiler.sources.frames import column_of, in_simple_types
    from compiler.spec.types import Data

    try:
        with path.open("rb") as file:
            frame = pl.read_parquet(file).lazy()
        schema = frame.collect_schema()
        for name, dtype in schema.items():
            if column_of(name, dtype).data is Data.UNKNOWN:
                raise ValueError(
                    f"`{name}` is {dtype}, which no column of a spec holds"
                )
        frame = in_simple_types(frame, schema)
        moments = pl.col(pl.Datetime).dt.replace_time_zone("UTC")
        rows = frame.with_columns(moments).collect().rows()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise ValueError(reason(error)) from None
    return Rows(tuple(schema), tuple(rows))


def table_of(names: Sequence[str], columns: Sequence[Sequence[Any]]) -> Rows:
    if len({*names}) < len(names):
        raise ValueError("two of its columns have one name")
    return Rows(tuple(names), tuple(zip(*columns, strict=True)))


def typed(
    texts: Sequence[str | None], only: tuple[re.Pattern[str], ...] = ()
) -> Sequence[Any]:
    """Texts in the first type that all of them are written in; they stay texts otherwise."""
    present = [text for text in texts if text is not None]
    for pattern, value in TYPES.items():
        if (
            present
            and (not only or pattern in only)
            and all(map(pattern.fullmatch, present))
        ):
            try:
                return [None if text is None else value(text) for text in texts]
            except ValueError:  # a 30th of February
                continue
    return texts


def moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


TYPES: dict[re.Pattern[str], Callable[[str], Any]] = {
    re.compile("true|false"): "true".__eq__,
    WHOLE: int,
    NUMBER: float,
    DAY: date.fromisoformat,
    MOMENT: moment,
}
"""How values are written in texts. A number with a zero before it, such as 007, is text."""
READERS: dict[Kind, Callable[[Path], Rows]] = {
    Kind.CSV: read_csv,
    Kind.JSON: read_json,
    Kind.PARQUET: read_parquet,
}
