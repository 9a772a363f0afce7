"""The entry of a table in the script's TABLES: what it holds, and what `--check` verifies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from compiler.emit.check_paths import Cell
from compiler.emit.check_sql import Condition
from compiler.emit.checks import Checks
from compiler.emit.python import Source, literal
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
    table: Table, builder: str, root: str, per_row: int, checks: Checks
) -> Source:
    """The code of a table's entry."""
    columns = "".join(
        f"{literal(column.name)}: {column_code(table, column, checks)}, "
        for column in table.written
    )
    options = dict(options_of(table, checks))
    first = f"{builder}, {literal(root)}, {literal(per_row)}, {{{columns}}}"
    return Source(f"Table({', '.join([first, *named(options)])},)")


def named(options: Mapping[str, object]) -> list[str]:
    return [f"{name}={value}" for name, value in options.items()]


def column_code(table: Table, column: Column, checks: Checks) -> Source:
    """The code of a column: its type, and what it may hold."""
    options = dict(column_options(table, column, checks))
    first = literal(TYPES[column.type.data])
    return Source(f"Column({', '.join([first, *named(options)])})")


def column_options(
    table: Table, column: Column, checks: Checks
) -> Iterator[tuple[str, object]]:
    cell = table.name, column.name
    if column.name in checks.keys.get(table.name, ()):
        pass  # none is null, whatever the column might be elsewhere
    elif cell in checks.nulls:
        yield "null_rate", checks.nulls[cell]
    elif column.type.nullable:
        yield "nullable", True
    if cell in checks.refs:
        yield "ref", literal(".".join(checks.refs[cell]))
    if cell in checks.distinct:
        yield "distinct_by", literal(checks.distinct[cell])
    if cell in checks.lookups:
        yield "lookup", literal(checks.lookups[cell])
    codes: dict[str, Mapping[Cell, Source]] = {
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


def options_of(table: Table, checks: Checks) -> Iterator[tuple[str, object]]:
    """What is said of the table besides its columns."""
    name = table.name
    if name in checks.children:
        yield "rows", checks.children[name]
    if name in checks.keys:
        yield "key", listed(map(literal, checks.keys[name]))
    if name in checks.duplicates:
        yield "duplicates", True
    if table.children is not None:
        ref = literal(table.children.ref)
        if name in checks.ranged:
            yield "children", f"({ref}, {checks.ranged[name]})"
        if name in checks.grids:
            yield "every", f"({ref}, {checks.grids[name]})"
        if name in checks.where:
            yield "where", f"({ref}, {condition_code(checks.where[name])})"
    wrong = [
        f"{literal(what)}: {condition_code(condition)}"
        for here, what, condition in checks.conditions
        if here == name
    ]
    if wrong:
        yield "conditions", f"{{{', '.join(wrong)}}}"
    periods = [
        f"({literal(column)}, {period}, {condition_code(case)})"
        for here, column, period, case in checks.case_periods
        if here == name
    ]
    if periods:
        yield "case_periods", listed(periods)
    skipped = [literal(one.text) for one in checks.skipped if one.table == name]
    if skipped:
        yield "not_checked", listed(dict.fromkeys(skipped))


def listed(codes: Iterable[str]) -> str:
    return f"[{', '.join(codes)}]"


def condition_code(condition: Condition) -> str:
    """SQL, and the paths of its places."""
    return literal((condition.sql, *condition.paths))
