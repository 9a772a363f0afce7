"""Sequential columns: in which tables, in what order, and what they cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from compiler.diagnostics import Label, leave_out
from compiler.plan.columns.chain import Key
from compiler.plan.columns.targets import check_never_null
from compiler.plan.columns.variants import Resolved
from compiler.plan.expression import names_order
from compiler.plan.model import Column, Path
from compiler.plan.scope import Scope
from compiler.spec.columns import (
    AmongSiblings,
    ByCase,
    Expr,
    Ref,
    Running,
    Series,
    Tick,
)
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns.moves import MoveMoment, MoveState
from compiler.spec.columns.sequences import Sequential
from compiler.spec.rows import Per
from compiler.spec.types import Type

T = TypeVar("T", bound=ColumnSpec)

MOMENTS = ("date", "timestamp", "offset", "tick")
"""The kinds of columns that order a table's rows by default."""


def check_sequence(scope: Scope, table: str, name: str, spec: ColumnSpec) -> None:
    """A sequential column is in a table that has parents, or a grid.

    What is wrong with the table is reported at the first of its columns that need it otherwise.
    """
    rows = scope.spec.tables[table].rows
    place = ("tables", table, "columns", name, "kind")
    if isinstance(spec, Tick | MoveMoment | MoveState):
        check_never_null(scope, place[:-1], spec)
    if scope.unsure(table):
        return
    every = isinstance(rows, Per) and rows.every is not None
    if not every and is_first(scope, table, spec, Tick, Series):
        message = f"a `{spec.kind}` needs a grid of time, and `{table}` has none"
        help = 'such as rows = { per = "sensors", every = "15m" }'
        scope.error("E207", place, message, help)
    if not isinstance(rows, Per) and is_first(scope, table, spec, AmongSiblings):
        message = f"a `{spec.kind}` needs the rows of a parent"
        help = f'`{table}` has none: such as rows = {{ per = "accounts", mean = 20 }}'
        scope.error("E207", place, message, help)
    elif isinstance(rows, Per) and is_first_in_order(scope, table, spec):
        first = ordered(scope, table, spec)
        if getattr(first, "order", None) is None:
            message = f"`{table}` has no moment to order its rows by"
            help = 'give it one, such as at = { kind = "timestamp" }'
            if isinstance(spec, Expr):
                help += ", or name a column that holds one as `order`"
            scope.error("E102", place[:-1], message, help)


def is_first(
    scope: Scope, table: str, spec: ColumnSpec, *kinds: type[ColumnSpec]
) -> bool:
    """Whether a column is the first of these kinds in its table."""
    first = next(iter(scope.of_kind(table, kinds)), None)
    return first is not None and spec is scope.specs[table][first]


def is_in_order(spec: ColumnSpec) -> bool:
    """Whether a column is computed over a parent's rows in order of time."""
    if isinstance(spec, Expr):
        return any(names_order(one.expr) for one in spec.variants.values())
    return isinstance(spec, Sequential)


def is_first_in_order(scope: Scope, table: str, spec: ColumnSpec) -> bool:
    """Whether a column is the first one of its table that does."""
    columns = scope.specs[table].values()
    return spec is next(filter(is_in_order, columns), None)


def ordered(scope: Scope, table: str, spec: T) -> T:
    """The column with its order: by default the table's first moment."""
    if not is_in_order(spec) or getattr(spec, "order", None) is not None:
        return spec
    assert isinstance(spec, ByCase), "as all that go along in time are"
    columns = scope.specs[table].items()
    moments = [name for name, one in columns if one.kind in (*MOMENTS, "broken")]
    first = moments[0] if moments else None
    variants = {
        keys: one.model_copy(update={"order": first})
        for keys, one in spec.variants.items()
    }
    return next(iter(variants.values())).with_variants(spec.by, variants)


def cuts(spec: ColumnSpec, change: str) -> bool:
    """Whether a column is a balance that cuts the values of this one."""
    return isinstance(spec, Running) and spec.change == change and spec.cuts


@dataclass(frozen=True)
class Balance:
    """A balance that cuts the values of another column."""

    name: str
    goes_by: tuple[str, ...]
    """The paths by which it goes. The values that it cuts depend on them, too."""


def balance_of(scope: Scope, table: str, name: str, type: Type) -> Balance | None:
    """The balance that cuts a column's values, so as not to fall below its floor."""
    found = [
        other
        for other in scope.of_kind(table, Running)
        if cuts(scope.specs[table][other], name) and type.is_number
    ]
    if len(found) > 1:
        spots = [("tables", table, "columns", one, "change") for one in found[1::-1]]
        labels = tuple(Label(scope.document.value(spot)) for spot in spots)
        message = f"two balances reduce `{name}`"
        scope.report("E113", message, labels, leave_out("one `floor`", "floor"))
    for other in found[:1]:
        spec = ordered(scope, table, scope.specs[table][other])
        assert isinstance(spec, Running)
        paths = (spec.order, spec.start, spec.by)
        return Balance(other, tuple(path for path in paths if isinstance(path, str)))
    return None


def check_balance(
    scope: Scope,
    columns: Mapping[Key, Column],
    table: str,
    name: str,
    spec: ColumnSpec,
    resolved: Resolved,
) -> None:
    """A balance starts with one number, and has one floor, all along a parent's rows."""
    rows = scope.spec.tables[table].rows
    if not isinstance(spec, Running) or not isinstance(rows, Per):
        return
    found = {"start": resolved.reads.get(str(spec.start)), "by": resolved.by}
    for key, path in found.items():
        if path is not None and not of_parent(scope, columns, table, rows.per, path):
            one = "start" if key == "start" else "floor"
            message = (
                f"`{path.text}` may differ from row to row, and a balance has one {one}"
            )
            place = ("tables", table, "columns", name, key)
            help = f"a column of `{rows.per}`, over the ref to it"
            scope.error("E207", place, message, help)


def of_parent(
    scope: Scope, columns: Mapping[Key, Column], table: str, parent: str, path: Path
) -> bool:
    """Whether all rows of a parent have the same value at a path."""
    first = path.hops[0].column if path.hops else path.column
    spec = scope.specs[table][first]
    column = columns.get((table, first))
    if isinstance(spec, Ref):
        return spec.table == parent
    if column is None or spec.kind == "broken":
        return True  # reported elsewhere
    computed = spec.kind in ("constant", "lookup", "expr")
    computed = computed and not any(column.null_rates) and not column.needs_siblings
    reads = column.reads.values()
    return computed and all(
        of_parent(scope, columns, table, parent, one) for one in reads
    )
