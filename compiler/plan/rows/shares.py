"""About which share of a table's rows has each of a column's values."""

from __future__ import annotations

from compiler.plan.model import Column
from compiler.spec.columns import Bool, Choice
from compiler.spec.columns.given import InlineColumn


def shares_of(column: Column) -> dict[str, float]:
    """About which share of the rows has each of a category's values."""
    spec = column.spec
    if isinstance(spec, Bool) and column.by is None:
        return {"true": spec.chance, "false": 1 - spec.chance}
    if isinstance(spec, Choice) and column.by is None:
        total = sum(spec.shares.values())
        return {value: weight / total for value, weight in spec.shares.items()}
    if isinstance(spec, InlineColumn):
        cells = [
            str(cell).lower() if isinstance(cell, bool) else str(cell)
            for cell in spec.cells
        ]
        return {value: cells.count(value) / len(cells) for value in cells}
    # Only the data show it.
    values = column.type.values or ("true", "false")
    return dict.fromkeys(values, 1 / len(values))


def knows_shares(column: Column) -> bool:
    """Whether the spec states those shares; if not, they are guessed."""
    return column.by is None and isinstance(column.spec, Bool | Choice | InlineColumn)
