"""How each engine's frames are spoken of in code: the few words and idioms that differ."""

from __future__ import annotations

from collections.abc import Mapping

from compiler.emit.python import Source, as_factor, literal
from compiler.plan.model import Plan
from compiler.spec.types import Data, Type


class Dialect:
    """Polars' words; code comes and goes as text."""

    frame = "pl.DataFrame"
    series = "pl.Series"
    lower = "str.to_lowercase"
    upper = "str.to_uppercase"
    dtypes: Mapping[Data, str] = {
        Data.TEXT: "pl.String",
        Data.INTEGER: "pl.Int64",
        Data.NUMBER: "pl.Float64",
        Data.BOOLEAN: "pl.Boolean",
        Data.DATE: "pl.Date",
        Data.TIMESTAMP: 'pl.Datetime("us", "UTC")',
    }
    given_as_functions = False
    """Whether a given column that others read has a function of its own, too."""

    def cast(self, code: str, type: Type) -> str:
        return f"{as_factor(code)}.cast({self.dtypes[type.data]})"

    def is_true(self, code: str, nullable: bool = True) -> str:
        """Conditions as numpy has them; null is as good as false."""
        filled = ".fill_null(False)" if nullable else ""
        return f"{as_factor(code)}{filled}.to_numpy()"

    def repeated(self, code: object, rows: str, data: Data) -> str:
        """One value in every row."""
        dtype = self.dtypes[data]
        return f"pl.repeat({code}, len({rows}), dtype={dtype}, eager=True)"

    def as_text(self, code: str, type: Type) -> str:
        """Values of any type as they stand in a text."""
        if type.data is Data.TEXT and not type.values:
            return as_factor(code)
        if type.data is Data.TIMESTAMP:
            return f'{as_factor(code)}.dt.strftime("%Y-%m-%d %H:%M:%S")'
        if type.data is Data.NUMBER:
            return f"number_text({code})"
        return self.cast(code, Type(Data.TEXT))

    def parsed(self, code: str, type: Type) -> str:
        """Texts of Python's values as the values: 12, 0.5, True, 2026-06-30, None."""
        code = f'{code}.replace("None", None)' if type.nullable else code
        if type.data is Data.BOOLEAN:
            return f'{code}.replace_strict({{"True": True, "False": False}})'
        if type.data is Data.DATE:
            return f"{code}.str.to_date()"
        if type.data is Data.TIMESTAMP:  # to the second
            return (
                f'{code}.str.head(19).str.to_datetime(time_unit="us", time_zone="UTC")'
            )
        return code if type.data is Data.TEXT else self.cast(code, type)

    def part(self, text: str, rows: str) -> str:
        """Some text that is joined with columns of text."""
        return literal(text)

    def category_as_text(self, code: str) -> str:
        """A case's values as strings: what one case calls a category another may not."""
        return self.cast(code, Type(Data.TEXT))

    def joined(self, values: Mapping[str, Source], faults: str) -> str:
        """Several columns in one text, joined by slashes; with the faults that they have."""
        frame = f"{self.frame}({literal(values)})"
        frame = f"with_faults({faults}, {frame})" if faults else frame
        return f'{frame}.select(pl.concat_str(pl.all(), separator="/")).to_series()'

    def given(self, rows: str, types: Mapping[str, Data]) -> str:
        """A frame of rows that are written out."""
        schema = {name: Source(self.dtypes[data]) for name, data in types.items()}
        return f'{self.frame}([{rows}], {literal(schema)}, orient="row")'

    def height(self, frame: str) -> str:
        return f"{frame}.height"

    def rows(self, frame: str, row: str) -> str:
        """Some rows of a frame."""
        return f"{frame}[{row}]"

    def concat(self, frames: str) -> str:
        """Frames, given by a generator, one below the other."""
        return f"pl.concat{frames}"

    def taken(self, values: str, row: str) -> str:
        """The values of a Series at some rows."""
        return f"{values}.gather({row})"

    def days(self, code: str) -> str:
        """The days of moments."""
        return f"{code}.dt.date()"

    def day(self, code: str) -> str:
        """The day of one moment."""
        return f"{code}.date()"


