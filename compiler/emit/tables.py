"""A table's section of the script: functions of the columns that others read, and its builder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from compiler.emit.bad_data import bad_functions
from compiler.emit.batches import batch_of
from compiler.emit.body import Body, Function
from compiler.emit.children import child_rows_code
from compiler.emit.columns import (
    by_macro,
    case_value,
    rows_of,
    sequence_value,
    value_of,
)
from compiler.emit.dialect import dialect_of
from compiler.emit.names import Names
from compiler.emit.numbering import chain_of, goes_on, rows_below, stride_of
from compiler.emit.python import ONE_LINE, Source, sentence
from compiler.emit.sequences import sequence_of
from compiler.emit.shared import Shared
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Ref, Running
from compiler.spec.columns.given import InlineColumn


@dataclass(frozen=True)
class Section:
    """A table's section."""

    table: Table
    title: str
    functions: list[Function] = field(default_factory=list)
    builder: str = ""
    root: str = ""
    """The table whose row numbers the builder takes."""
    statements: list[str] = field(default_factory=list)
    clean: str = ""
    """The local variable of the clean rows, where they are written with faults."""
    faults: str = ""
    """The function that lists the faults of rows, where they may have some."""
    columns: list[tuple[str, Source]] = field(default_factory=list)
    frame: str = ""
    """Where all its cells are given: the constant that holds them."""


def section_of(plan: Plan, table: Table, shared: Shared, names: Names) -> Section:
    """The section of a table."""
    visible = [table.columns[name] for name in table.order]
    # A batch has but a part of the rows of each parent of a grid.
    whole = not goes_on(plan, table)
    body = Body(plan, table, shared, names, visible, whole)
    values = {
        name: bare(body.written(name), dialect_of(plan).series)
        for name in table.order
        if not table.columns[name].spec.hidden
    }
    functions, rows = [], []
    if table.children is not None:
        functions.append(child_rows_function(plan, table, shared, names))
        if goes_on(plan, table) and is_sampled(plan, table):
            functions.append(first_rows_function(plan, table, names))
        if goes_on(plan, table) and is_read_so_far(plan, table):
            functions.append(rows_so_far_function(plan, table, names))
        rows = [f"row = {rows_below(plan, names, table, 'row')}"]
    for name in table.order:
        column = table.columns[name]
        if ("case", table.name, name) in shared.columns:
            functions.append(case_function(plan, table, column, shared, names))
        if table.draws_apart(column):
            functions += distinct_functions(plan, table, column, shared, names)
        if ("rows", table.name, name) in shared.columns:
            functions.append(rows_function(plan, table, column, shared, names))
        if ("group", table.name, name) in shared.columns:
            functions.append(group_function(plan, table, column, shared, names))
        if ("column", table.name, name) in shared.columns:
            functions.append(column_function(plan, table, column, shared, names))
    functions += bad_functions(plan, table, shared, names)
    faulty = plan.faulty(table.name)
    return Section(
        table=table,
        title=f"TABLE {table.name}"
        + (f": {table.description}" if table.description else ""),
        functions=functions,
        builder=names["table", table.name],
        root=table.root,
        statements=[*rows, *body.statements],
        frame=names["data", table.name] if is_given(table) else "",
        clean=body.locals.take("clean", "clean") if faulty and faulty.cells else "",
        faults=names["faults", table.name] if faulty else "",
        columns=[(name, values[name]) for name in table.columns if name in values],
    )


def is_given(table: Table) -> bool:
    """Whether the spec gives all cells of a table, and all are written."""
    columns = table.columns.values()
    plain = [isinstance(one.spec, InlineColumn) for one in columns]
    return bool(table.data) and all(plain) and len(plain) == len(table.data[0])


def bare(code: Source, series: str) -> Source:
    """The code of a column in its table's frame, which takes numpy's arrays as they are."""
    call = ast.parse(code, mode="eval").body
    if not isinstance(call, ast.Call) or ast.unparse(call.func) != series:
        return code
    if len(call.args) != 1 or call.keywords:
        return code
    return Source(code.removeprefix(f"{series}(").removesuffix(")"))


def column_function(
    plan: Plan, table: Table, column: Column, shared: Shared, names: Names
) -> Function:
    body = Body(plan, table, shared, names, [column])
    name = names["column", table.name, column.name]
    if sequence_of(column):
        value = from_group(plan, table, column, names)
    else:
        value = Source(value_of(body, column))
        if any(len(code) > ONE_LINE for code in (value, *body.statements)):
            body = Body(plan, table, shared, names, [column])
            body.apart = True
            value = Source(value_of(body, column))
    return Function(
        name,
        body.row,
        dialect_of(plan).series,
        body.statements,
        value,
        sentence(column.spec.description),
    )


def rows_function(
    plan: Plan, table: Table, column: Column, shared: Shared, names: Names
) -> Function:
    body = Body(plan, table, shared, names, [column])
    value = Source(rows_of(body, column))
    name = names["rows", table.name, column.name]
    assert column.references is not None
    doc = f"The row of {column.references.table} that each row points at"
    if table.draws_apart(column):
        doc += ", each once among a parent's"
    return Function(name, body.row, "np.ndarray", body.statements, value, doc)


