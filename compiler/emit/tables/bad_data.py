"""Bad data as code: with which keys rows are written, and the answer key that lists all faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from compiler.emit.code.code import (
    Code,
    binary,
    call,
    comparison,
    function,
    item,
    name,
    sign,
)
from compiler.emit.code.literals import literal
from compiler.emit.code.statements import Statement
from compiler.emit.rows.batches import batch_of
from compiler.emit.rows.numbering import all_rows, parent_rows, rows_below
from compiler.emit.tables.builder import FunctionBuilder
from compiler.emit.tables.context import TableContext
from compiler.emit.tables.cross_row import refs_to_look_up
from compiler.emit.tables.statements import ROW, EmittedFunction
from compiler.plan.model import Table, TableFaults
from compiler.spec.types import Data


def bad_functions(context: TableContext) -> Iterator[EmittedFunction]:
    """The functions that tell what is wrong in a table's rows."""
    faulty = context.plan.faulty(context.table.name)
    if faulty is None:
        return
    if faulty.duplicate_key:
        yield key_row_function(context, faulty.duplicate_key)
    yield faults_function(context, faulty)


def key_row_function(context: TableContext, key: str) -> EmittedFunction:
    """Which row's key a row is written with."""
    plan, table, names = context.plan, context.table, context.names
    column = table.columns[key]
    draw = call("random", literal(table.stream_of(column, "twin")), ROW)
    batch, lines = name("batch"), []
    if plan.appends:
        lines = [Statement("batch", batch_of(plan, names, table, ROW))]
    if table.children is None:
        of_table = literal(table.name)
        count = item(name("ROWS"), of_table)
        if plan.appends:
            count = item(call("rows_after", of_table), batch)
        other = call("uniform_row", draw, count)
    else:
        rows, members = all_rows(plan, names, table), name("rows")
        made, target = call("weighted_groups", rows, Code("[]")), "rows, *_"
        count = call("len", members)
        if plan.appends:  # those so far, when the row comes
            come = function("row", batch_of(plan, names, table, ROW))
            batches = binary("+", name("BATCH"), literal(1))
            made, target = call("rows_by_group", rows, come, batches), "rows, start"
            last = call("np.minimum", batch, name("BATCH"))
            count = item(name("start"), binary("+", last, literal(1)))
        in_order = literal(f"{table.stream_of(column)} in order")
        lines.append(Statement(target, call("memo", in_order, function("", made))))
        other = item(members, call("uniform_row", draw, count))
    lines.append(Statement("other", other))
    fault = literal(table.stream_of(column, "fault"))
    return EmittedFunction(
        name=names.key_row(table.name).text,
        returns="np.ndarray",
        statements=lines,
        value=call("duplicate_key_row", fault, ROW, name("other")),
        doc="The row whose key each row is written with: mostly its own",
    )


def faults_function(context: TableContext, faulty: TableFaults) -> EmittedFunction:
    """The lines of the answer key for some rows (of a `per` table: those that belong to them)."""
    plan, table, names = context.plan, context.table, context.names
    body = FunctionBuilder(context, [])
    lines, key_row = body.statements, ROW
    cells = name(body.locals.take("cells", "cells"))
    if table.children is not None:
        lines.append(Statement("row", rows_below(plan, names, table, ROW)))
    if faulty.cells:
        found = call("faults_of", literal(table.name), ROW)
        lines.append(Statement(cells.text, found))
    else:
        empty = Code("{}", names=frozenset({"Faults"}))
        lines.append(Statement(f"{cells.text}: Faults", empty))
    if faulty.duplicate_key:
        key_row = name(body.locals.take("key row", "key_row"))
        lines.append(Statement(key_row.text, call(names.key_row(table.name), ROW)))
        duplicate = cell(cells, faulty.duplicate_key, "duplicate_key")
        lines.append(Statement(duplicate.text, comparison("!=", key_row, ROW)))
    for column in refs_to_look_up(table, faulty):
        lines += orphan_lines(table, faulty, column, cells, body)
    keys = function("has", row_keys(context, faulty, key_row))
    return EmittedFunction(
        name=names.faults(table.name).text,
        returns=context.dialect.frame,
        statements=lines,
        value=call("fault_list", literal(table.name), cells, keys),
        doc=f"The faults in these rows{f' of {table.root}' if table.children else ''}",
        per_block=False,
    )


def cell(cells: Code, column: str, fault: str) -> Code:
    """Which rows have a fault in a column."""
    return Code(f"{cells.text}[{literal(column).text}, {literal(fault).text}]")


def orphan_lines(
    table: Table,
    faulty: TableFaults,
    ref: str,
    cells: Code,
    body: FunctionBuilder,
) -> Iterator[Statement]:
    """The lines that tell which cells of a reference hold a key that no row has."""
    column, faults = table.columns[ref], faulty.cells.get(ref, ())
    rows, orphan = body.rows(ref), cell(cells, ref, "orphan_ref")
    if ref in faulty.orphaned_refs:
        assert column.references is not None
        target = column.references.table
        lost = comparison("!=", call(body.names.key_row(target), rows), rows)
        if "null" in faults:
            lost = binary("&", lost, sign("~", cell(cells, ref, "null")))
        reason = (
            f"A ref to a row of {target} whose key a fault replaced is an orphan, too."
        )
        operator = "|=" if "orphan_ref" in faults else "="
        yield Statement(orphan.text, lost, operator, reason)
    if column.type.nullable:
        yield Statement(orphan.text, comparison(">=", rows, literal(0)), "&=")


def row_keys(context: TableContext, faulty: TableFaults, key_row: Code) -> Code:
    """The code of what names rows, as it is written: several columns are joined by slashes."""
    has = name("has")
    values = {
        column: row_key(context, column, item(key_row, has)) for column in faulty.names
    }
    faults = faulty.cells.keys() & values.keys()
    if len(values) == 1 and not faults:
        return next(iter(values.values()))
    rows = (literal(context.table.name), item(ROW, has)) if faults else ()
    return context.dialect.joined(values, rows)


def row_key(context: TableContext, column: str, rows: Code) -> Code:
    """The code of a column that names rows; numbers as text, which no faults fall on."""
    code = key_code(context, column, rows)
    type = context.table.columns[column].type
    number = type.data is Data.NUMBER
    return context.dialect.as_text(code, type) if number else code


def key_code(context: TableContext, name: str, rows: Code) -> Code:
    """The code of a column that is never null, for some rows of its table."""
    table, names = context.table, context.names
    column = table.columns[name]
    if column.table is None:
        return call(names.column(table.name, name), rows)
    target = context.plan.table(column.table)
    assert target.key is not None
    if column.parent:
        rows = parent_rows(names, table, rows)
    else:
        rows = call(names.rows(table.name, name), rows)
    return key_code(replace(context, table=target), target.key, rows)
