"""A table's section of the script: functions of the columns that others read, and its builder."""

from __future__ import annotations

from dataclasses import dataclass, field

from compiler.emit.body import Body
from compiler.emit.columns import rows_of, template_of, value_of, views_of
from compiler.emit.names import Names
from compiler.emit.python import Source, literal
from compiler.emit.shared import Shared
from compiler.emit.templates import macro
from compiler.plan.model import Column, Plan, Table


@dataclass(frozen=True)
class Function:
    """A function of the script, as its template sees it."""

    name: str
    row: str
    returns: str
    statements: list[str]
    value: Source
    doc: str = ""


@dataclass(frozen=True)
class Section:
    """A table's section."""

    table: Table
    title: str
    makers: list[str] = field(default_factory=list)
    """Whole functions from column templates: the groups that refs choose between."""
    functions: list[Function] = field(default_factory=list)
    builder: str = ""
    root: str = ""
    """The table whose row numbers the builder takes."""
    child_rows: str = ""
    """Of a `per` table: the function that gives its row numbers."""
    child_code: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    columns: list[tuple[str, Source]] = field(default_factory=list)


def section_of(plan: Plan, table: Table, shared: Shared, names: Names) -> Section:
    """The section of a table."""
    visible = [table.columns[name] for name in table.order]
    body = Body(plan, table, shared, names, visible)
    values = {
        name: body.column(name)
        for name in table.order
        if not table.columns[name].spec.hidden
    }
    makers = [
        text
        for column in table.columns.values()
        if body.finds_rows(column.name)
        or ("rows", table.name, column.name) in shared.columns
        for view in views_of(plan, table, column, names, None)
        if (text := macro(template_of(column), "groups", view))
    ]
    functions = []
    for name in table.order:
        column = table.columns[name]
        if ("rows", table.name, name) in shared.columns:
            functions.append(rows_function(plan, table, column, shared, names))
        if ("column", table.name, name) in shared.columns:
            functions.append(column_function(plan, table, column, shared, names))
    return Section(
        table=table,
        title=f"TABLE {table.name}"
        + (f": {table.description}" if table.description else ""),
        makers=makers,
        functions=functions,
        builder=names["table", table.name],
        root=table.root,
        child_rows=names["child rows", table.name] if table.children else "",
        child_code=child_rows_code(plan, table, names),
        statements=body.statements,
        columns=[(name, values[name]) for name in table.columns if name in values],
    )


def column_function(
    plan: Plan, table: Table, column: Column, shared: Shared, names: Names
) -> Function:
    body = Body(plan, table, shared, names, [column])
    value = Source(value_of(body, column))
    name = names["column", table.name, column.name]
    return Function(
        name, body.row, "pl.Series", body.statements, value, column.spec.description
    )


def rows_function(
    plan: Plan, table: Table, column: Column, shared: Shared, names: Names
) -> Function:
    body = Body(plan, table, shared, names, [column])
    value = Source(rows_of(body, column))
    name = names["rows", table.name, column.name]
    doc = f"The row of {column.table} that each row points at"
    return Function(name, body.row, "np.ndarray", body.statements, value, doc)


def child_rows_code(plan: Plan, table: Table, names: Names) -> list[str]:
    """The lines that give a `per` table's row numbers for rows of its root table."""
    if table.children is None:
        return []
    parent = plan.table(table.children.parent)
    lines = []
    if parent.children is not None:
        lines.append(f"row = {names['child rows', parent.name]}(row)")
    mean, least, most = (names[what, table.name] for what in ("mean", "least", "most"))
    draw = f"uniform({literal(table.name)}, row)"
    lines.append(f"count = child_counts({draw}, {mean}, {least}, {most})")
    lines.append(f"return child_rows(row, count, {most})")
    return lines
