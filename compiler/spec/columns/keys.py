"""Columns that identify the row, or the row of another table that it belongs to."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from compiler.diagnostics import leave_out
from compiler.spec import words
from compiler.spec.base import LARGEST, Path, TableName, Weights, problem
from compiler.spec.columns.base import ByCase, Column, TypeOf
from compiler.spec.key_format import KEY_FORMAT, check_format
from compiler.spec.types import INTEGER, TEXT, UNKNOWN, Type


class Key(Column):
    """The primary key: the row's number, formatted or not, or a UUID."""

    kind: Literal["key"]
    format: Annotated[str, AfterValidator(check_format)] | None = Field(
        None, description='a Python format of the number: "CUST-{:05d}"'
    )
    start: int = Field(1, ge=0, le=LARGEST, description="the first row's number")
    uuid: bool = Field(False, description="a UUID in place of a number")

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.uuid and (self.format is not None or "start" in self.model_fields_set):
            other = "start" if self.format is None else "format"
            message = "a `uuid` key has neither `format` nor `start`"
            raise problem("E106", message, at=[(other,), ("uuid",)])
        return self

    @property
    def parts(self) -> tuple[str, int, str]:
        """The text before the number, its minimum width, and the text after it."""
        match = KEY_FORMAT.fullmatch(self.format or "{}")
        assert match is not None, "check_format let it pass"
        prefix, suffix = (
            match[name].replace("{{", "{").replace("}}", "}")
            for name in ("prefix", "suffix")
        )
        return prefix, int(match["width"] or 0), suffix

    def gives(self, at: TypeOf) -> Type:
        return TEXT if self.uuid or self.format is not None else INTEGER

    def summary(self) -> list[str]:
        if self.uuid:
            return ["a UUID"]
        shape = self.format or "numbers"
        return [f"{shape} from {self.start}"]


NO_COLUMN = ""
"""Takes the place of a column's name in weights that name none."""


class Ref(ByCase):
    """A foreign key: the key of a row of another table (or of an earlier one of its own)."""

    kind: Literal["ref"]
    table: TableName = Field(description="the table that it points at")
    weights: dict[str, Weights] = Field(
        {}, description="how often a parent is chosen, by the values of its columns"
    )
    skew: Annotated[float, Field(ge=0.2, lt=1)] | Literal[False] = Field(
        0.8,
        description="share of the rows that goes to the busiest 20 % of parents, "
        "from 0.2 to below 1; false for none",
    )

    distinct: bool = Field(
        False, description="in a `per` table: no row twice among a parent's children"
    )
    differs_from: Path | None = Field(
        None, description="another ref to the same table: never the same row as that"
    )

    path_keys: ClassVar = ("differs_from",)
    own_keys: ClassVar = ("table", "distinct", "differs_from")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.distinct and self.differs_from is not None:
            message = "`distinct` and `differs_from` exclude each other"
            at = [("differs_from",), ("distinct",)]
            raise problem("E106", message, leave_out("one of them"), at)
        return self

    @property
    def draws_again(self) -> bool:
        """Whether a row that may not be is drawn again."""
        return self.distinct or self.differs_from is not None

    @field_validator("weights", mode="before")
    @classmethod
    def _of_a_column(cls, weights: Any) -> Any:
        """Weights of values alone are kept: the plan reports which column has these values."""
        flat = isinstance(weights, dict) and weights
        if flat and all(isinstance(each, int | float) for each in weights.values()):
            return {NO_COLUMN: {key: float(each) for key, each in weights.items()}}
        return weights

    def gives(self, at: TypeOf) -> Type:
        return UNKNOWN  # the compiler knows better: the type of the other table's key

    def summary(self) -> list[str]:
        parts = []
        for column, weights in self.weights.items():
            ratio = " : ".join(map(words.number, weights.values()))
            parts.append(f"{column} {' : '.join(weights)} as {ratio}")
        if self.skew:
            skew = f"the busiest 20% of {self.table} get {words.percent(self.skew)}"
            parts.append(f"{skew}{' of the first draws' if self.draws_again else ''}")
        else:
            parts.append("no skew")
        if self.distinct:
            parts.append(f"each of {self.table} at most once for a parent")
        if self.differs_from is not None:
            parts.append(f"never the row of {self.differs_from}")
        return parts


class Position(Column):
    """1, 2, 3 … within the parent, in a `per` table."""

    kind: Literal["position"]

    def gives(self, at: TypeOf) -> Type:
        return INTEGER

    def summary(self) -> list[str]:
        return ["1, 2, 3, … within the parent"]
