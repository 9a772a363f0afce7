"""Parts of a total: what the rows of a parent divide among them."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import Path
from compiler.spec.columns.base import AmongSiblings, TypeOf
from compiler.spec.types import INTEGER, NUMBER, Need, Type


class Share(AmongSiblings):
    """In a `per` table: a part of the parent's total. All parts add up to it."""

    kind: Literal["share"]
    of: Path = Field(description="the total: a column of the parent, over the ref")
    decimals: int = Field(2, ge=0, le=9, description="digits behind the point")
    evenness: float = Field(
        1.0,
        ge=0.1,
        le=1e6,
        description="how alike the parts are: the parameter of a Dirichlet distribution",
    )

    path_keys: ClassVar = ("of",)
    needs: ClassVar = {"of": Need.NUMBER}
    passes_null: ClassVar = True
    own_keys: ClassVar = ("of", "decimals")

    @classmethod
    def fixed_keys(cls) -> set[str]:
        return {*super().fixed_keys(), "null_rate"}

    def gives(self, at: TypeOf) -> Type:
        total = at(self.of)
        part = INTEGER if self.decimals == 0 else NUMBER
        return replace(part, largest=total.largest, nullable=total.nullable)

    def summary(self) -> list[str]:
        decimals = words.count(str(self.decimals), "decimal")
        evenness = f"evenness {words.number(self.evenness)}"
        return [f"a part of {self.of}", evenness, decimals]
