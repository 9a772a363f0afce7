"""Which cells can be faulty, and what identifies their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compiler.diagnostics import Label, leave_out
from compiler.plan.columns.resolver import Resolver
from compiler.plan.columns.targets import key_of
from compiler.plan.model import BadData, Column, TableFaults
from compiler.plan.scope import KEYS, Scope
from compiler.spec.columns import Expr, Key
from compiler.spec.columns.children import OneChild
from compiler.spec.columns.given import ErrorColumn, InlineColumn
from compiler.spec.rows import Per
from compiler.spec.types import Data

OUTLIER = -999_999
"""What an outlier is among numbers; a decimal of fewer digits has none."""
ORPHAN = "-gone"
"""What makes a text a key that no row has."""


def bad_data_of(resolver: Resolver) -> BadData | None:
    """What may be wrong in each table; None where all data is clean."""
    scope, spec = resolver.scope, resolver.scope.spec.bad_data
    if spec is None:
        return None
    chosen = chosen_tables(scope, spec.tables)
    duplicated: dict[str, str] = {}
    if "duplicate_key" in spec.rates:
        keys = {table: written_key(scope, table) for table in chosen}
        duplicated = {table: key for table, key in keys.items() if key}
    tables: dict[str, TableFaults] = {}
    for table in scope.specs:
        rates = spec.rates if table in chosen else {}
        faulty = faulty_table(resolver, table, duplicated, rates)
        if faulty.cells or faulty.duplicate_key or faulty.orphaned_refs:
            tables[table] = faulty
            check_names(resolver, table, faulty)
    used = {
        fault
        for one in tables.values()
        for each in one.cells.values()
        for fault in each
    }
    used |= {"duplicate_key"} if duplicated else set()
    rates = {fault: rate for fault, rate in spec.rates.items() if fault in used}
    return BadData(rates, tables) if tables else None


def chosen_tables(scope: Scope, tables: Sequence[str] | None) -> list[str]:
    """The tables that faults fall on, each of which must exist."""
    if tables is None:
        return list(scope.specs)
    for n, name in enumerate(tables):
        if name not in scope.specs:
            help = scope.table_meant(name)
            place = ("bad_data", "tables", n)
            scope.error("E201", place, f"there is no table `{name}`", help)
        elif scope.spec.tables[name].hidden:
            shown = Label(scope.document.value(("bad_data", "tables", n)))
            key = Label(scope.document.value(("tables", name, "hidden")))
            message = f"`{name}` is hidden, so nothing in it can be bad"
            scope.report("E106", message, (key, shown), leave_out("one of them"))
    return [name for name in tables if name in scope.specs]


def faulty_table(
    resolver: Resolver,
    table: str,
    duplicated: Mapping[str, str],
    rates: Mapping[str, float],
) -> TableFaults:
    """What may be wrong in a table. `duplicated`: the keys that may repeat, by table."""
    columns = columns_of(resolver, table).values()
    faults = {
        column.name: faults_of(resolver, table, column, rates) for column in columns
    }
    return TableFaults(
        cells={name: found for name, found in faults.items() if found},
        duplicate_key=duplicated.get(table),
        orphaned_refs=tuple(
            column.name
            for column in columns
            if column.references
            and column.references.table in duplicated
            and not column.spec.hidden
        ),
        names=names_of(resolver, table),
    )


def columns_of(resolver: Resolver, table: str) -> dict[str, Column]:
    return {name: resolver.columns[table, name] for name in resolver.scope.specs[table]}


def faults_of(
    resolver: Resolver, table: str, column: Column, rates: Mapping[str, float]
) -> tuple[str, ...]:
    """The faults that fall on single cells of a column, those of the key apart."""
    if column.spec.hidden or column.type.data is Data.UNKNOWN:
        return ()
    primary = resolver.scope.spec.tables[table].primary_key
    key, held = key_of(resolver.scope, table), column.references
    plain = column.name not in (key, *primary)
    decimal = column.type.decimal
    has_room = decimal is None or decimal.holds(OUTLIER)
    amount = (column.type.is_number and has_room) or column.type.is_moment
    can_have = {
        "null": plain and not column.type.nullable,
        "outlier": plain and held is None and amount,
        # What other tables hold as the key of this one has to stay.
        "orphan_ref": held is not None
        and column.name != key
        and can_be_orphan(resolver, held.table),
    }
    return tuple(fault for fault, can in can_have.items() if can and fault in rates)


def can_be_orphan(resolver: Resolver, target: str) -> bool:
    """Whether each key of a table can be made one that surely no row of it has."""
    name = key_of(resolver.scope, target)
    if name is None:
        return False
    key = resolver.columns[target, name]
    if key.kind == "key":
        return True
    if key.type.data is not Data.TEXT or key.type.nullable:
        return False
    return not any(value + ORPHAN in key.type.values for value in key.type.values)


def written_key(scope: Scope, table: str) -> str | None:
    """The `key` column of a table, where it is written."""
    for name, spec in scope.specs[table].items():
        if isinstance(spec, Key) and not spec.hidden:
            return name
    return None


def names_of(resolver: Resolver, table: str) -> tuple[str, ...]:
    """The columns that identify a row: written ones that are never null."""
    scope, columns = resolver.scope, columns_of(resolver, table)
    key = written_key(scope, table)
    target = key_of(scope, table)
    given = target and isinstance(scope.specs[table][target], InlineColumn)
    candidates = (
        [key] if key else [],
        scope.spec.tables[table].primary_key,
        [target] if target and given else [],
    )
    for names in candidates:
        found = [columns[name] for name in names if name in columns]
        fits = [not (column.spec.hidden or column.type.nullable) for column in found]
        if names and len(found) == len(names) and all(fits):
            return tuple(names)
    return ()


def key_is_wrong(scope: Scope, table: str) -> bool:
    """Whether a table has a primary key that is wrong, which is an error of its own."""
    declared = scope.document.tree["tables"][table]
    named = scope.spec.tables[table].primary_key
    lost = "primary_key" in declared and not named
    mistyped = bool(declared.keys() - KEYS)
    return lost or mistyped or not set(named) <= scope.specs[table].keys()


def way_to_a_key(resolver: Resolver, table: str) -> str:
    """How a table gets a key that is written."""
    scope = resolver.scope
    hidden = [
        name for name, spec in scope.specs[table].items() if isinstance(spec, Key)
    ]
    if hidden:
        return f"leave out `hidden` of `{hidden[0]}`"
    return f'give it a column of kind "key", or {primary_key_of(scope, table)}'


def primary_key_of(scope: Scope, table: str) -> str:
    """A primary key for a table: the ref to the parent, if a parent has one child at most."""
    rows = scope.spec.tables[table].rows
    if isinstance(rows, Per) and isinstance(rows.column, OneChild | Expr):
        for ref in scope.refs_to(table, rows.per):
            if not scope.specs[table][ref].hidden:
                return f'primary_key = ["{ref}"]'
    return "a `primary_key`"


def check_names(resolver: Resolver, table: str, faulty: TableFaults) -> None:
    """The answer key names the row of each fault, so its table has a written key."""
    scope = resolver.scope
    unsure = any(isinstance(spec, ErrorColumn) for spec in scope.specs[table].values())
    if faulty.names or unsure or scope.unsure(table) or key_is_wrong(scope, table):
        return
    message = f"table `{table}` needs a written key: "
    if faulty.cells or not faulty.orphaned_refs:
        message += "`_bad_data` lists the row of each fault by its key"
        other = "limit [bad_data] tables"
    else:
        ref = faulty.orphaned_refs[0]
        held = resolver.columns[table, ref].references
        message += (
            f"duplicate keys leave some `{ref}` without a row of `{held and held.table}`, "
            "and `_bad_data` lists each of these rows by its key"
        )
        other = "leave out duplicate_key_rate"
    help = f"{way_to_a_key(resolver, table)}, or {other}"
    label = Label(scope.document.key(("tables", table)))
    scope.report("E218", message, (label,), help)
