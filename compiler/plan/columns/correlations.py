"""Numbers that are correlated with others of their row: which, and whether that can be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import combinations

from compiler.diagnostics import Label, did_you_mean, leave_out, listing, meant_name
from compiler.plan.columns.paths import ColumnOf
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Column, Numeric
from compiler.spec.columns.given import ErrorColumn


def check_correlated(
    scope: Scope, column_of: ColumnOf, table: str, name: str, place: Place
) -> None:
    """The partners of a column, resolved before it; else diagnostics."""
    spec = scope.specs[table][name]
    if not isinstance(spec, Numeric):
        return
    found = [
        partner
        for partner in spec.correlated
        if is_partner(scope, table, name, partner, (*place, "correlated", partner))
    ]
    for partner in found:
        column_of(table, partner)
    if len(found) == len(spec.correlated):
        check_together(scope, table, spec, (*place, "correlated"))


def is_partner(scope: Scope, table: str, name: str, partner: str, place: Place) -> bool:
    """Whether a column of numbers may be correlated with another; a diagnostic if not."""
    label = (Label(scope.document.key(place)),)
    spec = scope.specs[table].get(partner)
    numbers = [
        one
        for one in scope.of_kind(table, Numeric)
        if name not in partners(scope, table, one)
    ]
    if "." in partner:
        message = (
            f"`{partner}` is in another table: partners are columns of the row itself"
        )
        scope.report("E207", message, label, listing(numbers))
    elif spec is None:
        new = scope.now_called(partner, table)
        help = meant_name(partner, new) if new else did_you_mean(partner, numbers)
        if not scope.unsure(table):
            message = f"table `{table}` has no column `{partner}`"
            scope.report("E202", message, label, help)
    elif isinstance(spec, Numeric):
        return True
    elif not isinstance(spec, ErrorColumn):
        message = f"`{partner}` is not drawn from a distribution of numbers"
        scope.report("E207", message, label, listing(numbers))
    return False


def check_together(scope: Scope, table: str, spec: Numeric, place: Place) -> None:
    """Several partners are independent of each other, and not too strong together."""
    behind = {one: set(partners(scope, table, one)) for one in spec.correlated}
    for first, other in combinations(behind, 2):
        if behind[first] & behind[other]:
            message = f"`{first}` and `{other}` are correlated with each other, "
            message += "and several partners must not be"
            keys = ((*place, one) for one in (other, first))
            labels = tuple(Label(scope.document.key(key)) for key in keys)
            scope.report("E106", message, labels, leave_out("one of them"))
            return
    if math.fsum(pearson(rank) ** 2 for rank in spec.correlated.values()) > 1 + 1e-9:
        message = f"no column can be correlated so much with {len(behind)} others"
        help = "make them weaker: the squares of such numbers add up to 1 at most"
        label = (Label(scope.document.value(place)),)
        scope.report("E215", message, label, help)


def partners(scope: Scope, table: str, name: str) -> Iterator[str]:
    """A column, its partners, theirs, and so on."""
    todo, seen = [name], set[str]()
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        yield one
        if one in scope.specs[table]:
            todo += correlations_of(scope.specs[table][one])


def correlations_of(spec: Column) -> Mapping[str, float]:
    """The rank correlations of a column with others."""
    return spec.correlated if isinstance(spec, Numeric) else {}


def pearson(rank: float) -> float:
    """The correlation of normal numbers that have this rank correlation."""
    return 2 * math.sin(math.pi * rank / 6)
