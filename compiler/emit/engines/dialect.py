"""How code speaks of each engine's frames: the few words and idioms in which they differ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from compiler.emit.code.code import (
    Code,
    attribute,
    call,
    item,
    listed,
    method,
    name,
)
from compiler.emit.code.literals import literal
from compiler.plan.model import Plan
from compiler.spec.types import Data, Type

SECONDS = literal("%Y-%m-%d %H:%M:%S")
TIMESTAMP_TEXT = len("2026-06-30 23:59:59")
FALSE, TRUE = literal(False), literal(True)
BOOLEANS = literal({"True": True, "False": False})


class Dialect:
    """Polars' words."""

    frame = "pl.DataFrame"
    series = "pl.Series"
    lower = "str.to_lowercase"
    upper = "str.to_uppercase"
    dtypes: Mapping[Data, Code] = {
        Data.TEXT: name("pl.String"),
        Data.INTEGER: name("pl.Int64"),
        Data.NUMBER: name("pl.Float64"),
        Data.BOOLEAN: name("pl.Boolean"),
        Data.DATE: name("pl.Date"),
        Data.TIMESTAMP: call("pl.Datetime", literal("us"), literal("UTC")),
    }
    given_as_functions = False
    """Whether an inline column that others read has a function of its own, too."""

    def as_series(self, values: Code) -> Code:
        """A Series of numpy's values."""
        return call(self.series, values)

    def cast(self, code: Code, type: Type) -> Code:
        return method(code, "cast", self.dtypes[type.data])

    def is_true(self, code: Code, nullable: bool = True) -> Code:
        """Conditions as numpy has them; null is as good as false."""
        filled = method(code, "fill_null", FALSE) if nullable else code
        return method(filled, "to_numpy")

    def repeated(self, code: Code, rows: Code, data: Data) -> Code:
        """One value in every row."""
        return call(
            "pl.repeat", code, call("len", rows), dtype=self.dtypes[data], eager=TRUE
        )

    def as_text(self, code: Code, type: Type) -> Code:
        """Values of any type as they are written in a text."""
        if type.data is Data.TEXT and not type.values:
            return code
        if type.data is Data.TIMESTAMP:
            return method(code, "dt.strftime", SECONDS)
        if type.data is Data.NUMBER:
            return call("number_text", code)
        return self.cast(code, Type(Data.TEXT))

    def parsed(self, code: Code, type: Type) -> Code:
        """Texts of Python's values as the values: 12, 0.5, True, 2026-06-30, None."""
        if type.nullable:
            code = method(code, "replace", literal("None"), literal(None))
        if type.data is Data.BOOLEAN:
            return method(code, "replace_strict", BOOLEANS)
        if type.data is Data.DATE:
            return method(code, "str.to_date")
        if type.data is Data.TIMESTAMP:  # to the second
            code = method(code, "str.head", literal(TIMESTAMP_TEXT))
            unit, zone = literal("us"), literal("UTC")
            return method(code, "str.to_datetime", time_unit=unit, time_zone=zone)
        return code if type.data is Data.TEXT else self.cast(code, type)

    def part(self, text: str, rows: Code) -> Code:
        """Some text that is joined with columns of text."""
        return literal(text)

    def category_as_text(self, code: Code) -> Code:
        """A case's values as strings: what one case calls a category another may not."""
        return self.cast(code, Type(Data.TEXT))

    def joined(self, values: Mapping[str, Code], faults: tuple[Code, ...]) -> Code:
        """Several columns in one text, joined by slashes; with the faults that they have."""
        frame = self.with_faults(values, faults)
        every = call("pl.concat_str", call("pl.all"), separator=literal("/"))
        return method(method(frame, "select", every), "to_series")

    def with_faults(self, values: Mapping[str, Code], faults: tuple[Code, ...]) -> Code:
        frame = call(self.frame, literal(values))
        return call("with_faults", *faults, frame) if faults else frame

    def given(self, rows: Code, types: Mapping[str, Data]) -> Code:
        """A frame of rows that are written out."""
        schema = literal({name: self.dtypes[data] for name, data in types.items()})
        return call(self.frame, listed([rows]), schema, orient=literal("row"))

    def height(self, frame: Code) -> Code:
        return attribute(frame, "height")

    def rows(self, frame: Code, row: Code) -> Code:
        """Some rows of a frame."""
        return item(frame, row)

    def concat(self, frames: str) -> Code:
        """Frames, given by a generator in parentheses, one below the other."""
        return Code(f"pl.concat{frames}")

    def taken(self, values: Code, row: Code) -> Code:
        """The values of a Series at some rows."""
        return method(values, "gather", row)

    def null_where_null(self, code: Code, other: Code) -> Code:
        """A Series that is null where another one is."""
        return call("null_where", code, method(method(other, "is_null"), "to_numpy"))

    def days(self, code: Code) -> Code:
        """The days of moments."""
        return method(code, "dt.date")

    def day(self, code: Code) -> Code:
        """The day of one moment."""
        return method(code, "date")

    def day_beside(self, day: date) -> Code:
        """A day that a column of days is compared with."""
        return literal(day)

    def midnights(self, code: Code) -> Code:
        """The moments at which days start."""
        return self.cast(code, Type(Data.TIMESTAMP))


