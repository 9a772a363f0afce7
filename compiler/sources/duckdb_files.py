"""DuckDB files, with what their catalog knows. They are opened to read, and closed again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compiler.sources.drafts import TableDraft
from compiler.sources.found import Found, reason
from compiler.sources.frames import in_simple_types, without_counterpart
from compiler.sources.model import SourceColumn, SourceRef
from compiler.sources.rows import database_scan, quoted
from compiler.sources.sql_checks import apply_check_text
from compiler.sources.sql_types import named_type
from compiler.spec.types import Data

if TYPE_CHECKING:
    import duckdb
    import polars as pl

TABLES = """
select schema_name, table_name, comment from duckdb_tables()
where not internal and not temporary and database_name = current_database() order by all
"""
COLUMNS = """
select column_name, data_type, is_nullable, comment from duckdb_columns()
where schema_name = ? and table_name = ? and database_name = current_database()
order by column_index
"""
CONSTRAINTS = """
select constraint_type, constraint_column_names, referenced_table, referenced_column_names,
expression from duckdb_constraints()
where schema_name = ? and table_name = ? and database_name = current_database()
order by constraint_index
"""
VIEWS = "select view_name from duckdb_views() where not internal order by all"

AS_TEXT = ("ENUM", "UUID")
"""Types that are texts in a spec, but come as types of Arrow's own."""

BATCH = 100_000
"""Rows that are read at a time."""


def read_duckdb(path: Path) -> Found:
    """The tables of a DuckDB file."""
    found = Found()
    try:
        import duckdb
        import pyarrow  # noqa: F401  # DuckDB gives rows as its record batches
    except ImportError:
        message = f"{path} is a DuckDB file, and duckdb or pyarrow is not installed"
        found.problem("E707", message, "pip install 'scaffold-data[pandas]'")
        return found
    try:
        with connected(path) as connection:
            tables = connection.execute(TABLES).fetchall()
            numbers = Counter(name for _, name, _ in tables)
            for schema, name, comment in tables:
                table = read_table(found, connection, schema, name)
                if numbers[name] > 1:
                    table.name = f"{schema}.{name}"
                table.description = comment or ""
                rows, scan = table_rows(connection, path, schema, name, table)
                found.tables.append(replace(table.built(), rows=rows, scan=scan))
            views = [name for (name,) in connection.execute(VIEWS).fetchall()]
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            message = f"{path} is in use: another process writes to it"
            found.problem("E703", message, "close that process, or copy the file")
        else:
            message = f"{path} is damaged, or of another version of DuckDB"
            found.problem("E703", f"{message}: {reason(error)}")
        return found
    if views:
        found.notes.append(f"{path.name}: left out the views {', '.join(views)}")
    if not found.tables:
        found.problem("E701", f"{path} has no tables")
    return found


@contextmanager
def connected(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can only read."""
    import duckdb

    connection = duckdb.connect(str(path), read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def read_table(
    found: Found, connection: duckdb.DuckDBPyConnection, schema: str, name: str
) -> TableDraft:
    """The columns and constraints of a table."""
    table = TableDraft(name)
    for column, type, nullable, comment in connection.execute(
        COLUMNS, [schema, name]
    ).fetchall():
        read = named_type(type, "duckdb").column(column)
        table.add(read)
        table.change(column, nullable=nullable, description=comment or "")
    found.notes += without_counterpart(name, table.columns.values())
    for kind, columns, target, target_columns, check in connection.execute(
        CONSTRAINTS, [schema, name]
    ).fetchall():
        if kind == "PRIMARY KEY":
            table.primary_key = tuple(columns)
        elif kind == "UNIQUE":
            table.add_key(columns)
        elif kind == "FOREIGN KEY":
            table.refs.append(SourceRef(tuple(columns), target, tuple(target_columns)))
        elif kind == "CHECK" and check:
            apply_check_text(table, check, "duckdb")
    return table


def table_rows(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    schema: str,
    name: str,
    table: TableDraft,
) -> tuple[int, Any]:
    """The number of rows of a table, and how to scan them."""
    import polars as pl

    place = f"{quoted(schema)}.{quoted(name)}"
    expressions = {
        column.name: expression_of(column) for column in table.columns.values()
    }

    def query(names: list[str], limit: int | None) -> str:
        columns = ", ".join(f"{expressions[one]} as {quoted(one)}" for one in names)
        return f"select {columns} from {place}" + (
            f" limit {limit}" if limit is not None else ""
        )

    def batches(names: list[str], limit: int | None) -> Iterator[pl.DataFrame]:
        with connected(path) as own:
            relation = own.sql(query(names, limit))
            # Versions before 1.4 have only the older name.
            read = getattr(relation, "to_arrow_reader", None)
            for batch in (read or relation.fetch_arrow_reader)(BATCH):
                yield pl.DataFrame(pl.from_arrow(batch))

    [(rows,)] = connection.sql(f"select count(*) from {place}").fetchall()
    empty = connection.sql(query([*expressions], 0)).to_arrow_table()
    dtypes = pl.DataFrame(pl.from_arrow(empty)).schema

    def scan() -> pl.LazyFrame:
        return in_simple_types(database_scan(dtypes, batches), dtypes)

    return rows, scan


def expression_of(column: SourceColumn) -> str:
    """A column as a type that Arrow and polars share."""
    name = quoted(column.name)
    if column.data is Data.UNKNOWN or column.declared.startswith(AS_TEXT):
        return f"cast({name} as varchar)"
    if column.declared in ("HUGEINT", "UHUGEINT"):
        return f"try_cast({name} as bigint)"
    return name
