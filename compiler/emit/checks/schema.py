"""The entry of a table in the script's TABLES: what it holds, and what `--check` verifies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compiler.emit.checks.paths import Cell
from compiler.emit.checks.registry import Checks
from compiler.emit.checks.sql import Condition
from compiler.emit.code.code import Code, a_line_each, call, grouped, listed
from compiler.emit.code.literals import literal
from compiler.plan.model import Table
from compiler.spec.types import Data

TYPES = {
    Data.TEXT: "text",
    Data.INTEGER: "integer",
    Data.NUMBER: "number",
    Data.BOOLEAN: "boolean",
    Data.DATE: "date",
    Data.TIMESTAMP: "timestamp",
}
"""What the script calls the types of columns."""


def table_code(
    table: Table, builder: Code, root: str, per_row: int, checks: Checks
) -> Code:
    """The code of a table's entry."""
    columns = {column.name: TYPES[column.type.data] for column in table.written}
    options = {} if per_row == 1 else {"per_row": literal(per_row)}
    options |= dict(options_of(table, checks))
    entry = call("Table", builder, literal(root), literal(columns), **options)
    return a_line_each(entry)


def options_of(table: Table, checks: Checks) -> Iterator[tuple[str, Code]]:
    """What is verified of the table, and how its rows are found."""
    name = table.name
    if name in checks.children:
        yield "rows", checks.children[name]
    if name in checks.keys:
        yield "key", listed(map(literal, checks.keys[name]))
    yield from cells_of(table, checks)
    if name in checks.duplicates:
        yield "duplicates", literal(True)
    yield from children_of(table, checks)
    wrong = {
        what: condition_code(condition)
        for here, what, condition in checks.conditions
        if here == name
    }
    if wrong:
        yield "conditions", literal(wrong)
    periods = [
        grouped([literal(column), period, condition_code(case)])
        for here, column, period, case in checks.case_periods
        if here == name
    ]
    if periods:
        yield "case_periods", listed(periods)
    skipped = [literal(one.text) for one in checks.skipped if one.table == name]
    if skipped:
        yield "not_checked", listed(dict.fromkeys(skipped))


def cells_of(table: Table, checks: Checks) -> Iterator[tuple[str, Code]]:
    """What the table's columns may hold."""
    name = table.name
    refs = {cell: literal(".".join(key)) for cell, key in checks.refs.items()}
    parents = {cell: literal(parent) for cell, parent in checks.distinct.items()}
    lookups = {cell: literal(path) for cell, path in checks.lookups.items()}
    by_column: dict[str, Mapping[Cell, Code]] = {
        "refs": refs,
        "lookups": lookups,
        "values": checks.values,
        "bounds": checks.ranges,
        "periods": checks.periods,
        "null_rates": checks.nulls,
        "outliers": checks.outliers,
        "distinct": parents,
    }
    for option, cells in by_column.items():
        mine = {column: code for (of, column), code in cells.items() if of == name}
        mine = {one.name: mine[one.name] for one in table.written if one.name in mine}
        if mine:
            yield option, literal(mine)
    nullable = [column for of, column in checks.nullable if of == name]
    if nullable:
        yield "nullable", literal(nullable)
    orders = {"not_before": checks.not_before, "not_after": checks.not_after}
    for option, each in orders.items():
        moments = [literal(order[1:]) for order in each if order[0] == name]
        if moments:
            yield option, listed(moments)


def children_of(table: Table, checks: Checks) -> Iterator[tuple[str, Code]]:
    """How many rows each parent has."""
    name = table.name
    if table.children is not None:
        ref = literal(table.children.ref)
        if name in checks.ranged:
            yield "children", grouped([ref, checks.ranged[name]])
        if name in checks.grids:
            yield "every", grouped([ref, checks.grids[name]])
        if name in checks.where:
            yield "where", grouped([ref, condition_code(checks.where[name])])


def condition_code(condition: Condition) -> Code:
    """SQL, and the paths of its places."""
    return literal((condition.sql, *condition.paths))
