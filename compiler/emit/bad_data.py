"""Bad data as code: with which keys rows are written, and the answer key that lists all faults."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.emit.batches import batch_of
from compiler.emit.body import Body, Function
from compiler.emit.dialect import dialect_of
from compiler.emit.names import Names
from compiler.emit.numbering import all_rows, parent_rows, rows_below
from compiler.emit.python import Source, literal
from compiler.emit.shared import Shared, refs_to_look_up
from compiler.plan.model import Plan, Table, TableFaults
from compiler.spec.types import Data


def bad_functions(
    plan: Plan, table: Table, shared: Shared, names: Names
) -> Iterator[Function]:
    """The functions that tell what is wrong in a table's rows."""
    faulty = plan.faulty(table.name)
    if faulty is None:
        return
    if faulty.duplicate_key:
        yield key_row_function(plan, table, faulty.duplicate_key, names)
    yield faults_function(plan, table, faulty, shared, names)


def key_row_function(plan: Plan, table: Table, key: str, names: Names) -> Function:
    """Which row's key a row is written with."""
    stream = f"{table.name}.{key}"
    draw = f"uniform({literal(f'{stream}/twin')}, row)"
    lines = []
    if plan.appends:
        lines = [f"batch = {batch_of(plan, names, table, 'row')}"]
    if table.children is None:
        name = literal(table.name)
        count = f"rows_after({name})[batch]" if plan.appends else f"ROWS[{name}]"
        lines.append(f"twin = evenly({draw}, {count})")
    else:
        rows, count = all_rows(plan, names, table), "len(rows)"
        made, found = f"grouped({rows}, [])", "rows, *_"
        if plan.appends:  # those so far, when the row comes
            come = batch_of(plan, names, table, "row")
            made = f"by_group({rows}, lambda row: {come}, BATCH + 1)"
            found, count = "rows, start", "start[np.minimum(batch, BATCH) + 1]"
        lines.append(f"{found} = kept({literal(f'{stream} in order')}, lambda: {made})")
        lines.append(f"twin = rows[evenly({draw}, {count})]")
    return Function(
        name=names["key row", table.name],
        row="row",
        returns="np.ndarray",
        statements=lines,
        value=Source(f"doubled({literal(f'{stream}/fault')}, row, twin)"),
        doc="The row whose key each row is written with: mostly its own",
    )


def faults_function(
    plan: Plan, table: Table, faulty: TableFaults, shared: Shared, names: Names
) -> Function:
    """The lines of the answer key for some rows (of a `per` table: those that hang on them)."""
    body = Body(plan, table, shared, names, [])
    lines, key_row = body.statements, "row"
    cells = body.locals.take("cells", "cells")
    if table.children is not None:
        lines.append(f"row = {rows_below(plan, names, table, 'row')}")
    found = f"faults({literal(table.name)}, row)"
    lines.append(f"{cells} = {found}" if faulty.cells else f"{cells}: Faults = {{}}")
    if faulty.duplicate_key:
        key_row = body.locals.take("key row", "key_row")
        lines.append(f"{key_row} = {names['key row', table.name]}(row)")
        lines.append(
            f"{cells}[{cell(faulty.duplicate_key, 'duplicate_key')}] = {key_row} != row"
        )
    for column in refs_to_look_up(table, faulty):
        lines += orphan_lines(table, faulty, column, cells, body)
    keys = row_keys(plan, table, faulty, key_row, names)
    return Function(
        name=names["faults", table.name],
        row="row",
        returns=dialect_of(plan).frame,
        statements=lines,
        value=Source(f"listed({literal(table.name)}, {cells}, lambda has: {keys})"),
        doc=f"The faults in these rows{f' of {table.root}' if table.children else ''}",
    )


def cell(column: str, fault: str) -> str:
    return f"{literal(column)}, {literal(fault)}"


def orphan_lines(
    table: Table, faulty: TableFaults, name: str, cells: str, body: Body
) -> Iterator[str]:
    """The lines that tell which cells of a reference hold a key that no row has."""
    column, faults, rows = (
        table.columns[name],
        faulty.cells.get(name, ()),
        body.rows(name),
    )
    orphan = f"{cells}[{cell(name, 'orphan_ref')}]"
    if name in faulty.orphaned_refs:
        assert column.references is not None
        target = column.references.table
        key_row = body.names["key row", target]
        gone = f"{key_row}({rows}) != {rows}"
        if "null" in faults:
            gone = f"({gone}) & ~{cells}[{cell(name, 'null')}]"
        yield f"# What points at a row of {target} that lost its key is an orphan, too."
        yield f"{orphan} {'|=' if 'orphan_ref' in faults else '='} {gone}"
    if column.type.nullable:
        yield f"{orphan} &= {rows} >= 0"


def row_keys(
    plan: Plan, table: Table, faulty: TableFaults, key_row: str, names: Names
) -> str:
    """The code of what names rows, as it is written: several columns are joined by slashes."""
    values = {
        name: row_key(plan, table, name, f"{key_row}[has]", names)
        for name in faulty.names
    }
    if len(values) == 1 and not faulty.cells.keys() & values.keys():
        return next(iter(values.values()))
    faults = faulty.cells.keys() & values.keys()
    rows = f"{literal(table.name)}, row[has]" if faults else ""
    return dialect_of(plan).joined(values, rows)


def row_key(plan: Plan, table: Table, name: str, rows: str, names: Names) -> Source:
    """The code of a column that names rows; numbers as text, which no faults fall on."""
    code, type = key_code(plan, table, name, rows, names), table.columns[name].type
    number = type.data is Data.NUMBER
    return Source(dialect_of(plan).as_text(code, type) if number else code)


def key_code(plan: Plan, table: Table, name: str, rows: str, names: Names) -> str:
    """The code of a column that is never null, for some rows of its table."""
    column = table.columns[name]
    if column.table is None:
        return f"{names['column', table.name, name]}({rows})"
    target = plan.table(column.table)
    assert target.key is not None
    if column.parent:
        rows = parent_rows(names, table, rows)
    else:
        rows = f"{names['rows', table.name, name]}({rows})"
    return key_code(plan, target, target.key, rows, names)
