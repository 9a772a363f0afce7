"""In place of a Databricks session: Unity Catalog's statements, and what it would refuse.

Each statement must be one that is known here; those that sqlglot reads are parsed besides.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import sqlglot
from pyspark.sql import types

from tests.support import Script
from tests.support.unity_statements import ACTS, Held, Refused

OPAQUE = (
    "SHOW ",
    "CREATE CATALOG ",
    "CREATE VOLUME ",
    " SET TAGS ",
    " DROP FOREIGN KEY ",
)
"""What sqlglot does not know: patterns alone hold these."""


class Unity:
    """A session; `rows` is the real one that computes, where rows matter."""

    def __init__(self, rows: Any = None) -> None:
        self.rows, self.catalog = rows, self
        self.tables: dict[str, Held] = {}
        self.statements: list[str] = []
        self.places = {"catalog main", "schema main.shop"}
        self.may_create: set[str] = {"catalog", "schema", "volume"}
        self.keeps_properties = True
        self.breaks_at = -1
        """The number of the statement that fails."""

    def sql(self, statement: str) -> Any:
        assert parses(statement), statement
        self.statements.append(statement)
        if len(self.statements) - 1 == self.breaks_at:
            raise Refused("[INTERNAL_ERROR] the connection is gone")
        for pattern, act in ACTS.items():
            if found := re.fullmatch(pattern, statement):
                return act(self, *(unquoted(part) for part in found.groups()))
        raise AssertionError(f"no such statement is known: {statement}")

    def check_replaced(self, name: str, anew: bool) -> None:
        """Refuses to replace a table under its keys, as Databricks may."""
        there = self.tables.get(name)
        if anew and there and (there.key or there.refs):
            raise Refused(f"{name} has keys: it cannot be replaced")

    def written(self, name: str, columns: types.StructType, anew: bool) -> None:
        """Rows are written: into the table that there is, or in place of it."""
        there = self.tables.get(name)
        if there and not anew:
            assert there.columns.keys() >= set(columns.names)
            return
        kept = there.properties if there and self.keeps_properties else {}
        comments = {each.name: each.metadata.get("comment", "") for each in columns}
        found = {each.name: each.dataType.simpleString() for each in columns}
        times = there.replaced + 1 if there else 0
        self.tables[name] = Held(found, comments, properties=kept, replaced=times)

    # What a script asks of a session besides SQL

    def range(self, *given: int) -> Any:
        return self.rows.range(*given)

    def tableExists(self, name: str) -> bool:
        return name.split("`")[-2] in self.tables

    def table(self, name: str) -> Any:
        there = self.tables.get(name.split("`")[-2])
        return Table(self.rows, name, there) if there else self.rows.table(name)


class Table:
    """A table as it is read: its columns from the catalog, its rows by the real session."""

    def __init__(self, rows: Any, name: str, held: Held) -> None:
        self.rows, self.name, self.held = rows, name, held

    @property
    def columns(self) -> list[str]:
        return [*self.held.columns]

    @property
    def dtypes(self) -> list[tuple[str, str]]:
        return [*self.held.columns.items()]

    @property
    def schema(self) -> types.StructType:
        schema = types.StructType()
        for name in self.held.columns:
            comment = {"comment": self.held.comments.get(name, "")}
            schema.add(name, types.StringType(), metadata=comment)
        return schema

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rows.table(self.name), name)


@functools.cache
def parses(statement: str) -> bool:
    """Whether sqlglot can read a statement, or it is one that sqlglot knows nothing of."""
    if any(each in statement for each in OPAQUE):
        return True
    tree = sqlglot.parse_one(statement, read="databricks")
    return not isinstance(tree, sqlglot.exp.Command)


def unquoted(text: str | None) -> str:
    return (text or "").replace("``", "`")


Schema = Callable[..., types.StructType]


def remembered(script: Script, schema_of: Schema) -> Schema:
    """The script's function, which builds a table without rows once for the same comments."""

    @functools.cache
    def known(table: str, comments: frozenset[tuple[str, str]]) -> types.StructType:
        return schema_of(table)

    def copied(table: str, frame: Any = None) -> types.StructType:
        if frame is not None:
            return schema_of(table, frame)
        comments = frozenset(script.COMMENTS[table].items())
        return types.StructType([*known(table, comments)])  # its caller may add to it

    return copied


def installed(script: Script, unity: Unity) -> Script:
    """The script, whose session this is, and whose writes it watches."""
    script.spark_session = lambda target: unity
    if not hasattr(script, "its_own_write"):
        script.its_own_write = script.write_table
        script.schema_of = remembered(script, script.schema_of)

    def watched(spark: Unity, table: str, partitions: int, *described: bool) -> Any:
        columns = types.StructType([*script.schema_of(table)])
        if script_appends := hasattr(script, "BATCH"):
            columns.add("batch", types.IntegerType())
        anew = table not in unity.tables if script_appends else not described[0]
        unity.check_replaced(table, anew)
        rows = (0, table)
        if unity.rows is not None:
            rows = script.its_own_write(spark, table, partitions, *described)
        unity.written(table, columns, anew)
        return rows

    script.write_table = watched
    if unity.rows is None:  # columns are compared where there are rows
        script.refuse_other_columns = script.add_columns = lambda *given: None
    return script
