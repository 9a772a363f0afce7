"""Columns that a lifecycle gives: its state, its moments, the rows of its log."""

from __future__ import annotations

from compiler.plan.columns.lifecycles import READERS
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Lifecycle
from compiler.spec.columns.moves import MoveMoment, Moves, MoveState


def lifecycle_of(table: str, column: Column) -> tuple[str, str] | None:
    """The table and the column of the lifecycle that gives a column's values, if one does."""
    if isinstance(column.spec, Lifecycle):
        return table, column.name
    if isinstance(column.spec, READERS):
        path = next(iter(column.reads.values()))
        return path.table, path.column
    return None


def logged(plan: Plan, table: Table) -> tuple[Table, Column] | None:
    """Of a log of moves: the table whose rows move, and the lifecycle."""
    count = table.children.column if table.children is not None else None
    if table.children is None or count is None or not isinstance(count.spec, Moves):
        return None
    parent = plan.table(table.children.parent)
    return parent, parent.columns[count.spec.moves]


def shows_moves(table: Table) -> bool:
    """Whether rows of a log hold anything of their move."""
    columns = table.columns.values()
    return any(isinstance(one.spec, MoveMoment | MoveState) for one in columns)
