"""dbt's `manifest.json`, in which tests are nodes of their own."""

from __future__ import annotations

from compiler.sources.dbt_schema import add_table
from compiler.sources.dbt_tests import (
    apply_constraint,
    apply_table_test,
    apply_test,
    read_column,
    target_of,
)
from compiler.sources.drafts import TableDraft
from compiler.sources.found import Found
from compiler.sources.trees import Tree, mapping, mappings, text, texts

TABLES = ("model", "seed", "snapshot", "source")


def is_manifest(tree: Tree) -> bool:
    """Whether it has what all versions have."""
    return isinstance(tree.get("nodes"), dict) and isinstance(
        tree.get("metadata"), dict
    )


def read_manifest(tree: Tree) -> Found:
    """The models, seeds, snapshots and sources of a manifest, whose columns are described."""
    found = Found()
    nodes = {
        key: mapping(node)
        for key, node in {
            **mapping(tree.get("nodes")),
            **mapping(tree.get("sources")),
        }.items()
    }
    tables = {
        key: table_of(node)
        for key, node in nodes.items()
        if text(node.get("resource_type")) in TABLES
    }
    for node in nodes.values():
        if text(node.get("resource_type")) == "test":
            apply_test_node(tables, nodes, node)
    for table in tables.values():
        add_table(found, table)
    return found


def table_of(node: Tree) -> TableDraft:
    """A table with its columns and constraints, but not yet what tests say."""
    names = (text(node.get(key)) for key in ("identifier", "alias", "name"))
    table = TableDraft(
        next(filter(None, names), ""), description=text(node.get("description"))
    )
    for column in mapping(node.get("columns")).values():
        read_column(table, mapping(column))
    for constraint in mappings(node.get("constraints")):
        apply_constraint(table, constraint, [])
    return table


def apply_test_node(
    tables: dict[str, TableDraft], nodes: dict[str, Tree], node: Tree
) -> None:
    """Sets what a test says of the table that it is attached to."""
    test = mapping(node.get("test_metadata"))
    arguments = mapping(test.get("kwargs"))
    table = tables.get(attached_to(nodes, node, arguments))
    if table is None:
        return
    arguments |= mapping(arguments.get("arguments"))
    column = text(node.get("column_name")) or text(arguments.get("column_name"))
    name = text(test.get("name"))
    if name == "relationships":
        arguments["to"] = written_name(tables, nodes, text(arguments.get("to")))
    if column:
        apply_test(table, column, name, arguments)
    else:
        apply_table_test(table, name, arguments)


def attached_to(nodes: dict[str, Tree], node: Tree, arguments: Tree) -> str:
    """The table that a test is of; manifests before dbt 1.5 only name it in an argument."""
    attached = text(node.get("attached_node"))
    if attached:
        return attached
    model = target_of(text(arguments.get("model")))
    depends = texts(mapping(node.get("depends_on")).get("nodes"))
    named = [key for key in depends if text(nodes.get(key, {}).get("name")) == model]
    return next(iter(named or depends), "")


def written_name(
    tables: dict[str, TableDraft], nodes: dict[str, Tree], reference: str
) -> str:
    """The name that the table of a `ref` has in the database."""
    name = target_of(reference)
    for key, table in tables.items():
        if text(nodes[key].get("name")) == name:
            return table.name
    return name
