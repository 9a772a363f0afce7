"""A table's section of the script: functions of the columns that others read, and its builder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from compiler.emit.code.code import Code, call, name, names_of
from compiler.emit.code.comments import sentence
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.engines.dialect import dialect_of
from compiler.emit.names import ScriptNames
from compiler.emit.rows.batches import batch_of
from compiler.emit.rows.numbering import chain_of, goes_on, rows_below, stride_of
from compiler.emit.tables.bad_data import bad_functions
from compiler.emit.tables.builder import (
    ROW,
    EmittedFunction,
    FunctionBuilder,
    Statement,
    words_of,
)
from compiler.emit.tables.children import child_rows_code
from compiler.emit.tables.cross_row import CrossRowFunctions
from compiler.emit.tables.sequences import sequence_of
from compiler.emit.tables.values import (
    case_number,
    rows_by_case,
    rows_of,
    sequence_value,
    value_of,
)
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Ref, Running
from compiler.spec.columns.given import InlineColumn

ARRAY = "np.ndarray"


@dataclass(frozen=True)
class Section:
    """A table's section."""

    table: Table
    title: str
    functions: list[EmittedFunction] = field(default_factory=list)
    builder: str = ""
    root: str = ""
    """The table whose row numbers the builder takes."""
    statements: list[Statement] = field(default_factory=list)
    clean: str = ""
    """The local variable of the clean rows, where they are written with faults."""
    faults: str = ""
    """The function that lists the faults of rows, where they may have some."""
    columns: list[tuple[str, Code, str]] = field(default_factory=list)
    """Name, value, and the comment above it."""
    stride: Constant | None = None
    """Of a `per` table: the constant that its row numbers are made with."""
    frame: Code | None = None
    """Where all its cells are given: the rows of the constant that holds them."""

    @property
    def names(self) -> frozenset[str]:
        """The names that its functions use."""
        used = [function.names for function in self.functions]
        used += [statement.value.names for statement in self.statements]
        used += [value.names for _, value, _ in self.columns]
        used += [self.frame.names] if self.frame else []
        used += [self.stride.value.names] if self.stride else []
        used += [frozenset({"with_faults"})] if self.clean else []
        return frozenset().union(*used)


def section_of(
    plan: Plan, table: Table, cross_row: CrossRowFunctions, names: ScriptNames
) -> Section:
    """The section of a table."""
    visible = [table.columns[name] for name in table.order]
    # A batch has but a part of the rows of each parent of a grid.
    whole = not goes_on(plan, table)
    body = FunctionBuilder(plan, table, cross_row, names, visible, whole)
    values = {
        name: bare(body.written(name), dialect_of(plan).series)
        for name in table.order
        if not table.columns[name].spec.hidden
    }
    functions, rows = [], []
    if table.children is not None:
        functions.append(child_rows_function(plan, table, cross_row, names))
        if goes_on(plan, table) and is_sampled(plan, table):
            functions.append(first_rows_function(plan, table, names))
        if goes_on(plan, table) and is_read_so_far(plan, table):
            functions.append(rows_so_far_function(plan, table, names))
        rows = [Statement("row", rows_below(plan, names, table, ROW))]
    for each in table.order:
        column = table.columns[each]
        if ("case", table.name, each) in cross_row.functions:
            functions.append(case_function(plan, table, column, cross_row, names))
        if table.draws_apart(column):
            functions += distinct_functions(plan, table, column, cross_row, names)
        if ("rows", table.name, each) in cross_row.functions:
            functions.append(rows_function(plan, table, column, cross_row, names))
        if ("group", table.name, each) in cross_row.functions:
            functions.append(group_function(plan, table, column, cross_row, names))
        if ("column", table.name, each) in cross_row.functions:
            functions.append(column_function(plan, table, column, cross_row, names))
    functions += bad_functions(plan, table, cross_row, names)
    faulty = plan.faulty(table.name)
    return Section(
        table=table,
        title=f"TABLE {table.name}"
        + (f": {table.description}" if table.description else ""),
        functions=functions,
        builder=names.builder(table.name).text,
        root=table.root,
        statements=[*rows, *body.statements],
        stride=stride_constant(plan, table, names),
        frame=(
            dialect_of(plan).rows(names.data(table.name), ROW)
            if is_given(table)
            else None
        ),
        clean=body.locals.take("clean", "clean") if faulty and faulty.cells else "",
        faults=names.faults(table.name).text if faulty else "",
        columns=[
            (name, values[name], body.comment_of(name))
            for name in table.columns
            if name in values
        ],
    )


