"""Totals of which no row holds a part."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.plan.lint.rule import Found, rule
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Share
from compiler.spec.columns.children import Children, OneChild


@rule("W418")
def lost_total(plan: Plan, table: Table, column: Column) -> Iterator[Found]:
    """A parent without children has a total that no parts add up to."""
    children = table.children
    if not isinstance(column.spec, Share) or children is None or children.least:
        return
    variants = children.column.variants if children.column else ()
    chances = [getattr(one.spec, "chance", 0) for one in variants]
    if all(isinstance(one.spec, OneChild) for one in variants) and min(chances) == 1:
        return
    message = f"a row of `{children.parent}` may have no `{table.name}`, so no parts of its total"
    counted = all(isinstance(one.spec, Children) for one in variants)
    help = f"let each row of `{children.parent}` have some"
    yield Found(message, "give `rows` a `min` of 1" if counted else help)
