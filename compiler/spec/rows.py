"""The rows of a table that depend on a parent: a number, a grid of time, one for some, a log."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Self

from pydantic import Field, model_validator

from compiler.diagnostics import SWAP, leave_out
from compiler.spec.base import Name, Positive, Rate, TableName, problem
from compiler.spec.cases import Cased
from compiler.spec.columns.children import Children, OneChild, most_children
from compiler.spec.columns.derived import Expr
from compiler.spec.columns.moves import Moves
from compiler.spec.time import Every, Months


class Per(Cased):
    """Rows for each row of a parent table."""

    per: TableName = Field(description="the parent table")
    mean: Positive | None = Field(
        None, le=1_000_000, description="children per parent, on average"
    )
    min: int = Field(
        0, ge=0, le=1_000_000, description="the minimum number of children"
    )
    max: int | None = Field(
        None, ge=1, le=1_000_000, description="the maximum number of children"
    )
    every: Every | None = Field(
        None, description="one child for each step of this length in the window"
    )
    where: str | None = Field(
        None,
        description="one child where this expression over the parent's row is true",
    )
    chance: Rate | None = Field(
        None, description="one child for this share of the parents"
    )
    moves: Name | None = Field(
        None, description="one child for each state that this lifecycle entered"
    )

    called: ClassVar = "table's `rows`"
    own_keys: ClassVar = ("per", "every", "where", "moves")
    caseless: ClassVar = ("every", "where", "moves")
    one_of: ClassVar = (("mean", "every", "where", "chance", "moves"),)

    @model_validator(mode="after")
    def _mean_within_bounds(self) -> Self:
        bounds = [key for key in ("min", "max") if key in self.model_fields_set]
        if self.mean is None and bounds:
            message = f"`{bounds[0]}` goes with `mean`"
            raise problem("E106", message, leave_out(), at=[(bounds[0],)])
        if self.every in (timedelta(0), Months(0)):
            message = "the step of a grid is above zero"
            raise problem("E104", message, 'such as "15m"', at=[("every",)])
        if self.mean is None:
            return self
        if self.max is not None and self.min > self.max:
            message = f"min {self.min} is above max {self.max}"
            raise problem("E215", message, SWAP, at=[("min",), ("max",)])
        below = self.mean <= self.min and self.min > 0
        above = self.max is not None and self.mean >= self.max
        if (below or above) and self.min != self.max:
            raise problem(
                "E215",
                f"a mean of {self.mean:g} is impossible between the bounds",
                "the mean must be between `min` and `max`",
                at=[("mean",)],
            )
        return self

    @property
    def column(self) -> Children | OneChild | Expr | Moves | None:
        """The number of children as a column of the parent; None for a grid.

        It is drawn or computed like any other cell of the parent's row.
        """
        if self.every is not None:
            return None
        if self.where is not None:
            return Expr(kind="expr", expr=self.where)
        if self.moves is not None:
            return Moves(moves=self.moves)
        made: Children | OneChild
        if self.mean is not None:
            most = self.max or most_children(self.mean, self.min)
            made = Children(mean=self.mean, least=self.min, most=most, limit=self.max)
        else:
            made = OneChild(kind="bool", chance=self.chance or 0.0)
        variants = {keys: one.column for keys, one in self.variants.items() if keys}
        return made.with_variants(self.by, variants)
