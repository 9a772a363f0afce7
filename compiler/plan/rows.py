"""How many rows each table has, which hang on a parent's, and the order of the tables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from compiler.diagnostics import Label
from compiler.plan.children import children_of
from compiler.plan.counts import Known, RowCount
from compiler.plan.model import Children
from compiler.plan.resolve import Resolver
from compiler.plan.scope import Scope
from compiler.spec.base import LARGEST
from compiler.spec.columns import Ref
from compiler.spec.rows import Per


@dataclass(frozen=True)
class Rows:
    """A table's rows: how many, on whose rows they depend, the max_row number."""

    count: RowCount
    most: int
    """No more than so many."""
    root: str
    max_row: int
    children: Children | None = None

    def below(self, children: Children) -> Rows:
        """The rows of a table that depend on these."""
        most = self.most * children.most_now
        count = RowCount(most, Known.BOUND)
        if children.mean is not None and not self.count.is_bound:
            own = Known.EXACT if children.mean == children.least else Known.EXPECTED
            known = max(self.count.known, own, key=lambda each: each.rank)
            count = RowCount(round(self.count.rows * children.mean), known)
        return Rows(
            count=count,
            most=most,
            root=self.root,
            max_row=(self.max_row + 1) * children.most - 1,
            children=children,
        )


def rows_of(resolver: Resolver) -> dict[str, Rows]:
    """The rows of every table, parents first; ties in the spec's order."""
    scope = resolver.scope
    found: dict[str, Rows] = {}
    for name in in_order(scope):
        table = scope.spec.tables[name]
        if isinstance(table.rows, Per):
            children = children_of(resolver, name, table.rows)
            parent = found.get(table.rows.per)
            if children is None or parent is None:
                found[name] = Rows(RowCount(1), 1, name, 0)
                continue
            found[name] = parent.below(children)
            if found[name].max_row > LARGEST:
                message = "its row numbers do not fit into 64 bits"
                help = "give the chain of parents a lower `max`, or a longer `every`"
                scope.error("E217", ("tables", name, "rows"), message, help)
        else:
            count = len(table.data) if table.data else table.rows or 1
            found[name] = Rows(RowCount(count), count, name, count - 1)
    return found


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

    told: set[frozenset[str]] = set()
    for name in tables:
        chain = parents(scope, name)
        if chain[-1] in chain[:-1]:
            loop = chain[chain.index(chain[-1]) :]
            if frozenset(loop) not in told:
                say_loop(scope, loop)
            told.add(frozenset(loop))
            needs[name] = []
    # A chain of parents comes first: a `per` table cannot be laid out before its parent.
    for name in tables:
        for ancestor in reversed(parents(scope, name)):
            if ancestor in tables:
                visit(ancestor, (ancestor,))
    per = {name for name, table in tables.items() if isinstance(table.rows, Per)}
    return settle(order, {name: parents(scope, name)[1:2] for name in per})


def say_loop(scope: Scope, loop: list[str]) -> None:
    """Tells of tables that hang on each other's rows, the first of them again at the end."""
    labels = tuple(
        Label(scope.document.value(("tables", name, "rows")), f"depends on {parent}")
        for name, parent in pairwise(loop)
    )
    message = f"tables depend on each other's rows: {' → '.join(loop)}"
    scope.say("E204", message, labels, "give one of them a number of rows")


def settle(order: list[str], parent: dict[str, list[str]]) -> list[str]:
    """The same order with each table behind its `per` parent."""
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
    """A table, the one that its rows hang on, and so on up; ends where it comes round."""
    chain = [name]
    while True:
        table = scope.spec.tables.get(chain[-1])
        if table is None or not isinstance(table.rows, Per):
            return chain
        chain.append(table.rows.per)
        if chain.count(chain[-1]) > 1:
            return chain
