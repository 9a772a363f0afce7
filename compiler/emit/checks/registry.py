"""What `--check` verifies of the data as it was written, as registries of the script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from compiler.emit.checks.children import below, children_of
from compiler.emit.checks.columns import (
    lookup_condition,
    lookups_of,
    range_of,
    values_of,
)
from compiler.emit.checks.keys import hidden_keys, refs_of
from compiler.emit.checks.lifecycles import entered_wrongly, log_of, states_of
from compiler.emit.checks.moments import (
    Period,
    checked_orders,
    has_early_moments,
    order_condition,
    periods_of,
)
from compiler.emit.checks.nulls import (
    NullShare,
    null_by_rate_alone,
    null_shares,
    rows_with_values,
    value_where_none_is,
)
from compiler.emit.checks.paths import (
    Cell,
    Skipped,
    faults_of,
    is_written,
    path_at,
    why_faulty,
    why_unknown,
)
from compiler.emit.checks.sql import Condition, condition_of
from compiler.emit.checks.totals import Total, total_of
from compiler.emit.checks.unique import Columns, same_row, unique_of
from compiler.emit.checks.windows import windows_of
from compiler.emit.code.code import Code, name
from compiler.emit.names import ScriptNames
from compiler.plan.model import Column, Plan, Table, Variant
from compiler.spec.time import Months
from compiler.spec.types import Data


@dataclass
class Checks:
    """The registries, each empty where there is nothing to check."""

    keys: Mapping[str, Sequence[str]]
    refs: Mapping[Cell, Cell]
    children: Mapping[str, Code]
    """The code of a function from a root's rows to those of a `per` table."""
    duplicates: tuple[str, ...]
    """The tables some of whose rows have another row's key."""
    distinct: dict[Cell, str] = field(default_factory=dict)
    """Refs that no two children of a parent share, each with the ref to the parent."""
    totals: dict[Cell, Total] = field(default_factory=dict)
    """What the parts of a parent add up to."""
    unique: list[tuple[str, Columns]] = field(default_factory=list)
    """By table: columns of which no two rows have the same values."""
    nulls: dict[Cell, Code] = field(default_factory=dict)
    """The code of the share of rows that are null, where there is no other reason for it."""
    null_shares: dict[Cell, list[NullShare]] = field(default_factory=dict)
    """The share of nulls among some of the rows."""
    nullable: list[Cell] = field(default_factory=list)
    """Columns that are null in some rows for another reason."""
    values: dict[Cell, Code] = field(default_factory=dict)
    typed_values: bool = False
    """Whether some of these are not text."""
    ranges: dict[Cell, Code] = field(default_factory=dict)
    rounded: bool = False
    """Whether the ends of some ranges are rounded as their values are."""
    outliers: dict[Cell, Code] = field(default_factory=dict)
    early: bool = False
    """Whether other moments may be as early as outliers are."""
    periods: dict[Cell, Code] = field(default_factory=dict)
    case_periods: list[tuple[str, str, Code, Condition]] = field(default_factory=list)
    """By table: a column, its period in the rows of a case, and SQL of these rows."""
    lookups: dict[Cell, str] = field(default_factory=dict)
    not_before: list[tuple[str, str, str, str]] = field(default_factory=list)
    """A table, the path of a moment, that of one that it never precedes, as what they compare."""
    conditions: list[tuple[str, str, Condition]] = field(default_factory=list)
    """By table: what is wrong in rows, in words and in SQL."""
    windows: dict[Cell, Condition] = field(default_factory=dict)
    """What a column holds, as a window of SQL over columns of its table."""
    ranged: dict[str, Code] = field(default_factory=dict)
    """By `per` table: the code of the least and the most rows for a parent."""
    grids: dict[str, Code] = field(default_factory=dict)
    by_months: bool = False
    """Whether the rows of a grid are months or years apart."""
    where: dict[str, Condition] = field(default_factory=dict)
    logs: dict[str, Code] = field(default_factory=dict)
    """By log of moves: its columns, and the moves that there are."""
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def sized(self) -> bool:
        """Whether numbers of children are checked."""
        return bool(self.ranged or self.grids or self.where)

    @property
    def uses_window(self) -> bool:
        """Whether periods are the window."""
        periods = [
            *self.periods.values(),
            *(period for _, _, period, _ in self.case_periods),
        ]
        return name("WINDOW") in periods

    @property
    def by_column(self) -> bool:
        """Whether anything but required columns is checked column by column."""
        nulls = (self.nulls, self.null_shares, self.nullable)
        held = (*nulls, self.refs, self.distinct, self.values, self.totals)
        limits = (self.ranges, self.outliers, self.periods, self.lookups)
        return any((*held, *limits))

    @property
    def by_table(self) -> bool:
        """Whether anything is checked of the rows of a table as a whole."""
        moments = self.not_before or self.case_periods
        rows = self.keys or self.unique or self.sized
        wrong = self.logs or self.conditions or self.windows
        return bool(rows or moments or wrong)


