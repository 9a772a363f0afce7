"""Refs: how the row that each row points at is found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from compiler.emit.code.code import (
    Code,
    binary,
    call,
    function,
    grouped,
    item,
    listed,
    name,
)
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.kinds.base import CaseColumn, Emitter, Function
from compiler.emit.rows.batches import batch_of
from compiler.emit.rows.numbering import (
    all_rows,
    expected_rows,
    parent_rows,
    rows_in_first_load,
)
from compiler.plan.model import Column, Table
from compiler.spec.columns import Ref
from compiler.spec.types import Data


def is_skewed_by_case(column: Column) -> bool:
    """Whether a ref has a skew, and cases or a `when`: its skew goes by the rows of each."""
    specs = [variant.spec for variant in column.variants]
    skewed = any(isinstance(spec, Ref) and spec.skew for spec in specs)
    return (column.by is not None or column.when is not None) and skewed


class RefCode(Emitter[Ref], of=Ref):
    endings = ("WEIGHTS", "BY", "SKEW")

    def constants(self, column: CaseColumn[Ref]) -> list[Constant]:
        if column.column.parent:
            return []
        target, table = column.spec.table, column.table.name
        found = []
        for weighed, weights in column.spec.weights.items():
            reason = (
                f"relative number of {table} for each row of {target}, by its {weighed}"
            )
            constant = weights_constant(column, weighed).text
            found.append(Constant(constant, literal(weights), reason))
        if column.spec.skew:
            busiest = f"share of {table} that the busiest 20 % of {target} get"
            if column.spec.draws_again:
                same = "repeats" if column.spec.distinct else "is the same"
                busiest += f", before what {same} is drawn again"
            skew = literal(column.spec.skew)
            found.append(Constant(column.constant("_SKEW").text, skew, note=busiest))
        return found


def weights_constant(column: CaseColumn[Ref], weighed: str) -> Code:
    """The constant that holds the weights by a column of the target."""
    alone = len(column.spec.weights) == 1
    return column.constant("_WEIGHTS" if alone else f"_BY_{weighed.upper()}")


@dataclass(frozen=True)
class Choosing:
    """How a ref chooses among the rows of its target, in one function."""

    column: CaseColumn[Ref]
    function: Function

    @property
    def rows(self) -> Code:
        """The code of the row numbers that each row points at."""
        if self.column.column.parent:
            names, table = self.column.names, self.column.table
            return parent_rows(names, table, self.function.row)
        if self._in_groups or self._among_arrivals:
            return self._rows_in_groups()
        if self._to_own_table:
            return call(
                "earlier_row", self._draw(), self.function.row, self._own_spread
            )
        return self._rows_among_all()

    @property
    def following(self) -> Code:
        """The code of the rows that follow others, which the function's `numbers` hold."""
        batch, numbers = self._batch, self.function.numbers
        if self._in_groups:
            arguments = [self._stream, numbers, *batch, self._all_rows]
            arguments += [*([self._come] if batch else []), self._weighing]
            return call("following_row", *arguments)
        count = self._rows_so_far(*batch) if batch else self._count
        return binary("%", binary("+", numbers, literal(1)), count)

    @cached_property
    def _target(self) -> Table:
        assert self.column.column.table is not None
        return self.column.plan.table(self.column.column.table)

    @property
    def _to_own_table(self) -> bool:
        return self._target.name == self.column.table.name

    @property
    def _among_arrivals(self) -> bool:
        """Whether it refers to rows of its own grid, whose numbers do not show which came first."""
        plan = self.column.plan
        grid = plan.grid_of(self.column.table)
        return self._to_own_table and plan.appends and bool(grid)

    @property
    def _in_groups(self) -> bool:
        """Whether it chooses a group of rows first; a `per` table's rows are one."""
        return bool(self.column.spec.weights) or self._target.children is not None

    def _draw(self) -> Code:
        return self.column.draw(self.function)

    @property
    def _batch(self) -> list[Code]:
        """In append mode: the batch of each row."""
        return [self.function.batch()] if self.column.plan.appends else []

    @property
    def _stream(self) -> Code:
        """A stream of the case's own, where what is made for a stream is kept."""
        case = self.column.suffix.lower().replace("_", "/", 1)
        return literal(self.column.stream + case)

    @property
    def _table(self) -> Code:
        return literal(self._target.name)

    @property
    def _count(self) -> Code:
        """The number of the target's rows."""
        return item(name("ROWS"), self._table)

    def _rows_so_far(self, batch: Code) -> Code:
        """The number of the target's rows when each row comes."""
        return item(call("rows_after", self._table), batch)

    @property
    def _all_rows(self) -> Code:
        """All rows of the target, or those so far."""
        return all_rows(self.column.plan, self.column.names, self._target)

    @property
    def _come(self) -> Code:
        """In append mode: a function that gives the batch that brings a row."""
        plan, names = self.column.plan, self.column.names
        return function("row", batch_of(plan, names, self._target, name("row")))

    @property
    def _weighing(self) -> Code:
        """What weighs a row of the target: a column, and the weights of its values."""
        pairs = [
            grouped([self._names_in(weighed), weights_constant(self.column, weighed)])
            for weighed in self.column.spec.weights
        ]
        return listed(pairs)

    def _names_in(self, weighed: str) -> Code:
        """A function that gives a column of the target, as weights name its values."""
        code = self.column.names.column(self._target.name, weighed)
        type = self._target.columns[weighed].type
        if type.data in (Data.TEXT, Data.BOOLEAN):
            return code
        values = call(code, name("row"))
        return function("row", self.column.dialect.as_text(values, type))

    @property
    def _skew(self) -> Code:
        return self.column.constant("_SKEW")

    @property
    def _expected(self) -> Code:
        """How many rows point at the target: all, or those of the case."""
        plan, names, table = self.column.plan, self.column.names, self.column.table
        column, given = self.column.column, {}
        if is_skewed_by_case(column):
            number = next(
                n
                for n, variant in enumerate(column.variants)
                if variant is self.column.variant
            )
            given = {"case": names.case(table.name, column.name)}
            given |= {"number": literal(number)} if column.by is not None else {}
        rows = expected_rows(plan, names, table, given)
        if not any(column.null_rates):
            return rows
        nulls = names.constant(table.name, column.name, "_NULLS")
        if column.null_rate is None:
            nulls = item(nulls, literal(self.column.name))
        return binary("*", rows, binary("-", literal(1), nulls))

    @property
    def _own_spread(self) -> Code:
        """The spread among the earlier rows of its own table; 0 for none."""
        if not self.column.spec.skew:
            return literal(0)
        counts = grouped([self._count])
        return call("activity_sigma_of_earlier", self._skew, self._expected, counts)

    def _rows_in_groups(self) -> Code:
        """By the weight of the group that a row of the target is in."""
        column, appends = self.column, self.column.plan.appends
        arguments = [self._stream, self.function.numbers]
        if self._among_arrivals:
            helper = "earlier_arrival"
            arguments += [self._all_rows, self._come]
        elif self._to_own_table:
            helper = "weighted_earlier_row"
            arguments.append(self._all_rows)
        else:
            helper, batch = "weighted_row", self._batch
            arguments += [*batch, self._all_rows, *([self._come] if batch else [])]
        arguments.append(self._weighing)
        if column.spec.skew:
            arguments += [self._skew, self._expected]
            if self._to_own_table and appends and not self._among_arrivals:
                stop = rows_in_first_load(column.plan, column.names, column.table)
                arguments.append(stop)
        return call(helper, *arguments)

    def _rows_among_all(self) -> Code:
        """Among all rows of a plain table, or among those so far."""
        batch, stream = self._batch, literal(self.column.stream)
        draw, skew = self._draw(), self.column.spec.skew
        if batch and skew:
            given = [draw, *batch, self._table, self._skew, self._expected, stream]
            return call("skewed_row_in_batch", *given)
        if batch:
            return call("uniform_row", draw, self._rows_so_far(*batch))
        if skew:
            given = [draw, self._count, self._skew, self._expected, stream]
            return call("skewed_row", *given)
        return call("uniform_row", draw, self._count)
