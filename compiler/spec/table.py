"""A table: its rows and its columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from compiler.diagnostics import did_you_mean, leave_out
from compiler.spec.base import (
    LARGEST,
    Allow,
    Cell,
    Model,
    Name,
    Rows,
    check_name,
    problem,
)
from compiler.spec.columns import AnyColumn
from compiler.spec.columns.decimals import (
    DecimalType,
    decimal_of,
    in_digits,
    scale_of,
)
from compiler.spec.locales import TableLocale
from compiler.spec.rows import Per


def check_data(rows: list[dict[str, Cell]]) -> list[dict[str, Cell]]:
    """Rows with the same columns, each of one type; otherwise raises E102, E103 or E215."""
    if not rows:
        raise problem(
            "E215", "a table of no rows", "write a row: { sku = 'PEN', price = 1.9 }"
        )
    for name in rows[0]:
        check_name(name)
    for number, row in enumerate(rows, start=1):
        lacks = [f"lacks `{name}`" for name in rows[0] if name not in row]
        more = [f"has `{name}`, too" for name in row if name not in rows[0]]
        if lacks or more:
            raise problem(
                "E102",
                f"row {number} {' and '.join(lacks + more)}",
                "every row has the keys of the first",
                at=[(number - 1,), (0,)],
            )
    for name in rows[0]:
        kinds = [kind_of(row[name]) for row in rows]
        for number, kind in enumerate(kinds):
            if kind != kinds[0]:
                raise problem(
                    "E103",
                    f"`{name}` holds {kinds[0]} and {kind}",
                    "a column's values are of one type",
                    at=[(number, name), (0, name)],
                )
    return rows


def kind_of(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "booleans"
    if isinstance(cell, int | float):
        return "numbers"
    return (
        "texts"
        if isinstance(cell, str)
        else "timestamps" if isinstance(cell, datetime) else "dates"
    )


def or_file(schema: dict[str, Any]) -> None:
    """Rows may be in a file: an editor accepts its path, which the rows replace in the tree."""
    schema["anyOf"] = [*schema["anyOf"], {"type": "string"}]


class Table(Model):
    """A table of the data."""

    rows: Rows | Per | None = Field(
        None, description="how many rows, or how many per parent"
    )
    data: Annotated[list[dict[str, Cell]], AfterValidator(check_data)] | None = Field(
        None,
        description="the rows themselves, instead of `rows`; or a CSV, JSON or Parquet file "
        "beside the spec that has them",
        json_schema_extra=or_file,
    )
    types: dict[str, DecimalType] = Field(
        {}, description='columns of `data` that are exact decimals: "decimal(12, 2)"'
    )
    batch_rows: Annotated[int, Field(ge=0, le=LARGEST)] | None = Field(
        None, description="in append mode: how many rows each batch adds"
    )
    description: str = Field("", description="description of the table")
    hidden: bool = Field(
        False, description="whether other tables can use it, but it is not written"
    )
    renamed_from: Name | None = Field(
        None, description="the table's name before: its cells stay as they were"
    )
    primary_key: list[Name] = Field(
        [], description="the columns of the primary key, if it is not the `key` column"
    )
    unique: list[Annotated[list[Name], Field(min_length=1)]] = Field(
        [], description="further columns of which no two rows have the same values"
    )
    partition_by: list[Name] = Field(
        [],
        description="columns of few values: the rows of each value are in a folder of their own",
    )
    locale: TableLocale | None = Field(
        None, description="a Faker locale of this table's texts, or several"
    )
    columns: Mapping[Name, AnyColumn] = Field(
        {}, description="the columns, in the order of the output"
    )
    allow: Allow = Field([], description='lint codes to silence, "*" for all')

    @model_validator(mode="before")
    @classmethod
    def _rows_or_data(cls, data: Any) -> Any:
        if isinstance(data, dict) and ("rows" in data) == ("data" in data):
            if "rows" in data:
                raise problem(
                    "E106",
                    "`rows` and `data` exclude each other",
                    leave_out("one of them"),
                    at=[("data",), ("rows",)],
                )
            misspelled = data.keys() - cls.model_fields.keys()  # which is reported
            if not misspelled:
                raise problem("E106", "a table has `rows` or `data`", "rows = 10_000")
        return data

    @model_validator(mode="before")
    @classmethod
    def _data_has_the_digits_of_its_types(cls, data: Any) -> Any:
        """The numbers of decimals are rounded to the digits of their type."""
        types = data.get("types") if isinstance(data, dict) else None
        rows = data.get("data") if isinstance(data, dict) else None
        if not isinstance(types, dict) or not isinstance(rows, list):
            return data
        scales = {name: scale_of(type) for name, type in types.items()}
        rounded = [
            (
                {name: in_digits(cell, scales.get(name)) for name, cell in row.items()}
                if isinstance(row, dict)
                else row
            )
            for row in rows
        ]
        return {**data, "data": rounded}

    @model_validator(mode="after")
    def _data_fits_its_types(self) -> Self:
        """`types` are of columns of numbers in `data`, and have room for them."""
        given = (self.data or [{}])[0]
        for name, type in self.types.items():
            place = ("types", name)
            if name not in given:
                message = f"`data` has no column `{name}`"
                raise problem("E101", message, did_you_mean(name, given), at=[place])
            for number, row in enumerate(self.data or ()):
                cell = row[name]
                here = ("data", number, name)
                if not isinstance(cell, float):
                    message = f"`{name}` holds {kind_of(cell)}, which are no decimals"
                    raise problem("E106", message, leave_out(), [place, here])
                decimal = decimal_of(type)
                if decimal and not decimal.holds(cell):
                    message = f"{cell:g} does not fit {type}"
                    raise problem("E104", message, at=[here, place])
        return self

    @model_validator(mode="after")
    def _batches_of_rows(self) -> Self:
        """`batch_rows` is only allowed with a number of rows."""
        if self.batch_rows is not None and not isinstance(self.rows, int):
            why = "follows its parent" if self.rows else "has fixed rows"
            other = "rows" if self.rows else "data"
            message = f"`batch_rows` needs a number of rows: this table {why}"
            raise problem("E106", message, leave_out(), at=[("batch_rows",), (other,)])
        return self
