"""Moments that never precede others, and the periods that they lie in, for `--check`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from compiler.emit.checks.paths import (
    Cell,
    Skipped,
    faults_of,
    is_written,
    own_path,
    why_hidden,
    why_unknown,
)
from compiler.emit.checks.sql import Condition, condition_of
from compiler.emit.code.code import Code, call, grouped, name
from compiler.emit.code.literals import literal
from compiler.emit.names import ScriptNames, suffixes_of
from compiler.emit.time.timelines import can_be_still
from compiler.plan.model import Column, Path, Plan, Table, Variant
from compiler.plan.periods import NOMINAL_END, window_start
from compiler.spec.columns import Entered, Lookup, Offset, Tick
from compiler.spec.columns.given import InlineColumn
from compiler.spec.columns.moments import Date
from compiler.spec.columns.moves import MoveMoment
from compiler.spec.types import Data

OUTLIER_YEAR = 1900
"""Moments that are outliers are its start."""


@dataclass(frozen=True)
class Order:
    """A moment that never precedes another, in all rows or in those of a case."""

    later: Path
    earlier: Path
    variant: Variant | None = None
    days: bool = False
    """Whether only their days compare: one is a date, or follows the other over a date."""
    column: str = ""
    """The column of the spec that states it."""

    @property
    def unit(self) -> str:
        """The type in which the two compare."""
        return "DATE" if self.days else "TIMESTAMP"

    @property
    def what(self) -> str:
        return f"{self.later.text} before {self.earlier.text}"

    @property
    def promise(self) -> str:
        return f"{self.later.text} after {self.earlier.text}"


def orders_of(plan: Plan, table: Table) -> Iterator[Order]:
    """Moments of a table that are written, and what they never precede (or what never them)."""
    for column in table.written:
        yield from after_start(plan, table, column)
        if not isinstance(column.spec, Date | Offset):
            continue
        own = own_path(table, column)
        found: dict[tuple[str, str], list[Variant]] = {}
        for variant in column.variants:
            for key, text in variant.spec.paths().items():
                found.setdefault((key, text), []).append(variant)
        for (key, text), variants in found.items():
            other = variants[0].paths[text]
            pair = (other, own) if key == "before" else (own, other)
            always = len(variants) == len(column.variants)
            cases: list[Variant | None] = [None] if always else [*variants]
            days = Data.DATE in (own.type.data, other.type.data)
            yield from (Order(*pair, case, days, column.name) for case in cases)


def after_start(plan: Plan, table: Table, column: Column) -> Iterator[Order]:
    """The moment of a state is never before the start of its lifecycle."""
    if isinstance(column.spec, Entered | MoveMoment):
        (path,) = column.variants[0].paths.values()
        variant, *_ = plan.table(path.table).columns[path.column].variants
        for text in variant.spec.paths().values():
            start = over(path, variant.paths[text])
            days = Data.DATE in (column.type.data, start.type.data)
            yield Order(own_path(table, column), start, None, days, column.name)


def over(path: Path, rest: Path) -> Path:
    """A path of the table in which another ends, seen from where the other starts."""
    text = ".".join([*(hop.column for hop in path.hops), rest.text])
    return replace(rest, text=text, hops=(*path.hops, *rest.hops))


def beyond(plan: Plan, path: Path, side: str) -> Iterator[Path]:
    """What a moment never precedes (side `earlier`), or what never precedes it (`later`)."""
    table = plan.table(path.table)
    column = table.columns[path.column]
    earlier = side == "earlier"
    keys: tuple[str, ...] = ("after", "of", "path") if earlier else ("before", "path")
    specs = [variant.spec for variant in column.variants]
    for key in keys if isinstance(column.spec, Date | Offset | Lookup) else ():
        texts = {spec.paths().get(key) for spec in specs}
        text = texts.pop()
        if text is not None and not texts:
            yield over(path, column.variants[0].paths[text])
    # What itself comes before the moment, or after it.
    keys = ("before",) if earlier else ("after", "of")
    for other in table.columns.values():
        named = [{one.spec.paths().get(key) for key in keys} for one in other.variants]
        moment = isinstance(other.spec, Date | Offset)
        if moment and all(path.column in each for each in named):
            yield over(path, own_path(table, other))


def written_instead(
    plan: Plan, path: Path, side: str, days: bool, seen: tuple[str, ...] = ()
) -> Iterator[tuple[Path, bool]]:
    """The moments that are written in place of a hidden one, beyond it; a path itself if it is."""
    if is_written(plan.table(path.table), path.column):
        yield path, days
    elif path.text not in seen:
        days = days or path.type.data is Data.DATE
        for other in beyond(plan, path, side):
            dates = days or other.type.data is Data.DATE
            yield from written_instead(plan, other, side, dates, (*seen, path.text))


def written_orders(plan: Plan, table: Table) -> Iterator[Order | Skipped]:
    """The orders in time between moments that are written; hidden ones are skipped."""
    done = set()
    for order in orders_of(plan, table):
        instead = [
            replace(order, later=later, earlier=earlier, days=days)
            for later, half in written_instead(plan, order.later, "later", order.days)
            for earlier, days in written_instead(plan, order.earlier, "earlier", half)
            if later.text != earlier.text
        ]
        if not instead:
            earlier, later = order.earlier, order.later
            first = is_written(plan.table(earlier.table), earlier.column)
            hidden = later if first else earlier
            why = why_hidden(plan, hidden.table, hidden.column, hidden.text)
            yield Skipped(table.name, order.promise, why)
        for one in instead:
            if (key := (one.what, one.variant and one.variant.case)) not in done:
                done.add(key)
                yield one


def checked_orders(
    plan: Plan, table: Table, refs: Mapping[Cell, Cell]
) -> Iterator[Order | Skipped]:
    """The orders that the written data shows; for the others the reason why it does not."""
    for order in written_orders(plan, table):
        if isinstance(order, Skipped):
            yield order
            continue
        later = order.later
        why = why_unknown(plan, refs, later) or why_unknown(plan, refs, order.earlier)
        if later.hops and "outlier" in faults_of(plan, later.table, later.column):
            why = why or f"{later.text} has outliers"
        yield Skipped(table.name, order.promise, why) if why else order


def order_condition(
    plan: Plan, order: Order, column: Column, variant: Variant
) -> Condition:
    """SQL of the rows of a case in which an order in time is broken."""
    sql = f"CAST({{}} AS {order.unit}) < CAST({{}} AS {order.unit})"
    broken = Condition(sql, (order.later.text, order.earlier.text))
    return broken & condition_of(plan.output, lambda sql: sql.case(column, variant))


@dataclass(frozen=True)
class Period:
    """The code of a period, in all rows or in those of a case."""

    column: Column
    code: Code
    variant: Variant | None = None


def periods_of(
    plan: Plan, table: Table, column: Column, names: ScriptNames
) -> Iterator[Period | Skipped]:
    """The periods that a column's moments lie in."""
    if isinstance(column.spec, Tick):
        yield Period(column, name("WINDOW"))
    if not isinstance(column.spec, Date):
        return
    suffixes = suffixes_of(column) if column.by is not None else [""]
    codes = {}
    for variant, suffix in zip(column.variants, suffixes, strict=True):
        spec = variant.spec
        assert isinstance(spec, Date)
        if variant.paths and can_be_still(plan, spec):
            # What follows a moment is lifted over the period's edge there.
            why = "some hours have no volume"
            yield Skipped(table.name, f"{column.name} in its period", why)
        else:
            codes[suffix] = Period(
                column,
                period_code(spec, names.constant(table.name, column.name, suffix)),
                variant,
            )
    if len(codes) == len(suffixes) and len({each.code for each in codes.values()}) == 1:
        yield Period(column, next(iter(codes.values())).code)
    else:
        yield from codes.values()


def period_code(spec: Date, constant: Code) -> Code:
    if spec.start is None and spec.end is None:
        return name("WINDOW")
    if spec.start is None:
        return grouped([name("START"), constant])
    if spec.end is None:
        return grouped([constant, call("timedelta", literal(0))])
    return constant


def has_early_moments(plan: Plan) -> bool:
    """Whether moments may be in the year in which outliers are."""
    end = plan.end or NOMINAL_END
    years = [window_start(plan.window).on(end).year]
    for table in plan.tables:
        for column in table.columns.values():
            specs = [variant.spec for variant in column.variants]
            starts = [spec.start for spec in specs if isinstance(spec, Date)]
            years += [start.on(end).year for start in starts if start]
            cells = [spec.cells for spec in specs if isinstance(spec, InlineColumn)]
            years += [
                cell.year for each in cells for cell in each if isinstance(cell, date)
            ]
    return min(years) <= OUTLIER_YEAR
