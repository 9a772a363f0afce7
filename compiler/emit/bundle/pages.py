"""What a template cannot make of a README: the plan's tables, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterable

from compiler.emit.code.comments import joined
from compiler.escape.markdown import as_code, as_markdown
from compiler.escape.mermaid import as_attribute, as_mermaid
from compiler.plan.assumptions import (
    describe_bad_data,
    describe_calendars,
    describe_form,
)
from compiler.plan.cost import describe_cost
from compiler.plan.model import Column, Plan, Table


def plan_page(plan: Plan, tables: Iterable[Table]) -> str:
    """These tables with their rows, columns and what is assumed of them, in Markdown."""
    parts = [table_part(plan, table) for table in tables]
    calendars = [
        f"- {as_code(name)}: {as_markdown(text)}"
        for name, text in describe_calendars(plan).items()
    ]
    if calendars:
        parts.append("\n".join(["### Calendars", "", *calendars]))
    for text in (describe_bad_data(plan), describe_cost(plan)):
        if text:
            parts.append(as_markdown(text if text.endswith(".") else f"{text}."))
    return "\n\n".join(parts)


def table_part(plan: Plan, table: Table) -> str:
    described = plan.assumptions[table.name]
    form = describe_form(table)
    about = as_markdown(joined(form, table.description, described.rows))
    lines = [f"### {as_markdown(table.name)}", ""]
    lines += [f"{table.size}{': ' if about else ''}{about}", ""]
    lines += ["| column | holds | what to expect |", "|---|---|---|"]
    for column in table.columns.values():  # others may follow a hidden one
        text = as_markdown(
            joined(column.spec.description, described.columns.get(column.name, ""))
        )
        lines.append(f"| {as_code(column.name)} | {holds(table, column)} | {text} |")
    return "\n".join(lines)


def holds(table: Table, column: Column) -> str:
    held = column.references
    kind = f"→ {as_markdown(held.table)}" if held else column.type.word
    kind += ", key" if column.name in table.written_key else ""
    return f"{kind} (hidden)" if column.spec.hidden and not table.hidden else kind


def diagram(plan: Plan) -> str:
    """The tables and their refs as an entity-relationship diagram of Mermaid."""
    lines = ["erDiagram"]
    for table in plan.written:
        for column in table.written:
            if target_of(plan, column):
                lines.append(f"    {relation(table, column)}")
    for table in plan.written:
        lines.append(f"    {as_mermaid(table.name)} {{")
        for column in table.written:
            marks = ["PK"] * (column.name in table.written_key)
            marks += ["FK"] * (target_of(plan, column) is not None)
            # Mermaid takes no comma in a type: "decimal" without its digits.
            type = column.type.word.partition("(")[0]
            line = as_attribute(type, column.name, marks)
            lines.append(f"        {line}")
        lines.append("    }")
    return "\n".join(lines)


def target_of(plan: Plan, column: Column) -> Table | None:
    """The written table that a column refers to."""
    target = column.references and plan.table(column.references.table)
    return target if target and not target.hidden else None


def relation(table: Table, column: Column) -> str:
    """A line from the table that a reference points at to its own."""
    assert column.references is not None
    one = "|o" if column.type.nullable else "||"
    single = column.parent and table.children is not None and table.children.single
    many = "o|" if single else "o{"
    target, own = as_mermaid(column.references.table), as_mermaid(table.name)
    return f"{target} {one}--{many} {own} : {as_mermaid(column.name)}"
