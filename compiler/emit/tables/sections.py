"""A table's section of the script: functions of the columns that others read, and its builder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from compiler.emit.code.code import Code
from compiler.emit.code.constants import Constant
from compiler.emit.code.literals import literal
from compiler.emit.code.statements import Statement, comment_lines, indented
from compiler.emit.names import ScriptNames
from compiler.emit.rows.numbering import chain_of, goes_on, rows_below
from compiler.emit.tables.bad_data import bad_functions
from compiler.emit.tables.builder import FunctionBuilder
from compiler.emit.tables.context import TableContext
from compiler.emit.tables.functions import (
    case_function,
    child_rows_function,
    column_function,
    distinct_functions,
    first_rows_function,
    group_function,
    move_function,
    moves_function,
    rows_function,
    rows_so_far_function,
)
from compiler.emit.tables.lifecycles import logged, shows_moves
from compiler.emit.tables.sequences import sequence_of
from compiler.emit.tables.statements import ROW, EmittedFunction
from compiler.plan.model import Plan, Table
from compiler.spec.columns import Ref
from compiler.spec.columns.given import InlineColumn


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

    def text(self, frame: str) -> str:
        """Its source, not formatted yet; `frame` is the class of a table's rows."""
        functions = [function.text for function in self.functions]
        stride = [str(self.stride)] if self.stride else []
        builder = [] if self.table.hidden else [self.builder_text(frame)]
        return "\n\n\n".join([*stride, *functions, *builder])

    def builder_text(self, frame: str) -> str:
        """The function that builds the table's rows."""
        lines = [line for each in self.statements for line in each.lines]
        result = f"{self.clean} =" if self.clean else "return"
        if self.frame:
            lines.append(f"{result} {self.frame.text}")
        else:
            lines += [f"{result} {frame}(" "{", *self.column_lines(), "})"]
        if self.clean:
            name = literal(self.table.name).text
            lines.append(f"return with_faults({name}, row, {self.clean})")
        head = f"def {self.builder}(row: np.ndarray) -> {frame}:"
        return "\n".join([head, *indented(lines)])

    def column_lines(self) -> Iterator[str]:
        """The items of the frame: a column each."""
        for name, value, comment in self.columns:
            item = f"{literal(name).text}: {value.text},"
            yield from indented([*comment_lines(comment, 12), item], 8)


def section_of(context: TableContext) -> Section:
    """The section of a table."""
    plan, table, names = context.plan, context.table, context.names
    visible = [table.columns[name] for name in table.order]
    # A batch has but a part of the rows of each parent of a grid.
    whole = not goes_on(plan, table)
    body = FunctionBuilder(context, visible, whole)
    values = {
        name: bare(body.written(name), context.dialect.series)
        for name in table.order
        if not table.columns[name].spec.hidden
    }
    functions, rows = [], []
    if table.children is not None:
        functions.append(child_rows_function(context))
        if goes_on(plan, table) and is_sampled(plan, table):
            functions.append(first_rows_function(context))
        if goes_on(plan, table) and is_read_so_far(plan, table):
            functions.append(rows_so_far_function(context))
        if shows_moves(table):
            functions.append(move_function(context))
        if not table.hidden:
            rows = [Statement("row", rows_below(plan, names, table, ROW))]
    for each in table.order:
        column = table.columns[each]
        if ("case", table.name, each) in context.cross_row.functions:
            functions.append(case_function(context, column))
        if ("moves", table.name, each) in context.cross_row.functions:
            functions.append(moves_function(context, column))
        if table.draws_again(column):
            functions += distinct_functions(context, column)
        if ("rows", table.name, each) in context.cross_row.functions:
            functions.append(rows_function(context, column))
        if ("group", table.name, each) in context.cross_row.functions:
            functions.append(group_function(context, column))
        if ("column", table.name, each) in context.cross_row.functions:
            functions.append(column_function(context, column))
    functions += bad_functions(context)
    faulty = plan.faulty(table.name)
    return Section(
        table=table,
        title=title_of(table),
        functions=functions,
        builder=names.builder(table.name).text,
        root=table.root,
        statements=[*rows, *body.statements],
        stride=stride_constant(plan, table, names),
        frame=(
            context.dialect.rows(names.data(table.name), ROW)
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


def title_of(table: Table) -> str:
    """The heading of a table's section."""
    kind = "HIDDEN TABLE" if table.hidden else "TABLE"
    about = f": {table.description}" if table.description else ""
    return f"{kind} {table.name}{about}"


def stride_constant(plan: Plan, table: Table, names: ScriptNames) -> Constant | None:
    """The maximum number of children of a parent, which row numbers are made with."""
    children = table.children
    if children is None or children.single or children.column is None:
        return None
    if log := logged(plan, table):
        rows = names.constant(log[0].name, log[1].name, "_MOVES").text
        maximum = f"1 + {rows if log[1].by is None else f'max({rows}.values())'}"
    else:
        rows = names.constant(children.parent, children.column.name).text
        maximum = f'int({rows}["maximum"])'
        if children.column.by is not None:
            maximum = f'max(int(case["maximum"]) for case in {rows}.values())'
    constant = names.stride(table.name).text
    reason = (
        f"Row numbers for each row of {children.parent}: its rows have the first of them. If "
        "this changes, all row numbers do."
    )
    return Constant(constant, Code(maximum, names=frozenset({rows})), reason)


def is_given(table: Table) -> bool:
    """Whether the spec gives all cells of a table, and all are written."""
    if table.hidden:
        return False
    columns = table.columns.values()
    plain = [
        isinstance(one.spec, InlineColumn) and not one.type.decimal for one in columns
    ]
    return bool(table.data) and all(plain) and len(plain) == len(table.data[0])


def bare(code: Code, series: str) -> Code:
    """The code of a column in its table's frame, which takes numpy's arrays as they are."""
    argument = code.argument
    made = argument is not None and code.text == f"{series}({argument.text})"
    return argument if made and argument is not None else code


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


def is_sampled(plan: Plan, table: Table) -> bool:
    """Whether the number of a grid's rows matters for the skew of a ref of it or below it."""
    return any(
        isinstance(variant.spec, Ref) and variant.spec.skew and not column.parent
        for below in plan.tables
        if table in chain_of(plan, below)
        for column in below.columns.values()
        for variant in column.variants
    )
