"""Tables that were found in several places: schemas and data complete each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from compiler.sources.matching import conformed
from compiler.sources.model import SourceColumn, SourceRef, SourceTable
from compiler.spec.types import Data


def merged(found: Sequence[SourceTable]) -> tuple[tuple[SourceTable, ...], list[str]]:
    """Each table once, with all that is known of it; refs point at tables that are there.

    Names match without regard to case. Notes say where places disagree.
    """
    notes: list[str] = []
    groups: list[list[SourceTable]] = []
    for table in found:
        group = next((one for one in groups if is_same(one[0], table)), None)
        if group is None:
            groups.append([table])
        else:
            group.append(table)
    tables = [one_table(group, notes) for group in groups]
    return tuple(resolved(table, tables, notes) for table in tables), notes


def is_same(one: SourceTable, other: SourceTable) -> bool:
    """Whether two tables have the same name; a schema's name before it counts if both have one."""
    left, right = one.name.lower().split("."), other.name.lower().split(".")
    length = min(len(left), len(right))
    return left[-length:] == right[-length:]


def one_table(group: Sequence[SourceTable], notes: list[str]) -> SourceTable:
    """All that is known of a table."""
    data = [table for table in group if table.scan is not None]
    schemas = [table for table in group if table.scan is None]
    if len(data) > 1:
        notes.append(f"{data[0].name} is there {len(data)} times; the first is used")
    if not schemas:
        return data[0]
    schema = schemas[0]
    for other in schemas[1:]:
        columns = [*schema.columns]
        known = {column.name.lower() for column in columns}
        columns += [one for one in other.columns if one.name.lower() not in known]
        schema = with_facts(replace(schema, columns=tuple(columns)), other)
    return conformed(with_facts(data[0], schema), schema, notes) if data else schema


def with_facts(table: SourceTable, other: SourceTable) -> SourceTable:
    """The table with what another place knows of its columns, its keys and its refs."""
    theirs = {column.name.lower(): column for column in other.columns}
    columns = tuple(
        (
            filled(column, theirs[column.name.lower()])
            if column.name.lower() in theirs
            else column
        )
        for column in table.columns
    )
    names = {column.name.lower(): column.name for column in columns}

    def own(others: tuple[str, ...]) -> tuple[str, ...]:
        found = tuple(names.get(name.lower(), "") for name in others)
        return found if all(found) else ()

    key = table.primary_key or own(other.primary_key)
    unique = [*table.unique, *filter(None, map(own, other.unique))]
    refs = [*table.refs]
    for ref in other.refs:
        if own(ref.columns):
            refs.append(replace(ref, columns=own(ref.columns)))
    orders = [*table.orders]
    for order in other.orders:
        if both := own((order.earlier, order.later)):
            orders.append(replace(order, earlier=both[0], later=both[1]))
    return replace(
        table,
        columns=tuple(
            replace(one, nullable=False) if one.name in key else one for one in columns
        ),
        primary_key=key,
        unique=tuple(dict.fromkeys(one for one in unique if one != key)),
        refs=tuple(refs),
        description=table.description or other.description,
        orders=tuple(dict.fromkeys(orders)),
    )


def filled(column: SourceColumn, other: SourceColumn) -> SourceColumn:
    """The column with what another place knows of it; each fact of its own stays."""
    is_unknown = column.data is Data.UNKNOWN and not column.declared
    return replace(
        column,
        data=other.data if is_unknown else column.data,
        declared=column.declared or other.declared,
        nullable=column.nullable and other.nullable,
        unique=column.unique or other.unique,
        description=column.description or other.description,
        values=column.values or other.values,
        minimum=other.minimum if column.minimum is None else column.minimum,
        maximum=other.maximum if column.maximum is None else column.maximum,
        decimals=other.decimals if column.decimals is None else column.decimals,
        classification=column.classification or other.classification,
        default=column.default or other.default,
        formula=column.formula or other.formula,
        remark=column.remark or other.remark,
    )


def resolved(
    table: SourceTable, tables: Sequence[SourceTable], notes: list[str]
) -> SourceTable:
    """The table with refs to columns that are there, under their names."""
    refs: list[SourceRef] = []
    for ref in table.refs:
        target = target_of(ref, tables)
        if target is None:
            columns = ", ".join(ref.columns)
            notes.append(
                f"{table.name}: left out the ref of {columns} to {ref.table}, "
                "which is not there"
            )
            continue
        names = {column.name.lower(): column.name for column in target.columns}
        there = ref.target or target.primary_key
        known = tuple(names.get(name.lower(), "") for name in there)
        if not all(known) or len(known) != len(ref.columns):
            columns = ", ".join(ref.columns)
            notes.append(
                f"{table.name}: left out the ref of {columns} to {target.name}, "
                "whose columns are not there"
            )
            continue
        refs.append(SourceRef(ref.columns, target.name, known))
    return replace(table, refs=tuple(dict.fromkeys(refs)))


def target_of(ref: SourceRef, tables: Sequence[SourceTable]) -> SourceTable | None:
    """The table that a ref points at; a schema's name before it need not be there."""
    wanted = ref.table.lower()
    plain = wanted.rpartition(".")[2]
    for name in (wanted, plain):
        for table in tables:
            if table.name.lower() == name:
                return table
    return next(
        (one for one in tables if one.name.lower().rpartition(".")[2] == plain), None
    )
