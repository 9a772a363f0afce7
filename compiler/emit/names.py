"""The names of the script's functions and constants: plain, and none taken twice."""

from __future__ import annotations

import builtins
import functools
import keyword
import re
from collections.abc import Callable, Collection, Iterable

from compiler.emit.dialect import Dialect, dialect_of
from compiler.emit.helpers import APPEND, HELPERS, PANDAS
from compiler.emit.link import IMPORTS, TYPES, UNITS
from compiler.emit.python import literal
from compiler.emit.templates import folder
from compiler.plan.model import Column, Plan, Table, Variant
from compiler.spec.columns.given import InlineColumn

ENDINGS = (
    *("NULLS", "POOL", "DOMAINS", "HOURS", "WEIGHTS", "BY", "SKEW"),
    *("CYCLES", "SHIFT", "STATES"),
)
CALENDAR_ENDINGS = (
    *("WEEKEND", "HOLIDAY", "HOLIDAYS", "YEARLY", "PEAK", "GROWTH", "NOISE"),
)
EVENT_ENDINGS = ("START", "END", "FACTOR")
"""What the names of constants may end in, behind that of what they belong to."""

DEFINED = re.compile(r"^(?:def |class )?([A-Za-z_]\w*)(?=\(| =|:)", re.MULTILINE)


@functools.cache
def reserved() -> frozenset[str]:
    """Names that mean something in every script."""
    fixed = {"row", "pl", "np", *IMPORTS, *UNITS, *TYPES, *HELPERS()}
    fixed |= {*dir(builtins), *keyword.kwlist}
    for part in (
        "script.py.j2",
        "engine.py.j2",
        "schema.py.j2",
        "engines/files.py.j2",
        "engines/polars_block.py.j2",
        "checks.py.j2",
        "engines/disk_scan.py.j2",
        "engines/polars_scan.py.j2",
        "main.py.j2",
        "configuration.py.j2",
        "bad_data.py.j2",
    ):
        text = (folder() / "script" / part).read_text("utf-8")
        fixed.update(DEFINED.findall(text))
    return frozenset(fixed)


@functools.cache
def batch_names() -> frozenset[str]:
    """Names that mean something in a script of append mode besides."""
    text = (folder() / "script" / "batches.py.j2").read_text("utf-8")
    return frozenset({*HELPERS(*APPEND), *DEFINED.findall(text), "PACE"})


@functools.cache
def spark_names() -> frozenset[str]:
    """Names that mean something in a Spark script besides."""
    parts = ("engines/spark.py.j2", "infrastructure.py.j2")
    text = "\n".join((folder() / "script" / part).read_text("utf-8") for part in parts)
    return frozenset({*DEFINED.findall(text), "spark", "functions", "DataFrame"})


def pandas_names() -> frozenset[str]:
    """Names that mean something in a script of pandas besides."""
    scan = (folder() / "script" / "engines/pandas_scan.py.j2").read_text("utf-8")
    return frozenset({*HELPERS(*PANDAS), *DEFINED.findall(scan)})


EXTRA: dict[str, Callable[[], frozenset[str]]] = {
    "spark": spark_names,
    "pandas": pandas_names,
}
"""By engine: names that mean something besides."""


class Names:
    """Hands out names, each once, and remembers for what."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(reserved()) | set(taken)
        self._given: dict[object, str] = {}

    def take(self, owner: object, *wishes: str) -> str:
        """The owner's name: the first wish that is free, else the last one with underscores."""
        if owner not in self._given:
            name = next(
                (wish for wish in wishes if wish not in self._taken), wishes[-1]
            )
            while name in self._taken:
                name += "_"
            self._taken.add(name)
            self._given[owner] = name
        return self._given[owner]

    def give(self, owner: object, code: str) -> None:
        """The owner goes by this code, which is no name of its own."""
        self._given[owner] = code

    def __getitem__(self, owner: object) -> str:
        return self._given[owner]

    @property
    def taken(self) -> frozenset[str]:
        return frozenset(self._taken)


def subject(column: Column) -> str:
    """What a ref points at, by its own name: `customer` for `customer_id`."""
    return re.sub(r"_(id|key|code|sku|no|ref)$", "", column.name)


def suffixes_of(column: Column) -> list[str]:
    """What tells the constants of each case from those of another."""
    found: list[str] = []
    for number, variant in enumerate(column.variants, start=1):
        suffix = suffix_of(variant)
        while suffix in ("_", *found):  # some letters cannot stand in a constant's name
            suffix = f"{suffix.rstrip('_')}_{number}"
        found.append(suffix)
    return found


