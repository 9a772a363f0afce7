"""The same rows on every engine: each table as a hash of its cells, whoever wrote them.

`make parity` prints the table: spec, engine, partitions, rows, hash.
"""

from __future__ import annotations

import contextlib
import hashlib
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
from tests.engines.servers import java, sail, spark_connect
from tests.engines.stories import AS_OF, SPECS
from tests.support import run_script

NAMES = tuple(path.stem for path in sorted(SPECS.glob("*.toml")))
PARTITIONS = (1, 3, 8)


def content_hash(folder: Path, suffix: str = "parquet") -> tuple[str, int]:
    """A hash of a table's cells, types and column names, and its number of rows.

    Spark writes moments in nanoseconds, others in microseconds: they are the same to the cell.
    """
    # Part by part: Spark may leave hidden files beside them.
    files = sorted(folder.rglob(f"*.{suffix}"))
    files = [file for file in files if not file.name.startswith((".", "_"))]
    assert files, f"nothing in {folder}"
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


def table_hashes(output: Path) -> dict[str, tuple[str, int]]:
    """The hash and the rows of each table in a script's output."""
    folders = sorted(output.iterdir())
    return {
        folder.name: content_hash(folder)
        for folder in folders
        if folder.is_dir() and not folder.name.startswith(".")
    }


def script_of(name: str, engine: str) -> dict[str, str]:
    """The files of a spec of this repository for an engine, in blocks small enough to be many."""
    text = (SPECS / f"{name}.toml").read_text("utf-8")
    files = compile_spec(f"specs/{name}.toml", text, engine=engine).files
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
    python: Path | str = sys.executable,
    **environment: str,
) -> dict[str, tuple[str, int]]:
    """Runs a spec's script and gives its tables' hashes."""
    files = script_of(name, engine)
    options = ("--as-of", AS_OF, *options)
    return table_hashes(
        run_script(files, folder, *options, python=python, **environment)
    )


def runs(
    name: str, folder: Path, servers: dict[str, str]
) -> Iterator[tuple[str, str, dict[str, tuple[str, int]]]]:
    """A spec on each engine: the engine, its partitions, the tables' hashes."""
    for engine in ("polars", "pandas"):
        yield engine, "", hashes_by(name, engine, folder / engine)
    for server, address in servers.items():
        for partitions in map(str, PARTITIONS):
            place = folder / f"{server}-{partitions}"
            found = hashes_by(
                name, "spark", place, "--partitions", partitions, SPARK_REMOTE=address
            )
            yield server, partitions, found


def digest(tables: dict[str, tuple[str, int]]) -> str:
    """One hash of all tables."""
    return hashlib.sha256(repr(sorted(tables.items())).encode()).hexdigest()[:12]


def main() -> None:
    """Prints the table; exits 1 where a row differs from that of the Polars script."""
    report = Table("spec", "engine", "partitions", "rows", "hash", "differing tables")
    differ = 0
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = {"sail": stack.enter_context(sail(folder))}
        if java():
            servers["spark"] = stack.enter_context(spark_connect(folder))
        for name in NAMES:
            first: dict[str, tuple[str, int]] = {}
            for engine, partitions, found in runs(name, folder / name, servers):
                first = first or found
                others = [table for table in first if first[table] != found.get(table)]
                differ += bool(others)
                rows = f"{sum(count for _, count in found.values()):,}"
                hash, named = digest(found), ", ".join(others)
                report.add_row(name, engine, partitions, rows, hash, named)
            report.add_section()
    Console().print(report)
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
