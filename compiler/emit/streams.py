"""The streams of renamed tables and columns, which keep their old names."""

from __future__ import annotations

from compiler.plan.model import Plan, Rename


def streams_note(plan: Plan) -> str:
    """Which tables and columns draw by an old name, in words; empty where none does."""
    if not plan.renames:
        return ""
    renames = "; ".join(map(in_words, plan.renames))
    return f"What was renamed keeps the names of its draws, so its cells are the same: {renames}."


def in_words(rename: Rename) -> str:
    now = f"{rename.table}.{rename.column}" if rename.column else rename.table
    return f"{now} was {rename.old}"


def fault_streams(plan: Plan) -> dict[str, str]:
    """The streams of cells with faults whose names are not those of table and column."""
    faulty = plan.bad_data.tables.items() if plan.bad_data else ()
    streams = {
        f"{name}.{column}": plan.table(name).stream_of(plan.table(name).columns[column])
        for name, each in faulty
        for column in each.cells
    }
    return {name: stream for name, stream in streams.items() if name != stream}
