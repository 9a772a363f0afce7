"""Expressions that are one function along a parent's rows: SQL knows them as windows."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.emit.checks.paths import (
    Skipped,
    is_written,
    own_path,
    why_faulty,
)
from compiler.emit.checks.sql import Condition
from compiler.emit.rows.numbering import goes_on
from compiler.plan.expression import Call, Read
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Expr, Key, Position, Tick
from compiler.spec.types import Data

WINDOWS = {
    "lag": "LAG({})",
    "lead": "LEAD({})",
    "first": "FIRST_VALUE({})",
    "last": "LAST_VALUE({})",
    "cumsum": "SUM({})",
    "row_number": "ROW_NUMBER()",
}
ALL_ROWS = " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
"""By default a window of SQL ends at the row itself."""


def windows_of(plan: Plan, table: Table) -> Iterator[tuple[str, Condition | Skipped]]:
    """The columns of a table that are windows of SQL, each with that, or why it is not checked."""
    for column in table.written:
        found = window_of(plan, table, column)
        if found:
            yield column.name, found


def window_of(plan: Plan, table: Table, column: Column) -> Condition | Skipped | None:
    """A column as a window of SQL over columns of its table; None where it is more than that."""
    if len(column.variants) > 1 or column.spec.has_nulls or column.cut_by:
        return None
    (variant,) = column.variants
    spec, node, children = variant.spec, variant.expression, table.children
    if not isinstance(node, Call) or node.name not in WINDOWS:
        return None
    assert isinstance(spec, Expr) and spec.order is not None and children is not None
    order, args = variant.paths[spec.order], node.args
    read = [variant.paths[arg.path] for arg in args if isinstance(arg, Read)]
    exact = node.name != "cumsum" or (
        node.type.data is Data.INTEGER and not node.type.nullable
    )
    if len(read) < len(args) or order.hops or not exact or goes_on(plan, table):
        return None
    ends = node.name in ("first", "last")  # which rows of one moment share
    same = ends and order.column == read[0].column
    last = None if same else tie_break(table, table.columns[order.column])
    used = [one.text for one in read]
    used += [children.ref, order.column, *([last] if last else [])]
    unknown = any(path.hops for path in read) or (last is None and not same)
    if unknown or not all(is_written(table, one) for one in used):
        return None
    function = WINDOWS[node.name]
    for one in (column.name, *used):
        if why := why_faulty(plan, own_path(table, table.columns[one])):
            what = f"{column.name} as {function.format(*used)}"
            return Skipped(table.name, what, why)
    by = ", ".join("{}" for _ in used[len(read) + 1 :])
    rows = ALL_ROWS if node.name == "last" else ""
    sql = f"{function} OVER (PARTITION BY {{}} ORDER BY {by}{rows})"
    return Condition(sql, tuple(used))


def tie_break(table: Table, order: Column) -> str | None:
    """A written column that orders the rows of one moment by their numbers; "" if none needed."""
    if isinstance(order.spec, Tick):
        return ""
    for column in table.written:
        spec = column.spec
        numbers = isinstance(spec, Key) and spec.format is None and not spec.uuid
        if numbers or isinstance(spec, Position):
            return column.name
    return None
