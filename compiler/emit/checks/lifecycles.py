"""What the written data shows of lifecycles: moments of states, logs of moves, for `--check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compiler.emit.checks.paths import Skipped, is_written, own_path, why_faulty
from compiler.emit.checks.sql import Condition, Sql, condition_of
from compiler.emit.code.code import Code, grouped, listed, method
from compiler.emit.code.literals import literal
from compiler.emit.names import ScriptNames
from compiler.emit.tables.lifecycles import lifecycle_of, logged
from compiler.plan.model import Column, Plan, Table
from compiler.spec.columns import Entered, Lifecycle, Position
from compiler.spec.columns.moves import MoveMoment, MoveState


def states_of(
    plan: Plan, table: Table, column: Column, names: ScriptNames
) -> Code | None:
    """All states that a column may hold; None where it holds none."""
    if not isinstance(column.spec, Lifecycle | MoveState):
        return None
    place = lifecycle_of(table.name, column)
    assert place is not None
    constant = names.constant(*place)
    moves, cases = constant.text, ""
    if plan.table(place[0]).columns[place[1]].by is not None:
        moves, cases = "case", f" for case in {constant.text}.values()"
    every = f"for state, to in {moves}.items() for name in (state, *to)"
    return Code(f"{{name{cases} {every}}}", names=constant.names)


def entered_wrongly(
    plan: Plan, table: Table, column: Column
) -> Iterator[tuple[str, Condition] | Skipped]:
    """The rows whose state at the end does not fit the moment of a state, or that it has none."""
    if not isinstance(column.spec, Entered):
        return
    lifecycle = table.columns[column.spec.of]
    what = f"{column.name} against {lifecycle.name}"
    why = "" if is_written(table, lifecycle.name) else f"{lifecycle.name} is hidden"
    for one in (column, lifecycle):
        why = why or why_faulty(plan, own_path(table, one))
        if one.spec.has_nulls:
            why = why or f"{one.name} is null in other rows, too"
    if why:
        yield Skipped(table.name, what, why)
        return
    specs = [one.spec for one in lifecycle.variants if isinstance(one.spec, Lifecycle)]
    through, beyond = around(specs, column.spec.state)
    state, moment = lifecycle.name, column.name

    def never(sql: Sql) -> str:
        there = f"{sql.read(moment)} IS NOT NULL"
        known = f"{sql.read(state)} IN ({texts(sql, beyond)})"
        return f"{there} AND NOT COALESCE({known}, FALSE)"

    def always(sql: Sql) -> str:
        missing = f"{sql.read(moment)} IS NULL"
        return f"{missing} AND {sql.read(state)} IN ({texts(sql, through)})"

    was = f"{state} was {column.spec.state}"
    where = was.replace(" was ", " never was ", 1)
    yield f"{moment} where {where}", condition_of(plan.output, never)
    yield f"no {moment} where {was}", condition_of(plan.output, always)


def texts(sql: Sql, names: Sequence[str]) -> str:
    return ", ".join(map(sql.text, names))


def around(specs: Sequence[Lifecycle], state: str) -> tuple[list[str], list[str]]:
    """The states that are reached only through one, and those that may be reached from it."""
    names = list(dict.fromkeys(name for spec in specs for name in spec.names))
    beyond = {name for spec in specs for name in spec.reachable(state)}
    without = {name for spec in specs for name in spec.reachable(spec.first, state)}
    return [one for one in names if one not in without], [
        one for one in names if one in beyond
    ]


def log_of(plan: Plan, table: Table, names: ScriptNames) -> Code | Skipped | None:
    """What the rows of a log are checked by: its columns, and the moves that there are.

    The states with one wait for all moves are those whose moves have their shares at any time.
    """
    log = logged(plan, table)
    if log is None or table.children is None:
        return None
    parent, lifecycle = log
    kinds = (Position, MoveState, MoveMoment)
    found = {
        kind: next(
            (one.name for one in table.written if isinstance(one.spec, kind)), ""
        )
        for kind in kinds
    }
    columns = [table.children.ref, *found.values()]
    what = f"moves of {lifecycle.name}"
    why = "" if is_written(table, columns[0]) else f"{columns[0]} is hidden"
    for kind, name in list(found.items())[:2]:
        word = "position" if kind is Position else "state"
        why = why or ("" if name else f"it has no {word}")
    for name in filter(None, columns):
        if name in table.columns:
            why = why or why_faulty(plan, own_path(table, table.columns[name]))
    if why:
        return Skipped(table.name, what, why)
    constant = names.constant(parent.name, lifecycle.name)
    cases = grouped([constant])
    alike: list[str] = []
    if lifecycle.by is not None:
        cases = method(constant, "values")
    elif isinstance(lifecycle.spec, Lifecycle):
        alike = [name for name, one in lifecycle.spec.states.items() if one.is_alike]
    return grouped([literal(tuple(columns)), listed(map(literal, alike)), cases])
