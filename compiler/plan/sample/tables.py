"""Samples of tables: some thousand rows of each that is needed, and their columns."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np

from compiler.plan.columns.cases import HOLDS
from compiler.plan.columns.correlations import correlations_of, pearson
from compiler.plan.columns.resolver import Resolver
from compiler.plan.columns.targets import key_of
from compiler.plan.expression import Node
from compiler.plan.model import Children, Column, Hop, Path, Variant
from compiler.plan.periods import NOMINAL_END, window_end, window_start
from compiler.plan.rows.layout import Rows as TableRows
from compiler.plan.sample.expression import Evaluator
from compiler.plan.sample.in_order import TimeOrder
from compiler.plan.sample.kinds import Asked, values_of
from compiler.plan.sample.kinds.lifecycles import moves_by_case
from compiler.plan.sample.kinds.sequences import booked
from compiler.plan.sample.moments import Times
from compiler.plan.sample.refs import check_skew, chosen
from compiler.plan.sample.sampler import Sample
from compiler.plan.sample.values import Array, CannotSample, Rows, Values, plain
from compiler.spec.calendar import DEFAULT_CALENDAR
from compiler.spec.columns import Expr, Ref, Running
from compiler.spec.time import Months

MONTH = timedelta(days=365.2425 / 12)
"""The mean length of a month of the calendar."""
MOST = 2
"""A table's sample has no more than so many times the rows of its root's."""
LARGE_FAMILY = 400
"""Of parents with more children than that, single children are sampled, not whole families."""


class TableSampler:
    """Draws what is asked for, once."""

    def __init__(
        self, resolver: Resolver, rows: Mapping[str, TableRows], size: int
    ) -> None:
        spec = resolver.scope.spec
        self.resolver, self.rows, self.size = resolver, rows, size
        self.rng = np.random.default_rng(abs(spec.seed))
        self.times = Times(
            window_start(spec.window),
            window_end(spec.window) or NOMINAL_END,
            {"default": DEFAULT_CALENDAR, **spec.calendars},
        )
        self._samples: dict[str, Sample] = {}
        self._columns: dict[tuple[str, str], Values] = {}
        self._booked: dict[tuple[str, str], Values] = {}
        self._moves: dict[tuple[str, str], tuple[Rows, Array]] = {}
        self._refs: dict[tuple[str, str], Rows] = {}
        self._scores: dict[tuple[str, str], Array] = {}

    # ---------------------------------------------------------------------- rows

    def table(self, name: str) -> Sample:
        if name not in self._samples:
            children = self.rows[name].children
            self._samples[name] = (
                self.root(name) if children is None else self.below(name, children)
            )
        return self._samples[name]

    def root(self, name: str) -> Sample:
        """Each row of a small table several times, of a large one some."""
        rows = self.rows[name].count.rows
        size = math.ceil(self.size / rows) * rows if rows < self.size else self.size
        numbers = np.arange(size) * rows // size
        return Sample(numbers, rows / size)

    def counts(self, name: str) -> Rows:
        """How many children each sampled parent has."""
        children = self.rows[name].children
        assert children is not None
        if children.every is not None:
            return np.full(self.table(children.parent).size, children.least)
        assert children.column is not None, "no grid"
        found = self.cases(children.parent, children.column)
        return np.where(found.null, 0, found.data).astype(np.int64)

    def below(self, name: str, children: Children) -> Sample:
        parents, counts = self.table(children.parent), self.counts(name)
        weight, limit = parents.weight, MOST * self.size
        total = int(counts.sum())
        large = counts.max(initial=0) > LARGE_FAMILY
        if total > limit and not large:
            kept = max(1, int(len(counts) * limit / total))
            chosen = self.rng.permutation(len(counts))[:kept]
            weight *= len(counts) / kept
            counts = np.where(np.isin(np.arange(len(counts)), chosen), counts, 0)
            total = int(counts.sum())
        ends = np.cumsum(counts)
        if large and total > limit:
            steps = (np.arange(limit) + self.rng.random(limit)) * (total / limit)
            rows = np.minimum(steps.astype(np.int64), total - 1)
            weight *= total / limit
        else:
            rows = np.arange(total)
        parent = np.searchsorted(ends, rows, side="right")
        position = rows - (ends - counts)[parent] + 1
        return Sample(rows, weight, parent, position, whole=len(rows) == total)

    def families(self, name: str) -> Rows:
        """The parent of each row, where all rows of a parent are there."""
        sample = self.table(name)
        if sample.parent is None or not sample.whole:
            raise CannotSample("only some rows of each parent are sampled")
        return sample.parent

    def positions(self, name: str) -> Rows:
        """Where each row is among those of its parent: 1, 2, 3 …"""
        found = self.table(name).position
        assert found is not None, "in `per` tables only"
        return found

    def shares(self, name: str) -> Array:
        """A random number from 0 to 1 for each row, evenly spread over all of them."""
        size = self.table(name).size
        return (self.rng.permutation(size) + self.rng.random(size)) / max(size, 1)

    def scores(self, table: str, name: str) -> Array | None:
        """What a column of numbers rises with, if others are correlated with it or it with them.

        Normal numbers, with the correlations that the column has.
        """
        columns = self.resolver.scope.specs[table]
        own = correlations_of(columns[name]) if name in columns else {}
        if not own and not any(
            name in correlations_of(one) for one in columns.values()
        ):
            return None
        key = (table, name)
        if key not in self._scores:
            drawn, rest = self.rng.standard_normal(self.table(table).size), 1.0
            found = np.zeros(len(drawn))
            for other, rho in own.items():
                score, r = self.scores(table, other), pearson(rho)
                assert score is not None
                found, rest = found + r * score, rest - r * r
            self._scores[key] = found + math.sqrt(max(rest, 0)) * drawn
        return self._scores[key]

    def every(self, name: str) -> timedelta:
        """The time between two rows of a grid; by the calendar, its mean."""
        children = self.rows[name].children
        assert children is not None and children.every is not None
        if isinstance(children.every, Months):
            return children.every.count * MONTH
        return children.every

    # ------------------------------------------------------------------- columns

    def column(self, table: str, name: str) -> Values:
        key = (table, name)
        if key not in self._columns:
            self._columns[key] = self.made(table, self.resolver.columns[key])
        return self._columns[key]

    def made(self, table: str, column: Column) -> Values:
        if column.table is not None:
            target = key_of(self.resolver.scope, column.table)
            assert target is not None, "else it is no target"
            check_skew(self.rows, column, target)
            return self.column(column.table, target).at(self.ref(table, column.name))
        if column.cut_by is not None:
            return self.left(table, column.cut_by, column.name)
        return self.cases(table, column)

    def cases(self, table: str, column: Column) -> Values:
        """A column's values: in each row those of its case."""
        found = [values_of(Asked(self, table, column, one)) for one in column.variants]
        result = self.by_case(column, found)
        if column.spec.has_nulls:
            result = result.nulled(self.missing(table, column))
        return result

    def missing(self, table: str, column: Column) -> Array:
        """Which rows are null by `null_rate` or `when`."""
        size = self.table(table).size
        null = np.zeros(size, bool)
        if any(column.null_rates):
            rates = [Values.of(np.full(size, rate)) for rate in column.null_rates]
            null = self.shares(table) < self.by_case(column, rates).data
        if column.when is not None:
            null |= ~values_of(Asked(self, table, column, column.when)).holds
        return null

    def by_case(self, column: Column, found: list[Values]) -> Values:
        if column.by is None:
            return found[0]
        by = self.at(column.by)
        result = found[-1]
        for variant, values in reversed(list(zip(column.variants, found, strict=True))):
            case = variant.case
            if case is None:
                result = values
                continue
            holds = HOLDS[case.operator](by.data, plain(case.value))  # type: ignore[arg-type]
            result = values.over(np.asarray(holds, bool) & ~by.null, result)
        return result

    def moves(self, table: str, name: str) -> tuple[Rows, Array]:
        """The states that rows of a lifecycle enter, a line a move (-1: none), and when."""
        key = (table, name)
        if key not in self._moves:
            column = self.resolver.columns[key]
            asked = [Asked(self, table, column, one) for one in column.variants]
            cases = self.by_case(
                column,
                [
                    Values.of(np.full(self.table(table).size, n))
                    for n in range(len(asked))
                ],
            )
            self._moves[key] = moves_by_case(asked, cases.data)
        return self._moves[key]

    def uncut(self, table: str, name: str) -> Values:
        """The changes of a balance before its floor cuts them."""
        key = (table, name)
        column = self.resolver.columns[key]
        if column.cut_by is None:
            return self.column(table, name)
        if key not in self._booked:
            self._booked[key] = self.cases(table, column)
        return self._booked[key]

    def left(self, table: str, balance: str, name: str) -> Values:
        """What the floor of a balance leaves of its changes."""
        column = self.resolver.columns[table, balance]
        found = [
            booked(Asked(self, table, column, one), one.spec)[1]
            for one in column.variants
            if isinstance(one.spec, Running)
        ]
        return self.by_case(column, found)

    def at(self, path: Path) -> Values:
        """The values at a path, for each row of the table that it starts from."""
        hops = self.over_refs(path.hops)
        rows: Rows | None = None
        ends = [*(hop.column for hop in hops[1:]), path.column]
        for hop, end in zip(hops, ends, strict=False):
            check_skew(self.rows, self.resolver.columns[hop.table, hop.column], end)
            then = self.ref(hop.table, hop.column)
            rows = then if rows is None else np.where(rows < 0, -1, then[rows])
        found = self.column(path.table, path.column)
        return found if rows is None else found.at(rows)

    def over_refs(self, hops: Sequence[Hop]) -> list[Hop]:
        """The hops, with those of a lookup of a key in its place."""
        found: list[Hop] = []
        for hop in hops:
            column = self.resolver.columns[hop.table, hop.column]
            if column.table is not None:
                found.append(hop)
                continue
            routes = column.references.routes if column.references else ()
            if len(routes) != 1 or column.spec.has_nulls:
                raise CannotSample("a reference by cases")
            found += self.over_refs(routes[0])
        return found

    def evaluated(self, table: str, one: Variant, node: Node) -> Values:
        def time_order() -> TimeOrder:
            assert isinstance(one.spec, Expr) and one.spec.order is not None
            moment = self.at(one.paths[one.spec.order]).data
            return TimeOrder.of(self.families(table), moment)

        evaluator = Evaluator(
            self.table(table).size,
            lambda text: self.at(one.paths[text]),
            self.times,
            self.resolver.scope.events,
            self.resolver.scope.event_zones,
            time_order,
        )
        return evaluator.values(node)

    # ---------------------------------------------------------------------- refs

    def ref(self, table: str, name: str) -> Rows:
        """The place of the row that each row points at, in its table's sample."""
        key = (table, name)
        if key not in self._refs:
            self._refs[key] = self.drawn_ref(table, self.resolver.columns[key])
        return self._refs[key]

    def drawn_ref(self, table: str, column: Column) -> Rows:
        """By the weights alone: how busy one row is does not depend on what it holds."""
        sample = self.table(table)
        if column.parent:
            assert sample.parent is not None
            return sample.parent
        found = [
            Values.of(chosen(self, table, column, one.spec))
            for one in column.variants
            if isinstance(one.spec, Ref)
        ]
        rows = self.by_case(column, found).data
        if not column.spec.has_nulls:
            return rows
        return np.where(self.missing(table, column), -1, rows)
