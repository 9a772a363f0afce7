"""The same rows on every engine: each table as a hash of its cells, whoever wrote them.

`make parity` prints the table: spec, format, engine, partitions, rows, hash. One spec is there for
its texts and numbers: it is written as CSV and JSON, too, and hashed as Python reads those.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from io import SEEK_END, BytesIO
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from compiler.pipeline import compile_spec
from tests.support import run_script
from tests.support.servers import java, sail, spark_connect
from tests.support.stories import AS_OF, SPECS

NAMES = tuple(path.stem for path in sorted(SPECS.glob("*.toml")))
TEXTS = Path(__file__).parents[1] / "engines" / "texts_and_numbers.toml"
RUNS = (
    *((name, "parquet") for name in NAMES),
    *((TEXTS.stem, format) for format in ("parquet", "csv", "json")),
)
"""Each spec, and the format that its scripts write."""
PARTITIONS = (1, 3, 8)


def files_of(folder: Path, format: str) -> list[Path]:
    """A table's files; Spark may leave hidden ones beside them."""
    files = sorted(folder.rglob(f"*.{format}"))
    files = [file for file in files if not file.name.startswith((".", "_"))]
    assert files, f"nothing in {folder}"
    return files


def cells_of(folder: Path, format: str) -> list[tuple[tuple[str, str | None], ...]]:
    """The rows of a table in files of text, as Python's own readers give them, sorted.

    A cell is its column's name and its text: of JSON that of the numbers, too.
    """
    rows = []
    for file in files_of(folder, format):
        if format == "csv":
            with file.open(encoding="utf-8", newline="") as lines:
                rows += [tuple(row.items()) for row in csv.DictReader(lines)]
        else:
            reader = json.JSONDecoder(parse_float=str, parse_int=str)
            lines_of = file.read_text("utf-8").split("\n")
            rows += [tuple(reader.decode(line).items()) for line in lines_of if line]
    return sorted(rows, key=repr)


def content_hash(folder: Path, format: str = "parquet") -> tuple[str, int]:
    """A hash of a table's cells, types and column names, and its number of rows.

    Spark writes moments in nanoseconds, others in microseconds: they are the same to the cell.
    """
    if format != "parquet":
        rows = cells_of(folder, format)
        return hashlib.sha256(repr(rows).encode()).hexdigest()[:12], len(rows)
    # Part by part: Spark may leave hidden files beside them.
    files = files_of(folder, format)
    frame = pl.concat(pl.read_parquet(file) for file in files)
    # A moment without a zone is Spark's INT96, which means UTC.
    moments = [name for name, type in frame.schema.items() if type == pl.Datetime]
    frame = frame.with_columns(
        pl.col(moments).dt.cast_time_unit("us").dt.replace_time_zone("UTC")
    )
    # Text tells floats apart to the last bit, and nothing of how memory is laid out.
    cells = BytesIO(str(frame.schema).encode())
    cells.seek(0, SEEK_END)
    frame.sort(frame.columns).write_csv(cells, null_value="\\N", quote_style="always")
    return hashlib.sha256(cells.getvalue()).hexdigest()[:12], frame.height


def table_hashes(output: Path, format: str = "parquet") -> dict[str, tuple[str, int]]:
    """The hash and the rows of each table in a script's output."""
    folders = sorted(output.iterdir())
    return {
        folder.name: content_hash(folder, format)
        for folder in folders
        if folder.is_dir() and not folder.name.startswith(".")
    }


def script_of(name: str, engine: str, format: str | None = None) -> dict[str, str]:
    """The files of a spec of this repository for an engine, in blocks small enough to be many."""
    path = TEXTS if name == TEXTS.stem else SPECS / f"{name}.toml"
    text = path.read_text("utf-8")
    files = compile_spec(f"specs/{name}.toml", text, engine, format).files
    script, blocks = re.subn(
        r"^BLOCK = 1 << 18", "BLOCK = 1 << 13", files["generate_data.py"], flags=re.M
    )
    assert blocks == 1
    return {
        **files,
        "generate_data.py": script if engine != "polars" else files["generate_data.py"],
    }


def hashes_by(
    name: str,
    engine: str,
    folder: Path,
    *options: str,
    format: str = "parquet",
    python: Path | str = sys.executable,
    **environment: str,
) -> dict[str, tuple[str, int]]:
    """Runs a spec's script and gives its tables' hashes."""
    files = script_of(name, engine, format)
    options = ("--as-of", AS_OF, *options)
    out = run_script(files, folder, *options, python=python, **environment)
    return table_hashes(out, format)


def runs(
    name: str, format: str, folder: Path, servers: dict[str, str]
) -> Iterator[tuple[str, str, dict[str, tuple[str, int]]]]:
    """A spec on each engine: the engine, its partitions, the tables' hashes."""
    for engine in ("polars", "pandas"):
        yield engine, "", hashes_by(name, engine, folder / engine, format=format)
    for server, address in servers.items():
        for partitions in map(str, PARTITIONS):
            place = folder / f"{server}-{partitions}"
            options = ("--partitions", partitions)
            found = hashes_by(
                name, "spark", place, *options, format=format, SPARK_REMOTE=address
            )
            yield server, partitions, found


def digest(tables: dict[str, tuple[str, int]]) -> str:
    """One hash of all tables."""
    return hashlib.sha256(repr(sorted(tables.items())).encode()).hexdigest()[:12]


def main() -> None:
    """Prints the table; exits 1 where a row differs from that of the Polars script."""
    columns = ("spec", "format", "engine", "partitions", "rows", "hash")
    report = Table(*columns, "differing tables")
    differ = 0
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = {"sail": stack.enter_context(sail(folder))}
        if java():
            servers["spark"] = stack.enter_context(spark_connect(folder))
        for name, format in RUNS:
            first: dict[str, tuple[str, int]] = {}
            place = folder / f"{name}-{format}"
            for engine, partitions, found in runs(name, format, place, servers):
                first = first or found
                others = [table for table in first if first[table] != found.get(table)]
                differ += bool(others)
                rows = f"{sum(count for _, count in found.values()):,}"
                hash, named = digest(found), ", ".join(others)
                report.add_row(name, format, engine, partitions, rows, hash, named)
            report.add_section()
    Console().print(report)
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
