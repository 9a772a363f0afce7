"""Types of columns that are texts, as in CSV: the first one that all values of the file fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from compiler.spec.types import Data

if TYPE_CHECKING:
    import polars as pl

HEAD = 100
"""Rows from which types are guessed (as many as polars takes); all rows then confirm them."""

LONG_NUMBER = 16
"""Digits of a whole number from which a float may lose some; such texts are names, not amounts."""

DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y")
CLOCKS = ("%H:%M:%S%.f", "%H:%M")
ISO = "%Y-%m-%d"
ZONES = ("%#z", " UTC")
"""`%#z` is `Z`, `+00:00`, `+0200` or `+02`."""


class TextType(Protocol):
    """A way to read a text."""

    @property
    def data(self) -> Data: ...

    def value(self, text: pl.Expr) -> pl.Expr:
        """The value; null where the text is none of this type."""

    def refused(self, text: pl.Expr) -> pl.Expr | None:
        """Texts that have a value, but would lose something by it."""


@dataclass(frozen=True)
class Number:
    """Whole numbers, or any; not with leading zeros: `00042` is a name."""

    data: Data
    comma: bool = False
    """Whether the decimal point is a comma, and dots may be between thousands."""

    def value(self, text: pl.Expr) -> pl.Expr:
        import polars as pl

        if self.data is Data.INTEGER:
            return text.cast(pl.Int64, strict=False)
        if self.comma:
            shaped = text.str.contains(r"^-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$")
            plain = text.str.replace_all(".", "", literal=True)
            plain = plain.str.replace(",", ".", literal=True)
            text = pl.when(shaped).then(plain)
        return text.cast(pl.Float64, strict=False)

    def refused(self, text: pl.Expr) -> pl.Expr | None:
        # Most numbers do not begin with a zero: the costly pattern is for those that do.
        zeros = text.str.starts_with("0") & text.str.contains(r"^0\d")
        if self.data is Data.INTEGER:
            return zeros
        long = text.str.len_bytes() >= LONG_NUMBER
        return zeros | (long & text.str.contains(r"^[+-]?\d+$"))


@dataclass(frozen=True)
class Truth:
    """`true` and `false` in any case, or the `t` and `f` of Postgres."""

    data: Data = Data.BOOLEAN

    def value(self, text: pl.Expr) -> pl.Expr:
        import polars as pl

        words = {"true": True, "false": False, "t": True, "f": False}
        lower = text.str.to_lowercase()
        return lower.replace_strict(words, default=None, return_dtype=pl.Boolean)

    def refused(self, text: pl.Expr) -> pl.Expr | None:
        return None


@dataclass(frozen=True)
class Moment:
    """Dates or timestamps of one format; those with an offset become UTC."""

    data: Data
    format: str

    def value(self, text: pl.Expr) -> pl.Expr:
        if self.data is Data.DATE:
            return text.str.to_date(self.format, strict=False)
        moment = text.str.to_datetime(self.format, time_unit="us", strict=False)
        if self.format.endswith("%#z"):
            return moment.dt.replace_time_zone(None)
        return moment

    def refused(self, text: pl.Expr) -> pl.Expr | None:
        return None


DAYS = tuple(Moment(Data.DATE, format) for format in DATES)
TIMES = tuple(
    Moment(Data.TIMESTAMP, format)
    for format in [
        *(f"{ISO}{sep}{CLOCKS[0]}{zone}" for zone in ZONES for sep in "T "),
        *(f"{ISO}T{clock}" for clock in CLOCKS),
        *(f"{date} {clock}" for date in DATES for clock in CLOCKS),
    ]
)
INTEGER = Number(Data.INTEGER)
NUMBER = Number(Data.NUMBER)
COMMA_NUMBER = Number(Data.NUMBER, comma=True)
MOMENTS: tuple[TextType, ...] = (*DAYS, *TIMES)
ALL: tuple[TextType, ...] = (Truth(), INTEGER, NUMBER, *MOMENTS)
"""All types, the narrowest first."""

Candidates = Mapping[str, Sequence[TextType]]


@dataclass(frozen=True)
class TextTypes:
    """The types of the columns (those that are no texts), and the number of rows."""

    types: Mapping[str, TextType]
    rows: int


def cleaned(name: str) -> pl.Expr:
    """A cell without the spaces around it; null if nothing remains."""
    import polars as pl

    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text)


def types_of(texts: pl.LazyFrame, candidates: Candidates) -> TextTypes:
    """The first candidate of each column that all of its values fit, in one pass over all rows.

    A column without values is text, and has no type here, like one that nothing fits. All columns
    are read, so that damage anywhere in the file shows here: polars' errors are passed on.
    """
    import polars as pl

    likely = {
        name: _fitting(pl.LazyFrame({name: values}), {name: candidates[name]})[0][name]
        for name, values in _first_values(texts, [*candidates]).items()
    }
    fitting, rows = _fitting(texts, likely)
    return TextTypes({name: fit[0] for name, fit in fitting.items() if fit}, rows)


def _first_values(texts: pl.LazyFrame, names: list[str]) -> dict[str, pl.Series]:
    """Some values of each column; of those that begin with many nulls, from further below."""
    import polars as pl

    head = texts.select(names).head(HEAD).collect()
    found = {name: head[name].drop_nulls() for name in names}
    late = [name for name in names if found[name].is_empty()]
    if late:
        values = [pl.col(name).drop_nulls().head(HEAD).implode() for name in late]
        below = texts.select(values).collect(engine="streaming")
        found |= {name: below[name].explode().drop_nulls() for name in late}
    return found


def _fitting(
    texts: pl.LazyFrame, candidates: Candidates
) -> tuple[dict[str, list[TextType]], int]:
    """The candidates that fit, none for a column without values; and the number of rows."""
    import polars as pl

    names = texts.collect_schema().names()
    queries = [pl.len().alias("rows")]
    queries += [pl.col(name).null_count().alias(f"nulls/{name}") for name in names]
    for name, types in candidates.items():
        text = cleaned(name)
        queries.append(text.is_null().all().alias(f"empty/{name}"))
        for number, one in enumerate(types):
            misfit = text.is_not_null() & one.value(text).is_null()
            refused = one.refused(text)
            if refused is not None:
                misfit = misfit | refused
            queries.append(misfit.any().alias(f"{number}/{name}"))
    found = texts.select(queries).collect(engine="streaming").row(0, named=True)
    fitting = {
        name: [one for n, one in enumerate(types) if not found[f"{n}/{name}"]]
        for name, types in candidates.items()
    }
    none: dict[str, list[TextType]] = {
        name: [] for name in candidates if found[f"empty/{name}"]
    }
    return fitting | none, found["rows"]


def typed(texts: pl.LazyFrame, types: Mapping[str, TextType]) -> pl.LazyFrame:
    """The frame with each column in its type."""
    values = [one.value(cleaned(name)).alias(name) for name, one in types.items()]
    return texts.with_columns(values)