def checks_of(plan: Plan, names: ScriptNames) -> Checks:
    """All that the written data shows without computing it again."""
    faulty = plan.bad_data.tables if plan.bad_data else {}
    checks = Checks(
        keys={table.name: key for table in plan.tables if (key := table.written_key)},
        refs=dict(cell for table in plan.tables for cell in refs_of(plan, table)),
        children={
            table.name: below(plan, table, names)
            for table in plan.written
            if table.children is not None
        },
        duplicates=tuple(name for name, one in faulty.items() if one.duplicate_key),
        early=has_early_moments(plan),
    )
    for table in plan.written:
        checks.skipped += hidden_keys(plan, table)
        add_children(checks, plan, table, names)
        add_lifecycles(checks, plan, table, names)
        add_unique(checks, plan, table)
        for column in table.written:
            add_column(checks, plan, table, column, names)
        add_orders(checks, plan, table)
        for held, window in windows_of(plan, table):
            if isinstance(window, Skipped):
                checks.skipped.append(window)
            else:
                checks.windows[table.name, held] = window
    return checks


def add_unique(checks: Checks, plan: Plan, table: Table) -> None:
    """What no two rows have in common, and refs that differ from others."""
    for found in unique_of(plan, table, table.written_key):
        if isinstance(found, Skipped):
            checks.skipped.append(found)
        else:
            checks.unique.append((table.name, found))
    for column in table.written:
        same = same_row(table, column)
        if isinstance(same, Skipped):
            checks.skipped.append(same)
        elif same:
            add_condition(checks, plan, table, same[0], column, same[1], None)


def add_column(
    checks: Checks, plan: Plan, table: Table, column: Column, names: ScriptNames
) -> None:
    """What one column may hold."""
    cell = table.name, column.name
    if table.draws_apart(column) and table.children is not None:
        parent = table.children.ref
        declared = (checks.keys.get(table.name, ()), *table.unique)
        own = {column.name, parent} in [{*names} for names in declared]
        if is_written(table, parent) and not own:
            checks.distinct[cell] = parent
    add_nulls(checks, table, column, names)
    add_when(checks, plan, table, column, names)
    add_total(checks, plan, table, column)
    values = states_of(plan, table, column, names) or values_of(table, column, names)
    if isinstance(values, Skipped):
        checks.skipped.append(values)
    elif values:
        checks.values[cell] = values
        checks.typed_values |= column.type.data is not Data.TEXT
    bounds = range_of(table, column, names)
    if isinstance(bounds, Skipped):
        checks.skipped.append(bounds)
    elif bounds:
        checks.ranges[cell] = bounds.code
        checks.rounded |= bounds.is_rounded
    if "outlier" in faults_of(plan, *cell):
        what = "MOMENT" if column.type.is_moment else "NUMBER"
        checks.outliers[cell] = name(f"OUTLIER_{what}")
    for period in periods_of(plan, table, column, names):
        add_period(checks, plan, table, period)
    for lookup in lookups_of(plan, table, column, checks.refs):
        if isinstance(lookup, Skipped):
            checks.skipped.append(lookup)
        elif lookup[1] is None and not column.spec.has_nulls:
            checks.lookups[cell] = lookup[0].text
        else:
            path, variant = lookup
            what = f"{column.name} other than {path.text}"
            condition = lookup_condition(plan, column, path, variant)
            add_condition(checks, plan, table, what, column, condition, variant)


def add_total(checks: Checks, plan: Plan, table: Table, column: Column) -> None:
    """What the parts in a column add up to."""
    total = total_of(plan, table, column, checks.refs)
    if isinstance(total, Skipped):
        checks.skipped.append(total)
    elif total:
        checks.totals[table.name, column.name] = total


