"""W411: moments that may come before those which they should follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from compiler.plan.model import Column, Path, Plan, Table
from compiler.plan.periods import NOMINAL_END, window_start
from compiler.spec.columns import Column as ColumnSpec
from compiler.spec.columns import Tick
from compiler.spec.columns.moments import Date, Offset
from compiler.spec.time import When

NEVER = datetime.max.replace(tzinfo=UTC)
Early = tuple[str, str, tuple[str, ...]]
"""What is wrong, the way out, and the keys below the column where it lies."""


def early_moments(plan: Plan, table: Table, column: Column) -> Iterator[Early]:
    yield from before_parent(plan, table, column)
    yield from after_late_end(plan, column)


def before_parent(plan: Plan, table: Table, column: Column) -> Iterator[Early]:
    """A moment in the window beside a ref whose target has moments that may be later."""
    spec = column.spec
    if isinstance(spec, Tick):
        yield from tick_before_parent(plan, table, column)
    if not isinstance(spec, Date) or column.by is not None:
        return
    first = next(
        one.name for one in table.columns.values() if isinstance(one.spec, Date)
    )
    if column.name != first or (spec.after is not None and "." not in spec.after):
        return
    for ref in table.columns.values():
        if ref.table is None or ref.table == table.name:
            continue
        if spec.after is not None and spec.after.startswith(f"{ref.name}."):
            continue
        for other in plan.table(ref.table).columns.values():
            if may_be_later(plan, other.spec, spec.start):
                message = f"`{column.name}` may lie before `{ref.name}.{other.name}`"
                yield message, f'write after = "{ref.name}.{other.name}"', ()
                break


def after_late_end(plan: Plan, column: Column) -> Iterator[Early]:
    """A moment after one that may lie behind its period: there is no room for it then."""
    for variant in column.variants:
        spec = variant.spec
        if not isinstance(spec, Date) or spec.after is None:
            continue
        path = variant.paths[spec.after]
        other = plan.table(path.table).columns[path.column]
        end = (spec.end or When()).on(plan.end or NOMINAL_END)
        if latest(plan, path) > end:
            message = f"`{path.text}` may lie behind the period of `{column.name}`"
            help = f"let `{other.name}` end earlier"
            if isinstance(other.spec, Offset):
                help = f"give `{other.name}` a `max`, and let what it follows end so much earlier"
            yield message, help, ("after",)
            return


def latest(plan: Plan, path: Path) -> datetime:
    """How late a moment may be; what cannot be told is taken for early."""
    end = plan.end or NOMINAL_END
    found = datetime.min.replace(tzinfo=UTC)
    for variant in plan.table(path.table).columns[path.column].variants:
        spec = variant.spec
        if isinstance(spec, Date):
            found = max(found, (spec.end or When()).on(end))
        elif isinstance(spec, Offset) and not spec.until_now:
            before = latest(plan, variant.paths[spec.of])
            ends = (spec.max, spec.high, spec.right)
            longest = next((each for each in ends if each is not None), None)
            if longest is None or before == NEVER:
                return NEVER
            found = max(found, before + longest)
    return found


def tick_before_parent(plan: Plan, table: Table, column: Column) -> Iterator[Early]:
    """A grid that starts before the parent's moment: nothing comes before a window's start."""
    assert table.children is not None
    ref = table.children.ref
    for other in plan.table(table.children.parent).columns.values():
        if may_be_later(plan, other.spec, None):
            message = f"`{column.name}` may lie before `{ref}.{other.name}`"
            help = f"let `{other.name}` end where the window starts"
            yield message, help, ()
            return


def may_be_later(plan: Plan, parent: ColumnSpec, start: When | None) -> bool:
    """Whether a parent's column is a moment that may lie after a child's period starts."""
    if isinstance(parent, Tick):
        return True
    if not isinstance(parent, Date):
        return False
    end = plan.end or NOMINAL_END
    start = start or window_start(plan.window)
    return parent.end is None or parent.end.on(end) > start.on(end)
