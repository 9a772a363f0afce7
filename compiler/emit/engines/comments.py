"""What a catalog shows of tables and columns: the spec's words, or what the plan knows."""

from __future__ import annotations

from compiler.plan.assumptions import describe_column, describe_nulls
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Email, Faker, Key, Lookup, Position
from compiler.spec.types import NAMES, Data

LONGEST = 500
"""A comment is cut there: it is read beside a column's name."""
FEW = 12
"""So many values are listed."""
BATCH = "The batch that brought the row: 0 is the first load."
BAD_DATA = {
    "table_name": "The table that the fault is in.",
    "row_key": "The key of its row.",
    "column_name": "The column that the fault is in.",
    "fault": "What is wrong there.",
}
KINDS = {
    "bool": "True or false",
    "choice": "One of",
    "constant": "In all rows",
    "expr": "Computed",
    "lifecycle": "State at the end",
    "progression": "State",
    "running": "Balance",
    "series": "Reading",
    "share": "Amount",
}
"""What begins the comment of a column of a kind; of any other it is the type."""
TYPES = {Data.BOOLEAN: "True or false", Data.TIMESTAMP: "Moment (UTC)"}
"""What types are called here, where one word would leave the reader guessing."""


def column_comments(plan: Plan) -> dict[str, dict[str, str]]:
    """A comment for each column that is written, by table."""
    batch = {"batch": BATCH} if plan.appends else {}
    tables = {
        table.name: {
            column.name: column_comment(plan, table, column) for column in table.written
        }
        for table in plan.written
    }
    if plan.bad_data:
        tables["_bad_data"] = BAD_DATA
    return {name: comments | batch for name, comments in tables.items()}


def table_comments(plan: Plan) -> dict[str, str]:
    """A comment for each table."""
    tables = {table.name: table_comment(plan, table) for table in plan.written}
    if plan.bad_data:
        tables["_bad_data"] = f"Every fault in the other tables of {plan.name}."
    return tables


def table_comment(plan: Plan, table: Table) -> str:
    if table.description:
        return table.description
    rows = plan.assumptions[table.name].rows
    return short(f"Synthetic data of {plan.name}{': ' if rows else ''}{rows}")


def column_comment(plan: Plan, table: Table, column: Column) -> str:
    """The spec's description, or what there is to say of the column's kind."""
    if column.spec.description:
        return column.spec.description
    text = what_it_is(plan, table, column)
    if text and column.spec.has_nulls:
        text += f"; {describe_nulls(column)}"
    if not text:
        data = column.type.data
        type = TYPES.get(data, NAMES[data].capitalize())
        start = KINDS.get(column.kind, type) if column.by is None else type
        text = f"{start}: {describe_column(column) or 'given in the spec'}"
    return short(text)


def what_it_is(plan: Plan, table: Table, column: Column) -> str:
    """What a column is, where that explains more than its `summary`; else nothing.

    Of other kinds the comment is the type and the summary.
    """
    spec, held = column.spec, column.references
    if isinstance(spec, Key):
        prefix, width, suffix = spec.parts
        first = (
            "a UUID"
            if spec.uuid
            else f"{prefix}{spec.start:0{width}}{suffix} and so on"
        )
        return f"Key of {table.name}: {first}"
    if held:
        text = f"Refers to {held.table}.{held.key}"
        if isinstance(spec, Lookup) and column.by is None:
            text += f", as {spec.path} does"
        text += ", which is not written" if plan.table(held.table).hidden else ""
        return text
    if table.written_key == (column.name,):
        return f"Key of {table.name}"
    if column.by is not None:
        return ""
    if isinstance(spec, Position):
        return "Place of the row within its parent: 1, 2, 3 and so on"
    if isinstance(spec, Lookup):
        return f"The same as {spec.path}"
    if isinstance(spec, Faker):
        return f"Made-up {spec.provider.replace('_', ' ')}"
    if isinstance(spec, Email):
        return f"Mail address made of {spec.of}"
    if column.kind == "given" and 0 < len(column.type.values) <= FEW:
        return f"One of {', '.join(column.type.values)}"
    return ""


def short(text: str) -> str:
    """A text of limited length that ends in a full stop."""
    if len(text) > LONGEST:
        return text[: LONGEST - 3].rstrip() + "..."
    return text if text.endswith(".") else f"{text}."