def add_lifecycles(
    checks: Checks, plan: Plan, table: Table, names: ScriptNames
) -> None:
    """The moments of states, and the log of a lifecycle's moves."""
    for column in table.written:
        for found in entered_wrongly(plan, table, column):
            if isinstance(found, Skipped):
                checks.skipped.append(found)
            else:
                add_condition(checks, plan, table, found[0], column, found[1], None)
    log = log_of(plan, table, names)
    if isinstance(log, Skipped):
        checks.skipped.append(log)
    elif log:
        checks.logs[table.name] = log


def add_nulls(checks: Checks, table: Table, column: Column, names: ScriptNames) -> None:
    """Whether a column may be null, and how often."""
    cell = table.name, column.name
    if column.name in checks.keys.get(table.name, ()):
        pass  # none is null, whatever the column might be elsewhere
    elif null_by_rate_alone(column):
        checks.nulls[cell] = names.constant(*cell, "_NULLS")
    elif column.type.nullable:
        checks.nullable.append(cell)


def add_when(
    checks: Checks, plan: Plan, table: Table, column: Column, names: ScriptNames
) -> None:
    """Where a column has values, and how many nulls there are among these rows."""
    rows = rows_with_values(plan, table, column, checks.refs)
    if isinstance(rows, Skipped):
        checks.skipped.append(rows)
        return
    if rows is not None:
        wrong = value_where_none_is(column, rows)
        checks.conditions.append(
            (table.name, f"{column.name} where `when` does not hold", wrong)
        )
    for share in null_shares(plan, table, column, names, rows, checks.refs):
        if isinstance(share, Skipped):
            checks.skipped.append(share)
        else:
            checks.null_shares.setdefault((table.name, column.name), []).append(share)


def add_period(
    checks: Checks, plan: Plan, table: Table, period: Period | Skipped
) -> None:
    if isinstance(period, Skipped):
        checks.skipped.append(period)
    elif period.variant is None:
        checks.periods[table.name, period.column.name] = period.code
    else:
        column, variant = period.column, period.variant
        if why := why_case_unknown(checks, plan, column):
            skipped = Skipped(table.name, f"{column.name} in its period", why)
            if skipped not in checks.skipped:
                checks.skipped.append(skipped)
            return
        case = condition_of(plan.output, lambda sql: sql.case(column, variant))
        checks.case_periods.append((table.name, column.name, period.code, case))


def add_orders(checks: Checks, plan: Plan, table: Table) -> None:
    """Moments in their order."""
    for order in checked_orders(plan, table, checks.refs):
        if isinstance(order, Skipped):
            checks.skipped.append(order)
        elif order.variant is None:
            moments = order.later.text, order.earlier.text, order.unit
            checks.not_before.append((table.name, *moments))
        else:
            column = table.columns[order.column]
            condition = order_condition(plan, order, column, order.variant)
            args = order.what, column, condition, order.variant
            add_condition(checks, plan, table, *args)


def add_condition(
    checks: Checks,
    plan: Plan,
    table: Table,
    what: str,
    column: Column,
    condition: Condition,
    variant: Variant | None,
) -> None:
    """What is wrong where a condition holds, if the data shows it: in some rows, by their case."""
    why = why_case_unknown(checks, plan, column) if variant else ""
    for text in condition.paths if not why and plan.bad_data else ():
        why = why or why_faulty(plan, path_at(table, plan, text))
    if variant:
        case = variant.case.name if variant.case else "otherwise"
        assert column.by is not None
        what = f"{what} where {column.by.text} is {case}"
    if why:
        checks.skipped.append(Skipped(table.name, what, why))
    else:
        checks.conditions.append((table.name, what, condition))


def why_case_unknown(checks: Checks, plan: Plan, column: Column) -> str:
    """Why the written data does not tell the case of a row; empty where it does."""
    assert column.by is not None
    return why_unknown(plan, checks.refs, column.by) or why_faulty(plan, column.by)


def add_children(checks: Checks, plan: Plan, table: Table, names: ScriptNames) -> None:
    """How many rows each parent has."""
    found = children_of(plan, table, names, checks.refs)
    if isinstance(found, Skipped):
        checks.skipped.append(found)
    elif isinstance(found, Condition):
        checks.where[table.name] = found
    elif found and table.children and table.children.every:
        checks.grids[table.name] = found
        checks.by_months |= isinstance(table.children.every, Months)
    elif found:
        checks.ranged[table.name] = found
