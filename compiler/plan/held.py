"""What a script keeps in memory of the tables that its rows point at, as long as it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Ref

NARROW, WIDE = 4, 8
"""Bytes of a row number: of a table all of whose numbers fit in four, and of others."""


@dataclass(frozen=True)
class Held:
    """Row numbers that are kept for a column."""

    table: str
    column: str
    target: str
    """The table whose rows they are."""
    bytes_a_row: int
    rows: float

    @property
    def bytes(self) -> float:
        return self.bytes_a_row * self.rows


def held_by(plan: Plan, rows: Mapping[str, float]) -> Iterator[Held]:
    """All row numbers that are kept, where tables have so many rows."""
    for table in plan.tables:
        for column in table.columns.values():
            if column.table is not None and not column.parent:
                target = plan.table(column.table)
                each = bytes_of_ref(plan, table, column, target, rows)
                if each:
                    numbers = rows[target.name]
                    yield Held(table.name, column.name, target.name, each, numbers)
        faulty = plan.faulty(table.name)
        if faulty and faulty.duplicate_key and table.children is not None:
            each, numbers = number_size(table, rows), rows[table.name]
            yield Held(table.name, faulty.duplicate_key, table.name, each, numbers)


def bytes_of_ref(
    plan: Plan,
    table: Table,
    column: Column,
    target: Table,
    rows: Mapping[str, float],
) -> int:
    """The bytes that a ref keeps for each row of its target; each case keeps its own.

    Plain tables number their rows without gaps: of them nothing is kept, but for weights.
    """
    number = number_size(target, rows)
    if target is table and plan.appends and plan.grid_of(table):
        number += NARROW  # the order in which its rows come, too
    specs = [variant.spec for variant in column.variants]
    refs = [spec for spec in specs if isinstance(spec, Ref)]
    return number * sum(bool(ref.weights) or bool(target.children) for ref in refs)


def number_size(table: Table, rows: Mapping[str, float]) -> int:
    """The bytes of a row number of a table."""
    scale = rows[table.name] / max(table.rows, 1)
    return NARROW if table.max_row * scale < 1 << 32 else WIDE
