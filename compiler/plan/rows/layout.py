"""How many rows each table has, and on whose rows they depend."""

from __future__ import annotations

from dataclasses import dataclass

from compiler.plan.columns.resolver import Resolver
from compiler.plan.counts import Known, RowCount
from compiler.plan.model import Children
from compiler.plan.rows.children import children_of
from compiler.plan.rows.order import in_order
from compiler.spec.base import LARGEST
from compiler.spec.rows import Per


@dataclass(frozen=True)
class Rows:
    """A table's rows: how many, on whose rows they depend, the largest number."""

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
