"""The functions of a table that other rows and tables call."""

from __future__ import annotations

from collections.abc import Iterator

from compiler.emit.code.code import Code, call, name, names_of
from compiler.emit.code.comments import joined, sentence
from compiler.emit.code.literals import literal
from compiler.emit.rows.batches import batch_of
from compiler.emit.rows.numbering import goes_on, stride_of
from compiler.emit.tables.builder import FunctionBuilder
from compiler.emit.tables.children import child_rows_code
from compiler.emit.tables.context import TableContext
from compiler.emit.tables.lifecycles import logged
from compiler.emit.tables.sequences import sequence_of
from compiler.emit.tables.statements import ROW, EmittedFunction, words_of
from compiler.emit.tables.values import (
    case_number,
    moves_value,
    rows_by_case,
    rows_of,
    value_before_nulls,
    value_of,
)
from compiler.plan.model import Column
from compiler.spec.columns import Expr, Ref, Running

ARRAY = "np.ndarray"


def column_function(context: TableContext, column: Column) -> EmittedFunction:
    table, names = context.table, context.names
    body = FunctionBuilder(context, [column])
    whole = bool(sequence_of(column))
    # The words of an expression along a parent's rows are where it is computed.
    along = sequence_of(column) == column.name and isinstance(column.spec, Expr)
    if column.table is not None:
        value = body.column(column.name)
    else:
        value = from_group(context, column) if whole else value_of(body, column)
    return EmittedFunction(
        names.column(table.name, column.name).text,
        context.dialect.series,
        body.statements,
        value,
        sentence(column.spec.description),
        "" if along else words_of(table, column),
    )


def rows_function(context: TableContext, column: Column) -> EmittedFunction:
    table, names = context.table, context.names
    body = FunctionBuilder(context, [column])
    value = rows_of(body, column)
    name = names.rows(table.name, column.name).text
    doc = column.spec.description
    if table.draws_apart(column):
        doc = joined(doc, "each row once among a parent's")
    elif isinstance(column.spec, Ref) and column.spec.differs_from is not None:
        doc = joined(doc, f"never the row of {column.spec.differs_from}")
    note = words_of(table, column) if column.when is not None else ""
    return EmittedFunction(name, ARRAY, body.statements, value, sentence(doc), note)


def moves_function(context: TableContext, column: Column) -> EmittedFunction:
    """The function of the moves of a lifecycle."""
    table, names = context.table, context.names
    body = FunctionBuilder(context, [column])
    value = moves_value(body, column)
    name = names.moves(table.name, column.name).text
    doc = f"The states of {column.name} that rows enter, a line a move, and when"
    return EmittedFunction(name, "Moves", body.statements, value, doc)


def move_function(context: TableContext) -> EmittedFunction:
    """The function of the moves of a log's rows: the state that was entered, and when."""
    table, names = context.table, context.names
    log = logged(context.plan, table)
    assert log is not None
    moves = names.moves(log[0].name, log[1].name)
    value = call("move_of_row", ROW, stride_of(names, table), moves)
    doc = f"The {log[1].name} that each row of the log enters, and when"
    return EmittedFunction(names.move(table.name).text, "Moves", [], value, doc)


def case_function(context: TableContext, column: Column) -> EmittedFunction:
    table, names = context.table, context.names
    body = FunctionBuilder(context, [column])
    value = case_number(body, column)
    name = names.case(table.name, column.name).text
    doc = f"The number of each row's case of {column.name}"
    if column.when is not None:
        doc += ", -1 where it is null"
    return EmittedFunction(name, ARRAY, body.statements, value, doc)


def distinct_functions(
    context: TableContext, column: Column
) -> Iterator[EmittedFunction]:
    """The two functions by which a ref that draws again finds rows: by a draw, and one by one."""
    table, names = context.table, context.names
    docs = {
        "draw": f"A row of {column.table} for each row: other numbers are other draws",
        "next": f"The row of {column.table} that follows each one, for these rows",
    }
    for what, doc in docs.items():
        number = "number" if what == "draw" else "taken"
        body = FunctionBuilder(context, [column])
        body.numbers = name(number)
        if what == "draw":
            function = names.distinct_draw(table.name, column.name)
            value = rows_by_case(body, column, lambda choosing: choosing.rows)
        else:
            function = names.distinct_next(table.name, column.name)
            value = rows_by_case(body, column, lambda choosing: choosing.following)
        lines = body.statements
        yield EmittedFunction(
            function.text, ARRAY, lines, value, doc, per_block=False, more=(number,)
        )


def child_rows_function(context: TableContext) -> EmittedFunction:
    table, names = context.table, context.names
    assert table.children is not None
    statements, value = child_rows_code(context)
    doc = f"The rows that belong to these rows of {table.children.parent}"
    function = names.child_rows(table.name).text
    return EmittedFunction(function, ARRAY, statements, value, doc, per_block=False)


def rows_so_far_function(context: TableContext) -> EmittedFunction:
    """The function of a grid's rows in all batches so far."""
    plan, table, names = context.plan, context.table, context.names
    assert table.children is not None
    parent = plan.table(table.children.parent)
    batch = batch_of(plan, names, parent, ROW)
    value = call("grid_rows_since", batch, ROW, names.every(table.name))
    doc = f"The rows so far that belong to these rows of {parent.name}"
    function = names.rows_so_far(table.name).text
    return EmittedFunction(function, ARRAY, [], value, doc)


def first_rows_function(context: TableContext) -> EmittedFunction:
    """The function of a grid's rows in the first load."""
    table, names = context.table, context.names
    assert table.children is not None
    value = call("grid_rows", ROW, names.every(table.name), literal(0))
    doc = f"The rows of the first load that belong to these rows of {table.children.parent}"
    function = names.first_rows(table.name).text
    return EmittedFunction(function, ARRAY, [], value, doc, per_block=False)


def group_function(context: TableContext, column: Column) -> EmittedFunction:
    """The function of a column computed in order of time, for all rows of some parents."""
    table, names = context.table, context.names
    cut = [one for one in table.columns.values() if one.cut_by == column.name]
    body = FunctionBuilder(context, [*cut, column], whole=True, inside=column.name)
    if cut and not column.spec.has_nulls:
        values = [value_before_nulls(body, column)]
    else:
        values = [body.column(one.name) for one in (*cut, column)]
    series = context.dialect.series
    returns = f"tuple[{series}, {series}]" if cut else series
    assert table.children is not None
    what = " and ".join(one.name for one in (*cut, column))
    doc = f"The {what} of all rows of some rows of {table.children.parent}"
    function = names.group(table.name, column.name).text
    value = Code(", ".join(map(str, values)), names=names_of(*values))
    words = words_of(table, column) if isinstance(column.spec, Expr) else ""
    return EmittedFunction(function, returns, body.statements, value, doc, words)


def from_group(context: TableContext, column: Column) -> Code:
    """The code of a column computed in order of time, for any rows."""
    plan, table, names = context.plan, context.table, context.names
    group = names.group(table.name, sequence_of(column))
    balance = table.columns[sequence_of(column)].spec
    part = []
    if isinstance(balance, Running) and balance.cuts:
        part = [literal(0 if column.cut_by else 1)]
    rows = names.rows_so_far if goes_on(plan, table) else names.child_rows
    children, stride = rows(table.name), stride_of(names, table)
    return call("from_whole_groups", ROW, stride, children, group, *part)
