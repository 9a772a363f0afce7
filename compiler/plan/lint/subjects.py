"""What sort of rows a table has: events, or things that others point at."""

from __future__ import annotations

from compiler.plan.model import Plan, Table


def is_events(table: Table) -> bool:
    """Whether its rows happen in the window: a grid's do not, they are taken there."""
    if table.children is not None and table.children.every is not None:
        return False
    return table.has_moments_in_window


def is_dimension(plan: Plan, table: Table) -> bool:
    """Whether its rows are things that others point at: it has as many as there are."""
    pointed_at = table.name in plan.pointed_at
    in_time = is_events(table) or plan.grid_of(table) is not None
    return bool(table.data) or (pointed_at and not in_time)
