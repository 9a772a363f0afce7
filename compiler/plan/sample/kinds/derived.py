"""Columns that are computed from others, and the cells of inline data."""

from __future__ import annotations

from compiler.plan.sample.kinds.base import Asked, samples
from compiler.plan.sample.values import Values, cells
from compiler.spec.columns import Expr, Lookup
from compiler.spec.columns.given import InlineColumn


@samples(InlineColumn)
def given(asked: Asked, spec: InlineColumn) -> Values:
    return Values.of(cells(spec.cells)[asked.sample.numbers])


@samples(Lookup)
def lookup(asked: Asked, spec: Lookup) -> Values:
    return asked.at(spec.path)


@samples(Expr)
def expression(asked: Asked, spec: Expr) -> Values:
    return asked.evaluated()
