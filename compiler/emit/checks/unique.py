"""What no two rows have in common, and refs that differ, for `--check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compiler.emit.checks.paths import (
    Skipped,
    faults_of,
    is_written,
    own_path,
    why_faulty,
    why_hidden,
)
from compiler.emit.checks.sql import Condition
from compiler.plan.model import Column, Plan, Table
from compiler.plan.rows.unique import is_unique
from compiler.spec.columns import Ref

Columns = tuple[str, ...]


def unique_of(
    plan: Plan, table: Table, key: Sequence[str]
) -> Iterator[Columns | Skipped]:
    """The columns that identify a row, beside its key."""
    alone = [(one.name,) for one in table.columns.values() if is_unique(one.spec)]
    for names in dict.fromkeys([*alone, *table.unique]):
        if names == tuple(key):
            continue
        hidden = [name for name in names if not is_written(table, name)]
        if hidden and names in alone:
            continue  # what is not written needs no word
        why = why_hidden(plan, table.name, hidden[0]) if hidden else ""
        for name in names:
            faults = {*faults_of(plan, table.name, name)} - {"null"}
            path = own_path(table, table.columns[name])
            faulty = plan.faulty(table.name)
            if faults or (faulty and faulty.duplicate_key == name):
                why = why or why_faulty(plan, path)
        yield Skipped(table.name, twice(names), why) if why else names


def twice(names: Columns) -> str:
    """What is counted of columns that identify a row."""
    return f"{' and '.join(names)} twice"


def same_row(table: Table, column: Column) -> tuple[str, Condition] | Skipped | None:
    """A ref that holds what another does, which it differs from."""
    spec = column.spec
    if not isinstance(spec, Ref) or spec.differs_from is None:
        return None
    what = f"{column.name} the same as {spec.differs_from}"
    if not is_written(table, spec.differs_from):
        return Skipped(table.name, what, f"{spec.differs_from} is hidden")
    return what, Condition("{} = {}", (column.name, spec.differs_from))
