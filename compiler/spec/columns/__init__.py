"""The column kinds. A module of this package with a new one is found, and registers it."""

from __future__ import annotations

import functools
from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from compiler.spec.columns.base import AmongSiblings, ByCase, Column
from compiler.spec.columns.categories import Bool, Constant
from compiler.spec.columns.choice import Choice
from compiler.spec.columns.derived import Expr, Lookup
from compiler.spec.columns.distributions import (
    Beta,
    Exponential,
    Gamma,
    Histogram,
    Lognormal,
    Normal,
    Pareto,
    Piecewise,
    Poisson,
    Quantiles,
    Triangular,
    Uniform,
)
from compiler.spec.columns.keys import Key, Position, Ref
from compiler.spec.columns.lifecycles import Lifecycle
from compiler.spec.columns.moments import Date, Offset, Timestamp
from compiler.spec.columns.moves import Entered, LogState
from compiler.spec.columns.numbers import Numeric
from compiler.spec.columns.registry import import_modules, kinds_of
from compiler.spec.columns.sequences import Progression, Running, Series, Tick
from compiler.spec.columns.texts import Email, Faker, Template
from compiler.spec.columns.totals import Share

import_modules(__name__, __path__)

KINDS: dict[str, type[Column]] = kinds_of(Column)
"""The models by kind."""


@functools.cache
def any_column() -> TypeAdapter[Column]:
    """A column of any kind, as a spec holds it."""
    union: Any = reduce(or_, KINDS.values())
    return TypeAdapter(Annotated[union, Field(discriminator="kind")])


class Loaded:
    """In the model of a table its columns are loaded already, each by the model of its kind.

    So pydantic prepares the models of those kinds alone that a spec has.
    """

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.is_instance_schema(Column)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(any_column().core_schema)


AnyColumn = Annotated[Column, Loaded]

__all__ = [
    "KINDS",
    "AmongSiblings",
    "AnyColumn",
    "Beta",
    "Bool",
    "ByCase",
    "Choice",
    "Column",
    "Constant",
    "Date",
    "Email",
    "Entered",
    "Exponential",
    "Expr",
    "Faker",
    "Gamma",
    "Histogram",
    "Key",
    "Lifecycle",
    "LogState",
    "Lognormal",
    "Lookup",
    "Normal",
    "Numeric",
    "Offset",
    "Pareto",
    "Piecewise",
    "Poisson",
    "Position",
    "Progression",
    "Quantiles",
    "Ref",
    "Running",
    "Series",
    "Share",
    "Template",
    "Tick",
    "Timestamp",
    "Triangular",
    "Uniform",
    "any_column",
]
