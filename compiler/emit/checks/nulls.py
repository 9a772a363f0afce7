"""Where columns are null by their `when` and how often by their `null_rate`, for `--check`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compiler.emit.checks.paths import (
    Cell,
    Skipped,
    own_path,
    why_faulty,
    why_unknown,
)
from compiler.emit.checks.sql import Condition, NotInSql, condition_of
from compiler.emit.code.code import Code, item
from compiler.emit.code.literals import literal
from compiler.emit.names import ScriptNames
from compiler.plan.model import Column, Plan, Table, Variant

HOLDS = "where `when` holds"


@dataclass(frozen=True)
class NullShare:
    """The share of nulls among some rows of a column."""

    what: str
    share: Code
    rows: Condition


def null_by_rate_alone(column: Column) -> bool:
    """Whether a column is null in some rows, and for no reason but its `null_rate`."""
    return bool(column.null_rate) and column.when is None and is_filled(column)


def is_filled(column: Column) -> bool:
    """Whether a column is never null but by its `null_rate` and its `when`."""
    nullable = [variant.gives.nullable for variant in column.variants]
    return not column.parent and not any(nullable)


def rows_with_values(
    plan: Plan, table: Table, column: Column, refs: Mapping[Cell, Cell]
) -> Condition | Skipped | None:
    """SQL of the rows in which a column's `when` holds, if the written data shows it."""
    if column.when is None:
        return None
    node, what = column.when.expression, f"{column.name} {HOLDS}"
    assert node is not None
    why = why_faulty(plan, own_path(table, column))
    for path in column.when.paths.values():
        why = why or why_unknown(plan, refs, path) or why_faulty(plan, path)
    if why:
        return Skipped(table.name, what, why)
    try:
        return condition_of(plan.output, lambda sql: sql.condition(node))
    except NotInSql:
        return Skipped(table.name, what, "its expression is not written as SQL")


def value_where_none_is(column: Column, rows: Condition) -> Condition:
    """SQL of the rows in which a column has a value although its `when` does not hold."""
    return Condition(
        f"{{}} IS NOT NULL AND NOT ({rows.sql})", (column.name, *rows.paths)
    )


def null_shares(
    plan: Plan,
    table: Table,
    column: Column,
    names: ScriptNames,
    rows: Condition | None,
    refs: Mapping[Cell, Cell],
) -> Iterator[NullShare | Skipped]:
    """How many nulls there are among the rows in which a `when` holds, or those of a case."""
    what = f"no {column.name}"
    if not is_filled(column) or column.table == table.name:
        return  # the first rows of its own table have none to point at
    nulls = names.constant(table.name, column.name, "_NULLS")
    if column.null_rate is not None:
        if rows is not None:
            share = nulls if column.null_rate else literal(0.0)
            yield NullShare(f"{what} {HOLDS}", share, rows)
        return
    assert column.by is not None
    own = own_path(table, column)
    why = why_unknown(plan, refs, column.by) or why_faulty(plan, column.by)
    if why := why or why_faulty(plan, own):
        yield Skipped(table.name, f"{what} by {column.by.text}", why)
        return
    for variant, name in zip(column.variants, column.case_names, strict=True):
        case = case_condition(plan, column, variant)
        share = item(nulls, literal(name))
        where = f"{what} where {column.by.text} is {name}"
        yield NullShare(where, share, case if rows is None else case & rows)


def case_condition(plan: Plan, column: Column, variant: Variant) -> Condition:
    """SQL of the rows of a case; false where it is null."""
    found = condition_of(plan.output, lambda sql: sql.case(column, variant))
    return Condition(f"COALESCE({found.sql}, FALSE)", found.paths)
