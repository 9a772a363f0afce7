"""Columns that no `columns` table describes: those of `data`, and those with a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from compiler.spec.base import Cell
from compiler.spec.columns.base import Column, TypeOf
from compiler.spec.columns.categories import type_of
from compiler.spec.columns.decimals import as_decimal
from compiler.spec.types import UNKNOWN, Data, Type, unify


class InlineColumn(Column):
    """A column of a table that the spec gives row by row."""

    kind: Literal["given"] = "given"
    cells: Sequence[Cell]
    type: str | None = None

    def gives(self, at: TypeOf) -> Type:
        types = [type_of(cell) for cell in self.cells]
        if types[0].data is Data.TEXT:
            return Type(Data.TEXT, values=tuple(dict.fromkeys(map(str, self.cells))))
        return as_decimal(unify(types) or UNKNOWN, self.type)


class ErrorColumn(Column):
    """A column that already has a diagnostic: it keeps its name, and fits anywhere."""

    kind: Literal["broken"] = "broken"

    def gives(self, at: TypeOf) -> Type:
        return UNKNOWN