class Pandas(Dialect):
    """Pandas' words. Where there may be nulls, columns have dtypes that know them."""

    frame = "pd.DataFrame"
    series = "pd.Series"
    lower = "str.lower"
    upper = "str.upper"
    dtypes: Mapping[Data, Code] = {
        Data.TEXT: name("TEXT"),
        Data.INTEGER: literal("int64"),
        Data.NUMBER: literal("float64"),
        Data.BOOLEAN: literal("bool"),
        Data.DATE: literal("datetime64[s]"),
        Data.TIMESTAMP: literal("datetime64[us, UTC]"),
    }
    nullable: Mapping[Data, Code] = {
        Data.INTEGER: literal("Int64"),
        Data.NUMBER: literal("Float64"),
        Data.BOOLEAN: literal("boolean"),
    }
    given_as_functions = True

    def cast(self, code: Code, type: Type) -> Code:
        return method(code, "astype", self.dtype(type))

    def dtype(self, type: Type) -> Code:
        plain = self.dtypes[type.data]
        return self.nullable.get(type.data, plain) if type.nullable else plain

    def is_true(self, code: Code, nullable: bool = True) -> Code:
        filled = method(code, "fillna", FALSE) if nullable else code
        return method(filled, "to_numpy", name("bool"))

    def repeated(self, code: Code, rows: Code, data: Data) -> Code:
        return self.filled(code, rows, self.dtypes[data])

    def nulls(self, rows: Code, type: Type) -> Code:
        """Null in every row."""
        return self.filled(literal(None), rows, self.dtype(type))

    def filled(self, code: Code, rows: Code, dtype: Code) -> Code:
        index = call("range", call("len", rows))
        return call("pd.Series", code, index=index, dtype=dtype)

    def as_text(self, code: Code, type: Type) -> Code:
        if type.data is Data.TEXT:
            return code
        if type.data is Data.TIMESTAMP:
            text = method(code, "dt.strftime", SECONDS)
            return method(text, "astype", self.dtypes[Data.TEXT])
        return call("as_text", code)

    def parsed(self, code: Code, type: Type) -> Code:
        if type.nullable:
            code = method(code, "replace", literal("None"), name("pd.NA"))
        if type.data is Data.BOOLEAN:
            code = method(code, "map", BOOLEANS, na_action=literal("ignore"))
        if type.is_moment:  # to the second
            head = Code(f":{TIMESTAMP_TEXT}")
            code = item(attribute(code, "str"), head)
            zone = {"utc": TRUE} if type.data is Data.TIMESTAMP else {}
            code = call("pd.to_datetime", code, **zone)
        return code if type.data is Data.TEXT else self.cast(code, type)

    def part(self, text: str, rows: Code) -> Code:
        code = literal(text)
        # Of one text numpy, by which pandas joins it, drops what is nothing at its end.
        return self.repeated(code, rows, Data.TEXT) if text.endswith("\0") else code

    def category_as_text(self, code: Code) -> Code:
        return code

    def joined(self, values: Mapping[str, Code], faults: tuple[Code, ...]) -> Code:
        return call("joined", self.with_faults(values, faults))

    def given(self, rows: Code, types: Mapping[str, Data]) -> Code:
        schema = {name: self.dtypes[data] for name, data in types.items()}
        frame = call(self.frame, listed([rows]), columns=literal(list(types)))
        return method(frame, "astype", literal(schema))

    def height(self, frame: Code) -> Code:
        return call("len", frame)

    def rows(self, frame: Code, row: Code) -> Code:
        return method(method(frame, "take", row), "reset_index", drop=TRUE)

    def concat(self, frames: str) -> Code:
        return Code(f"pd.concat({frames}, ignore_index=True)")

    def taken(self, values: Code, row: Code) -> Code:
        return call("gather", values, row)

    def null_where_null(self, code: Code, other: Code) -> Code:
        return call("null_where", code, method(method(other, "isna"), "to_numpy"))

    def days(self, code: Code) -> Code:
        return call("days_of", code)

    def day(self, code: Code) -> Code:
        return call("pd.Timestamp", method(code, "date"))

    def day_beside(self, day: date) -> Code:
        return call("pd.Timestamp", *map(literal, (day.year, day.month, day.day)))

    def midnights(self, code: Code) -> Code:
        moments = method(code, "astype", literal("datetime64[us]"))
        return method(moments, "dt.tz_localize", literal("UTC"))


POLARS, PANDAS = Dialect(), Pandas()
DIALECTS: dict[str, Dialect] = {"polars": POLARS, "pandas": PANDAS}
"""By the library of frames."""


def dialect_of(plan: Plan) -> Dialect:
    return DIALECTS[plan.engine.frames]
