"""Rows of `per` tables in append mode that never come, since their parent's batch is over."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.plan.expression import Node
from compiler.plan.expression.nodes import Moment, walk
from compiler.plan.lint.rule import Found, rule
from compiler.plan.model import Column, Path, Plan, Table, Variant
from compiler.spec.columns import Lifecycle
from compiler.spec.columns.moments import Date, Offset
from compiler.spec.columns.moves import Moves
from compiler.spec.time import parse_moment

Seen = set[tuple[str, str]]
"""The columns that were asked before: none of them changes."""


@rule("W414")
def late_rows(plan: Plan, table: Table) -> Iterator[Found]:
    """Rows that are decided by what is known later would be missing without a word."""
    if what := late_rows_of(plan, table):
        children = table.children
        assert children is not None and children.column is not None
        message = (
            f"rows of `{table.name}` that are due after the batch of their "
            f"`{children.parent}` row are never written"
        )
        key, way_out = "where", "use only what is known then"
        if children.column.by is not None:
            key = "by"
        elif isinstance(children.column.spec, Moves):
            key, way_out = "moves", "longer batches have more of its moves"
        help = f"{what} is evaluated at the end of that batch: {way_out}"
        yield Found(message, help, ("rows", key))


def late_rows_of(plan: Plan, table: Table) -> str | None:
    """What a table's rows go by that changes as time passes, in words; None where nothing does."""
    children = table.children
    if not plan.appends or children is None or children.column is None:
        return None
    return changes(plan, children.column, set())


def changes(plan: Plan, column: Column, seen: Seen) -> str | None:
    """What makes a column's value another one in a later batch, if anything."""
    when = () if column.when is None else (column.when,)
    for variant in (*column.variants, *when):
        if found := changes_of(plan, variant, seen):
            return found
    return in_path(plan, column.by, seen) if column.by is not None else None


def changes_of(plan: Plan, variant: Variant, seen: Seen) -> str | None:
    spec = variant.spec
    if isinstance(spec, Offset) and spec.until_now:
        return "until_now"
    if isinstance(spec, Lifecycle):
        return "a lifecycle"
    if isinstance(spec, Date | Offset):
        return None  # once drawn, a moment is what it is
    if variant.expression is not None and (word := clock_in(variant.expression)):
        return word
    reads = (in_path(plan, path, seen) for path in variant.paths.values())
    return next((found for found in reads if found), None)


def in_path(plan: Plan, path: Path, seen: Seen) -> str | None:
    """Whether what a path leads to changes: the path, in words. Each column is asked once."""
    if (path.table, path.column) in seen:
        return None
    seen.add((path.table, path.column))
    column = plan.table(path.table).columns[path.column]
    return f"`{path.text}`" if changes(plan, column, seen) else None


def clock_in(node: Node) -> str | None:
    """The part of an expression that counts from the window's end, as it is written."""
    for part in walk(node):
        if isinstance(part, Moment) and parse_moment(part.text).fixed is None:
            return "`now()`" if part.text == "now" else f"`{part.text}`"
    return None
