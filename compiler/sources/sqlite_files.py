"""SQLite files, by Python's own module. They are opened to read, and closed again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from compiler.sources.drafts import TableDraft
from compiler.sources.found import Found, reason
from compiler.sources.frames import without_counterpart
from compiler.sources.model import SourceRef
from compiler.sources.rows import quoted
from compiler.sources.sql_checks import apply_checks_of_table
from compiler.sources.sql_types import SqlType, named_type
from compiler.sources.sqlite_rows import connected, rows_of
from compiler.spec.types import Data

NAMES = """
select name, sql, type from sqlite_master
where type in ('table', 'view') and name not like 'sqlite_%' order by rowid
"""


def read_sqlite(path: Path) -> Found:
    """The tables of a SQLite file."""
    found = Found()
    views: list[str] = []
    try:
        with closing(connected(path)) as connection:
            for name, sql, type in connection.execute(NAMES).fetchall():
                if type == "view":
                    views.append(name)
                elif not (sql or "").upper().startswith("CREATE VIRTUAL"):
                    read_table(found, connection, path, name, sql)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        found.problem("E703", f"{path} is damaged, or in use: {reason(error)}")
        return found
    if views:
        found.notes.append(f"{path.name}: left out the views {', '.join(views)}")
    if not found.tables:
        found.problem("E701", f"{path} has no tables")
    return found


def read_table(
    found: Found, connection: sqlite3.Connection, path: Path, name: str, sql: str
) -> None:
    """Adds a table."""
    table = TableDraft(name)
    pragma = f"pragma %s({quoted(name)})"
    key: dict[int, str] = {}
    for _, column, type, not_null, _, position in connection.execute(
        pragma % "table_info"
    ):
        table.add(declared_type(type).column(column))
        table.change(column, nullable=not not_null)
        if position:
            key[position] = column
    table.primary_key = tuple(key[position] for position in sorted(key))
    add_keys(table, connection, pragma)
    add_refs(table, connection, pragma)
    apply_checks_of_table(table, sql or "", "sqlite")
    read = table.built()
    if not read.columns:
        return
    rows = rows_of(connection, path, read)
    found.notes += without_counterpart(name, rows.columns)
    found.tables.append(
        replace(read, columns=rows.columns, rows=rows.number, scan=rows.scan)
    )


def add_keys(table: TableDraft, connection: sqlite3.Connection, pragma: str) -> None:
    """Adds what is unique, but not for a part of the rows or for expressions."""
    for _, index, unique, origin, partial in connection.execute(
        pragma % "index_list"
    ).fetchall():
        info = connection.execute(f"pragma index_info({quoted(index)})").fetchall()
        names = [column for _, _, column in info]
        if unique and not partial and origin != "pk" and all(names):
            table.add_key(names)


def add_refs(table: TableDraft, connection: sqlite3.Connection, pragma: str) -> None:
    """Adds foreign keys; without columns there, they point at the primary key."""
    keys: dict[int, list[tuple[int, str, str, str | None]]] = {}
    for number, position, target, column, there, *_ in connection.execute(
        pragma % "foreign_key_list"
    ):
        keys.setdefault(number, []).append((position, target, column, there))
    for _, pairs in sorted(keys.items()):
        pairs.sort()
        columns = tuple(column for _, _, column, _ in pairs)
        there = tuple(name for _, _, _, name in pairs if name)
        table.refs.append(SourceRef(columns, pairs[0][1], there))


def declared_type(text: str) -> SqlType:
    """A declared type; SQLite takes any words, and goes by what they contain.

    Source of the rules for unknown words: https://www.sqlite.org/datatype3.html, section 3.1
    """
    found = named_type(text, "sqlite")
    if found.data is not Data.UNKNOWN or not text:
        return found
    upper = text.upper()
    for words, data in (
        (("INT",), Data.INTEGER),
        (("CHAR", "CLOB", "TEXT"), Data.TEXT),
        (("REAL", "FLOA", "DOUB", "NUM", "DEC"), Data.NUMBER),
        (("DATETIME", "TIMESTAMP"), Data.TIMESTAMP),
        (("DATE",), Data.DATE),
        (("BOOL",), Data.BOOLEAN),
    ):
        if any(word in upper for word in words):
            return SqlType(data, text)
    return SqlType(Data.UNKNOWN, text)
