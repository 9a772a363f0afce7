"""How a CSV file is written, from its first lines; and which line of it is wrong."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

SEPARATORS = ",;\t|"
SNIFFED = 65_536
"""Letters of a file from which the separator is found: hundreds of lines of most tables."""
CHUNK = 1_048_576
LONGEST_CELL = 2**31 - 1
"""No limit of the csv module's own: polars has none."""
SAVE_AS = "save it as UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"


class Unusable(Exception):
    """Why the text of a file is no table; with a line of it, and a help."""

    def __init__(self, why: str, line: int = 0, help: str | None = None) -> None:
        super().__init__(why)
        self.line, self.help = line, help


@dataclass(frozen=True)
class Layout:
    """How a file is written: its separator, and the names in its first line."""

    separator: str
    names: tuple[str, ...]


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes; those of a compressed file, uncompressed."""
    with path.open("rb") as file:
        compressed = file.read(2) == b"\x1f\x8b"
    with gzip.open(path, "rb") if compressed else path.open("rb") as file:
        yield file  # type: ignore[misc]  # gzip's files are no IO[bytes] for mypy


def is_blank(path: Path) -> bool:
    """Whether a file has no text."""
    try:
        with opened(path) as file:
            return not file.read(SNIFFED).removeprefix(codecs.BOM_UTF8).strip()
    except (OSError, EOFError):
        return False  # not blank but damaged, which is reported where it is read


def has_blank_lines(path: Path) -> bool:
    """Whether a file may have lines without anything; within a quoted text they count, too."""
    with opened(path) as file:
        end = b""
        while content := file.read(CHUNK):
            content = end + content.replace(b"\r", b"")
            if b"\n\n" in content:
                return True
            end = content[-1:]
    return False


def layout_of(path: Path) -> Layout:
    """The layout of a file; raises `Unusable`."""
    with opened(path) as file:
        content = file.read(SNIFFED)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unusable("it is UTF-16, not UTF-8", help="save it as UTF-8")
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(content)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unusable("it is not UTF-8 text", line, SAVE_AS) from None
    if "\0" in text:
        raise Unusable("it is not text")
    by_separator = {one: rows_of(text, one, len(content)) for one in SEPARATORS}
    separator = max(SEPARATORS, key=lambda one: regularity(by_separator[one]))
    rows = by_separator[separator]
    names = rows[0][1]
    check_names(names)
    for line, row in rows[1:]:
        check_length(line, row, names)
    return Layout(separator, tuple(names))


def rows_of(text: str, separator: str, length: int) -> list[tuple[int, list[str]]]:
    """The rows with their lines, but for the last if the text may end within it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    csv.field_size_limit(LONGEST_CELL)
    rows, line = [], 1
    for row in reader:
        rows.append((line, row))
        line = reader.line_num + 1
    rows = rows[:-1] if length >= SNIFFED and len(rows) > 1 else rows
    return [(line, row) for line, row in rows if row]


def regularity(rows: list[tuple[int, list[str]]]) -> tuple[bool, float, int]:
    """How well a separator fits: whether it splits, rows of the usual length, their length."""
    lengths = Counter(len(row) for _, row in rows)
    if not lengths:
        return False, 0.0, 0
    usual, number = lengths.most_common(1)[0]
    return usual > 1, number / len(rows), usual


def check_names(names: list[str]) -> None:
    """Raises `Unusable` for a name that is there twice."""
    twice = [name for name, number in Counter(names).items() if number > 1]
    if twice:
        listed = ", ".join(f"`{name}`" for name in twice)
        raise Unusable(
            f"two columns have the same name: {listed}", 1, "rename one of them"
        )


def check_length(line: int, row: list[str], names: Sequence[str]) -> None:
    """Raises `Unusable` for a row that has not as many cells as the header."""
    if len(row) != len(names):
        cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
        raise Unusable(
            f"the row has {cells}, but the header has {len(names)}",
            line,
            "put a cell that contains the separator in quotes, and close them",
        )


def check_rows(path: Path, layout: Layout) -> None:
    """Finds the first row that polars could not read; raises `Unusable`."""
    with opened(path) as file:
        lines = (decoded(line, number) for number, line in enumerate(file, 1))
        reader = csv.reader(lines, delimiter=layout.separator)
        line = 1
        for row in reader:
            if row:
                check_length(line, row, layout.names)
            line = reader.line_num + 1


def decoded(line: bytes, number: int) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise Unusable("it is not UTF-8 text", number, SAVE_AS) from None
