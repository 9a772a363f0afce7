"""Refs as code: how the row that a row points at is found."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.emit.batches import batch_of
from compiler.emit.names import Names
from compiler.emit.numbering import all_rows, parent_rows
from compiler.emit.python import Source, literal, noted
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Ref


@dataclass(frozen=True)
class RefView:
    """A ref, as its template sees it."""

    plan: Plan
    table: Table
    column: Column
    spec: Ref
    names: Names
    constant: str
    suffix: str

    @property
    def target(self) -> Table:
        assert self.column.table is not None
        return self.plan.table(self.column.table)

    @property
    def to_parent(self) -> bool:
        return self.column.parent

    @property
    def to_own(self) -> bool:
        return self.column.table == self.table.name

    @property
    def among_arrivals(self) -> bool:
        """Whether its own table is a grid that goes on: no number tells which row came first."""
        return self.to_own and self.plan.appends and bool(self.plan.grid_of(self.table))

    @property
    def in_groups(self) -> bool:
        """Whether it chooses a group of rows first; a `per` table's rows are one."""
        return bool(self.spec.weights) or self.target.children is not None

    def parent_of(self, row: str) -> Source:
        """The code of the parents' rows, for these rows."""
        return parent_rows(self.names, self.table, row)

    @property
    def count(self) -> Source:
        return Source(f"ROWS[{literal(self.target.name)}]")

    @property
    def rows(self) -> Source:
        """The code of all rows of the target (of a plain one: how many), or of those so far."""
        if self.target.children is None and not self.plan.appends:
            return self.count
        return all_rows(self.plan, self.names, self.target)

    @property
    def spread(self) -> str:
        """The constant that holds the spread of the parents' activity, or 0 for none."""
        return f"{self.constant}_SPREAD" if self.column.spread else "0"

    @property
    def spread_line(self) -> str:
        """The constant of the spread."""
        share = f"{self.spec.skew * 100:g}% of {self.table.name}"
        said = f"sd of log activity: the busiest 20% of {self.target.name} get {share}"
        return noted(f"{self.spread} = {literal(self.column.spread)}", said)

    def weights_of(self, weighed: str) -> str:
        """The constant that holds the weights by a column of the target."""
        names = list(self.spec.weights)
        return (
            f"{self.constant}_WEIGHTS"
            if len(names) == 1
            else f"{self.constant}_BY_{weighed.upper()}"
        )

    @property
    def weighing(self) -> Source:
        """The code of what weighs a row of the target: a column, and the weights of its values."""
        pairs = [
            f"({self.names['column', self.target.name, weighed]}, {self.weights_of(weighed)})"
            for weighed in self.spec.weights
        ]
        return Source(f"[{', '.join(pairs)}]")

    @property
    def come(self) -> Source:
        """In append mode: the code of a function that tells which batch brings a row."""
        batch = batch_of(self.plan, self.names, self.target, "row")
        return Source(f"lambda row: {batch}")
