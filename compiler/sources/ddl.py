"""SQL files: the tables that they create."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from compiler.sources.ddl_columns import add_column, add_constraint, names_of
from compiler.sources.drafts import TableDraft
from compiler.sources.found import Found, place
from compiler.sources.frames import without_counterpart
from compiler.sources.sql_dialects import parse_sql
from compiler.sources.sql_types import SqlType
from compiler.sources.text_files import read_text

if TYPE_CHECKING:
    from sqlglot import exp

DIALECT_NAMES = {
    "postgres": "PostgreSQL",
    "mysql": "MySQL",
    "tsql": "SQL Server",
    "bigquery": "BigQuery",
    "duckdb": "DuckDB",
    "sqlite": "SQLite",
}


@dataclass
class Schema:
    """The tables of a file by schema and name, in lower case."""

    dialect: str
    tables: dict[tuple[str, str], TableDraft] = field(default_factory=dict)
    types: dict[str, SqlType] = field(default_factory=dict)
    """Types that the file creates, by name in lower case."""

    def table(self, named: exp.Expr) -> TableDraft | None:
        """The table of that name; without a schema, of any."""
        schema, name = named.text("db").lower(), named.name.lower()
        if (schema, name) in self.tables:
            return self.tables[schema, name]
        return next((t for (_, own), t in self.tables.items() if own == name), None)


def read_ddl(path: Path, dialect: str | None = None) -> Found:
    """The tables of a SQL file, in a dialect of sqlglot's or, without one, the likeliest."""
    found = Found()
    text = read_text(found, path)
    if text is None:
        return found
    parsed = parse_sql(text, dialect)
    for one in parsed.mistakes:
        at = place(path, one.line, one.column, one.length)
        if one.is_command:
            help = "write it as CREATE TABLE with constraints, or remove it"
            found.problem("E706", one.text, help, at)
        else:
            help = None
            if dialect is None:
                name = DIALECT_NAMES.get(parsed.dialect, parsed.dialect.title())
                help = f"it was read as {name}, the dialect that fits best"
            found.problem("E705", f"not valid SQL: {one.text}", help, at)
    schema = Schema(parsed.dialect)
    for statement in parsed.parsed:
        add_statement(found, schema, path, statement)
    if parsed.ignored:
        found.notes.append(f"{path.name}: ignored {listing(parsed.ignored)}")
    add_tables(found, schema)
    if not found.tables and not found.problems:
        found.problem("E701", f"{path} creates no tables")
    return found


def listing(subjects: list[str]) -> str:
    """What was ignored, and how often: `3 × INSERT, 1 × GRANT`."""
    return ", ".join(f"{n} × {one}" for one, n in Counter(subjects).most_common())


def add_tables(found: Found, schema: Schema) -> None:
    """Adds the tables; of the same name in several schemas, with the schema's."""
    numbers = Counter(name for _, name in schema.tables)
    for (owner, name), table in schema.tables.items():
        if numbers[name] > 1 and owner:
            table.name = f"{owner}.{table.name}"
    for table in schema.tables.values():
        read = table.built()
        found.notes += without_counterpart(read.name, read.columns)
        found.tables.append(read)


def add_statement(
    found: Found, schema: Schema, path: Path, statement: exp.Expr
) -> None:
    """Adds what a statement defines."""
    from sqlglot import exp

    if isinstance(statement, exp.Create):
        if statement.kind == "TABLE":
            create_table(found, schema, path, statement)
        elif statement.kind == "TYPE" and isinstance(
            statement.expression, exp.DataType
        ):
            create_type(schema, statement)
        elif statement.kind == "INDEX":
            create_index(schema, statement)
    elif isinstance(statement, exp.Alter):
        table = schema.table(statement.this)
        if table is not None:
            for action in statement.args.get("actions") or []:
                alter(schema, table, action)
    elif isinstance(statement, exp.Comment):
        comment(schema, statement)


def create_table(
    found: Found, schema: Schema, path: Path, statement: exp.Create
) -> None:
    """Adds a table."""
    from sqlglot import exp

    columns = statement.this
    if not isinstance(columns, exp.Schema):
        found.notes.append(
            f"{path.name}: left out {statement.this.name}, which lists no columns"
        )
        return
    named = columns.this
    table = TableDraft(named.name)
    schema.tables[named.text("db").lower(), named.name.lower()] = table
    later = []
    for one in columns.expressions:
        if isinstance(one, exp.ColumnDef):
            add_column(table, one, schema.dialect, schema.types)
        else:
            later.append(one)
    for one in later:
        add_constraint(table, one)
    properties = statement.args.get("properties")
    for one in properties.expressions if properties else []:
        if isinstance(one, exp.SchemaCommentProperty):
            table.description = one.this.name
        elif isinstance(one, exp.Property) and one.name.lower() == "description":
            table.description = one.args["value"].name


def create_type(schema: Schema, statement: exp.Create) -> None:
    """Remembers an enum."""
    from compiler.sources.sql_types import sql_type

    schema.types[statement.this.name.lower()] = sql_type(
        statement.expression, schema.dialect
    )


def create_index(schema: Schema, statement: exp.Create) -> None:
    """Adds the key of a unique index that is not for a part of the rows."""
    index = statement.this
    table = schema.table(index.args["table"]) if index.args.get("table") else None
    parameters = index.args.get("params")
    if not statement.args.get("unique") or table is None or parameters is None:
        return
    names = names_of(parameters.args.get("columns") or [])
    if names and not parameters.args.get("where"):
        table.add_key(names)


def alter(schema: Schema, table: TableDraft, action: exp.Expr) -> None:
    """Adds what an ALTER TABLE adds."""
    from sqlglot import exp

    if isinstance(action, exp.AddConstraint):
        for one in action.expressions:
            add_constraint(table, one)
    elif isinstance(action, exp.ColumnDef):
        add_column(table, action, schema.dialect, schema.types)
    elif isinstance(action, exp.AlterColumn):
        if action.args.get("allow_null") is False:
            table.change(action.name, nullable=False)
        if action.args.get("comment"):
            table.change(action.name, description=action.args["comment"].name)
    else:
        add_constraint(table, action)


def comment(schema: Schema, statement: exp.Comment) -> None:
    """Sets the description of a table or column."""
    text = statement.expression.name if statement.expression else ""
    if statement.args.get("kind") == "TABLE":
        table = schema.table(statement.this)
        if table is not None:
            table.description = text
    elif statement.args.get("kind") == "COLUMN":
        from sqlglot import exp

        column = statement.this
        named = exp.table_(column.text("table"), db=column.text("db") or None)
        table = schema.table(named)
        if table is not None:
            table.change(column.name, description=text)
