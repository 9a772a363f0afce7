"""Refs as code: how the row that a row points at is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compiler.emit.batches import batch_of
from compiler.emit.names import Names
from compiler.emit.numbering import parent_rows, rows_below
from compiler.emit.python import Source, as_factor, literal
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
        """The code of all rows of the target, in append mode of those so far."""
        root = literal(self.target.root)
        count = f"rows_after({root})[BATCH]" if self.plan.appends else f"ROWS[{root}]"
        return rows_below(self.plan, self.names, self.target, f"np.arange({count})")

    @property
    def spread(self) -> str:
        """The constant that holds the spread of the parents' activity, or 0 for none."""
        return f"{self.constant}_SPREAD" if self.column.spread else "0"

    @property
    def spread_reason(self) -> str:
        return (
            f"The busiest 20% of {self.target.name} get {self.spec.skew * 100:g}% of "
            f"{self.table.name}: the sd of their activity's logarithm."
        )

    @property
    def groups(self) -> str:
        """The function that groups the target's rows; each case has its own."""
        name = self.names["groups", self.table.name, self.column.name]
        return name + self.suffix.lower()

    def weights_of(self, weighed: str) -> str:
        """The constant that holds the weights by a column of the target."""
        names = list(self.spec.weights)
        return (
            f"{self.constant}_WEIGHTS"
            if len(names) == 1
            else f"{self.constant}_BY_{weighed.upper()}"
        )

    @property
    def group_code(self) -> Source:
        """The code of each row's group, from the values that weigh it.

        In append mode each batch has groups of its own, so that a row stays where it is.
        """
        code = ""
        if self.plan.appends:
            code = batch_of(self.plan, self.names, self.target, "row")
        for weighed in self.spec.weights:
            constant = self.weights_of(weighed)
            value = f"{self.names['column', self.target.name, weighed]}(row)"
            index = f"case_of({value}, {constant})"
            code = f"{as_factor(code)} * len({constant}) + {index}" if code else index
        return Source(code or "np.zeros(len(row))")

    @property
    def group_weights(self) -> Source:
        """The code of the groups' weights, in the order of their numbers."""
        constants = [self.weights_of(weighed) for weighed in self.spec.weights]
        factors = [f"w{n}" for n in range(len(constants))]
        loops = " ".join(
            f"for {w} in {c}.values()" for w, c in zip(factors, constants, strict=True)
        )
        code = f"[{' * '.join(factors)} {loops}]" if loops else "[1.0]"
        if len(constants) == 1:
            code = f"{constants[0]}.values()"
        if not self.plan.appends:
            return Source(code)
        listed = code if code.startswith("[") else f"[*{code}]"
        return Source(f"{listed} * (BATCH + 1)")

    @property
    def grouped_by(self) -> Sequence[str]:
        return [*(["batch"] if self.plan.appends else []), *self.spec.weights]
