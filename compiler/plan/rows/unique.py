"""Columns that hold no value twice: where they can, and whether there are values enough."""

from __future__ import annotations

from collections.abc import Mapping

from compiler.diagnostics import Label, leave_out
from compiler.plan.columns.correlations import correlations_of
from compiler.plan.columns.resolver import Resolver
from compiler.plan.rows.layout import Rows
from compiler.plan.scope import Place
from compiler.spec.columns import ByCase, Column, Faker, Template, Uniform
from compiler.spec.types import Data


def is_unique(spec: Column) -> bool:
    """Whether a column holds no value twice, because it is declared so."""
    return isinstance(spec, Faker | Template | Uniform) and spec.unique


def can_be_unique(
    resolver: Resolver, rows: Mapping[str, Rows], table: str, name: str
) -> bool:
    """Whether `unique` on a column would compile."""
    spec = resolver.scope.specs[table].get(name)
    if isinstance(spec, Template):
        return True
    if isinstance(spec, Uniform) and spec.integer and not spec.correlated:
        low, high = spec.range
        return spec.by is None and rows[table].max_row <= high - low
    is_text = resolver.columns[table, name].type.data is Data.TEXT
    one_pool = len(resolver.locale(table).type.values) == 1
    return isinstance(spec, Faker) and spec.by is None and is_text and one_pool


def check_unique(resolver: Resolver, rows: Mapping[str, Rows]) -> None:
    """Whatever is declared to be unique can be: one pool, and enough whole numbers."""
    scope = resolver.scope
    for table, columns in scope.specs.items():
        for name, spec in columns.items():
            if not is_unique(spec) or isinstance(spec, Template):
                continue
            place: Place = ("tables", table, "columns", name)
            label = Label(scope.document.key((*place, "unique")))
            if isinstance(spec, ByCase) and spec.by is not None:
                message = (
                    "a value may be in several cases, so they are not `unique` together"
                )
                labels = (label, Label(scope.document.key((*place, "by"))))
                scope.report("E106", message, labels, leave_out("one of them"))
            elif isinstance(spec, Faker):
                check_texts(resolver, table, name, spec, label)
            elif isinstance(spec, Uniform) and table in rows:
                check_range(resolver, rows[table], name, spec, label)
        check_followers(resolver, table)


def check_texts(
    resolver: Resolver, table: str, name: str, spec: Faker, label: Label
) -> None:
    """The values are texts, of one pool."""
    scope, type = resolver.scope, resolver.columns[table, name].type
    if type.data not in (Data.TEXT, Data.UNKNOWN):
        message = (
            f"`{spec.provider}` gives {type.data.value}, and only texts take a number"
        )
        help = 'whole numbers are unique with kind = "uniform", integer = true'
        scope.report("E207", message, (label,), help)
    elif len(resolver.locale(table).type.values) > 1:
        message = (
            f"texts of `{table}` are in several locales, which may have the same ones"
        )
        help = "give the table one `locale`, or use a `template` with `unique = true`"
        scope.report("E207", message, (label,), help)


def check_range(
    resolver: Resolver, rows: Rows, name: str, spec: Uniform, label: Label
) -> None:
    """There is a number for each row number, which in a `per` table has gaps."""
    low, high = spec.range
    count, wanted = high - low + 1, rows.max_row + 1
    if wanted <= count:
        return
    have = "1 whole number" if count == 1 else f"{count:,} whole numbers"
    message = f"`{name}` has {have}, and there are {wanted:,} row numbers"
    help = f"such as high = {low + 10 * wanted - 1}"
    resolver.scope.report("E215", message, (label,), help)


def check_followers(resolver: Resolver, table: str) -> None:
    """No column is correlated with one that is not drawn."""
    scope = resolver.scope
    for name, spec in scope.specs[table].items():
        for other in correlations_of(spec):
            if other in scope.specs[table] and is_unique(scope.specs[table][other]):
                place = ("tables", table, "columns", name, "correlated", other)
                label = (Label(scope.document.key(place)),)
                message = f"`{other}` is unique, and not drawn: no column can follow it"
                scope.report("E106", message, label, leave_out())
