"""Which rows a sampled ref points at."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from compiler.plan.model import Column
from compiler.plan.rows.layout import Rows as TableRows
from compiler.plan.sample.sampler import Sampler
from compiler.plan.sample.values import Array, CannotSample, Rows
from compiler.spec.columns import Ref
from compiler.spec.columns.numbers import STANDARD

LARGEST_VARIANCE = 0.01
"""Of a share, by the luck of which rows are busy: beyond it no estimate is made."""


def check_skew(rows: Mapping[str, TableRows], column: Column, read: str) -> None:
    """Whether it matters too much which rows of a ref's target are the busy ones.

    Activity is log-normal: of n rows, the share of any part has a variance of about
    (exp(sigma²) - 1) / n. Between the values that weigh a ref, the shares are exact.
    """
    for one in column.variants:
        spec = one.spec
        assert isinstance(spec, Ref)
        if column.parent or not spec.skew or read in spec.weights:
            continue
        sigma = STANDARD.inv_cdf(spec.skew) - STANDARD.inv_cdf(0.2)
        target = rows[spec.table].count.rows
        if math.expm1(sigma**2) > LARGEST_VARIANCE * target:
            raise CannotSample("a few busy rows decide")


def chosen(sampler: Sampler, table: str, column: Column, spec: Ref) -> Rows:
    """The rows that a ref points at if one of its cases held all rows."""
    shares = sampler.shares(table)
    if spec.table == table:
        if spec.weights:
            raise CannotSample("a weighted ref to earlier rows")
        rows = (shares * np.arange(len(shares))).astype(np.int64)
        rows[:1] = -1
        return rows
    if spec.differs_from is not None:
        raise CannotSample("rows that depend on those of another ref")
    if spec.distinct and (spec.weights or spec.skew):
        raise CannotSample("rows that are taken from each other")
    weights = weights_of(sampler, column, spec)
    rows = np.searchsorted(np.cumsum(weights / weights.sum()), shares)
    return np.minimum(rows, len(weights) - 1)


def weights_of(sampler: Sampler, column: Column, spec: Ref) -> Array:
    """How often each row of the target is chosen."""
    size = sampler.table(spec.table).size
    total = np.ones(size)
    paths = {path.column: path for path in column.weighted}
    for name, each in spec.weights.items():
        path = paths[name]
        values = sampler.column(path.table, path.column)
        for value, weight in each.items():
            cell = value == "true" if path.type.is_boolean else value
            total = np.where(values.data == cell, total * weight, total)
    if not size or not total.sum():
        raise CannotSample("no row to point at")
    return total