def stride_constant(plan: Plan, table: Table, names: ScriptNames) -> Constant | None:
    """The maximum number of children of a parent, which row numbers are made with."""
    children = table.children
    if children is None or children.single or children.column is None:
        return None
    rows = names.constant(children.parent, children.column.name).text
    maximum = f'int({rows}["maximum"])'
    if children.column.by is not None:
        maximum = f'max(int(case["maximum"]) for case in {rows}.values())'
    constant = names.stride(table.name).text
    reason = (
        f"A row's number: that of its row of {children.parent} * {constant} "
        "+ its position, from 0"
    )
    return Constant(constant, Code(maximum, names=frozenset({rows})), reason)


def is_given(table: Table) -> bool:
    """Whether the spec gives all cells of a table, and all are written."""
    columns = table.columns.values()
    plain = [isinstance(one.spec, InlineColumn) for one in columns]
    return bool(table.data) and all(plain) and len(plain) == len(table.data[0])


def bare(code: Code, series: str) -> Code:
    """The code of a column in its table's frame, which takes numpy's arrays as they are."""
    argument = code.argument
    made = argument is not None and code.text == f"{series}({argument.text})"
    return argument if made and argument is not None else code


def column_function(
    plan: Plan,
    table: Table,
    column: Column,
    cross_row: CrossRowFunctions,
    names: ScriptNames,
) -> EmittedFunction:
    body = FunctionBuilder(plan, table, cross_row, names, [column])
    if sequence_of(column):
        value = from_group(plan, table, column, names)
    else:
        value = value_of(body, column)
    return EmittedFunction(
        names.column(table.name, column.name).text,
        dialect_of(plan).series,
        body.statements,
        value,
        sentence(column.spec.description),
        words_of(column),
    )


def rows_function(
    plan: Plan,
    table: Table,
    column: Column,
    cross_row: CrossRowFunctions,
    names: ScriptNames,
) -> EmittedFunction:
    body = FunctionBuilder(plan, table, cross_row, names, [column])
    value = rows_of(body, column)
    name = names.rows(table.name, column.name).text
    assert column.references is not None
    doc = f"The row of {column.references.table} that each row points at"
    if table.draws_apart(column):
        doc += ", each once among a parent's"
    return EmittedFunction(name, ARRAY, body.statements, value, doc)


def case_function(
    plan: Plan,
    table: Table,
    column: Column,
    cross_row: CrossRowFunctions,
    names: ScriptNames,
) -> EmittedFunction:
    body = FunctionBuilder(plan, table, cross_row, names, [column])
    value = case_number(body, column)
    name = names.case(table.name, column.name).text
    doc = f"The number of each row's case of {column.name}"
    return EmittedFunction(name, ARRAY, body.statements, value, doc)


