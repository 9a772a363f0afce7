"""Renamed tables and columns: they keep their old streams of draws, and so their cells."""

from __future__ import annotations

from collections.abc import Mapping

from compiler.diagnostics import Label, Span, leave_out
from compiler.plan.scope import Place, Scope
from compiler.plan.summary import Rename
from compiler.spec.columns import Column
from compiler.spec.table import Table


def stream_of(name: str, spec: Table | Column) -> str:
    """What the draws of a table or a column are named after: its name before a rename, if any."""
    return spec.renamed_from or name


def renames_of(scope: Scope) -> tuple[Rename, ...]:
    """All renames that the spec states, tables first; wrong ones are reported."""
    tables = scope.spec.tables
    place: Place = ("tables",)
    check_renames(scope, place, "table", tables)
    found = [
        Rename(name, None, table.renamed_from)
        for name, table in tables.items()
        if table.renamed_from is not None
    ]
    for table, columns in scope.specs.items():
        place = ("tables", table, "columns")
        check_renames(scope, place, f"column of `{table}`", columns)
        found += [
            Rename(table, name, column.renamed_from)
            for name, column in columns.items()
            if column.renamed_from is not None
        ]
    return tuple(found)


def check_renames(
    scope: Scope,
    place: Place,
    what: str,
    named: Mapping[str, Table] | Mapping[str, Column],
) -> None:
    """Two tables, or two columns of a table, never share a stream."""
    first: dict[str, Place] = {}
    for name, spec in named.items():
        old, spot = spec.renamed_from, (*place, name, "renamed_from")
        if old is None:
            continue
        labels = (Label(scope.document.value(spot)),)
        if old == name:
            message = f"`{name}` is renamed from its own name"
            scope.report(
                "E221", message, (Label(scope.document.key(spot)),), leave_out()
            )
        elif old in named:
            other = Label(place_of(scope, place, old), "it is still here")
            message = f"`{name}` is renamed from `{old}`, which is a {what}"
            help = f"name what `{name}` was before, or leave `renamed_from` out"
            scope.report("E221", message, (*labels, other), help)
        elif old in first:
            other = Label(scope.document.value(first[old]), "the first one")
            message = f"another {what} is renamed from `{old}`"
            help = (
                "only one of them has its data: leave `renamed_from` out of the other"
            )
            scope.report("E221", message, (*labels, other), help)
        first.setdefault(old, spot)


def place_of(scope: Scope, place: Place, name: str) -> Span:
    """Where a table or a column is named; one of `data` in its first row."""
    given = len(place) > 1 and name not in scope.spec.tables[str(place[1])].columns
    spot = (*place[:-1], "data", 0, name) if given else (*place, name)
    return scope.document.key(spot)
