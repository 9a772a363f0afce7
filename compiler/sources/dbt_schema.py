"""dbt's `schema.yml`: models, seeds, snapshots and sources, with their tests."""

from __future__ import annotations

from compiler.sources.dbt_tests import (
    apply_constraint,
    apply_table_test,
    conventional_key,
    read_column,
    tests_of,
)
from compiler.sources.drafts import TableDraft
from compiler.sources.found import Found
from compiler.sources.frames import without_counterpart
from compiler.sources.trees import Tree, mappings, text

KINDS = ("models", "seeds", "snapshots")


def is_dbt_schema(tree: Tree) -> bool:
    """Whether it lists models or sources; `version` is optional since dbt 1.5."""
    return any(isinstance(tree.get(kind), list) for kind in (*KINDS, "sources"))


def read_dbt_schema(tree: Tree) -> Found:
    """The tables of a `schema.yml`."""
    found = Found()
    nodes = [node for kind in KINDS for node in mappings(tree.get(kind))]
    for source in mappings(tree.get("sources")):
        nodes += mappings(source.get("tables"))
    for node in nodes:
        names = (text(node.get(key)) for key in ("identifier", "alias", "name"))
        name = next(filter(None, names), "")
        table = TableDraft(name, description=text(node.get("description")))
        for column in mappings(node.get("columns")):
            read_column(table, column)
        for test, arguments in tests_of(node):
            apply_table_test(table, test, arguments)
        for constraint in mappings(node.get("constraints")):
            apply_constraint(table, constraint, [])
        add_table(found, table)
    return found


def add_table(found: Found, table: TableDraft) -> None:
    """Adds a table, if it has columns."""
    if not table.name:
        return
    if not table.columns:
        found.notes.append(f"{table.name}: left out, no columns are described")
        return
    conventional_key(table)
    read = table.built()
    found.notes += without_counterpart(read.name, read.columns)
    found.tables.append(read)
