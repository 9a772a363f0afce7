"""The order of the tables: each after those that it points at, as far as that can be."""

from __future__ import annotations

from itertools import pairwise

from compiler.diagnostics import Label
from compiler.plan.scope import Scope
from compiler.spec.columns import Ref
from compiler.spec.rows import Per


def in_order(scope: Scope) -> list[str]:
    """The tables' names, each after those that it points at where that can be."""
    tables = scope.spec.tables
    needs: dict[str, list[str]] = {}
    for name, table in tables.items():
        targets = [
            spec.table for spec in scope.specs[name].values() if isinstance(spec, Ref)
        ]
        if isinstance(table.rows, Per):
            targets.insert(0, table.rows.per)
        needs[name] = [
            target for target in targets if target in tables and target != name
        ]
    order: list[str] = []

    def visit(name: str, open: tuple[str, ...]) -> None:
        for target in needs[name]:
            if target not in order and target not in open:
                visit(target, (*open, target))
        if name not in order:
            order.append(name)

    reported: set[frozenset[str]] = set()
    for name in tables:
        chain = parents(scope, name)
        if chain[-1] in chain[:-1]:
            loop = chain[chain.index(chain[-1]) :]
            if frozenset(loop) not in reported:
                report_loop(scope, loop)
            reported.add(frozenset(loop))
            needs[name] = []
    # A chain of parents comes first: a `per` table has no rows before its parent has.
    for name in tables:
        for ancestor in reversed(parents(scope, name)):
            if ancestor in tables:
                visit(ancestor, (ancestor,))
    per = {name for name, table in tables.items() if isinstance(table.rows, Per)}
    return settle(order, {name: parents(scope, name)[1:2] for name in per})


def report_loop(scope: Scope, loop: list[str]) -> None:
    """Reports tables that depend on each other's rows, the first of them again at the end."""
    labels = tuple(
        Label(scope.document.value(("tables", name, "rows")), f"depends on {parent}")
        for name, parent in pairwise(loop)
    )
    message = f"tables depend on each other's rows: {' → '.join(loop)}"
    scope.report("E204", message, labels, "give one of them a number of rows")


def settle(order: list[str], parent: dict[str, list[str]]) -> list[str]:
    """An order of tables, changed so that each comes after its `per` parent."""
    result: list[str] = []

    def place(name: str, depth: int = 0) -> None:
        for above in parent.get(name, []):
            if above in order and depth <= len(order):
                place(above, depth + 1)
        if name not in result:
            result.append(name)

    for name in order:
        place(name)
    return result


def parents(scope: Scope, name: str) -> list[str]:
    """A table, the one that its rows depend on, and so on up; ends where one comes again."""
    chain = [name]
    while True:
        table = scope.spec.tables.get(chain[-1])
        if table is None or not isinstance(table.rows, Per):
            return chain
        chain.append(table.rows.per)
        if chain.count(chain[-1]) > 1:
            return chain
