"""Spec to Plan."""

from __future__ import annotations

from collections.abc import Sequence

from compiler.diagnostics import (
    Diagnostic,
    Label,
    did_you_mean,
    leave_out,
    meant_name,
)
from compiler.names import nearest
from compiler.plan.assumptions import assumptions_of
from compiler.plan.bad_data import bad_data_of
from compiler.plan.batches import check_batches, growth_of
from compiler.plan.columns.resolver import Resolver
from compiler.plan.columns.targets import key_of
from compiler.plan.idle import check_idle
from compiler.plan.jobs import check_job
from compiler.plan.libraries.checks import check_libraries
from compiler.plan.model import Plan, Table
from compiler.plan.periods import calendars_in_use, check_periods, window_end
from compiler.plan.renames import renames_of, stream_of
from compiler.plan.rows.distinct import check_differing, check_distinct
from compiler.plan.rows.keys import check_keys
from compiler.plan.rows.layout import Rows, rows_of
from compiler.plan.rows.partitions import check_partitions
from compiler.plan.rows.unique import check_unique
from compiler.plan.sample import with_samples
from compiler.plan.scope import MOST_LABELS, Place, Scope
from compiler.source import Document
from compiler.spec.columns import Ref
from compiler.spec.locales import row_locale
from compiler.spec.rows import Per
from compiler.spec.spec import Spec


def build(
    spec: Spec, document: Document, sound: bool = True
) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan, and what is wrong; None where something is, here or in an earlier stage.

    A spec that is not `sound` has stand-ins in place of what was wrong.
    """
    scope = Scope(spec, document)
    resolver = Resolver(scope)
    for table, columns in scope.specs.items():
        check_table(scope, table)
        for name in columns:
            resolver.column(table, name)
        resolver.locale(table)
        resolver.children(table)
    check_some_written(scope)
    rows = rows_of(resolver)
    check_distinct(resolver, rows)
    check_differing(resolver, rows)
    check_unique(resolver, rows)
    check_keys(resolver, rows)
    check_partitions(resolver, rows)
    calendars = calendars_in_use(scope)
    check_periods(scope)
    check_idle(scope)
    check_batches(scope)
    check_job(scope)
    renames = renames_of(scope)
    check_libraries(scope)
    bad_data = bad_data_of(resolver)
    if scope.diagnostics or not sound:
        return None, scope.diagnostics
    rows = with_samples(resolver, rows)
    tables = tuple(table_of(resolver, name, rows) for name in rows)
    plan = Plan(
        name=spec.name,
        description=" ".join(spec.description.split()),
        seed=spec.seed,
        source=document.path,
        locale=usual_locale(spec, tables),
        locales={} if isinstance(spec.locale, str) else row_locale(spec.locale).weights,
        output=spec.output,
        job=spec.job,
        window=spec.window,
        end=window_end(spec.window),
        tables=tables,
        calendars=calendars,
        events=scope.events,
        event_zones={name: zones[0] for name, zones in scope.event_zones.items()},
        bad_data=bad_data,
        renames=renames,
        assumptions={table.name: assumptions_of(table) for table in tables},
    )
    return plan, []


def check_table(scope: Scope, name: str) -> None:
    """A table has columns, something to write, and the primary key that it names."""
    columns = scope.specs[name]
    declared = scope.document.tree["tables"][name]
    has_some = isinstance(declared, dict) and (
        declared.get("columns") or "data" in declared
    )
    if not columns:
        if has_some or scope.unsure(name):
            return
        scope.error("E102", ("tables", name), f"table `{name}` has no columns")
    elif not scope.spec.tables[name].hidden and all(
        column.hidden for column in columns.values()
    ):
        scope.error(
            "E215", ("tables", name, "columns"), f"all columns of `{name}` are hidden"
        )
    check_given_key(scope, name)
    table = scope.spec.tables[name]
    check_named(scope, name, ("primary_key",), table.primary_key)
    for n, unique in enumerate(table.unique):
        check_named(scope, name, ("unique", n), unique)


def check_named(scope: Scope, name: str, at: Place, named: Sequence[str]) -> None:
    """The columns that a key of a table names are there."""
    columns = scope.specs[name]
    for n, column in enumerate(named):
        if column not in columns:
            others = [one for one in columns if one not in named]
            new = scope.now_called(column, name)
            missing = lacks_its_ref(scope, name) and not nearest(column, others)
            help = None if missing else did_you_mean(column, others)
            help = meant_name(column, new) if new else help
            message = f"table `{name}` has no column `{column}`"
            scope.error("E202", ("tables", name, *at, n), message, help)


def check_some_written(scope: Scope) -> None:
    """Some table of a spec is written."""
    tables = scope.spec.tables
    if tables and all(table.hidden for table in tables.values()):
        spots = [("tables", name, "hidden") for name in tables]
        labels = tuple(Label(scope.document.value(spot)) for spot in spots)
        message = "all tables are hidden, so nothing is written"
        scope.report("E215", message, labels[:MOST_LABELS], leave_out("one of them"))


def lacks_its_ref(scope: Scope, name: str) -> bool:
    """Whether a `per` table has no ref to its parent, which is an error with a way out."""
    rows = scope.spec.tables[name].rows
    refs = [spec for spec in scope.specs[name].values() if isinstance(spec, Ref)]
    return isinstance(rows, Per) and not any(ref.table == rows.per for ref in refs)


def check_given_key(scope: Scope, name: str) -> None:
    """A primary key of given columns holds nothing twice."""
    table = scope.spec.tables[name]
    if not table.primary_key or not table.data:
        return
    seen: dict[tuple[object, ...], int] = {}
    for number, row in enumerate(table.data):
        if not set(table.primary_key) <= row.keys():
            return
        key = tuple(row[column] for column in table.primary_key)
        if key in seen:
            spots = [
                ("tables", name, "data", n, table.primary_key[0])
                for n in (number, seen[key])
            ]
            labels = tuple(Label(scope.document.value(spot)) for spot in spots)
            message = f"two rows have the primary key {', '.join(map(str, key))}"
            scope.report("E113", message, labels, "a primary key must identify one row")
            return
        seen[key] = number


def table_of(resolver: Resolver, name: str, rows: dict[str, Rows]) -> Table:
    scope, laid = resolver.scope, rows[name]
    spec = scope.spec.tables[name]
    columns = {column: resolver.columns[name, column] for column in scope.specs[name]}
    locale = resolver.locale(name)
    if any(locale.name in column.reads for column in columns.values()):
        columns[locale.name] = locale
    return Table(
        name=name,
        stream=stream_of(name, spec),
        description=" ".join(spec.description.split()),
        columns=columns,
        order=tuple(each for each in resolver.order[name] if each in columns),
        count=laid.count,
        key=key_of(scope, name),
        locales=locale.type.values,
        children=laid.children,
        root=laid.root,
        max_row=laid.max_row,
        growth=growth_of(scope, name),
        data=tuple(spec.data or ()),
        primary_key=tuple(spec.primary_key),
        unique=tuple(map(tuple, spec.unique)),
        hidden=spec.hidden,
        partition_by=tuple(spec.partition_by),
    )


def usual_locale(spec: Spec, tables: tuple[Table, ...]) -> str:
    """The one locale of the spec, or else of its first table that has just one."""
    if isinstance(spec.locale, str):
        return spec.locale
    alone = [table.locales[0] for table in tables if len(table.locales) == 1]
    return alone[0] if alone else next(iter(spec.locale))
