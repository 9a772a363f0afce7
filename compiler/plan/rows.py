"""How many rows each table has, which hang on a parent's, and the order of the tables."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from compiler.diagnostics import Label, did_you_mean
from compiler.plan.model import Children
from compiler.plan.scope import Scope
from compiler.spec.base import LARGEST
from compiler.spec.columns import Ref
from compiler.spec.table import Per

RAREST = 1e-9
"""Without a `max`, more children than but this share of the parents would have are cut off."""


@dataclass(frozen=True)
class Rows:
    """A table's rows: how many to expect, on whose rows they hang, the highest number."""

    count: int
    root: str
    highest: int
    children: Children | None = None


def rows_of(scope: Scope) -> dict[str, Rows]:
    """The rows of every table, parents first; ties in the spec's order."""
    found: dict[str, Rows] = {}
    for name in in_order(scope):
        table = scope.spec.tables[name]
        if isinstance(table.rows, Per):
            children = children_of(scope, name, table.rows)
            parent = found.get(table.rows.per)
            if children is None or parent is None:
                found[name] = Rows(1, name, 0)
                continue
            highest = (parent.highest + 1) * children.most - 1
            if highest > LARGEST:
                message = "its row numbers would not fit into 64 bits"
                help = (
                    "give `max` to the tables in the chain of parents, or a lower one"
                )
                scope.error("E217", ("tables", name, "rows"), message, help)
            count = round(parent.count * children.mean)
            found[name] = Rows(count, parent.root, highest, children)
        else:
            count = len(table.data) if table.data else table.rows or 1
            found[name] = Rows(count, name, count - 1)
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
        Label(scope.document.value(("tables", name, "rows")), f"hangs on {parent}")
        for name, parent in pairwise(loop)
    )
    message = f"tables hang on each other's rows: {' → '.join(loop)}"
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


def children_of(scope: Scope, name: str, per: Per) -> Children | None:
    """The rows of a `per` table; None, and a diagnostic, where they cannot be."""
    place = ("tables", name, "rows")
    if per.per not in scope.specs:
        help = did_you_mean(per.per, list(scope.specs))
        scope.error("E201", (*place, "per"), f"there is no table `{per.per}`", help)
        return None
    columns = scope.specs[name].items()
    refs = [
        column
        for column, spec in columns
        if isinstance(spec, Ref) and spec.table == per.per
    ]
    if len(refs) != 1:
        message = (
            f"a `per` table has one ref to its parent, and `{name}` has {len(refs)}"
        )
        help = f'such as parent_id = {{ kind = "ref", table = "{per.per}" }}'
        scope.error("E214", (*place, "per"), message, help if not refs else None)
        return None
    spec = scope.specs[name][refs[0]]
    options = spec.model_fields_set - {
        "kind",
        "table",
        "description",
        "hidden",
        "allow",
    }
    if options:
        spot = ("tables", name, "columns", refs[0], sorted(options)[0])
        label = (Label(scope.document.key(spot)),)
        message = f"`{refs[0]}` is filled from the parent: it takes no {', '.join(sorted(options))}"
        scope.say("E214", message, label, "leave them out")
    most = per.max if per.max is not None else most_children(per.mean, per.min)
    return Children(per.per, refs[0], per.mean, per.min, most)


def most_children(mean: float, fewest: int) -> int:
    """The number that so few parents would exceed that nobody misses their children.

    A Poisson law's tail, summed until less than `RAREST` is left, rounded up to two digits.
    """
    count = int(mean)
    log = count * math.log(mean) - mean - math.lgamma(count + 1)
    while math.exp(log) > RAREST and count < 2_000_000:
        count += 1
        log += math.log(mean) - math.log(count)
    count = max(count, fewest + 1, 2)
    step = int(10 ** max(len(str(count)) - 2, 0))
    return math.ceil(count / step) * step
