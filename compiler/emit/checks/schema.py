"""The entry of a table in the script's TABLES: what it holds, and what `--check` verifies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compiler.emit.checks.paths import Cell
from compiler.emit.checks.registry import Checks
from compiler.emit.checks.sql import Condition
from compiler.emit.code.code import Code, a_line_each, call, grouped, listed
from compiler.emit.code.literals import literal
from compiler.plan.model import Column, Table
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
    columns = {
        column.name: column_code(table, column, checks) for column in table.written
    }
    options = dict(options_of(table, checks))
    rows = literal(per_row)
    entry = call(
        "Table", builder, literal(root), rows, a_line_each(literal(columns)), **options
    )
    return a_line_each(entry)


def column_code(table: Table, column: Column, checks: Checks) -> Code:
    """The code of a column: its type, and what it may hold."""
    options = dict(column_options(table, column, checks))
    return call("Column", literal(TYPES[column.type.data]), **options)


def column_options(
    table: Table, column: Column, checks: Checks
) -> Iterator[tuple[str, Code]]:
    cell = table.name, column.name
    if column.name in checks.keys.get(table.name, ()):
        pass  # none is null, whatever the column might be elsewhere
    elif cell in checks.nulls:
        yield "null_rate", checks.nulls[cell]
    elif column.type.nullable:
        yield "nullable", literal(True)
    if cell in checks.refs:
        yield "ref", literal(".".join(checks.refs[cell]))
    if cell in checks.distinct:
        yield "distinct_by", literal(checks.distinct[cell])
    if cell in checks.lookups:
        yield "lookup", literal(checks.lookups[cell])
    codes: dict[str, Mapping[Cell, Code]] = {
        "values": checks.values,
        "bounds": checks.ranges,
        "period": checks.periods,
        "outlier": checks.outliers,
    }
    yield from ((name, cells[cell]) for name, cells in codes.items() if cell in cells)
    orders = {"not_before": checks.not_before, "not_after": checks.not_after}
    for name, each in orders.items():
        others = [literal(one[2:]) for one in each if one[:2] == cell]
        if others:
            yield name, listed(others)


def options_of(table: Table, checks: Checks) -> Iterator[tuple[str, Code]]:
    """What is said of the table besides its columns."""
    name = table.name
    if name in checks.children:
        yield "rows", checks.children[name]
    if name in checks.keys:
        yield "key", listed(map(literal, checks.keys[name]))
    if name in checks.duplicates:
        yield "duplicates", literal(True)
    if table.children is not None:
        ref = literal(table.children.ref)
        if name in checks.ranged:
            yield "children", grouped([ref, checks.ranged[name]])
        if name in checks.grids:
            yield "every", grouped([ref, checks.grids[name]])
        if name in checks.where:
            yield "where", grouped([ref, condition_code(checks.where[name])])
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


def condition_code(condition: Condition) -> Code:
    """SQL, and the paths of its places."""
    return literal((condition.sql, *condition.paths))
