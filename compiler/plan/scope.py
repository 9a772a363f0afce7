"""What the stage works on: the spec, its document, and the diagnostics so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from compiler.diagnostics import (
    Diagnostic,
    Help,
    Label,
    Severity,
    did_you_mean,
    meant_name,
)
from compiler.plan.events import events_of, zones_of
from compiler.source import Document
from compiler.source.edits import advised
from compiler.spec.columns import Column, Lifecycle, LogState, Ref, Tick
from compiler.spec.columns.base import ByCase, variants_of
from compiler.spec.columns.given import InlineColumn
from compiler.spec.columns.moves import MoveMoment, MoveState
from compiler.spec.rows import Per
from compiler.spec.spec import Spec
from compiler.spec.table import Table

Place = tuple[str | int, ...]
KEYS = set(Table.model_fields)


ABSENT = ("E201", "E202", "E208")
"""What is not there is one mistake, from however many places it is named."""
MOST_LABELS = 5


def in_one(first: Diagnostic, other: Diagnostic) -> Diagnostic:
    """Two diagnostics of one mistake as one; its way out may be where the name should be."""
    labels = tuple(dict.fromkeys([*first.labels, *other.labels]))
    help, fix = first.help, first.fix
    if fix is not None and len(labels) > 1:
        near = fix.text.strip("\"'")
        write = f"write `{near}` in these places"  # a path, so it exists
        rename = f"rename `{near}`, or write its name in these places"
        help, fix = write if "." in near else rename, None
    return replace(first, labels=labels[:MOST_LABELS], help=help, fix=fix)


def as_hidden(column: Column) -> Column:
    """A column that is not written, in any of its cases."""
    hide = {"hidden": True}
    if isinstance(column, ByCase) and column.by is not None:
        variants = column.variants
        cases = {keys: one.model_copy(update=hide) for keys, one in variants.items()}
        column = column.with_variants(column.by, cases)
    return column.model_copy(update=hide)


def of_moves(
    columns: Mapping[str, Column], parent: str, lifecycle: str | None
) -> Iterator[tuple[str, Column]]:
    """The columns of a log; moments and states are those of the parent's lifecycle, if any."""
    refs = (
        name
        for name, spec in columns.items()
        if isinstance(spec, Ref) and spec.table == parent
    )
    ref = next(refs, None)
    of = None if ref is None or lifecycle is None else f"{ref}.{lifecycle}"
    for name, spec in columns.items():
        if isinstance(spec, Tick | LogState):
            made = MoveMoment if isinstance(spec, Tick) else MoveState
            kept = {key: getattr(spec, key) for key in spec.model_fields_set - {"kind"}}
            yield name, made(of=of, **kept)
        else:
            yield name, spec


class Scope:
    """A spec under examination."""

    def __init__(self, spec: Spec, document: Document) -> None:
        self.spec = spec
        self.document = document
        self.events, self.diagnostics = events_of(spec, document)
        self.event_zones = zones_of(spec)
        self._numbers: dict[object, int] = {}
        self._of_kind: dict[tuple[str, object], tuple[str, ...]] = {}
        self.specs: dict[str, Mapping[str, Column]] = {
            name: self._columns(name) for name in spec.tables
        }

    def _columns(self, name: str) -> dict[str, Column]:
        """The columns of a table: those of its data, then those that are drawn."""
        table = self.spec.tables[name]
        rows = table.data or []
        given: dict[str, Column] = {
            column: InlineColumn(
                cells=[row[column] for row in rows], type=table.types.get(column)
            )
            for column in (rows[0] if rows else {})
        }
        for column in given:
            if column in table.columns:
                drawn = Label(self.document.key(("tables", name, "columns", column)))
                row = Label(self.document.key(("tables", name, "data", 0, column)))
                message = f"`{column}` is in `data` too"
                self.report(
                    "E113", message, (drawn, row), "rename or leave out one of them"
                )
        columns = given | dict(table.columns)
        if isinstance(table.rows, Per) and table.rows.moves is not None:
            parent = self.spec.tables.get(table.rows.per)
            found = parent and parent.columns.get(table.rows.moves)
            moves = table.rows.moves if isinstance(found, Lifecycle) else None
            columns = dict(of_moves(columns, table.rows.per, moves))
        if table.hidden:  # so are all its columns
            return {key: as_hidden(column) for key, column in columns.items()}
        return columns

    def of_kind(
        self, table: str, kinds: type[Column] | tuple[type[Column], ...]
    ) -> tuple[str, ...]:
        """The columns of a table that are of these kinds, in their order; looked for once."""
        found = self._of_kind.get((table, kinds))
        if found is None:
            columns = self.specs[table].items()
            found = tuple(name for name, spec in columns if isinstance(spec, kinds))
            self._of_kind[table, kinds] = found
        return found

    def variants(self, table: str) -> Iterator[tuple[Place, Column]]:
        """A table's columns in each of their cases, with the places of their parameters."""
        for name, spec in self.specs[table].items():
            for keys, one in variants_of(spec).items():
                yield ("tables", table, "columns", name, *keys), one

    def refs_to(self, table: str, other: str) -> list[str]:
        """The refs of a table to another one."""
        columns = self.specs[table]
        return [
            name
            for name in self.of_kind(table, Ref)
            if getattr(columns[name], "table", None) == other
        ]

    def now_called(self, name: str, table: str | None = None) -> str | None:
        """The table that had this name before, or the column of a table."""
        specs = self.spec.tables if table is None else self.specs[table]
        found = (new for new, spec in specs.items() if spec.renamed_from == name)
        return next(found, None)

    def table_meant(self, name: str) -> Help:
        """The help for a table that does not exist: its new name, or the nearest one."""
        new = self.now_called(name)
        return meant_name(name, new) if new else did_you_mean(name, list(self.specs))

    def unsure(self, table: str) -> bool:
        """Whether a table takes the place of one that has a diagnostic already."""
        declared = self.document.tree["tables"][table]
        spec = self.spec.tables[table]
        if not isinstance(declared, dict):
            return True
        if not {"columns", "data"} & declared.keys() and declared.keys() - KEYS:
            return True  # one of these is mistyped
        rows = declared.get("rows")
        lost = isinstance(rows, dict) and not isinstance(spec.rows, Per)
        return lost or ("data" in declared and spec.data is None)

    def at(self, place: Place) -> Place:
        """The place of a case's key: in the case, else on the column itself."""
        if "cases" in place or "otherwise" in place:
            node: Any = self.document.tree
            for part in place:
                if not isinstance(node, dict) or part not in node:
                    start = (
                        place.index("cases")
                        if "cases" in place
                        else place.index("otherwise")
                    )
                    return (*place[:start], place[-1])
                node = node[part]
        return place

    def report(
        self,
        code: str,
        message: str,
        labels: tuple[Label, ...],
        help: Help = None,
        severity: Severity = "error",
    ) -> None:
        """Adds a diagnostic, once; what is absent is one mistake, however often it is named."""
        found = advised(self.document, code, message, labels, help, severity)
        # What is absent is found by its message; two cases of a column share a mistake.
        same = (code, message) if code in ABSENT else found
        number = self._numbers.setdefault(same, len(self.diagnostics))
        if number == len(self.diagnostics):
            self.diagnostics.append(found)
        elif code in ABSENT:
            self.diagnostics[number] = in_one(self.diagnostics[number], found)

    def error(self, code: str, place: Place, message: str, help: Help = None) -> None:
        """An error about the value at a place of the spec."""
        self.report(code, message, (Label(self.document.value(self.at(place))),), help)
