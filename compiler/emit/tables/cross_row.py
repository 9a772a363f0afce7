"""Which columns other rows read: those are functions of their own in the script."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain

from compiler.emit.engines.dialect import dialect_of
from compiler.emit.kinds.ref import is_skewed_by_case
from compiler.emit.rows.numbering import goes_on
from compiler.emit.tables.lifecycles import lifecycle_of
from compiler.emit.tables.sequences import sequence_of
from compiler.plan.model import Column, Path, Plan, Table, TableFaults
from compiler.spec.columns.given import InlineColumn

FunctionKey = tuple[str, str, str]
"""("column" | "rows" | "group" | "case" | "moves", table, column)"""


class CrossRowFunctions:
    """The columns' functions that the script needs, found from what reads across rows."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.functions: set[FunctionKey] = set()
        for table in plan.tables:
            for column in table.columns.values():
                self._across(table.name, column)
                if is_skewed_by_case(column):
                    self._add_case(table.name, column)
                if table.draws_again(column):
                    self._add_rows(table.name, column.name)
                if goes_on(plan, table) and is_built(table, column):
                    self._add_column(table.name, column.name)
            if table.children is not None and table.children.column is not None:
                self._across(table.children.parent, table.children.column)
                self._own(table.children.parent, table.children.column)
            self._faulty(table)

    def _across(self, table: str, column: Column) -> None:
        """What a column reads of other rows, wherever it is computed."""
        if lifecycle := lifecycle_of(table, column):
            self._add_moves(*lifecycle)
            return
        for path in column.reads.values():
            self._path(path)
        if column.table is not None:
            target = self.plan.table(column.table)
            if target.key in target.columns:  # else only the row is of interest
                self._add_key(target.name)
            for path in column.weighted:
                self._add_values(path.table, path.column)

    def _add_values(self, table: str, name: str) -> None:
        """A function of a column's values, which a helper calls: of a ref, its keys."""
        self._add_column(table, name)
        if self.plan.table(table).columns[name].table is not None:
            self.functions.add(("column", table, name))

    def _faulty(self, table: Table) -> None:
        """What the answer key of bad data reads: the rows' keys, and where refs point."""
        faulty = self.plan.faulty(table.name)
        if faulty is None:
            return
        for name in faulty.names:
            self._add_column(table.name, name)
        if faulty.duplicate_key:
            self._add_column(table.name, faulty.duplicate_key)
        for name in refs_to_look_up(table, faulty):
            self._add_rows(table.name, name)

    def _path(self, path: Path) -> None:
        for n, hop in enumerate(path.hops):
            ref = self.plan.table(hop.table).columns[hop.column]
            if n or ref.table is None:  # the row's own ref is drawn where it is read
                self._add_rows(hop.table, hop.column)
        if path.hops:
            self._add_column(path.table, path.column)

    def _add_column(self, table: str, name: str) -> None:
        column = self.plan.table(table).columns[name]
        if column.table is not None:
            self._add_rows(table, name)
            return
        # An inline one is in the configuration.
        given = (
            isinstance(column.spec, InlineColumn)
            and not dialect_of(self.plan).given_as_functions
        )
        if ("column", table, name) not in self.functions and not given:
            self.functions.add(("column", table, name))
            if sequence_of(column):
                self._add_group(table, sequence_of(column))
            else:
                self._own(table, column)

    def _add_group(self, table: str, name: str) -> None:
        """The function of a column computed in order of time, for all rows of some parents."""
        if ("group", table, name) in self.functions:
            return
        self.functions.add(("group", table, name))
        columns = self.plan.table(table).columns
        cut = [column for column in columns.values() if column.cut_by == name]
        for column in [columns[name], *cut]:
            self._own(table, column, without=[one.name for one in cut], whole=True)

    def _add_key(self, name: str) -> None:
        """The key of a table, and where that is a ref itself, the key which it holds."""
        table = self.plan.table(name)
        assert table.key is not None
        self._add_column(name, table.key)
        target = table.columns[table.key].table
        if target is not None:
            self._add_key(target)

    def _add_moves(self, table: str, name: str) -> None:
        """The function of the moves of a lifecycle."""
        if ("moves", table, name) not in self.functions:
            self.functions.add(("moves", table, name))
            column = self.plan.table(table).columns[name]
            for path in column.reads.values():
                self._path(path)
            self._reads_of_own(table, column)

    def _add_case(self, table: str, column: Column) -> None:
        """The function of the case that each row of a ref is in."""
        self.functions.add(("case", table, column.name))
        conditions = [column.by, *(column.when.paths.values() if column.when else ())]
        for path in filter(None, conditions):
            if path.hops:
                self._add_rows(table, path.hops[0].column)
            else:
                self._add_column(table, path.column)

    def _add_rows(self, table: str, name: str) -> None:
        column, children = (
            self.plan.table(table).columns[name],
            self.plan.table(table).children,
        )
        if column.parent and children is not None and children.single:
            return  # a parent's one child has its parent's row number
        if ("rows", table, name) not in self.functions:
            self.functions.add(("rows", table, name))
            self._own(table, column)
            if column.table is None and column.references is not None:
                for hop in chain(*column.references.routes):
                    self._add_rows(hop.table, hop.column)

    def _own(
        self,
        table: str,
        column: Column,
        without: Collection[str] = (),
        whole: bool = False,
    ) -> None:
        """What a function reads of its own row is a function too.

        One of whole groups takes other columns computed in order of time from their own function.
        """
        if lifecycle := lifecycle_of(table, column):
            self._add_moves(*lifecycle)
            return
        self._reads_of_own(table, column, without, whole)

    def _reads_of_own(
        self,
        table: str,
        column: Column,
        without: Collection[str] = (),
        whole: bool = False,
    ) -> None:
        """The functions of what a column reads of its own row."""
        columns = self.plan.table(table).columns
        for path in column.reads.values():
            if not path.hops and path.column in without:
                continue
            if path.hops:
                self._add_rows(table, path.hops[0].column)
            elif whole and sequence_of(columns[path.column]):
                self._add_group(table, sequence_of(columns[path.column]))
            else:
                self._add_column(table, path.column)


def is_built(table: Table, column: Column) -> bool:
    """Whether a column computed in order of time is written, or read row by row."""
    read = any(
        path.column == column.name and not path.hops
        for other in table.columns.values()
        if not sequence_of(other)
        for path in other.reads.values()
    )
    return bool(sequence_of(column)) and (read or not column.spec.hidden)


def refs_to_look_up(table: Table, faulty: TableFaults) -> list[str]:
    """The references of which a draw alone does not tell where the orphans are."""
    return [
        name
        for name, column in table.columns.items()
        if name in faulty.orphaned_refs
        or (column.type.nullable and "orphan_ref" in faulty.cells.get(name, ()))
    ]
