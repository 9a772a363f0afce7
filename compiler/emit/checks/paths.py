"""What the written data shows of a path, for `--check`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compiler.plan.model import Column, Hop, Path, Plan, Table

Cell = tuple[str, str]
"""A table and one of its columns."""


@dataclass(frozen=True)
class Skipped:
    """What cannot be checked, and why."""

    table: str
    what: str
    why: str

    @property
    def text(self) -> str:
        return f"{self.what}: not checked, {self.why}"


def is_written(table: Table, column: str) -> bool:
    """Whether a column is there and written: what is hidden and not read is left out."""
    return column in table.columns and not table.columns[column].spec.hidden


def why_hidden(plan: Plan, table: str, column: str, path: str = "") -> str:
    """Why a column is not there: its table is hidden, or it is; as a path shows it."""
    hidden = table if plan.table(table).hidden else path or f"{table}.{column}"
    return f"{hidden} is hidden"


def why_unknown(plan: Plan, refs: Mapping[Cell, Cell], path: Path) -> str:
    """Why the written data does not show the value at a path; empty where it does.

    Of two rows with the same key it does not tell which one is meant.
    """
    for hop in path.hops:
        if not is_written(plan.table(hop.table), hop.column):
            return why_hidden(plan, hop.table, hop.column)
        if (hop.table, hop.column) not in refs:
            return why_hidden(plan, hop.to, plan.table(hop.to).key or "")
        if (faulty := plan.faulty(hop.to)) and faulty.duplicate_key:
            return f"keys of {hop.to} are duplicated"
    if not is_written(plan.table(path.table), path.column):
        return why_hidden(plan, path.table, path.column, path.text)
    return ""


def why_faulty(plan: Plan, path: Path) -> str:
    """Why the value at a path may not be clean; empty where it is."""
    cells = [(hop.table, hop.column) for hop in path.hops]
    for table, column in [*cells, (path.table, path.column)]:
        faulty = plan.faulty(table)
        if faults_of(plan, table, column) or (
            faulty and faulty.duplicate_key == column
        ):
            return f"{table}.{column} has bad data"
    return ""


def faults_of(plan: Plan, table: str, column: str) -> Sequence[str]:
    """The faults that fall on cells of a column."""
    faulty = plan.faulty(table)
    return faulty.cells.get(column, ()) if faulty else ()


def own_path(table: Table, column: Column) -> Path:
    """A column as its own table sees it."""
    return Path(column.name, (), table.name, column.name, column.type)


def path_at(table: Table, plan: Plan, text: str) -> Path:
    """The path of a text whose refs are known."""
    hops = []
    *refs, last = text.split(".")
    for ref in refs:
        held = table.columns[ref].references
        assert held is not None
        hops.append(Hop(table.name, ref, held.table))
        table = plan.table(held.table)
    return Path(text, tuple(hops), table.name, last, table.columns[last].type)
