"""Refs as code: how the row that a row points at is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from compiler.emit.batches import batch_of
from compiler.emit.names import Names
from compiler.emit.numbering import (
    all_rows,
    expected_rows,
    parent_rows,
    rows_in_first_load,
)
from compiler.emit.python import Source, literal, noted
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Ref


def has_cases(column: Column) -> bool:
    """Whether a ref is skewed by case: how many rows a case has is a matter of the skew."""
    specs = [variant.spec for variant in column.variants]
    skewed = any(isinstance(spec, Ref) and spec.skew for spec in specs)
    return column.by is not None and skewed


class Place(Protocol):
    """Where a ref's code is: its rows, their batches, its streams of draws."""

    @property
    def row(self) -> str: ...

    @property
    def numbers(self) -> str: ...

    @property
    def batch(self) -> Source | None: ...

    @property
    def stream(self) -> str: ...

    @property
    def stream_of_case(self) -> str: ...

    def draw(self) -> Source: ...


@dataclass(frozen=True)
class RefView:
    """A ref, as its template sees it."""

    plan: Plan
    table: Table
    column: Column
    spec: Ref
    names: Names
    constant: str
    case: int | None
    """The number of its case, where each case chooses for itself."""

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
        """The code of all rows of the target, or of those so far."""
        return all_rows(self.plan, self.names, self.target)

    @property
    def skewed(self) -> bool:
        """Whether some rows of the target are to be busier than others."""
        return bool(self.spec.skew) and not self.to_parent

    @property
    def skew(self) -> str:
        return f"{self.constant}_SKEW"

    @property
    def skew_line(self) -> str:
        """The constant of the skew."""
        busiest = f"share of {self.table.name} that the busiest 20 % of {self.target.name} get"
        if self.spec.distinct:
            busiest += ", before what repeats is drawn again"
        return noted(f"{self.skew} = {literal(self.spec.skew)}", busiest)

    @property
    def expected(self) -> Source:
        """The code of how many rows point at the target: all, or those of the case."""
        rows = expected_rows(self.plan, self.names, self.table, self.case_number)
        if not self.column.spec.null_rate:
            return rows
        nulls = self.names["constant", self.table.name, self.column.name]
        return Source(f"{rows} * (1 - {nulls}_NULLS)")

    @property
    def case_number(self) -> Source | None:
        """The code that picks the rows of the case."""
        if self.case is None:
            return None
        function = self.names["case", self.table.name, self.column.name]
        return Source(f"case={function}, number={self.case}")

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

    def rows_of(self, place: Place) -> Source:
        """The code of the row numbers that each row points at."""
        if self.to_parent:
            return self.parent_of(place.row)
        if self.in_groups or self.among_arrivals:
            return self._in_groups(place)
        if self.to_own:
            return Source(
                f"earlier({place.draw()}, {place.row}, {self._spread_of_own})"
            )
        return self._among_all(place)

    def _in_groups(self, place: Place) -> Source:
        """By the weight of the group that a row of the target is in."""
        arguments = [literal(place.stream_of_case), place.numbers]
        if self.among_arrivals:
            function = "earlier_arrivals"
            arguments += [self.rows, self.come]
        elif self.to_own:
            function = "earlier_rows"
            arguments.append(self.rows)
        elif place.batch:
            function = "weighted_rows"
            arguments += [place.batch, self.rows, self.come]
        else:
            function = "weighted_rows"
            arguments.append(self.rows)
        arguments.append(self.weighing)
        if self.skewed:
            arguments += [self.skew, self.expected]
            if self.to_own and self.plan.appends and not self.among_arrivals:
                stop = rows_in_first_load(self.plan, self.names, self.table)
                arguments.append(stop)
        return Source(f"{function}({', '.join(arguments)})")

    def following(self, place: Place) -> Source:
        """The code of the rows that follow others, which `place.numbers` holds."""
        if self.in_groups:
            stream, batch = literal(place.stream_of_case), place.batch
            arguments = [stream, place.numbers, *([batch] if batch else []), self.rows]
            arguments += [*([self.come] if batch else []), self.weighing]
            return Source(f"next_row({', '.join(arguments)})")
        count = self.count
        if place.batch:
            count = Source(f"rows_after({literal(self.target.name)})[{place.batch}]")
        return Source(f"({place.numbers} + 1) % {count}")

    @property
    def _spread_of_own(self) -> str:
        """The code of the spread among the earlier rows of its own table; 0 for none."""
        if not self.skewed:
            return "0"
        return f"spread_among_earlier({self.skew}, {self.expected}, ({self.count},))"

    def _among_all(self, place: Place) -> Source:
        """Among all rows of a plain table, or among those so far."""
        stream = literal(place.stream)
        if place.batch and self.skewed:
            table = literal(self.target.name)
            return Source(
                f"busy_rows({place.draw()}, {place.batch}, {table}, {self.skew}, "
                f"{self.expected}, {stream})"
            )
        if place.batch:
            rows = f"rows_after({literal(self.target.name)})[{place.batch}]"
            return Source(f"evenly({place.draw()}, {rows})")
        if self.skewed:
            return Source(
                f"skewed_rows({place.draw()}, {self.count}, {self.skew}, "
                f"{self.expected}, {stream})"
            )
        return Source(f"evenly({place.draw()}, {self.count})")
