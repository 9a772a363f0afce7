"""SQL files: the tables that they create."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from compiler.sources.ddl_columns import add_column, add_constraint, names_of
from compiler.sources.drafts import TableDraft
from compiler.sources.found import Found, place
from compiler.sources.frames import without_counterpart
from compiler.sources.sql_dialects import Parsed, parse_sql
from compiler.sources.sql_types import SqlType, sql_type
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
    """The tables of all files by schema and name, in lower case."""

    tables: dict[tuple[str, str], TableDraft] = field(default_factory=dict)
    types: dict[str, SqlType] = field(default_factory=dict)
    """Types that the files create, by name in lower case."""

    def table(self, named: exp.Expr) -> TableDraft | None:
        """The table of that name; without a schema, of any."""
        schema, name = named.text("db").lower(), named.name.lower()
        if (schema, name) in self.tables:
            return self.tables[schema, name]
        return next((t for (_, own), t in self.tables.items() if own == name), None)


def read_ddl(paths: Sequence[Path], dialect: str | None = None) -> Found:
    """The tables of SQL files, of which one may alter what another creates.

    `dialect` is sqlglot's name for it; without one, each file has the likeliest.
    """
    found, schema = Found(), Schema()
    files: list[tuple[Path, Parsed]] = []
    for path in dict.fromkeys(paths):
        text = read_text(found, path)
        if text is None:
            continue
        parsed = parse_sql(text, dialect)
        files.append((path, parsed))
        add_mistakes(found, path, parsed, is_guess=dialect is None)
        if parsed.ignored:
            found.notes.append(f"{path.name}: ignored {listing(parsed.ignored)}")
    for is_creation in (True, False):
        for path, parsed in files:
            for one in parsed.parsed:
                if creates(one) is is_creation:
                    add_statement(found, schema, path, parsed.dialect, one)
    add_tables(found, schema)
    if not found.tables and not found.problems:
        found.problem("E701", f"no table is created in {', '.join(map(str, paths))}")
    return found


def creates(statement: exp.Expr) -> bool:
    """Whether a statement makes what others can alter."""
    from sqlglot import exp

    return isinstance(statement, exp.Create) and statement.kind != "INDEX"


def add_mistakes(found: Found, path: Path, parsed: Parsed, is_guess: bool) -> None:
    """Adds what cannot be read, with its place."""
    name = DIALECT_NAMES.get(parsed.dialect, parsed.dialect.title())
    guess = f"it was read as {name}, the dialect that fits best" if is_guess else None
    for one in parsed.mistakes:
        at = place(path, one.line, one.column, one.length)
        if one.is_command:
            help = "write it as CREATE TABLE with constraints, or remove it"
            found.problem("E706", one.text, help, at)
        else:
            found.problem("E705", f"not valid SQL: {one.text}", guess, at)


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
    found: Found, schema: Schema, path: Path, dialect: str, statement: exp.Expr
) -> None:
    """Adds what a statement defines."""
    from sqlglot import exp

    if isinstance(statement, exp.Create):
        if statement.kind == "TABLE":
            create_table(found, schema, path, dialect, statement)
        elif statement.kind == "TYPE" and isinstance(
            statement.expression, exp.DataType
        ):
            create_type(schema, dialect, statement)
        elif statement.kind == "INDEX":
            create_index(schema, statement)
    elif isinstance(statement, exp.Alter):
        table = schema.table(statement.this)
        if table is None:
            found.notes.append(
                f"{path.name}: alters {statement.this.name}, which no file creates"
            )
        else:
            for action in statement.args.get("actions") or []:
                alter(schema, table, dialect, action)
    elif isinstance(statement, exp.Comment):
        comment(schema, statement)


def create_table(
    found: Found, schema: Schema, path: Path, dialect: str, statement: exp.Create
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
            add_column(table, one, dialect, schema.types)
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


def create_type(schema: Schema, dialect: str, statement: exp.Create) -> None:
    """Remembers an enum."""
    schema.types[statement.this.name.lower()] = sql_type(statement.expression, dialect)


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


def alter(schema: Schema, table: TableDraft, dialect: str, action: exp.Expr) -> None:
    """Adds what an ALTER TABLE adds."""
    from sqlglot import exp

    if isinstance(action, exp.AddConstraint):
        for one in action.expressions:
            add_constraint(table, one)
    elif isinstance(action, exp.ColumnDef):
        add_column(table, action, dialect, schema.types)
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
