"""What holds a script of another engine against the Polars one: the same rows, cell for cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow
import pyarrow.parquet

from compiler.emit.library.helpers import helpers_for
from tests.support import Script, Tree, inside, module

SCOPE = {"pa": pyarrow, "pd": pd}
for helper in ("as_written", "as_arrow"):
    exec(helpers_for(frozenset({"pandas"}))[helper].text, SCOPE)
AS_ARROW: Any = SCOPE["as_arrow"]
"""What a frame of pandas is in a file: the scripts' own function."""


def by_pandas(tree: Tree, engine: str = "pandas") -> Tree:
    """The same spec for pandas."""
    return {**tree, "output": {**tree.get("output", {}), "engine": engine}}


def by_polars(tree: Tree) -> Tree:
    """The same spec for polars."""
    return by_pandas(tree, "polars")


def arrow(frame: pl.DataFrame) -> Any:
    """What a frame of polars is in a file."""
    texts = frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    return texts.to_arrow(compat_level=pl.CompatLevel.oldest())


def assert_same(found: Any, wanted: Any, name: str) -> None:
    """Two Arrow tables have the same columns of the same types with the same cells."""
    assert found.schema.remove_metadata() == wanted.schema.remove_metadata(), name
    assert len(found) == len(wanted), name
    for column in wanted.column_names:
        one, other = (table[column].combine_chunks() for table in (found, wanted))
        if not one.equals(other):
            cells = zip(one.to_pylist(), other.to_pylist(), strict=True)
            differ = [(n, *pair) for n, pair in enumerate(cells) if pair[0] != pair[1]]
            raise AssertionError((f"{name}.{column}", len(differ), differ[:5]))


def assert_rows_are_the_same(pandas: Script, polars: Script, name: str) -> None:
    """What the two scripts build for all rows of a table, and for some of them alone."""
    rows = np.arange(rows_of(polars, name))
    for part in (rows, rows[1::3], rows[:1], rows[:0]):
        if name == "_bad_data" and not len(part):
            continue  # no block has no faults to join
        built = [script.TABLES[name][0](part) for script in (pandas, polars)]
        assert_same(AS_ARROW(built[0]), arrow(built[1]), name)


def rows_of(script: Script, name: str) -> int:
    """How many rows a table's builder takes: in append mode, of all batches so far."""
    root = script.TABLES[name][1]
    if root == "_bad_data":
        return len(script.bad_data_blocks())
    if {"BATCH", "rows_after"} <= vars(script).keys():
        grids = vars(script).get("GRIDS", {})
        return int(script.rows_after(grids.get(root, root))[-1])
    return int(script.ROWS[root])


def written(tree: Tree, folder: Path, *options: str, block: int = 1 << 18) -> Path:
    """Runs a spec's script in this process; gives the folder of its data."""
    script = module(tree)
    script.BLOCK, script.CHUNK = block, max(1, block // 3)
    inside(script, ["--output", str(folder), *options])
    return folder


def tables_of(folder: Path) -> dict[str, Any]:
    """All rows of each table, in the order of its files."""
    return {
        part.name: pyarrow.concat_tables(
            pyarrow.parquet.read_table(file, partitioning=None)
            for file in sorted(part.rglob("*.parquet"))
        )
        for part in sorted(folder.iterdir())
        if part.is_dir() and not part.name.startswith(".")
    }


def assert_written_alike(
    tree: Tree, folder: Path, *options: str, block: int = 1 << 18
) -> None:
    """The files of both engines hold the same."""
    found = tables_of(
        written(by_pandas(tree), folder / "pandas", *options, block=block)
    )
    wanted = tables_of(written(tree, folder / "polars", *options, block=block))
    assert list(found) == list(wanted)
    for name, rows in wanted.items():
        assert_same(found[name], rows, name)