def case_function(
    plan: Plan, table: Table, column: Column, shared: Shared, names: Names
) -> Function:
    body = Body(plan, table, shared, names, [column])
    value = Source(case_value(body, column))
    name = names["case", table.name, column.name]
    doc = f"The number of each row's case of {column.name}"
    return Function(name, body.row, "np.ndarray", body.statements, value, doc)


def distinct_functions(
    plan: Plan, table: Table, column: Column, shared: Shared, names: Names
) -> Iterator[Function]:
    """The two functions by which a distinct ref finds rows: by a draw, and one by one."""
    docs = {
        "draw": f"A row of {column.table} for each row: other numbers are other draws",
        "next": f"The row of {column.table} that follows each one, for these rows",
    }
    for what, doc in docs.items():
        number = "number" if what == "draw" else "taken"
        body = Body(plan, table, shared, names, [column])
        body.numbers = number
        code = by_macro(body, column, "rows" if what == "draw" else "following")
        name = names[what, table.name, column.name]
        value, lines = Source(code), body.statements
        yield Function(name, "row", "np.ndarray", lines, value, doc, (number,))


def child_rows_function(
    plan: Plan, table: Table, shared: Shared, names: Names
) -> Function:
    assert table.children is not None
    statements, value = child_rows_code(plan, table, shared, names)
    name = names["child rows", table.name]
    doc = f"The rows that belong to these rows of {table.children.parent}"
    return Function(name, "row", "np.ndarray", statements, value, doc)


def is_read_so_far(plan: Plan, table: Table) -> bool:
    """Whether anything needs a grid's rows so far: what goes by all of a parent's, or chooses.

    Balances and stages go by them, and distinct refs. Refs choose among its rows, or those that
    depend on them; so do duplicate keys.
    """
    chosen = {
        column.table
        for other in plan.tables
        for column in other.columns.values()
        if column.table is not None and not column.parent
    }
    faulty = plan.bad_data.tables if plan.bad_data else {}
    chosen |= {name for name, faults in faulty.items() if faults.duplicate_key}
    columns = table.columns.values()
    whole = any(sequence_of(one) or table.draws_apart(one) for one in columns)
    return whole or any(table in chain_of(plan, plan.table(one)) for one in chosen)


def rows_so_far_function(plan: Plan, table: Table, names: Names) -> Function:
    """The function of a grid's rows in all batches so far."""
    assert table.children is not None
    parent = plan.table(table.children.parent)
    batch = batch_of(plan, names, parent, "row")
    every = names["every", table.name]
    value = Source(f"grid_rows_since({batch}, row, {every})")
    doc = f"The rows so far that belong to these rows of {parent.name}"
    name = names["rows so far", table.name]
    return Function(name, "row", "np.ndarray", [], value, doc)


def is_sampled(plan: Plan, table: Table) -> bool:
    """Whether the number of a grid's rows matters for the skew of a ref of it or below it."""
    return any(
        isinstance(variant.spec, Ref) and variant.spec.skew and not column.parent
        for below in plan.tables
        if table in chain_of(plan, below)
        for column in below.columns.values()
        for variant in column.variants
    )


def first_rows_function(plan: Plan, table: Table, names: Names) -> Function:
    """The function of a grid's rows in the first load."""
    assert table.children is not None
    value = Source(f"grid_rows(row, {names['every', table.name]}, 0)")
    doc = f"The rows of the first load that belong to these rows of {table.children.parent}"
    name = names["first rows", table.name]
    return Function(name, "row", "np.ndarray", [], value, doc)


def group_function(
    plan: Plan, table: Table, column: Column, shared: Shared, names: Names
) -> Function:
    """The function of a column that goes along in time, for all rows of some parents."""
    cut = [one for one in table.columns.values() if one.cut_by == column.name]
    body = Body(
        plan, table, shared, names, [*cut, column], whole=True, inside=column.name
    )
    if cut and not column.spec.null_rate:
        values = [Source(sequence_value(body, column))]
    else:
        values = [body.column(one.name) for one in (*cut, column)]
    series = dialect_of(plan).series
    returns = f"tuple[{series}, {series}]" if cut else series
    assert table.children is not None
    what = " and ".join(one.name for one in (*cut, column))
    doc = f"The {what} of all rows of some rows of {table.children.parent}"
    name = names["group", table.name, column.name]
    value = Source(", ".join(values))
    return Function(name, body.row, returns, body.statements, value, doc)


def from_group(plan: Plan, table: Table, column: Column, names: Names) -> Source:
    """The code of a column that goes along in time, for any rows."""
    group = names["group", table.name, sequence_of(column)]
    balance = table.columns[sequence_of(column)].spec
    if isinstance(balance, Running) and balance.cuts:
        place = 0 if column.cut_by else 1
        group = f"lambda row: {group}(row)[{place}]"
    rows = "rows so far" if goes_on(plan, table) else "child rows"
    children, stride = names[rows, table.name], stride_of(names, table)
    return Source(f"from_groups(row, {stride}, {children}, {group})")
