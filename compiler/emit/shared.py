"""Which columns other rows read: those are functions of their own in the script."""

from __future__ import annotations

from compiler.plan.model import Column, Path, Plan

Function = tuple[str, str, str]
"""("column" | "rows", table, column)"""


class Shared:
    """The columns' functions that the script needs, found from what reads across rows."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.columns: set[Function] = set()
        for table in plan.tables:
            for column in table.columns.values():
                self._across(table.name, column)

    def _across(self, table: str, column: Column) -> None:
        """What a column reads of other rows, wherever it is computed."""
        for path in column.reads.values():
            self._path(path)
        if column.table is not None:
            target = self.plan.table(column.table)
            assert target.key is not None
            self._add_column(target.name, target.key)
            for path in column.weighted:
                self._add_column(path.table, path.column)

    def _path(self, path: Path) -> None:
        for hop in path.hops[1:]:
            self._add_rows(hop.table, hop.column)
        if path.hops:
            self._add_column(path.table, path.column)

    def _add_column(self, table: str, name: str) -> None:
        column = self.plan.table(table).columns[name]
        if column.table is not None:
            self._add_rows(table, name)
            return
        if ("column", table, name) not in self.columns:
            self.columns.add(("column", table, name))
            self._own(table, column)

    def _add_rows(self, table: str, name: str) -> None:
        if ("rows", table, name) not in self.columns:
            self.columns.add(("rows", table, name))
            self._own(table, self.plan.table(table).columns[name])

    def _own(self, table: str, column: Column) -> None:
        """What a function reads of its own row is a function too."""
        for path in column.reads.values():
            if path.hops:
                self._add_rows(table, path.hops[0].column)
            else:
                self._add_column(table, path.column)
