"""What refs point at, and kinds that only some tables can hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compiler.diagnostics import Label, leave_out
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Key, Position, Ref
from compiler.spec.columns.given import ErrorColumn, InlineColumn
from compiler.spec.rows import Per
from compiler.spec.time import shown


def key_of(scope: Scope, table: str) -> str | None:
    """The column that a ref to the table holds; None where rows have no name.

    The `key` column; else the one column of `primary_key`; else the first column of given data,
    where its values are all different.
    """
    columns = scope.specs[table]
    if keys := scope.of_kind(table, Key):
        return keys[0]
    primary = scope.spec.tables[table].primary_key
    if len(primary) == 1 and primary[0] in columns:
        return primary[0]
    for name, spec in columns.items():
        if isinstance(spec, InlineColumn) and len(set(spec.cells)) == len(spec.cells):
            return name
        break
    return None


def check_row_kinds(scope: Scope, table: str, name: str, spec: ColumnSpec) -> None:
    """A `position` is in a `per` table; a table has one `key`."""
    place = ("tables", table, "columns", name)
    rows = scope.spec.tables[table].rows
    if isinstance(spec, Position) and not (
        isinstance(rows, Per) or scope.unsure(table)
    ):
        message = (
            "a `position` counts within a parent, and this table has no `per` rows"
        )
        scope.error("E207", (*place, "kind"), message)
    if isinstance(spec, Key | Position):
        check_never_null(scope, place, spec)
    keys = scope.of_kind(table, Key)
    if isinstance(spec, Key) and keys[0] != name:
        first = Label(scope.document.key((*place[:-1], keys[0])), "the first one")
        labels = (Label(scope.document.key(place)), first)
        scope.report("E113", f"table `{table}` has two key columns", labels)


def check_never_null(scope: Scope, place: Place, spec: ColumnSpec) -> None:
    """Nothing makes a column null whose kind has a value in every row."""
    for key in ("null_rate", "when"):
        if getattr(spec, key):
            message = f"a {spec.kind} is never null"
            scope.error("E213", (*place, key), message, leave_out(key))


@dataclass(frozen=True)
class Target:
    """What a ref points at."""

    table: str
    key: str
    """The column of that table which the ref holds."""
    is_parent: bool
    """Whether it is the parent, on whose rows those of the ref's table depend."""


def target_of(scope: Scope, table: str, name: str, spec: Ref) -> Target | None:
    """What a ref points at; None, and a diagnostic, where there is no such thing."""
    place: Place = ("tables", table, "columns", name)
    if spec.table not in scope.specs:
        message = f"there is no table `{spec.table}`"
        near = scope.table_meant(spec.table)
        scope.error("E201", (*place, "table"), message, near)
        return None
    key = key_of(scope, spec.table)
    if key is not None:
        rows = scope.spec.tables[table].rows
        return Target(spec.table, key, isinstance(rows, Per) and rows.per == spec.table)
    if scope.of_kind(spec.table, ErrorColumn) or scope.unsure(spec.table):
        return None
    message = f"table `{spec.table}` has no key, which a ref needs"
    help = 'give it a column of kind "key", or a primary_key of one column'
    column, first = next(iter(scope.specs[spec.table].items()), ("", None))
    if isinstance(first, InlineColumn):
        again = shown(repeated(first.cells))
        message += f": `{column}`, the first of its `data`, has {again} more than once"
        help = "put a column without repeats first, or name one as its primary_key"
    scope.error("E212", (*place, "table"), message, help)
    return None


def repeated(cells: Sequence[object]) -> object:
    """The first value that is there a second time."""
    return next(cell for n, cell in enumerate(cells) if cell in cells[:n])
