"""The column kinds. A module of this package with a new one is found, and registers it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated

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
from compiler.spec.columns.registry import import_modules, kinds_of
from compiler.spec.columns.sequences import Progression, Running, Series, Tick
from compiler.spec.columns.texts import Email, Faker, Template

import_modules(__name__, __path__)

KINDS: dict[str, type[Column]] = kinds_of(Column)
"""The models by kind."""

if TYPE_CHECKING:
    AnyColumn = Column
else:
    AnyColumn = Annotated[reduce(or_, KINDS.values()), Field(discriminator="kind")]
"""A column of any kind, as a spec holds it."""

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
