"""The column kinds. `AnyColumn` is the whole list: a new kind is added there."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from compiler.spec.columns.base import ByCase, Column
from compiler.spec.columns.categories import Bool, Choice, Constant
from compiler.spec.columns.derived import Expr, Lookup
from compiler.spec.columns.distributions import (
    Beta,
    Exponential,
    Gamma,
    Lognormal,
    Normal,
    Pareto,
    Poisson,
    Triangular,
    Uniform,
)
from compiler.spec.columns.keys import Key, Position, Ref
from compiler.spec.columns.moments import Date, Offset, Timestamp
from compiler.spec.columns.numbers import Numeric
from compiler.spec.columns.sequences import Progression, Running, Series, Tick
from compiler.spec.columns.texts import Email, Faker, Template

AnyColumn = Annotated[
    Key
    | Ref
    | Position
    | Faker
    | Email
    | Template
    | Choice
    | Bool
    | Constant
    | Normal
    | Lognormal
    | Exponential
    | Pareto
    | Gamma
    | Beta
    | Poisson
    | Triangular
    | Uniform
    | Date
    | Timestamp
    | Offset
    | Lookup
    | Expr
    | Tick
    | Series
    | Running
    | Progression,
    Field(discriminator="kind"),
]
KINDS: dict[str, type[Column]] = {
    model.model_fields["kind"].annotation.__args__[0]: model
    for model in AnyColumn.__origin__.__args__  # type: ignore[attr-defined]
}
"""The models by kind."""

__all__ = [
    "KINDS",
    "AnyColumn",
    "Beta",
    "Bool",
    "ByCase",
    "Choice",
    "Column",
    "Constant",
    "Date",
    "Email",
    "Exponential",
    "Expr",
    "Faker",
    "Gamma",
    "Key",
    "Lognormal",
    "Lookup",
    "Normal",
    "Numeric",
    "Offset",
    "Pareto",
    "Poisson",
    "Position",
    "Progression",
    "Ref",
    "Running",
    "Series",
    "Template",
    "Tick",
    "Timestamp",
    "Triangular",
    "Uniform",
]
