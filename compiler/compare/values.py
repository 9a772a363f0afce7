"""Columns of both sides as what can be compared: numbers, or names of categories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from compiler.compare.model import Kind
from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

MOST_CATEGORIES = 100
"""A text of more values is a name or a code, no category. So many fit a spec and a reader."""
LEAST_REPEATS = 2
"""The mean number of rows of a category. Texts that repeat less are names."""
SAME_KEYS = 0.5
"""The share of all keys of two small tables that both have, if they mean the same."""
SECONDS_A_DAY = 86_400

NUMBERS = (Data.INTEGER, Data.NUMBER)
MOMENTS = (Data.DATE, Data.TIMESTAMP)


def family(series: pl.Series, data: Data) -> str:
    """The type of values in one word, by the frame, else by the declared type.

    Files without types have all of it as text, which the declared type then describes.
    """
    import polars as pl

    dtype = series.dtype
    if data in MOMENTS or dtype.is_temporal():
        return "moment" if dtype not in (pl.Time, pl.Duration) else "unknown"
    if data is Data.BOOLEAN or dtype == pl.Boolean:
        return "boolean"
    if data in NUMBERS or dtype.is_numeric():
        return "number"
    if isinstance(dtype, pl.String | pl.Categorical | pl.Enum):
        return "text"
    return "unknown"


def is_category(texts: pl.Series) -> bool:
    """Whether these texts are few, and repeat."""
    values, rows = texts.n_unique(), len(texts) - texts.null_count()
    return values <= MOST_CATEGORIES and values * LEAST_REPEATS <= rows


def are_same_keys(first: pl.Series, second: pl.Series) -> bool:
    """Whether two columns of keys are of a few rows that both sides have, such as countries.

    Numbered keys (1, 2, 3 or `SHOP-01`, `SHOP-02`) are alike on both sides and mean nothing.
    """
    one, other = (set(as_texts(each).unique().drop_nulls()) for each in (first, second))
    if max(len(one), len(other)) > MOST_CATEGORIES:
        return False
    if len({"".join(sign for sign in key if not sign.isdigit()) for key in one}) < 2:
        return False
    return len(one & other) >= SAME_KEYS * len(one | other)


def as_texts(series: pl.Series) -> pl.Series:
    """Values as texts, by which keys of any type can be joined. A whole number has no point."""
    import polars as pl

    if series.dtype.is_float():
        whole = series.cast(pl.Int64, strict=False)
        if (whole.cast(series.dtype) == series).all():
            series = whole
    if series.dtype == pl.Boolean:
        return series.cast(pl.Int8).replace_strict(
            {0: "false", 1: "true"}, return_dtype=pl.String
        )
    return series.cast(pl.String, strict=False)


def as_booleans(series: pl.Series) -> pl.Series:
    """True and false, however they were written, as texts."""
    import polars as pl

    texts = as_texts(series).str.to_lowercase()
    names = {
        "1": "true",
        "t": "true",
        "yes": "true",
        "0": "false",
        "f": "false",
        "no": "false",
    }
    return texts.replace(names).cast(pl.String)


def as_numbers(series: pl.Series) -> pl.Series:
    import polars as pl

    if series.dtype == pl.String:
        series = series.str.strip_chars()
    return series.cast(pl.Float64, strict=False).fill_nan(None)


def as_seconds(series: pl.Series) -> pl.Series:
    """Moments as seconds since 1970, in UTC."""
    import polars as pl

    if series.dtype == pl.String:
        try:
            series = series.str.to_datetime(
                time_unit="us", time_zone="UTC", strict=False
            )
        except pl.exceptions.ComputeError:  # no text is a moment
            series = pl.Series([None] * len(series), dtype=pl.Float64)
    if series.dtype.is_numeric() or series.dtype == pl.Null:
        return series.cast(pl.Float64)
    return series.dt.epoch("us").cast(pl.Float64) / 1e6


def converted(series: pl.Series, kind: Kind, family: str) -> pl.Series:
    """A column as its kind compares it."""
    if kind is Kind.NUMBER:
        return as_numbers(series)
    if kind is Kind.MOMENT:
        return as_seconds(series)
    if kind in (Kind.CATEGORY, Kind.REF):
        return as_booleans(series) if family == "boolean" else as_texts(series)
    if kind is Kind.LENGTH:
        return as_numbers(as_texts(series).str.len_chars())
    return series


def of_one_side(
    frame: pl.DataFrame,
    kinds: Mapping[str, Kind],
    families: Mapping[str, str],
    shift: int,
) -> pl.DataFrame:
    """The columns of a frame as their kinds compare them; moments `shift` days earlier."""
    import polars as pl

    found = {}
    for name, kind in kinds.items():
        series = converted(frame[name], kind, families[name])
        if kind is Kind.MOMENT:
            series = series - shift * SECONDS_A_DAY
        found[name] = series.alias(name)
    return pl.DataFrame(found)
