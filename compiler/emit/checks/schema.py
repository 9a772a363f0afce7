"""The script's TABLES: for each table what builds it, and what `--check` verifies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from compiler.emit.checks.paths import Cell
from compiler.emit.checks.registry import Checks
from compiler.emit.checks.sql import Condition
from compiler.emit.code.code import Code, a_line_each, call, grouped, listed
from compiler.emit.code.literals import literal
from compiler.plan.model import Table

Value = TypeVar("Value")
FIELDS = {
    "faults": "Callable[[np.ndarray], pl.DataFrame] | None = None  # lists faults of rows",
    "rows": "Callable[[np.ndarray], np.ndarray] | None = None  # its rows, from the root's",
    "key": "Sequence[str] = ()",
    "partition_by": "Sequence[str] = ()  # columns whose values are folders",
    "unique": "Sequence[Sequence[str]] = ()  # columns that no two rows have in common",
    "refs": "Mapping[str, str] = {}  # column: the key that it refers to",
    "lookups": "Mapping[str, str] = {}  # column: the path of the value that it repeats",
    "values": "Mapping[str, Collection[str]] = {}  # column: all that it may hold",
    "bounds": "Mapping[str, Any] = {}  # column: its parameters, or a minimum and a maximum",
    "periods": "Mapping[str, Sequence[When]] = {}  # column: its start and end",
    "null_rates": "Mapping[str, float] = {}  # column: the share of rows where it is null",
    "null_shares": "Mapping[str, Mapping[str, Any]] = {}  # column: share of nulls, SQL of rows",
    "outliers": "Mapping[str, int | datetime] = {}  # column: what its outliers hold",
    "distinct": "Mapping[str, str] = {}  # column: the parent within which none repeats",
    "totals": "Mapping[str, Any] = {}  # column: ref of its parent, total, decimals",
    "nullable": "Collection[str] = ()  # columns that are null in some rows",
    "not_before": "Sequence[Sequence[str]] = ()  # moment, an earlier one, type to compare",
    "duplicates": "bool = False  # whether some rows have the key of another",
    "children": 'tuple[str, Any] = "", ()  # ref to the parent: how many rows for each',
    "every": "tuple[str, Any] | None = None  # ref to the parent: time between rows",
    "where": "tuple[str, Sequence[str]] | None = None  # ref: SQL of parents with a row",
    "log": "tuple[Sequence[str], Collection[str], Iterable[Any]] | None = None  # columns, moves",
    "conditions": "Mapping[str, Sequence[str]] = {}  # what is wrong: its SQL and columns",
    "windows": "Mapping[str, Sequence[str]] = {}  # column: the SQL of it, and columns",
    "case_periods": "Sequence[tuple[str, Any, Any]] = ()  # column, period, SQL of its rows",
    "not_checked": "Sequence[str] = ()",
}
"""What a table's entry may hold, besides what builds it; the class has the fields in use."""
VALUES = FIELDS["values"].replace("Collection[str]", "Collection[Any]")
"""The same field where some values are not text."""


@dataclass(frozen=True)
class Entry:
    """A table's entry in TABLES."""

    name: str
    builder: Code
    root: str
    """The table whose rows the builder takes."""
    options: Mapping[str, Code]

    @property
    def line(self) -> str:
        """Its source; black gives each of several options a line."""
        code = call("Table", self.builder, literal(self.root), **self.options)
        code = a_line_each(code) if len(self.options) > 1 else code
        return f"    {literal(self.name).text}: {code.text},"


def class_lines(
    entries: Sequence[Entry], frame: str, typed_values: bool = False
) -> list[str]:
    """The source of the class of entries: it has the fields that any of these use.

    `typed_values`: some columns of categories are not text.
    """
    fields = FIELDS | ({"values": VALUES} if typed_values else {})
    used = {option for entry in entries for option in entry.options}
    return [
        "class Table(NamedTuple):",
        f"    build: Callable[[np.ndarray], {frame}]",
        "    root: str  # the table in ROWS whose rows the builder takes",
        "    per_row: int = 1  # about how many rows it builds for each row of the root",
        *(
            f"    {name}: {field.replace('pl.DataFrame', frame)}"
            for name, field in fields.items()
            if name in used
        ),
    ]


def options_of(table: Table, checks: Checks) -> Iterator[tuple[str, Code]]:
    """What is verified of a table, and how its rows are found."""
    name = table.name
    if name in checks.children:
        yield "rows", checks.children[name]
    if name in checks.keys:
        yield "key", listed(map(literal, checks.keys[name]))
    unique = [literal(columns) for of, columns in checks.unique if of == name]
    if unique:
        yield "unique", listed(unique)
    if table.partition_by:
        yield "partition_by", listed(map(literal, table.partition_by))
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
    windows = {
        cell[1]: condition_code(window)
        for cell, window in checks.windows.items()
        if cell[0] == name
    }
    if windows:
        yield "windows", literal(windows)
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
    cells = [(name, column.name) for column in table.written]

    def mine(found: Mapping[Cell, Value]) -> dict[str, Value]:
        return {cell[1]: found[cell] for cell in cells if cell in found}

    by_column: dict[str, Mapping[str, object]] = {
        "refs": {one: ".".join(key) for one, key in mine(checks.refs).items()},
        "lookups": mine(checks.lookups),
        "values": mine(checks.values),
        "bounds": mine(checks.ranges),
        "periods": mine(checks.periods),
        "null_rates": mine(checks.nulls),
        "outliers": mine(checks.outliers),
        "distinct": mine(checks.distinct),
        "totals": mine(checks.totals),
    }
    for option, found in by_column.items():
        if found:
            yield option, literal(found)
    shares = {
        one: {each.what: (each.share, condition_code(each.rows)) for each in found}
        for one, found in mine(checks.null_shares).items()
    }
    if shares:
        yield "null_shares", literal(shares)
    nullable = [column for of, column in checks.nullable if of == name]
    if nullable:
        yield "nullable", listed(map(literal, nullable))
    moments = [literal(order[1:]) for order in checks.not_before if order[0] == name]
    if moments:
        yield "not_before", listed(moments)


def children_of(table: Table, checks: Checks) -> Iterator[tuple[str, Code]]:
    """How many rows each parent has."""
    name = table.name
    if table.children is not None:
        ref = literal(table.children.ref)
        if name in checks.ranged:
            yield "children", grouped([ref, checks.ranged[name]])
        if name in checks.grids:
            yield "every", grouped([ref, checks.grids[name]])
        if name in checks.logs:
            yield "log", checks.logs[name]
        if name in checks.where:
            yield "where", grouped([ref, condition_code(checks.where[name])])


def condition_code(condition: Condition) -> Code:
    """SQL, and the paths of its places."""
    return literal((condition.sql, *condition.paths))
