"""Keys and references that the written data shows, for `--check`."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.emit.checks.paths import Cell, Skipped, is_written, why_hidden
from compiler.plan.model import Plan, Table


def refs_of(plan: Plan, table: Table) -> Iterator[tuple[Cell, Cell]]:
    """References, and the keys that they hold, where both are written."""
    for column in table.written:
        held = column.references
        if held and not plan.table(held.table).columns[held.key].spec.hidden:
            yield (table.name, column.name), (held.table, held.key)


def hidden_keys(plan: Plan, table: Table) -> Iterator[Skipped]:
    """Keys that are not written, and refs that hold such."""
    named = table.primary_key or ((table.key,) if table.key else ())
    hidden = [name for name in named if not is_written(table, name)]
    if hidden and not table.written_key:
        why = f"{' and '.join(hidden)} {'are' if len(hidden) > 1 else 'is'} hidden"
        yield Skipped(table.name, "duplicate keys", why)
    for column in table.written:
        held = column.references
        if held and not is_written(plan.table(held.table), held.key):
            what = f"{column.name} in {held.table}"
            yield Skipped(table.name, what, why_hidden(plan, held.table, held.key))
