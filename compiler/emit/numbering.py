"""The row numbers of `per` tables as code: from parents to children, and back."""

from __future__ import annotations

from compiler.emit.names import Names
from compiler.emit.python import Source, literal
from compiler.plan.model import Plan, Table


def stride_of(names: Names, table: Table) -> Source:
    """The code of the most children that a parent has."""
    children = table.children
    assert children is not None
    if children.every is not None:
        return Source(f"ticks({names['every', table.name]})")
    return Source("1" if children.single else names["stride", table.name])


def parent_rows(names: Names, table: Table, row: str) -> Source:
    """The code of the parents' row numbers, from their children's."""
    assert table.children is not None
    return Source(
        row if table.children.single else f"{row} // {stride_of(names, table)}"
    )


def chain_of(plan: Plan, table: Table) -> list[Table]:
    """The `per` tables from below a table's root down to itself."""
    if table.children is None:
        return []
    return [*chain_of(plan, plan.table(table.children.parent)), table]


def goes_on(plan: Plan, table: Table) -> bool:
    """Whether each batch brings more rows of a table for the same parents: a grid's do."""
    children = table.children
    return plan.appends and children is not None and children.every is not None


def all_rows(plan: Plan, names: Names, table: Table) -> Source:
    """The code of all row numbers of a table."""
    below = [
        names["rows so far" if goes_on(plan, each) else "child rows", each.name]
        for each in chain_of(plan, table)
    ]
    return Source(f"all_rows({', '.join([literal(table.root), *below])})")


def rows_below(plan: Plan, names: Names, table: Table, rows: str) -> Source:
    """The code of a table's row numbers that hang on rows of its root."""
    if table.children is None:
        return Source(rows)
    above = rows_below(plan, names, plan.table(table.children.parent), rows)
    return Source(f"{names['child rows', table.name]}({above})")


def expected_rows(
    plan: Plan, names: Names, table: Table, case: Source | None = None
) -> Source:
    """The code of how many rows a table has (in append mode: in the first load), about.

    `case` are the arguments that pick the rows of one case.
    """
    if table.children is None and case is None:
        return Source(f"ROWS[{literal(table.name)}]")
    below = [
        names["first rows" if goes_on(plan, each) else "child rows", each.name]
        for each in chain_of(plan, table)
    ]
    arguments = [literal(table.root), *below, *([case] if case else [])]
    return Source(f"expected_rows({', '.join(arguments)})")


def rows_in_first_load(plan: Plan, names: Names, table: Table) -> Source:
    """The code of the number above those of all rows of the first load; no grid's."""
    if table.children is None:
        return Source(f"ROWS[{literal(table.name)}]")
    parent = rows_in_first_load(plan, names, plan.table(table.children.parent))
    if table.children.single:
        return parent
    return Source(f"{parent} * {stride_of(names, table)}")
