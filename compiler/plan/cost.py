"""What a run takes: bytes on disk, seconds, memory. Estimates, within a factor of two or so.

All constants here were measured in November 2026 by running the scripts of the four specs in
`specs/` at scale 1, 10 and 100 on two cores of an AMD EPYC, with polars 2 and numpy 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compiler.plan.held import held_by
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import (
    Choice,
    Constant,
    Email,
    Faker,
    Key,
    Lookup,
    Numeric,
    Position,
    Ref,
    Template,
    Tick,
)
from compiler.spec.columns.given import InlineColumn
from compiler.spec.types import Data

WORKERS = 2
BLOCK = 1 << 18
"""Rows that a script holds and writes at once."""

# Bytes that a cell takes in Parquet, compressed by zstd.
FEW_VALUES = 0.2
IN_A_ROW = 0.5
"""Of what is numbered, or repeated, from row to row: keys, positions, refs to the parent."""
PARQUET = {
    Data.INTEGER: 1.4,
    Data.NUMBER: 2.5,
    Data.BOOLEAN: 0.1,
    Data.TEXT: 5.0,
    Data.DATE: 1.7,
    Data.TIMESTAMP: 6.0,
}
ALL_DIGITS = 7.5
"""Of a number that is not rounded."""
A_REF = 2.3
AN_EMAIL = 10.5
A_UUID = 20.0
COMPRESSION = {"zstd": 1.0, "snappy": 1.6, "none": 2.9}
GZIP = 0.35
"""What is left of text."""
FOOTER = 130
"""Of a column, in each file."""

# Letters of a cell as text.
WIDTHS = {
    Data.INTEGER: 3.0,
    Data.NUMBER: 5.0,
    Data.BOOLEAN: 4.5,
    Data.TEXT: 12.0,
    Data.DATE: 10.0,
    Data.TIMESTAMP: 24.0,
}
FAKER_WIDTH, EMAIL_WIDTH, UUID_WIDTH = 15.0, 31.0, 36.0

START = 1.2
"""Seconds until the first table: imports, pools of texts."""
SECONDS = 0.22e-6
"""Of one core, for a cell that is drawn or computed."""
CHEAP = 0.2
"""Such a part of that takes what is numbered or repeated."""
CORES = 1.6
"""How many times faster two cores are than one."""

BASE = 130e6
"""Bytes of memory before a table is begun."""
CELL = 36
"""Bytes of memory for each cell of the blocks at work."""
POOL_TEXT = 100


@dataclass(frozen=True)
class Cost:
    """What a run takes; of append mode, the first load."""

    tables: Mapping[str, int]
    """Bytes on disk."""
    seconds: float | None
    """On two cores; None on Spark, where it depends on the cluster."""
    memory: int | None
    is_bound: bool = False
    """Whether some table may well have fewer rows than were counted."""

    @property
    def bytes(self) -> int:
        return sum(self.tables.values())


def cost_of(plan: Plan, scale: float = 1.0) -> Cost:
    """What a run at this scale takes."""
    rows = {
        table.name: table.rows * (1 if fixed(plan, table) else scale)
        for table in plan.tables
    }
    local, slower = not plan.engine.distributed, plan.engine.slowness
    return Cost(
        {table.name: disk(plan, table, rows[table.name]) for table in plan.written},
        seconds(plan, rows, slower) if local else None,
        memory(plan, rows, slower) if local else None,
        any(table.count.is_bound for table in plan.tables),
    )


def fixed(plan: Plan, table: Table) -> bool:
    """Whether a table has as many rows at any scale."""
    return bool(plan.table(table.root).data)


def describe_cost(plan: Plan) -> str:
    """One line for the plan."""
    cost = cost_of(plan)
    about = "at most about" if cost.is_bound else "about"
    first = "the first load takes " if plan.appends else ""
    text = f"{first}{about} {shown_bytes(cost.bytes)} on disk"
    if cost.seconds is not None and cost.memory is not None:
        text += (
            f", {shown_seconds(cost.seconds)} and {shown_bytes(cost.memory)} of memory"
        )
        text += " on 2 cores"
    return text[:1].upper() + text[1:]


def shown_bytes(amount: float) -> str:
    units = (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3))
    unit, size = next((each for each in units if amount >= each[1]), units[-1])
    return f"{two_digits(max(amount / size, 1))} {unit}"


def shown_seconds(seconds: float) -> str:
    for unit, size in (("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{two_digits(seconds / size)} {unit}"
    return f"{max(round(seconds), 1)} s"


def two_digits(amount: float) -> str:
    """No more digits than are known."""
    if amount >= 100:
        return f"{float(f'{amount:.2g}'):,.0f}"
    return f"{amount:.2g}"


# ---------------------------------------------------------------------------------- disk


def disk(plan: Plan, table: Table, rows: float) -> int:
    """The bytes of a table."""
    files = 1.0 if plan.output.has_single_files else max(1, -(-rows // BLOCK))
    files *= partitions(table, rows)
    if plan.format.is_text:
        cells = [width(plan, column) + 1 for column in table.written]
        if plan.format.has_names:  # and braces, quotes: {"name":"value",
            names = [len(column.name) + 3 + quotes(column) for column in table.written]
            cells += [*names, 2]
        return round(rows * sum(cells) * (GZIP if plan.output.is_zipped else 1))
    factor = COMPRESSION[plan.output.codec]
    cells = [parquet(plan, column) for column in table.written]
    return round(rows * factor * sum(cells) + files * FOOTER * len(cells))


def partitions(table: Table, rows: float) -> float:
    """The folders of a table, as far as the values of its columns are known: at least so many."""
    found = 1
    for name in table.partition_by:
        type = table.columns[name].type
        found *= 2 if type.is_boolean else max(len(type.values), 1)
    return max(min(found, rows), 1)


def quotes(column: Column) -> int:
    return 2 if column.type.is_text or column.type.is_moment else 0


def source(plan: Plan, column: Column) -> Column:
    """The column that a lookup reads, or whose keys a ref holds."""
    spec = column.spec
    if isinstance(spec, Lookup) and column.by is None:
        path = column.variants[0].paths[spec.path]
        return source(plan, plan.table(path.table).columns[path.column])
    if column.table is not None:
        target = plan.table(column.table)
        if target.key is not None and target.key != column.name:
            return source(plan, target.columns[target.key])
    return column


def parquet(plan: Plan, column: Column) -> float:
    """The bytes of a cell in Parquet: of its kind if that is far from others of its type."""
    spec = column.spec
    if column.type.values or column.type.is_boolean:
        return FEW_VALUES
    if isinstance(spec, Key):
        return A_UUID if spec.uuid else IN_A_ROW
    if column.parent or isinstance(spec, Position | Tick):
        return IN_A_ROW
    if isinstance(spec, Ref | Lookup) and column.type.data in (Data.TEXT, Data.INTEGER):
        return A_REF
    if isinstance(spec, Email):
        return AN_EMAIL
    if isinstance(spec, Numeric) and not spec.whole and spec.decimals is None:
        return ALL_DIGITS
    return PARQUET[column.type.data]


def width(plan: Plan, column: Column) -> float:
    """The letters of a cell as text: by its kind if that shows them, else by its type."""
    own = source(plan, column)
    spec = own.spec
    match spec:
        case Choice() if own.by is None:
            total = sum(spec.shares.values())
            return sum(len(name) * w for name, w in spec.shares.items()) / total
        case Key(uuid=True):
            return UUID_WIDTH
        case Key():
            prefix, digits, suffix = spec.parts
            rows = max(t.rows for t in plan.tables if own in t.columns.values())
            return len(prefix) + max(digits, len(str(rows + spec.start))) + len(suffix)
        case Constant():
            return len(str(spec.value))
        case Faker():
            return FAKER_WIDTH
        case Email():
            return EMAIL_WIDTH
        case Template():
            return sum(
                len(part) if isinstance(part, str) else 10 for part in spec.parts
            )
        case Numeric() if not spec.whole and spec.decimals is None:
            return 17.0
    values = own.type.values
    if values:
        return sum(map(len, values)) / len(values)
    return WIDTHS[own.type.data]


# ----------------------------------------------------------------------- time and memory


def work(plan: Plan, table: Table) -> float:
    """How much there is to compute for a row, in cells."""
    return sum(effort(column) for column in table.columns.values())


def effort(column: Column) -> float:
    """How much there is to compute for a cell: 1.0 for one that is drawn, as most kinds are.

    A sequence is sorted, and held twice.
    """
    cheap = Key | Position | Tick | Constant | InlineColumn
    if column.parent or isinstance(column.spec, cheap):
        return CHEAP
    sorts = column.needs_siblings or isinstance(column.spec, Email)
    return 3.0 if sorts else 1.0


def seconds(plan: Plan, rows: Mapping[str, float], slower: float) -> float:
    cells = sum(rows[table.name] * work(plan, table) for table in plan.tables)
    return START + slower * SECONDS * cells / CORES


def worker_memory(plan: Plan, rows: Mapping[str, float]) -> int:
    """The most that a Python worker of Spark holds at once: it makes one block at a time."""
    return memory(plan, rows, slower=1.0, workers=1)


def memory(
    plan: Plan, rows: Mapping[str, float], slower: float, workers: int = WORKERS
) -> int:
    """The most that is held at once: the blocks of a table, and what refs and texts keep."""
    blocks = max(
        min(rows[table.name], workers * BLOCK)
        * sum(max(effort(column), 1) for column in table.columns.values())
        for table in plan.tables
    )
    columns = [
        (table, column) for table in plan.tables for column in table.columns.values()
    ]
    pools = sum(
        column.spec.pool_size * len(table.locales)
        for table, column in columns
        if isinstance(column.spec, Faker)
    )
    held = [each.bytes for each in held_by(plan, rows)]
    kept = sum(held) + max(held, default=0.0)  # twice as much while it is made
    return round(BASE + slower * CELL * blocks + kept + POOL_TEXT * pools)
