"""Names of a source as names of a spec: lower snake_case, and no two alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from compiler.sources.model import Source, SourceColumn, SourceRef, SourceTable
from compiler.spec.base import is_taken

if TYPE_CHECKING:
    import polars as pl

LONGEST = 60
WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")
"""Between words: a change of case, or signs that names have not."""


def snake(text: str) -> str:
    """`CustomerID` and `customer id` as `customer_id`; a name in any case."""
    name = "_".join(word for word in WORDS.split(text) if word).lower()
    name = re.sub(r"[^a-z0-9_]", "", name)[:LONGEST].strip("_")
    if not name or not name[0].isalpha():
        name = f"n_{name}".rstrip("_")
    return f"{name}_" if is_taken(name) else name


def distinct(names: Iterable[str]) -> dict[str, str]:
    """A name of a spec for each of these, none twice."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        new, number = snake(name), 2
        while new in taken:
            ending = f"_{number}"
            new, number = snake(name)[: LONGEST - len(ending)] + ending, number + 1
        found[name] = new
        taken.add(new)
    return found


def renamed(source: Source) -> Source:
    """The source under names of a spec, its frames too."""
    tables = distinct(table.name for table in source.tables)
    columns = {
        table.name: distinct(column.name for column in table.columns)
        for table in source.tables
    }

    def under_new_names(table: SourceTable) -> SourceTable:
        own = columns[table.name]

        def names(old: Iterable[str]) -> tuple[str, ...]:
            return tuple(own[name] for name in old)

        return replace(
            table,
            name=tables[table.name],
            columns=tuple(column_under(one, own) for one in table.columns),
            primary_key=names(table.primary_key),
            unique=tuple(names(key) for key in table.unique),
            refs=tuple(
                SourceRef(
                    names(ref.columns),
                    tables[ref.table],
                    tuple(columns[ref.table][name] for name in ref.target),
                )
                for ref in table.refs
            ),
            orders=tuple(
                replace(one, earlier=own[one.earlier], later=own[one.later])
                for one in table.orders
            ),
            scan=table.scan and with_names(table.scan, own),
        )

    return replace(source, tables=tuple(map(under_new_names, source.tables)))


def column_under(column: SourceColumn, names: dict[str, str]) -> SourceColumn:
    """The column under its new name, and its formula under those of what it reads.

    SQL does not regard case; a formula that reads what is not there is left out.
    """
    formula = column.formula
    if formula is not None:
        new = {old.lower(): name for old, name in names.items()}
        read = tuple(new.get(one.lower(), "") for one in formula.columns)
        formula = replace(formula, columns=read) if all(read) else None
    return replace(column, name=names[column.name], formula=formula)


def with_names(
    scan: Callable[[], pl.LazyFrame], names: dict[str, str]
) -> Callable[[], pl.LazyFrame]:
    def scanned() -> pl.LazyFrame:
        return scan().rename(names)

    return scanned
