"""The files of a table in folders such as `year=2026/`, whose names are columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

Value = bool | int | date | str | None

NULL = "__HIVE_DEFAULT_PARTITION__"
"""What Hive and Spark write for null."""

BATCH = "batch"
"""The folders of batches in append mode: our own scripts' way to write files, not a column."""


def is_partition(name: str) -> bool:
    """Whether a folder's name is a column and a value."""
    column, equals, _ = name.partition("=")
    return bool(column and equals)


@dataclass(frozen=True)
class TableFiles:
    """The files of one table, all of one format."""

    name: str
    paths: tuple[Path, ...]
    root: Path | None = None
    """The table's folder, if it has one: names of folders below it may be columns."""

    @property
    def place(self) -> Path:
        """What to call the files in a message."""
        return self.root or self.paths[0]

    def texts_of(self, path: Path) -> dict[str, str | None]:
        """The columns that a file has by its folders, such as `{"year": "2026"}`."""
        if self.root is None:
            return {}
        folders = path.relative_to(self.root).parts[:-1]
        pairs = [folder.split("=", 1) for folder in folders if is_partition(folder)]
        return {
            name: None if text == NULL else unquote(text)
            for name, text in pairs
            if name != BATCH
        }

    def groups(
        self, types: Mapping[str, Data] | None = None
    ) -> list[tuple[dict[str, Value], list[Path]]]:
        """The files by the values of their folders; without types, in those that all values fit."""
        texts = [(self.texts_of(path), path) for path in self.paths]
        columns = list(dict.fromkeys(name for values, _ in texts for name in values))
        read = {
            name: (
                READERS[types[name]]
                if types
                else value_reader([values.get(name) for values, _ in texts])
            )
            for name in columns
        }
        groups: dict[tuple[str | None, ...], list[Path]] = {}
        for values, path in texts:
            key = tuple(values.get(name) for name in columns)
            groups.setdefault(key, []).append(path)
        return [
            (
                {
                    name: None if text is None else read[name](text)
                    for name, text in zip(columns, key, strict=True)
                },
                paths,
            )
            for key, paths in groups.items()
        ]


READERS: dict[Data, Callable[[str], Value]] = {
    Data.TEXT: str,
    Data.INTEGER: int,
    Data.BOOLEAN: "true".__eq__,
    Data.DATE: date.fromisoformat,
}
"""How to read a value of a type in the name of a folder."""


def value_reader(texts: Sequence[str | None]) -> Callable[[str], Value]:
    """How to read the values of a column in names of folders."""
    present = [text for text in texts if text is not None]
    if all(re.fullmatch(r"0|-?[1-9]\d{0,17}", text) for text in present):
        return int
    try:
        for text in present:
            date.fromisoformat(text)
    except ValueError:
        return str
    return date.fromisoformat


def scan_groups(
    groups: Sequence[tuple[Mapping[str, Value], list[Path]]],
    scan: Callable[[list[Path]], pl.LazyFrame],
) -> pl.LazyFrame:
    """All files as one frame, with the columns of their folders at the end."""
    import polars as pl

    frames = []
    for values, paths in groups:
        columns = [pl.lit(value).alias(name) for name, value in values.items()]
        frames.append(scan(paths).with_columns(columns))
    return frames[0] if len(frames) == 1 else pl.concat(frames, how="diagonal_relaxed")
