"""Columns that are computed from others, with no draw of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import Path
from compiler.spec.columns.base import ByCase, TypeOf
from compiler.spec.columns.decimals import DecimalType, decimal_field
from compiler.spec.types import UNKNOWN, Data, Need, Type


class Lookup(ByCase):
    """Another row's value."""

    kind: Literal["lookup"]
    path: Path = Field(description="such as `customer_id.tier`")

    path_keys: ClassVar = ("path",)

    def gives(self, at: TypeOf) -> Type:
        return at(self.path)

    def holds_what_it_reads(self, type: Type) -> bool:
        return True

    def summary(self) -> list[str]:
        return [self.path]


class Expr(ByCase):
    """What an expression over other columns computes."""

    kind: Literal["expr"]
    expr: str = Field(
        description="Python operators, comparisons, `a if c else b`, functions"
    )
    order: Path | None = Field(
        None,
        description="the moment that orders a parent's rows for `lag`, `lead` and the like; "
        "by default the table's first",
    )

    type: DecimalType | None = decimal_field()

    path_keys: ClassVar = ("order",)
    needs: ClassVar[Mapping[str, Need]] = {"order": Need.MOMENT}
    own_keys: ClassVar = ("order", "type")

    def gives(self, at: TypeOf) -> Type:
        return UNKNOWN  # the expression's own type, once it is parsed

    def holds_what_it_reads(self, type: Type) -> bool:
        return type.data is Data.TEXT and not type.values

    def summary(self) -> list[str]:
        found = [words.one_line(self.expr)]
        if self.order:
            found.append(f"in the order of {self.order}")
        return [*found, self.type] if self.type else found
