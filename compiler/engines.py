"""What the compiler knows of each engine and each format: all facts that are not code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EngineName = Literal["polars", "spark", "pandas"]
FormatName = Literal["parquet", "json", "csv", "delta"]


@dataclass(frozen=True)
class Engine:
    """What computes and writes the data."""

    name: EngineName
    frames: Literal["polars", "pandas"]
    """The library in whose frames tables are built."""
    distributed: bool = False
    """Whether the tasks of a cluster build the rows, and tables may be in a catalog."""
    slowness: float = 1.0
    """The time for the same rows, polars taking 1 (`python -m benchmarks writing`)."""
    expands_variables: bool = False
    """Whether `${…}` in its SQL is replaced, and a backslash escapes."""


@dataclass(frozen=True)
class Format:
    """The form of the data."""

    name: FormatName
    is_text: bool = False
    """Whether it is files of text, which have no types and are not compressed."""
    has_names: bool = False
    """Whether each row repeats the names of the columns."""
    is_table: bool = False
    """Whether runs commit to a table, whose files nothing may rename."""


ENGINES: dict[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine("polars", frames="polars"),
        Engine("spark", frames="polars", distributed=True, expands_variables=True),
        Engine("pandas", frames="pandas", slowness=1.8),
    )
}
FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("parquet"),
        Format("json", is_text=True, has_names=True),
        Format("csv", is_text=True),
        Format("delta", is_table=True),
    )
}
