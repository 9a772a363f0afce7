"""Columns that go along in time: in which tables, in what order, and what they cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from compiler.diagnostics import Label
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Running, Series, Tick
from compiler.spec.columns.sequences import InOrder
from compiler.spec.rows import Per

T = TypeVar("T", bound=ColumnSpec)

if TYPE_CHECKING:
    from compiler.plan.resolve import Resolver

MOMENTS = ("date", "timestamp", "offset", "tick")
"""The kinds of columns that order a table's rows unless told."""


def check_sequence(scope: Scope, table: str, name: str, spec: ColumnSpec) -> None:
    """A column that goes along in time stands in a table that has parents, or a grid."""
    rows = scope.spec.tables[table].rows
    place = ("tables", table, "columns", name, "kind")
    if scope.unsure(table):
        return
    every = isinstance(rows, Per) and rows.every is not None
    if isinstance(spec, Tick | Series) and not every:
        message = f"a `{spec.kind}` lies on a grid of time, and `{table}` has none"
        help = 'such as rows = { per = "sensors", every = "15m" }'
        scope.error("E207", place, message, help)
    if isinstance(spec, InOrder) and not isinstance(rows, Per):
        message = f"a `{spec.kind}` goes along the rows of a parent"
        help = f'`{table}` has none: such as rows = {{ per = "accounts", mean = 20 }}'
        scope.error("E207", place, message, help)
    elif isinstance(spec, InOrder) and ordered(scope, table, spec).order is None:
        message = f"`{table}` has no moment that could order its rows"
        help = 'give it one, such as at = { kind = "timestamp" }'
        scope.error("E102", place[:-1], message, help)
    if isinstance(spec, Tick) and spec.null_rate:
        message = "a tick is never null"
        scope.error("E213", (*place[:-1], "null_rate"), message, "leave out null_rate")


def ordered(scope: Scope, table: str, spec: T) -> T:
    """The column with its order: the table's first moment unless told."""
    if not isinstance(spec, InOrder) or spec.order is not None:
        return spec
    columns = scope.specs[table].items()
    moments = [name for name, one in columns if one.kind in (*MOMENTS, "broken")]
    first = moments[0] if moments else None
    cases = {
        name: case.model_copy(update={"order": first})
        for name, case in spec.cases.items()
    }
    last = spec.otherwise and spec.otherwise.model_copy(update={"order": first})
    given = {"order": first, "cases": cases, "otherwise": last}
    return spec.model_copy(update=given)


def cut_by(resolver: Resolver, table: str, name: str) -> str | None:
    """The balance that cuts a column's values.

    What the balance goes by is resolved before the column: the values hang on it, too.
    """
    scope = resolver.scope
    found = [
        other
        for other, spec in scope.specs[table].items()
        if isinstance(spec, Running) and spec.change == name and spec.cuts
    ]
    if len(found) > 1:
        spots = [("tables", table, "columns", one, "change") for one in found[1::-1]]
        labels = tuple(Label(scope.document.value(spot)) for spot in spots)
        message = f"two balances cut `{name}`"
        scope.say("E113", message, labels, "leave out one `floor`")
    for other in found[:1]:
        spec = ordered(scope, table, scope.specs[table][other])
        assert isinstance(spec, Running)
        for variant in [spec, *spec.variants.values()]:
            for path in (variant.order, variant.start, spec.by):
                if isinstance(path, str):
                    resolver.touch(table, path)
        return other
    return None


def check_change(scope: Scope, place: Place, spec: Running, kind: str) -> None:
    """What is cut is a number that can be another one."""
    if spec.cuts and kind in ("key", "ref", "position"):
        message = f"`{spec.change}` is a {kind}, which cannot be cut"
        scope.error("E207", (*place, "change"), message, "leave out `floor`")
