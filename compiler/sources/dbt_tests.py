"""Tests and constraints of dbt, as facts of tables.

The forms are those of https://docs.getdbt.com/reference/resource-properties/data-tests and
https://docs.getdbt.com/reference/resource-properties/constraints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from compiler.sources.drafts import TableDraft
from compiler.sources.model import SourceColumn, SourceRef
from compiler.sources.sql_checks import apply_check_text
from compiler.sources.sql_types import named_type
from compiler.sources.trees import (
    Tree,
    mapping,
    mappings,
    number,
    sequence,
    text,
    texts,
)
from compiler.spec.types import Data

CALLED = re.compile(r"\b(?:ref|source)\s*\(([^)]*)\)")
QUOTED = re.compile(r"""['"]([^'"]+)['"]""")
EXPRESSION = re.compile(
    r"^\s*(?:references\s+)?([\w.\"`]+)\s*\(([^)]*)\)", re.IGNORECASE
)

SETTINGS = frozenset(("name", "config", "severity", "where", "tags", "description"))
"""Keys beside a test that are no arguments of it."""


def target_of(reference: str) -> str:
    """The table of `ref('orders')`, `ref('shop', 'orders')` or `source('raw', 'orders')`."""
    called = CALLED.search(reference)
    names = QUOTED.findall(called[1] if called else "")
    name = names[-1] if names else reference
    return str(name).strip("\"'` ").split(".")[-1].strip('"`')


def read_column(table: TableDraft, column: Tree) -> None:
    """Adds a column with what its own tests and constraints say."""
    name = text(column.get("name"))
    if not name:
        return
    table.add(column_of(name, column))
    for test, arguments in tests_of(column):
        apply_test(table, name, test, arguments)
    for constraint in mappings(column.get("constraints")):
        apply_constraint(table, constraint, [name])


def column_of(name: str, column: Tree) -> SourceColumn:
    """A column with its type, which dbt lets people leave out."""
    read = named_type(text(column.get("data_type"))).column(name)
    return replace(read, description=text(column.get("description")))


def tests_of(node: Tree) -> Iterator[tuple[str, Tree]]:
    """The tests of a column or table: their names and arguments, in all forms that dbt has had."""
    for key in ("tests", "data_tests"):
        for test in sequence(node.get(key)):
            if isinstance(test, str):
                yield test, {}
            elif isinstance(test, dict) and "test_name" in test:
                yield text(test["test_name"]), arguments_of(test)
            else:
                for name, arguments in mapping(test).items():
                    yield name, arguments_of(mapping(arguments))


def arguments_of(test: Tree) -> Tree:
    """The arguments, which newer versions have in a map of their own."""
    beside = {
        key: value
        for key, value in test.items()
        if key not in SETTINGS and key not in ("arguments", "test_name")
    }
    return beside | mapping(test.get("arguments"))


def apply_test(table: TableDraft, column: str, test: str, arguments: Tree) -> None:
    """Sets what a test says; of tests that are not known, nothing."""
    match test.rpartition(".")[2]:
        case "unique":
            table.add_key([column])
        case "not_null":
            table.change(column, nullable=False)
        case "accepted_values":
            values = texts(arguments.get("values"))
            table.change(column, values=values)
            known = table.columns.get(column.lower())
            is_truth = {value.lower() for value in values} == {"true", "false"}
            if known and not known.declared:
                data = Data.BOOLEAN if is_truth else Data.TEXT
                table.change(column, data=data)
        case "relationships":
            field = text(arguments.get("field"))
            if field:
                target = target_of(text(arguments.get("to")))
                table.refs.append(SourceRef((column,), target, (field,)))
        case "accepted_range" | "expect_column_values_to_be_between":
            table.limit(
                column,
                minimum=number(arguments.get("min_value")),
                maximum=number(arguments.get("max_value")),
                is_strict=arguments.get("inclusive") is False
                or arguments.get("strictly") is True,
            )


def apply_table_test(table: TableDraft, test: str, arguments: Tree) -> None:
    """Sets what a test of a whole table says."""
    name = test.rpartition(".")[2]
    if name == "unique_combination_of_columns":
        table.add_key(texts(arguments.get("combination_of_columns")))
    elif name == "expect_compound_columns_to_be_unique":
        table.add_key(texts(arguments.get("column_list")))
    elif name == "unique" and text(arguments.get("column_name")):
        table.add_key([text(arguments["column_name"])])


def apply_constraint(table: TableDraft, constraint: Tree, columns: list[str]) -> None:
    """Sets what a constraint says, of a column or (with `columns`) of a table."""
    columns = list(texts(constraint.get("columns"))) or columns
    expression = text(constraint.get("expression"))
    match text(constraint.get("type")):
        case "primary_key":
            table.primary_key = tuple(columns) or table.primary_key
        case "unique":
            table.add_key(columns)
        case "not_null":
            for column in columns:
                table.change(column, nullable=False)
        case "check" if expression:
            apply_check_text(table, expression, "postgres")
        case "foreign_key":
            target = target_of(text(constraint.get("to")))
            there: tuple[str, ...] = ()
            if constraint.get("to_columns"):
                there = texts(constraint["to_columns"])
            elif found := EXPRESSION.match(expression):
                target = target or target_of(found[1])
                there = tuple(one.strip('"` ') for one in found[2].split(","))
            if target and columns:
                table.refs.append(SourceRef(tuple(columns), target, there))


def conventional_key(table: TableDraft) -> None:
    """Takes the first column that is tested as unique and not null as the primary key.

    It is how dbt's own style guide declares one. A key that is declared stays.
    """
    if table.primary_key:
        return
    for column in table.columns.values():
        if column.unique and not column.nullable:
            table.primary_key = (column.name,)
            return