class Pandas(Dialect):
    """Pandas' words. Where there may be nulls, columns have dtypes that know them."""

    frame = "pd.DataFrame"
    series = "pd.Series"
    lower = "str.lower"
    upper = "str.upper"
    dtypes: Mapping[Data, str] = {
        Data.TEXT: "TEXT",
        Data.INTEGER: '"int64"',
        Data.NUMBER: '"float64"',
        Data.BOOLEAN: '"bool"',
        Data.DATE: '"datetime64[s]"',
        Data.TIMESTAMP: '"datetime64[us, UTC]"',
    }
    nullable: Mapping[Data, str] = {
        Data.INTEGER: '"Int64"',
        Data.NUMBER: '"Float64"',
        Data.BOOLEAN: '"boolean"',
    }
    given_as_functions = True

    def cast(self, code: str, type: Type) -> str:
        return f"{as_factor(code)}.astype({self.dtype(type)})"

    def dtype(self, type: Type) -> str:
        plain = self.dtypes[type.data]
        return self.nullable.get(type.data, plain) if type.nullable else plain

    def is_true(self, code: str, nullable: bool = True) -> str:
        filled = ".fillna(False)" if nullable else ""
        return f"{as_factor(code)}{filled}.to_numpy(bool)"

    def repeated(self, code: object, rows: str, data: Data) -> str:
        return f"pd.Series({code}, index=range(len({rows})), dtype={self.dtypes[data]})"

    def nulls(self, rows: str, type: Type) -> str:
        """Null in every row."""
        return f"pd.Series(None, index=range(len({rows})), dtype={self.dtype(type)})"

    def as_text(self, code: str, type: Type) -> str:
        if type.data is Data.TEXT:
            return as_factor(code)
        if type.data is Data.TIMESTAMP:
            text = f'{as_factor(code)}.dt.strftime("%Y-%m-%d %H:%M:%S")'
            return f"{text}.astype(TEXT)"
        return f"as_text({code})"

    def parsed(self, code: str, type: Type) -> str:
        code = f'{code}.replace("None", pd.NA)' if type.nullable else code
        if type.data is Data.BOOLEAN:
            code = f'{code}.map({{"True": True, "False": False}}, na_action="ignore")'
        if type.is_moment:  # to the second
            zone = ", utc=True" if type.data is Data.TIMESTAMP else ""
            code = f"pd.to_datetime({code}.str[:19]{zone})"
        return code if type.data is Data.TEXT else self.cast(code, type)

    def part(self, text: str, rows: str) -> str:
        code = literal(text)
        # Of one text numpy, by which pandas joins it, drops what is nothing at its end.
        return self.repeated(code, rows, Data.TEXT) if text.endswith("\0") else code

    def category_as_text(self, code: str) -> str:
        return code

    def joined(self, values: Mapping[str, Source], faults: str) -> str:
        frame = f"{self.frame}({literal(values)})"
        frame = f"with_faults({faults}, {frame})" if faults else frame
        return f"joined({frame})"

    def given(self, rows: str, types: Mapping[str, Data]) -> str:
        schema = {name: Source(self.dtypes[data]) for name, data in types.items()}
        columns = literal(list(types))
        frame = f"{self.frame}([{rows}], columns={columns})"
        return f"{frame}.astype({literal(schema)})"

    def height(self, frame: str) -> str:
        return f"len({frame})"

    def rows(self, frame: str, row: str) -> str:
        return f"{frame}.take({row}).reset_index(drop=True)"

    def concat(self, frames: str) -> str:
        return f"pd.concat({frames}, ignore_index=True)"

    def taken(self, values: str, row: str) -> str:
        return f"taken({values}, {row})"

    def days(self, code: str) -> str:
        return f"days_of({code})"

    def day(self, code: str) -> str:
        return f"pd.Timestamp({code}.date())"


POLARS, PANDAS = Dialect(), Pandas()


def dialect_of(plan: Plan) -> Dialect:
    return PANDAS if plan.output.engine == "pandas" else POLARS
