"""What the code of a table is made from."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.emit.engines.dialect import Dialect, dialect_of
from compiler.emit.names import ScriptNames
from compiler.emit.tables.cross_row import CrossRowFunctions
from compiler.plan.model import Plan, Table


@dataclass(frozen=True)
class TableContext:
    """A table, and what else the code of its functions depends on."""

    plan: Plan
    table: Table
    cross_row: CrossRowFunctions
    names: ScriptNames

    @property
    def dialect(self) -> Dialect:
        return dialect_of(self.plan)