def suffix_of(variant: Variant) -> str:
    """What a case's constants end in: its name, as far as that can be."""
    name = variant.case.name if variant.case else "otherwise"
    words = "".join(
        letter if letter.isalnum() and letter.isascii() else "_" for letter in name
    )
    operators = {"<": "UNDER", "<=": "UPTO", ">": "OVER", ">=": "FROM", "==": "AT"}
    if variant.case and isinstance(variant.case.value, float):
        number = str(variant.case.value).replace(".", "_").replace("-", "MINUS_")
        words = f"{operators[variant.case.operator]}_{number}"
    return "_" + words.strip("_").upper()


def endings_of(column: Column) -> set[str]:
    """What the names of a column's constants may end in, behind its own name."""
    cases = {suffix.removeprefix("_") for suffix in suffixes_of(column)}
    return {*ENDINGS, *cases, *(f"{case}_{end}" for case in cases for end in ENDINGS)}


def clear_of(others: Collection[str], wish: str, endings: Iterable[str]) -> str:
    """The wish, with underscores until no name that is made of it is another's."""
    while any(f"{wish}_{ending}" in others for ending in endings):
        wish += "_"
    return wish


def script_names(plan: Plan) -> Names:
    """The names of all that stands at the script's top level."""
    taken = batch_names() if plan.appends else frozenset()
    if plan.output.engine in EXTRA:
        taken |= EXTRA[plan.output.engine]()
    names, dialect = Names(taken), dialect_of(plan)
    constants = {
        constant_of(table, column)
        for table in plan.tables
        for column in table.columns.values()
    }
    for shape in plan.calendars:
        names.take(("calendar", shape.name), f"{shape.name}_calendar")
        base = clear_of(constants, shape.name.upper(), CALENDAR_ENDINGS)
        names.take(("constants", shape.name), base)
    for event in plan.events:
        base = clear_of(constants, event.upper(), EVENT_ENDINGS)
        names.take(("event", event), base)
    for table in plan.tables:
        upper = table.name.upper()
        names.take(("table", table.name), table.name, f"{table.name}_table")
        if table.children is not None:
            names.take(("child rows", table.name), f"{table.name}_rows")
            names.take(("rows so far", table.name), f"{table.name}_so_far")
            names.take(("first rows", table.name), f"{table.name}_first_rows")
            for what in ("every", "stride"):
                names.take((what, table.name), f"{upper}_{what.upper()}")
            count = table.children.column
            if count is not None:
                owner = ("constant", table.children.parent, count.name)
                names.take(owner, f"{upper}_ROWS")
        if table.data:
            names.take(("data", table.name), upper, f"{upper}_DATA")
    for table in plan.tables:
        for column in table.columns.values():
            base = constant_of(table, column)
            base = clear_of(constants, base, endings_of(column))
            names.take(("constant", table.name, column.name), base)
            take_column_names(names, table, column, dialect)
    for faulty in plan.bad_data.tables if plan.bad_data else ():
        names.take(("key row", faulty), f"{faulty}_key_row")
        names.take(("faults", faulty), f"{faulty}_faults")
    return names


def constant_of(table: Table, column: Column) -> str:
    """The name of a column's constant, unless it is another's."""
    return f"{table.name}_{column.identifier}".upper()


def take_column_names(
    names: Names, table: Table, column: Column, dialect: Dialect
) -> None:
    full = f"{table.name}_{column.identifier}"
    key = ("column", table.name, column.name)
    if isinstance(column.spec, InlineColumn) and not dialect.given_as_functions:
        names.give(key, f"{names['data', table.name]}[{literal(column.name)}].gather")
    else:
        names.take(key, full, f"{full}_column")
    if column.kind in ("running", "progression") and table.children is not None:
        parent = subject(table.columns[table.children.ref])
        names.take(("group", table.name, column.name), f"{full}_by_{parent}")
    if column.table is not None:
        short = f"{table.name}_{subject(column)}"
        rows = names.take(("rows", table.name, column.name), short, f"{full}_row")
        if table.draws_apart(column):
            for what in ("draw", "next"):
                names.take((what, table.name, column.name), f"{rows}_{what}")
        names.take(("case", table.name, column.name), f"{full}_case")
    elif column.references is not None:
        names.take(("rows", table.name, column.name), f"{full}_row")
