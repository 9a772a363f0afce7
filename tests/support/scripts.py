"""Emitted scripts as modules of this process, and the rows that they make."""

from __future__ import annotations

import contextlib
import functools
import sys
import types
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from compiler.pipeline import Compiled
from tests.support.specs import Tree, compiled, spec, table

Script = Any
"""An emitted script as a module: which names it has only its spec knows."""


def module(source: str | Tree | Compiled | Mapping[str, str]) -> Script:
    """An emitted script as a module of its own, so that its builders can be called."""
    if isinstance(source, str | dict) and "generate_data.py" not in source:
        source = compiled(source)
    files = source.files if isinstance(source, Compiled) else source
    assert isinstance(files, Mapping)
    script = types.ModuleType("generate_data")
    exec(code_of(files["generate_data.py"]), vars(script))
    return script


@functools.lru_cache(maxsize=50)
def code_of(text: str) -> types.CodeType:
    """A script's code, which its modules share: they have names and values of their own."""
    return compile(text, "generate_data.py", "exec")


def rows_of(script: Script, name: str, rows: np.ndarray) -> pl.DataFrame:
    """A table's rows for these rows of its root (mostly: itself)."""
    builder = script.TABLES[name][0]
    frame = builder(rows)
    assert isinstance(frame, pl.DataFrame)
    return frame


def whole(script: Script, name: str) -> pl.DataFrame:
    """All rows of a table, built at once."""
    root = script.TABLES[name][1]
    return rows_of(script, name, np.arange(script.ROWS[root]))


def built(tree: Tree | str, name: str = "") -> pl.DataFrame:
    """All rows of a spec's table (by default the last one)."""
    script = module(tree)
    return whole(script, name or list(script.TABLES)[-1])


def column(rows: int, /, **parameters: Any) -> np.ndarray:
    """The values of one column of a table of so many rows."""
    frame = built(spec(things=table(rows, value=parameters)), "things")
    return values(frame["value"])


def values(series: pl.Series) -> np.ndarray:
    """A Series as numpy; categories and other texts as objects."""
    if series.dtype == pl.Enum:
        series = series.cast(pl.String)
    return series.to_numpy()


def seconds(series: pl.Series) -> np.ndarray:
    """Moments as seconds since 1970."""
    return series.dt.epoch("s").to_numpy()


def inside(script: Script, options: Sequence[str]) -> None:
    """Runs an emitted script's `main` in this process, with these options."""
    with contextlib.ExitStack() as stack:
        stack.callback(setattr, sys, "argv", sys.argv)
        sys.argv = ["generate_data.py", *options]
        script.main()
