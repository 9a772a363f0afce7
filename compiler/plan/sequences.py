"""Columns that go along in time: in which tables, in what order, and what they cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from compiler.diagnostics import Label, leave_out
from compiler.plan.model import Column, Path
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Ref, Running, Series, Tick
from compiler.spec.columns.sequences import Sequential
from compiler.spec.rows import Per
from compiler.spec.types import Data

T = TypeVar("T", bound=ColumnSpec)

if TYPE_CHECKING:
    from compiler.plan.resolve import Resolver

MOMENTS = ("date", "timestamp", "offset", "tick")
"""The kinds of columns that order a table's rows unless told."""


def check_sequence(scope: Scope, table: str, name: str, spec: ColumnSpec) -> None:
    """A column that goes along in time stands in a table that has parents, or a grid.

    What is wrong with the table is told at the first of its columns that need it otherwise.
    """
    rows = scope.spec.tables[table].rows
    place = ("tables", table, "columns", name, "kind")
    if isinstance(spec, Tick) and spec.null_rate:
        message = "a tick is never null"
        scope.error("E213", (*place[:-1], "null_rate"), message, leave_out("null_rate"))
    if scope.unsure(table):
        return
    every = isinstance(rows, Per) and rows.every is not None
    if not every and is_first(scope, table, spec, Tick, Series):
        message = f"a `{spec.kind}` needs a grid of time, and `{table}` has none"
        help = 'such as rows = { per = "sensors", every = "15m" }'
        scope.error("E207", place, message, help)
    if not isinstance(rows, Per) and is_first(scope, table, spec, Sequential):
        message = f"a `{spec.kind}` needs the rows of a parent"
        help = f'`{table}` has none: such as rows = {{ per = "accounts", mean = 20 }}'
        scope.error("E207", place, message, help)
    elif isinstance(rows, Per) and is_first(scope, table, spec, Sequential):
        first = ordered(scope, table, spec)
        assert isinstance(first, Sequential)
        if first.order is None:
            message = f"`{table}` has no moment to order its rows by"
            help = 'give it one, such as at = { kind = "timestamp" }'
            scope.error("E102", place[:-1], message, help)


def is_first(
    scope: Scope, table: str, spec: ColumnSpec, *kinds: type[ColumnSpec]
) -> bool:
    """Whether a column is the first of these kinds in its table."""
    first = next(iter(scope.of_kind(table, kinds)), None)
    return first is not None and spec is scope.specs[table][first]


def ordered(scope: Scope, table: str, spec: T) -> T:
    """The column with its order: the table's first moment unless told."""
    if not isinstance(spec, Sequential) or spec.order is not None:
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


def cuts(spec: ColumnSpec, change: str) -> bool:
    """Whether a column is a balance that cuts the values of this one."""
    return isinstance(spec, Running) and spec.change == change and spec.cuts


def cut_by(resolver: Resolver, table: str, column: Column) -> str | None:
    """The balance that cuts a column's values.

    What the balance goes by is resolved before the column: the values hang on it, too.
    """
    scope, name = resolver.scope, column.name
    found = [
        other
        for other in scope.of_kind(table, Running)
        if cuts(scope.specs[table][other], name) and column.type.is_number
    ]
    if len(found) > 1:
        spots = [("tables", table, "columns", one, "change") for one in found[1::-1]]
        labels = tuple(Label(scope.document.value(spot)) for spot in spots)
        message = f"two balances reduce `{name}`"
        scope.say("E113", message, labels, leave_out("one `floor`", "floor"))
    for other in found[:1]:
        spec = ordered(scope, table, scope.specs[table][other])
        assert isinstance(spec, Running)
        for path in (spec.order, spec.start, spec.by):
            if isinstance(path, str):
                resolver.touch(table, path, by=other)
        return other
    return None


def check_change(scope: Scope, place: Place, spec: Running, change: Path) -> None:
    """What a floor cuts is a number that can be another one, of the floor's own digits."""
    kind = scope.specs[change.table][change.column].kind
    if spec.floor is None:
        return
    if kind in ("key", "ref", "position", "running"):
        message = f"`{spec.change}` is a {kind}, which cannot be reduced"
        scope.error("E207", (*place, "change"), message, leave_out("`floor`", "floor"))
    elif change.type.data is Data.INTEGER and spec.floor % 1:
        message = f"`{spec.change}` has whole numbers, and {spec.floor:g} is not one"
        scope.error("E104", (*place, "floor"), message, "a whole number")


def check_balance(resolver: Resolver, table: str, balance: Column) -> None:
    """A balance starts with one number, and has one floor, all along a parent's rows."""
    rows = resolver.scope.spec.tables[table].rows
    if not isinstance(balance.spec, Running) or not isinstance(rows, Per):
        return
    found = {"start": balance.reads.get(str(balance.spec.start)), "by": balance.by}
    for key, path in found.items():
        if path is not None and not of_parent(resolver, table, rows.per, path):
            one = "start" if key == "start" else "floor"
            message = (
                f"`{path.text}` may differ from row to row, and a balance has one {one}"
            )
            place = ("tables", table, "columns", balance.name, key)
            help = f"a column of `{rows.per}`, over the ref to it"
            resolver.scope.error("E207", place, message, help)


def of_parent(resolver: Resolver, table: str, parent: str, path: Path) -> bool:
    """Whether all rows of a parent have the same value at a path."""
    first = path.hops[0].column if path.hops else path.column
    spec = resolver.scope.specs[table][first]
    column = resolver.columns.get((table, first))
    if isinstance(spec, Ref):
        return spec.table == parent
    if column is None or spec.kind == "broken":
        return True  # told elsewhere
    computed = spec.kind in ("constant", "lookup", "expr") and not spec.null_rate
    reads = column.reads.values()
    return computed and all(of_parent(resolver, table, parent, one) for one in reads)
