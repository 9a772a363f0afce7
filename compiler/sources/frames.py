"""Types of polars as types of a spec, and frames in the few types that a source has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from compiler.sources.model import SourceColumn
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

LONGEST_INTEGER = 18
"""Digits that always fit into 64 bits."""


def data_of(dtype: pl.DataType) -> Data:
    """The counterpart of a type of polars; UNKNOWN if there is none."""
    import polars as pl

    if isinstance(dtype, pl.Decimal):
        return Data.NUMBER if dtype.scale else Data.INTEGER
    if dtype.is_integer():
        return Data.INTEGER
    if dtype.is_float():
        return Data.NUMBER
    if isinstance(dtype, (pl.String, pl.Categorical, pl.Enum, pl.Null)):
        return Data.TEXT
    if isinstance(dtype, pl.Boolean):
        return Data.BOOLEAN
    if isinstance(dtype, pl.Date):
        return Data.DATE
    if isinstance(dtype, pl.Datetime):
        return Data.TIMESTAMP
    return Data.UNKNOWN


def column_of(name: str, dtype: pl.DataType) -> SourceColumn:
    """A column of a frame."""
    import polars as pl

    decimals = (dtype.scale or None) if isinstance(dtype, pl.Decimal) else None
    values = tuple(dtype.categories) if isinstance(dtype, pl.Enum) else ()
    declared = "" if isinstance(dtype, pl.Null) else str(dtype)
    return SourceColumn(
        name, data_of(dtype), declared, values=values, decimals=decimals
    )


def simple(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column in the type that a source has for it; see `SourceTable.scan`."""
    import polars as pl

    column = pl.col(name)
    if isinstance(dtype, pl.Datetime):
        if dtype.time_zone:
            column = column.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
        return column.dt.cast_time_unit("us")
    match data_of(dtype):
        case Data.NUMBER:
            return column.cast(pl.Float64)
        case Data.TEXT:
            return column.cast(pl.String)
        case Data.INTEGER if not dtype.is_integer():
            return column.cast(pl.Int64, strict=False)
    return column


def in_simple_types(frame: pl.LazyFrame, schema: pl.Schema) -> pl.LazyFrame:
    """The frame with all columns in the types that a source has."""
    return frame.select([simple(name, dtype) for name, dtype in schema.items()])


def without_counterpart(table: str, columns: Iterable[SourceColumn]) -> list[str]:
    """A note on the columns whose types a spec does not have."""
    names = [one.name for one in columns if one.data is Data.UNKNOWN and one.declared]
    if not names:
        return []
    listed = ", ".join(names)
    return [f"{table}: the types of {listed} have no counterpart in a spec"]


def plain_names(names: Sequence[str]) -> Mapping[str, str]:
    """New names for those with spaces around them, and for empty ones, which pandas writes."""
    found: dict[str, str] = {}
    for position, name in enumerate(names, 1):
        plain = name.strip() or f"column_{position}"
        if plain != name and plain not in (*names, *found.values()):
            found[name] = plain
    return found