def distinct_functions(
    plan: Plan,
    table: Table,
    column: Column,
    cross_row: CrossRowFunctions,
    names: ScriptNames,
) -> Iterator[EmittedFunction]:
    """The two functions by which a distinct ref finds rows: by a draw, and one by one."""
    docs = {
        "draw": f"A row of {column.table} for each row: other numbers are other draws",
        "next": f"The row of {column.table} that follows each one, for these rows",
    }
    for what, doc in docs.items():
        number = "number" if what == "draw" else "taken"
        body = FunctionBuilder(plan, table, cross_row, names, [column])
        body.numbers = name(number)
        if what == "draw":
            function = names.distinct_draw(table.name, column.name)
            value = rows_by_case(body, column, lambda emitter: emitter.rows)
        else:
            function = names.distinct_next(table.name, column.name)
            value = rows_by_case(body, column, lambda emitter: emitter.following)
        lines = body.statements
        yield EmittedFunction(
            function.text, ARRAY, lines, value, doc, per_block=False, more=(number,)
        )


def child_rows_function(
    plan: Plan, table: Table, cross_row: CrossRowFunctions, names: ScriptNames
) -> EmittedFunction:
    assert table.children is not None
    statements, value = child_rows_code(plan, table, cross_row, names)
    doc = f"The rows that belong to these rows of {table.children.parent}"
    function = names.child_rows(table.name).text
    return EmittedFunction(function, ARRAY, statements, value, doc)


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


def rows_so_far_function(
    plan: Plan, table: Table, names: ScriptNames
) -> EmittedFunction:
    """The function of a grid's rows in all batches so far."""
    assert table.children is not None
    parent = plan.table(table.children.parent)
    batch = batch_of(plan, names, parent, ROW)
    value = call("grid_rows_since", batch, ROW, names.every(table.name))
    doc = f"The rows so far that belong to these rows of {parent.name}"
    function = names.rows_so_far(table.name).text
    return EmittedFunction(function, ARRAY, [], value, doc)


def is_sampled(plan: Plan, table: Table) -> bool:
    """Whether the number of a grid's rows matters for the skew of a ref of it or below it."""
    return any(
        isinstance(variant.spec, Ref) and variant.spec.skew and not column.parent
        for below in plan.tables
        if table in chain_of(plan, below)
        for column in below.columns.values()
        for variant in column.variants
    )


def first_rows_function(
    plan: Plan, table: Table, names: ScriptNames
) -> EmittedFunction:
    """The function of a grid's rows in the first load."""
    assert table.children is not None
    value = call("grid_rows", ROW, names.every(table.name), literal(0))
    doc = f"The rows of the first load that belong to these rows of {table.children.parent}"
    function = names.first_rows(table.name).text
    return EmittedFunction(function, ARRAY, [], value, doc, per_block=False)


def group_function(
    plan: Plan,
    table: Table,
    column: Column,
    cross_row: CrossRowFunctions,
    names: ScriptNames,
) -> EmittedFunction:
    """The function of a column that goes along in time, for all rows of some parents."""
    cut = [one for one in table.columns.values() if one.cut_by == column.name]
    body = FunctionBuilder(
        plan, table, cross_row, names, [*cut, column], whole=True, inside=column.name
    )
    if cut and not column.spec.null_rate:
        values = [sequence_value(body, column)]
    else:
        values = [body.column(one.name) for one in (*cut, column)]
    series = dialect_of(plan).series
    returns = f"tuple[{series}, {series}]" if cut else series
    assert table.children is not None
    what = " and ".join(one.name for one in (*cut, column))
    doc = f"The {what} of all rows of some rows of {table.children.parent}"
    function = names.group(table.name, column.name).text
    value = Code(", ".join(map(str, values)), names=names_of(*values))
    return EmittedFunction(function, returns, body.statements, value, doc)


def from_group(plan: Plan, table: Table, column: Column, names: ScriptNames) -> Code:
    """The code of a column that goes along in time, for any rows."""
    group = names.group(table.name, sequence_of(column))
    balance = table.columns[sequence_of(column)].spec
    part = []
    if isinstance(balance, Running) and balance.cuts:
        part = [literal(0 if column.cut_by else 1)]
    rows = names.rows_so_far if goes_on(plan, table) else names.child_rows
    children, stride = rows(table.name), stride_of(names, table)
    return call("from_whole_groups", ROW, stride, children, group, *part)
