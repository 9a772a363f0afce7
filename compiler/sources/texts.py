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


NULL_WORDS = ("null", "n/a", "na", "none", "\\n")
"""Texts that tools write for null, in lower case; `\\N` is that of Postgres and MySQL."""
NULL_REMARK = (
    "NULL and the like count as null: all other values are of this type, or keys"
)


def is_null_word(text: pl.Expr) -> pl.Expr:
    """Whether a text is one that tools write for null."""
    import polars as pl

    plain = text.cast(pl.String).str.strip_chars().str.to_lowercase()
    return plain.is_in(NULL_WORDS)


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
        if self.data is Data.INTEGER:
            return text.str.starts_with("0") & (text.str.len_bytes() > 1)
        return text.str.contains(rf"^[+-]?(0\d|\d{{{LONG_NUMBER},}}$)")


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
class Way:
    """A type, and whether spaces around values, empty texts and words for null do not count."""

    type: TextType
    is_cleaned: bool
    has_null_words: bool = False
    """Whether NULL and the like count as null, too."""

    def text(self, name: str) -> pl.Expr:
        """The texts of a column; null if nothing remains of one."""
        import polars as pl

        text = pl.col(name)
        if not self.is_cleaned:
            return text
        text = text.str.strip_chars()
        is_there = text != ""
        if self.has_null_words:
            is_there &= ~is_null_word(text)
        return pl.when(is_there).then(text)

    def value(self, name: str) -> pl.Expr:
        """The values of a column."""
        return self.type.value(self.text(name)).alias(name)


Ways = Mapping[str, list[Way]]


@dataclass(frozen=True)
class TextTypes:
    """How to read the columns that are no texts, and the number of rows."""

    ways: Mapping[str, Way]
    rows: int

    def remark(self, column: str) -> str:
        """What people should know of how a column is read."""
        way = self.ways.get(column)
        return NULL_REMARK if way is not None and way.has_null_words else ""


def types_of(
    texts: pl.LazyFrame, candidates: Candidates, *, reads_all: bool = True
) -> TextTypes:
    """The first candidate of each column that all of its values fit.

    A column without values is text, and is missing here, like one that nothing fits. With
    `reads_all` all cells are read, so that damage anywhere in a file shows here: polars' errors
    are passed on. It takes one pass over the rows, and another for columns where later rows
    refute what the first ones showed.
    """
    import polars as pl

    likely = {
        name: _fitting(pl.LazyFrame({name: values}), {name: ways_of(candidates[name])})
        for name, values in _first_values(texts, [*candidates]).items()
    }
    ways = {name: fits[0][name] for name, fits in likely.items() if fits[0][name]}
    first = {name: some[:1] for name, some in ways.items()}
    others = [name for name in texts.collect_schema().names() if reads_all]
    fitting, rows = _fitting(texts, first, others)
    rest = {name: some[1:] for name, some in ways.items() if not fitting[name]}
    rest = {name: some for name, some in rest.items() if some}
    if rest:
        fitting |= _fitting(texts, rest)[0]
    return TextTypes({name: fit[0] for name, fit in fitting.items() if fit}, rows)


def ways_of(types: Sequence[TextType]) -> list[Way]:
    """All ways to read the types: as they are first, which is cheaper."""
    manners = ((False, False), (True, False), (True, True))
    return [Way(type, *manner) for manner in manners for type in types]


def _first_values(texts: pl.LazyFrame, names: list[str]) -> dict[str, pl.Series]:
    """Some values of each column; of those that begin with many nulls, from further below."""
    import polars as pl

    head = texts.select(names).head(HEAD).collect()
    found = {name: head[name].drop_nulls() for name in names}
    late = [name for name in names if found[name].is_empty()]
    if late and head.height == HEAD:
        values = [pl.col(name).drop_nulls().head(HEAD).implode() for name in late]
        below = texts.select(values).collect(engine="streaming")
        found |= {name: below[name].explode().drop_nulls() for name in late}
    return {name: values for name, values in found.items() if not values.is_empty()}


def _fitting(
    texts: pl.LazyFrame, ways: Ways, others: Sequence[str] = ()
) -> tuple[dict[str, list[Way]], int]:
    """The ways that fit, none for a column without values; and the number of rows.

    `others` are columns that are only read.
    """
    import polars as pl

    queries = [pl.len().alias("rows")]
    queries += [pl.col(name).null_count().alias(f"read/{name}") for name in others]
    for name, some in ways.items():
        for number, way in enumerate(some):
            text, value = way.text(name), way.value(name)
            queries.append(text.null_count().alias(f"{number} empty/{name}"))
            queries.append(value.null_count().alias(f"{number} null/{name}"))
            refused = way.type.refused(text)
            if refused is not None:
                queries.append(refused.any().alias(f"{number} refused/{name}"))
    found = texts.select(queries).collect(engine="streaming").row(0, named=True)
    rows = found["rows"]

    def fits(name: str, number: int) -> bool:
        empty = found[f"{number} empty/{name}"]
        refused = found.get(f"{number} refused/{name}")
        return empty < rows and empty == found[f"{number} null/{name}"] and not refused

    fitting = {
        name: [way for number, way in enumerate(some) if fits(name, number)]
        for name, some in ways.items()
    }
    return fitting, rows


def typed(texts: pl.LazyFrame, ways: Mapping[str, Way]) -> pl.LazyFrame:
    """The frame with each column in its type."""
    return texts.with_columns([way.value(name) for name, way in ways.items()])
