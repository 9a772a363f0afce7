"""The names of the script's functions and constants: plain, and none taken twice."""

from __future__ import annotations

import builtins
import functools
import keyword
import re
from collections.abc import Iterable

from compiler.emit.link import HELPERS, IMPORTS
from compiler.emit.python import literal
from compiler.emit.templates import folder
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns.given import Given

DEFINED = re.compile(r"^(?:def |class )?([A-Za-z_]\w*)(?=\(| =|:)", re.MULTILINE)


@functools.cache
def reserved() -> frozenset[str]:
    """Names that mean something in every script."""
    fixed = {"row", "pl", "np", *IMPORTS, *HELPERS(), *dir(builtins), *keyword.kwlist}
    for part in ("script.py.j2", "engines/polars.py.j2", "configuration.py.j2"):
        text = (folder() / "script" / part).read_text("utf-8")
        fixed.update(DEFINED.findall(text))
    return frozenset(fixed)


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


def script_names(plan: Plan) -> Names:
    """The names of all that stands at the script's top level."""
    names = Names()
    for shape in plan.calendars:
        names.take(("calendar", shape.name), f"{shape.name}_calendar")
        names.take(("constants", shape.name), shape.name.upper())
    for event in plan.events:
        names.take(("event", event), event.upper())
    for table in plan.tables:
        upper = table.name.upper()
        names.take(("table", table.name), table.name, f"{table.name}_table")
        if table.children is not None:
            names.take(("child rows", table.name), f"{table.name}_rows")
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
            take_column_names(names, table, column)
    return names


def take_column_names(names: Names, table: Table, column: Column) -> None:
    full = f"{table.name}_{column.identifier}"
    names.take(("constant", table.name, column.name), full.upper())
    key = ("column", table.name, column.name)
    if isinstance(column.spec, Given):
        names.give(key, f"{names['data', table.name]}[{literal(column.name)}].gather")
    else:
        names.take(key, full, f"{full}_column")
    if column.kind in ("running", "progression") and table.children is not None:
        parent = subject(table.columns[table.children.ref])
        names.take(("group", table.name, column.name), f"{full}_by_{parent}")
    if column.table is not None:
        short = f"{table.name}_{subject(column)}"
        names.take(("rows", table.name, column.name), short, f"{full}_row")
        names.take(("groups", table.name, column.name), f"{short}_groups")
