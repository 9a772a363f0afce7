"""Lifecycles, and what follows from one: its moments, and the log of its moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from compiler.diagnostics import did_you_mean
from compiler.plan.columns.chain import Key
from compiler.plan.columns.variants import Resolved
from compiler.plan.model import Column, Path
from compiler.plan.periods import window_end
from compiler.plan.scope import Place, Scope
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Entered, Lifecycle, LogState, Lookup, Tick
from compiler.spec.columns.given import ErrorColumn
from compiler.spec.columns.moments import Date, Offset
from compiler.spec.columns.moves import MoveMoment, Moves, MoveState
from compiler.spec.time import When
from compiler.spec.types import UNKNOWN, Data

READERS = Entered | Moves | MoveMoment | MoveState
"""What reads the moves of a lifecycle."""


def with_lifecycle(
    scope: Scope, columns: Mapping[Key, Column], spec: ColumnSpec, found: Resolved
) -> Resolved:
    """A lifecycle, or what reads one, with what only the columns that it reads show."""
    if isinstance(spec, Lifecycle):
        return with_late_starts(scope, columns, spec, found)
    if not isinstance(spec, READERS):
        return found
    path = next(iter(found.reads.values()), None)
    if path is None:
        return replace(found, type=UNKNOWN)  # reported elsewhere
    lifecycle = columns.get((path.table, path.column))
    if lifecycle is None or not isinstance(lifecycle.spec, Lifecycle):
        return replace(found, type=UNKNOWN)
    start = next(iter(lifecycle.variants)).paths.get(lifecycle.spec.start)
    if isinstance(spec, MoveMoment | Entered):
        data = start.type.data if start is not None else Data.UNKNOWN
        always = isinstance(spec, Entered) and always_entered(lifecycle, spec.state)
        nullable = isinstance(spec, Entered) and not always
        type = replace(found.type, data=data, nullable=nullable)
        found = replace(found, type=type.or_null(spec.has_nulls))
    return found


def always_entered(lifecycle: Column, state: str) -> bool:
    """Whether each row is in a state from the start on."""
    specs = [variant.spec for variant in lifecycle.variants]
    firsts = {spec.first for spec in specs if isinstance(spec, Lifecycle)}
    starts = any(
        path.type.nullable for one in lifecycle.variants for path in one.paths.values()
    )
    return firsts == {state} and not starts


def with_late_starts(
    scope: Scope, columns: Mapping[Key, Column], spec: Lifecycle, found: Resolved
) -> Resolved:
    """A lifecycle that is null in rows that start after the end; its start is null there, too."""
    start = found.reads.get(spec.start)
    if start is None or not may_be_late(scope, columns, start):
        return found
    late = replace(start, type=start.type.or_null())
    variants = tuple(
        replace(one, paths={**one.paths, spec.start: late}) for one in found.variants
    )
    return replace(found, variants=variants, type=found.type.or_null())


def may_be_late(scope: Scope, columns: Mapping[Key, Column], path: Path) -> bool:
    """Whether a moment may be after the window's end (in append mode, after that of its batch)."""
    column = columns.get((path.table, path.column))
    if column is None:
        return False  # reported elsewhere
    for variant in column.variants:
        spec = variant.spec
        if isinstance(spec, Lookup):
            late = may_be_late(scope, columns, variant.paths[spec.path])
        elif isinstance(spec, Date):
            late = spec.end is not None and is_late(scope, spec.end)
        elif isinstance(spec, Offset):
            late = not spec.until_now
        else:
            late = not isinstance(spec, Tick | Entered | MoveMoment)
        if late:
            return True
    return False


def is_late(scope: Scope, moment: When) -> bool:
    """Whether a moment is after the window's end, on some day at least."""
    end = window_end(scope.spec.window)
    if end is None:
        return moment.fixed is not None or moment.is_after_end
    return moment.on(end) > When().on(end)


def check_lifecycle_reader(
    scope: Scope, table: str, spec: ColumnSpec, found: Resolved, place: Place
) -> None:
    """What reads a lifecycle names one, and a state of it."""
    if type(spec) is LogState and not scope.unsure(table):
        message = f"a `state` is that of a log of moves, and `{table}` has none"
        help = 'such as rows = { per = "orders", moves = "status" }'
        scope.error("E207", (*place, "kind"), message, help)
    if not isinstance(spec, Entered | Moves):
        return
    key = "moves" if isinstance(spec, Moves) else "of"
    path = found.reads.get(getattr(spec, key))
    if path is None:
        return  # reported as a column that is missing
    target = scope.specs[path.table][path.column]
    if isinstance(target, ErrorColumn):
        return
    if not isinstance(target, Lifecycle):
        known = scope.of_kind(path.table, Lifecycle)
        message = f"`{path.column}` is a {target.kind}, no lifecycle"
        scope.error("E207", (*place, key), message, did_you_mean(path.column, known))
        return
    names = {name for one in target.variants.values() for name in one.names}
    if isinstance(spec, Entered) and spec.state not in names:
        message = f"`{spec.of}` is never `{spec.state}`"
        near = did_you_mean(spec.state, sorted(names))
        scope.error("E206", (*place, "state"), message, near)
