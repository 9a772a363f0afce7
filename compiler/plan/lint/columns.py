"""Columns that look made up, or whose names and formats mislead."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.plan.lint.rule import Found, rule
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Choice, Key, Uniform
from compiler.spec.columns.moments import Offset

AGGREGATES = ("total_", "sum_", "avg_")


@rule("W401")
def uniform(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """Amounts and delays that are all as frequent look made up."""
    offset = isinstance(column.spec, Offset)
    specs = [variant.spec for variant in column.variants]
    drawn = [spec.delay if isinstance(spec, Offset) else spec for spec in specs]
    if any(
        isinstance(spec, Uniform) and not (spec.is_fixed or spec.unique)
        for spec in drawn
    ):
        message = f"`{column.name}` is uniform, which real values rarely are"
        key = "distribution" if offset else "kind"
        yield Found(message, "try lognormal or normal", (key,))


@rule("W402")
def equal_weights(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """Values that are all as frequent look made up, and leave nothing to find."""
    for variant in column.variants:
        if isinstance(variant.spec, Choice):
            weights = [weight for weight in variant.spec.shares.values() if weight]
            if len(weights) > 1 and len(set(weights)) == 1:
                message = f"all values of `{column.name}` have the same weight"
                key = "weights" if variant.spec.weights else "values"
                yield Found(message, "give some a larger weight", (key,))
                return


@rule("W404")
def aggregate_name(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """Sums are what a pipeline makes of raw rows; stored beside them they disagree."""
    if column.name.startswith(AGGREGATES) or column.name.endswith("_count"):
        message = f"`{column.name}` is named like an aggregate"
        yield Found(message, "keep raw rows, and let the pipeline aggregate them")


@rule("W409")
def narrow_key(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """Keys of several widths do not sort by number, and differ from the declared format."""
    if isinstance(column.spec, Key) and column.spec.format is not None:
        _, width, _ = column.spec.parts
        maximum = table.max_row + column.spec.start
        if 0 < width < len(str(maximum)):
            message = f"the key's {width} digits are too few for number {maximum:,}"
            yield Found(
                message,
                "longer numbers are written in full, so keys stay unique",
                ("format",),
            )
