"""Expressions along a parent's rows in order of time: where they may be, and by what moment."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.diagnostics import leave_out
from compiler.plan.expression import AHEAD, IN_ORDER, Refusals, goes_by_order
from compiler.plan.model import Variant, reads_of
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Expr, Tick
from compiler.spec.columns.sequences import Sequential
from compiler.spec.rows import Per


def refused_at(scope: Scope, table: str, place: Place) -> Refusals:
    """The functions in order of time that an expression at a place cannot have."""
    if place[-1] in ("where", "when"):
        help = f"put it into a column of `{table}` with `hidden = true`, and use that"
        return {
            name: (f"`{name}` cannot be used in `{place[-1]}`", help)
            for name in IN_ORDER
        }
    rows = scope.spec.tables[table].rows
    if scope.unsure(table):
        return {}
    if not isinstance(rows, Per):
        help = 'such as rows = { per = "accounts", mean = 20 }'
        message = f"`{{}}` goes along the rows of a parent, and `{table}` has none"
        return {name: (message.format(name), help) for name in IN_ORDER}
    if goes_on(scope, table):
        help = 'use `lag` or `first`; with mode = "overwrite" all rows are there'
        message = "`{}` looks at later rows, which a grid has in later batches"
        return {name: (message.format(name), help) for name in AHEAD}
    return {}


def goes_on(scope: Scope, table: str) -> bool:
    """Whether a parent has further rows of a table in each batch."""
    rows = scope.spec.tables[table].rows
    appends = scope.spec.output.mode == "append"
    return appends and isinstance(rows, Per) and rows.every is not None


def check_in_order(
    scope: Scope,
    table: str,
    name: str,
    spec: ColumnSpec,
    variants: Sequence[Variant],
) -> None:
    """An `order` has an effect; on a grid that goes on, the rows so far are the first ones."""
    if not isinstance(spec, Expr | Sequential) or spec.order is None:
        return
    place: Place = ("tables", table, "columns", name)
    nodes = [one.expression for one in variants]
    if isinstance(spec, Expr):
        if any(node is None for node in nodes):
            return
        if not any(node is not None and goes_by_order(node) for node in nodes):
            message = "`order` has no effect: the expression looks at no other rows"
            scope.error("E106", (*place, "order"), message, leave_out())
            return
    order = reads_of(variants, None).get(spec.order)
    if order is None or not goes_on(scope, table) or scope.unsure(table):
        return
    ticks = scope.of_kind(table, Tick)
    if order.hops or order.column not in ticks:
        message = f"`{spec.order}` may order rows of a later batch before earlier ones"
        new = 'at = { kind = "tick" }'
        tick = f"`{ticks[0]}`" if ticks else f"a tick, such as {new}"
        spot = (*place, "order")
        if getattr(scope.specs[table][name], "order", None) is None:
            spot = (*place, "kind")
        scope.error("E307", spot, message, f"in append mode, order a grid by {tick}")
