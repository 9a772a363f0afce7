"""Refs that must not point at some rows: where they can be, and among how many."""

from __future__ import annotations

from collections.abc import Mapping

from compiler.diagnostics import Label, did_you_mean, leave_out
from compiler.plan.columns.resolver import Resolver
from compiler.plan.model import Column as PlanColumn
from compiler.plan.rows.layout import Rows
from compiler.plan.scope import Place
from compiler.spec.base import Weights
from compiler.spec.columns import Column, Ref
from compiler.spec.columns.given import ErrorColumn, InlineColumn
from compiler.spec.rows import Per


def check_distinct(resolver: Resolver, rows: Mapping[str, Rows]) -> None:
    """Distinct refs are in `per` tables, and there are rows enough for a parent's children."""
    scope = resolver.scope
    for table, columns in scope.specs.items():
        for name, spec in columns.items():
            if not isinstance(spec, Ref) or not spec.distinct or scope.unsure(table):
                continue
            place: Place = ("tables", table, "columns", name, "distinct")
            label = (Label(scope.document.key(place)),)
            if not isinstance(scope.spec.tables[table].rows, Per):
                message = (
                    "`distinct` is among the children of one parent, and this table "
                )
                message += "has no `per` rows"
                scope.report("E207", message, label, leave_out())
            elif spec.table == table:
                message = (
                    f"`{name}` points at earlier rows: the first ones have too few"
                )
                scope.report("E215", message, label, leave_out())
            elif (table, name) in resolver.columns and table in rows:
                check_enough(resolver, rows, table, resolver.columns[table, name])


def check_differing(resolver: Resolver, rows: Mapping[str, Rows]) -> None:
    """A ref differs from another one to the same table, which has two rows at least."""
    scope = resolver.scope
    for table, columns in scope.specs.items():
        for name, spec in columns.items():
            other = spec.differs_from if isinstance(spec, Ref) else None
            place: Place = ("tables", table, "columns", name, "differs_from")
            if other is None or not isinstance(spec, Ref):
                continue
            if "." in other:
                message = (
                    f"`{other}` is a column of another table: name a ref of `{table}`"
                )
                scope.error("E207", place, message)
            if other not in columns or other == name:
                continue  # a column that is missing, and a circle, are reported elsewhere
            label = (Label(scope.document.value(place)),)
            refs = [one for one in scope.of_kind(table, Ref) if one != name]
            same = [one for one in refs if target_in(columns[one]) == spec.table]
            column = resolver.columns.get((table, name))
            if isinstance(columns[other], ErrorColumn):
                continue
            if other not in same:
                message = f"`{other}` is no ref to `{spec.table}`, as `{name}` is"
                free = [one for one in same if not differs(columns[one])]
                scope.report("E207", message, label, did_you_mean(other, free or same))
            elif spec.table == table:
                message = f"`{name}` points at earlier rows: the second has only one"
                key = (Label(scope.document.key(place)),)
                scope.report("E215", message, key, leave_out())
            elif column is not None and column.table is not None and not column.parent:
                choices = choices_of(resolver, rows, column)
                if choices is not None and choices < 2:
                    message = f"`{name}` has only 1 row of `{spec.table}` to point at"
                    key = (Label(scope.document.key(place)),)
                    help = f"leave it out, or let `{spec.table}` have more rows"
                    scope.report("E215", message, key, help)


def differs(spec: Column) -> bool:
    """Whether a column is a ref that differs from another."""
    return isinstance(spec, Ref) and spec.differs_from is not None


def target_in(spec: Column) -> str | None:
    """The table that a ref points at."""
    return spec.table if isinstance(spec, Ref) else None


def check_enough(
    resolver: Resolver, rows: Mapping[str, Rows], table: str, column: PlanColumn
) -> None:
    """A parent has no more children than there are rows for them to point at."""
    children, scope = rows[table].children, resolver.scope
    if children is None or column.table is None or column.parent:
        return
    choices = choices_of(resolver, rows, column)
    most = most_at_once(rows[table])
    if choices is None or most <= choices:
        return
    place: Place = ("tables", table, "columns", column.name)
    labels = (
        Label(scope.document.key((*place, "distinct"))),
        Label(scope.document.value(("tables", table, "rows")), f"up to {most:,}"),
    )
    some = "1 row" if choices == 1 else f"{choices:,} rows"
    message = f"a row of `{children.parent}` may have {most:,} children, and `{column.name}` only "
    message += f"{some} of `{column.table}` to point at"
    help = f"leave out `distinct`, or let `{column.table}` have {most:,} rows"
    if children.every is None and choices > 1:
        help = f"give `rows` a `max` of {choices:,} at most, and a `mean` below it"
    scope.report("E215", message, labels, help)


def most_at_once(rows: Rows) -> int:
    """The most children of a parent; on a grid, those of the window."""
    children = rows.children
    assert children is not None
    if children.every is not None:
        return int(children.mean or 1)
    return children.most


def choices_of(
    resolver: Resolver, rows: Mapping[str, Rows], column: PlanColumn
) -> int | None:
    """How many rows a ref may point at, in the case with fewest; None where only data show it."""
    assert column.table is not None
    target = rows.get(column.table)
    if target is None or not target.count.is_exact:
        return None
    counts = [
        weighed_rows(resolver, column.table, target.count.rows, variant.spec.weights)
        for variant in column.variants
        if isinstance(variant.spec, Ref)
    ]
    return min((one for one in counts if one is not None), default=None)


def weighed_rows(
    resolver: Resolver, table: str, rows: int, weights: Mapping[str, Weights]
) -> int | None:
    """How many rows of a table weigh more than nothing; None where only the data show it."""
    some = {name: of for name, of in weights.items() if not all(of.values())}
    if not some:
        return rows
    columns = [resolver.scope.specs[table].get(name) for name in some]
    given = [spec.cells for spec in columns if isinstance(spec, InlineColumn)]
    if len(given) < len(columns):
        return None
    return sum(
        all(of.get(as_value(cell)) for of, cell in zip(some.values(), row, strict=True))
        for row in zip(*given, strict=True)
    )


def as_value(cell: object) -> str:
    """A given cell as weights name it."""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
